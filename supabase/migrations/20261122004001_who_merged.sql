-- Who found that two members are one is told in their story, as the person behind a correction is.

alter table public.members add column merged_signature text;
comment on column public.members.merged_signature is
  'E-mail address of who merged them, as it was then; null where the account was gone before this was kept.';
update public.members as m set merged_signature = users.email from auth.users where users.id = m.merged_by;

create function private.sign_merge() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.merged_signature := (select users.email from auth.users where users.id = new.merged_by);
  return new;
end
$$;
revoke execute on function private.sign_merge() from public;
create trigger merges_are_signed
  before update of merged_by on public.members
  for each row when (new.merged_by is distinct from old.merged_by) execute function private.sign_merge();

-- As before, with who merged.
create or replace function private.member_events(org uuid, member uuid) returns table (at timestamptz, id uuid, event jsonb)
language sql stable set search_path = '' as $$
  select e.occurred_at, e.id, jsonb_build_object(
    'what', 'enrolment', 'tablet', e.tablet_id, 'location', e.location_id, 'staff', e.staff_id, 'referral_code', e.referral_code)
  from public.enrolments as e where e.org_id = org and e.member_id = member
  union all
  select v.occurred_at, v.id, jsonb_build_object(
    'what', 'visit', 'tablet', v.tablet_id, 'location', v.location_id, 'staff', v.staff_id,
    'amount', v.amount, 'currency', v.currency, 'refused', v.refused,
    'points', (
      select coalesce(sum(p.points), 0) from public.point_entries as p
      where p.org_id = org and p.member_id = member and p.visit_id = v.id
    ))
  from public.visits as v where v.org_id = org and v.member_id = member
  union all
  select r.occurred_at, r.id, jsonb_build_object(
    'what', 'redemption', 'tablet', r.tablet_id, 'location', r.location_id, 'staff', r.staff_id,
    'reward', r.reward_id, 'name', private.reward_name(org, r.reward_id, r.occurred_at), 'points', -r.cost, 'flags', r.flags)
  from public.redemptions as r where r.org_id = org and r.member_id = member
  union all
  select other.merged_at, other.id, jsonb_build_object('what', 'merge', 'phone', other.phone, 'by', other.merged_signature)
  from public.members as other where other.org_id = org and other.merged_into = member
  union all
  select c.occurred_at, c.record_id, jsonb_build_object('what', 'consent', 'purpose', c.purpose, 'granted', c.granted)
  from public.consents as c where c.org_id = org and c.member_id = member
  union all
  select p.created_at, p.id, jsonb_build_object(
    'what', 'points', 'points', p.points, 'reason', p.reason, 'note', p.note, 'by', p.created_by)
  from public.point_entries as p where p.org_id = org and p.member_id = member
  union all
  select rated.at, rated.id, rated.event from private.ratings_of(org, member) as rated
  union all
  select told.at, told.id, told.event from private.case_events_of(org, member) as told
$$;
