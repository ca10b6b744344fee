-- As before, for what members give points for, who invited them, and where two of them turned out to be one.

-- Each thing that happened with a member, told once: one select a kind.
create function private.member_events(org uuid, member uuid) returns table (at timestamptz, id uuid, event jsonb)
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
  select other.merged_at, other.id, jsonb_build_object('what', 'merge', 'phone', other.phone)
  from public.members as other where other.org_id = org and other.merged_into = member
  union all
  select c.occurred_at, c.record_id, jsonb_build_object('what', 'consent', 'purpose', c.purpose, 'granted', c.granted)
  from public.consents as c where c.org_id = org and c.member_id = member
  union all
  select p.created_at, p.id, jsonb_build_object(
    'what', 'points', 'points', p.points, 'reason', p.reason, 'note', p.note, 'by', p.created_by)
  from public.point_entries as p where p.org_id = org and p.member_id = member
$$;
revoke execute on function private.member_events(uuid, uuid) from public;
grant execute on function private.member_events(uuid, uuid) to authenticated;

-- All that happened with a member, the newest first, at most 500.
create or replace function private.member_timeline(org uuid, member uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('at', at) || event order by at desc, id desc), '[]')
  from (
    select events.at, events.id, events.event from private.member_events(org, member) as events
    order by events.at desc, events.id desc limit 500
  ) as newest
$$;

-- One member with all that is known of them; null where there is none. Who was merged into another is told as that one.
-- earned is what they were ever given by the programme's rules, before anything was redeemed or lapsed: tiers go by it.
create or replace function public.report_member(org uuid, member uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'member', m.id, 'first_name', m.first_name, 'phone', m.phone, 'other_phones', (
      select coalesce(jsonb_agg(other.phone order by other.merged_at), '[]') from public.members as other
      where other.org_id = org and other.merged_into = m.id and other.phone is not null
    ), 'email', m.email,
    'birthday', case when m.birthday_month is not null
      then jsonb_build_object('month', m.birthday_month, 'day', m.birthday_day) end,
    'locale', m.locale, 'enrolled_at', m.enrolled_at, 'erased_at', m.erased_at,
    'points', entered.points, 'earned', entered.earned, 'visits', came.visits, 'last_visit', came.last_visit,
    'consents', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'purpose', c.purpose, 'granted', c.granted, 'version', c.version, 'locale', c.locale, 'at', c.occurred_at,
        'tablet', c.tablet_id, 'location', c.location_id) order by c.purpose), '[]')
      from (
        select distinct on (purpose) purpose, granted, version, locale, occurred_at, tablet_id, location_id
        from public.consents where org_id = org and member_id = m.id
        order by purpose, occurred_at desc, record_id desc
      ) as c
    ),
    'aliases', (
      select coalesce(jsonb_agg(a.id order by a.id), '[]') from public.member_aliases as a
      where a.org_id = org and a.member_id = m.id
    ),
    'timeline', private.member_timeline(org, m.id)
  )
  from public.members as m
  cross join lateral (
    select coalesce(sum(p.points), 0) as points,
      coalesce(sum(p.points) filter (where p.reason in ('welcome', 'visit', 'amount', 'birthday', 'referral')), 0) as earned
    from public.point_entries as p where p.org_id = org and p.member_id = m.id
  ) as entered
  cross join lateral (
    select count(*) as visits, max(v.occurred_at) as last_visit from public.visits as v
    where v.org_id = org and v.member_id = m.id and v.refused is null
  ) as came
  where m.org_id = org and m.id = coalesce(
    (select named.merged_into from public.members as named where named.org_id = org and named.id = member), member)
$$;
