-- Two members who are one person, and what the owner changes of members who may have been merged.

-- Who a row's member is now; null where there is none, or they were erased.
create function private.living_member(org uuid, member uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(merged_into, id) from public.members where org_id = org and id = member and erased_at is null);
end
$$;
revoke execute on function private.living_member(uuid, uuid) from public;

-- Gives all that is known of one member, the duplicate, to the one who is kept. What the programme gave the duplicate is
-- taken back by entries of their own, and the other gets what follows from both; what somebody entered by hand is carried
-- over by a pair of entries. Outcomes: merged (also when they were before), unknown_member, same_member, forbidden.
create function public.merge_members(org uuid, duplicate uuid, kept uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  gone public.members;
  whose uuid;
  carried bigint;
  signature text := (select users.email from auth.users where users.id = auth.uid());
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  perform private.lock_members(org);
  select * into gone from public.members where org_id = org and id = duplicate and erased_at is null;
  whose := private.living_member(org, kept);
  if gone.id is null or whose is null then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  if gone.id = whose then
    return jsonb_build_object('outcome', 'same_member');
  end if;
  if gone.merged_into is not null then
    return jsonb_build_object('outcome', case when gone.merged_into = whose then 'merged' else 'unknown_member' end);
  end if;

  update public.members as m set
    merged_into = whose, merged_at = clock_timestamp(), merged_by = auth.uid(),
    first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null
  where m.org_id = org and (m.id = gone.id or m.merged_into = gone.id);
  update public.enrolments as e set member_id = whose where e.org_id = org and e.member_id = gone.id;
  update public.member_aliases as a set member_id = whose where a.org_id = org and a.member_id = gone.id;
  insert into public.member_aliases (org_id, id, member_id) values (org, gone.id, whose);
  update public.consents as c set member_id = whose where c.org_id = org and c.member_id = gone.id;
  update public.visits as v set member_id = whose where v.org_id = org and v.member_id = gone.id;
  update public.redemptions as r set member_id = whose where r.org_id = org and r.member_id = gone.id;
  delete from private.due_members as d where d.org_id = org and d.member_id = gone.id;

  perform private.settle_points(org, gone.id, clock_timestamp());
  select coalesce(sum(p.points), 0) into carried from public.point_entries as p where p.org_id = org and p.member_id = gone.id;
  insert into public.point_entries (org_id, member_id, points, reason, created_by)
  select org, side.member, side.points, 'merge', signature
  from (values (gone.id, -carried), (whose, carried)) as side (member, points) where carried <> 0;
  perform private.settle_flags(org, array(
    select r.id from public.redemptions as r where r.org_id = org and r.member_id = whose
  ));
  perform private.settle_member(org, whose);
  return jsonb_build_object('outcome', 'merged');
end
$$;
revoke execute on function public.merge_members(uuid, uuid, uuid) from public, anon, authenticated;
grant execute on function public.merge_members(uuid, uuid, uuid) to authenticated;

-- As before, for whom they were merged into.
create or replace function public.correct_points(org uuid, member uuid, points integer, note text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if points is null or points = 0 or points not between -1000000 and 1000000 then
    return jsonb_build_object('outcome', 'bad_points');
  end if;
  if char_length(btrim(coalesce(note, ''))) not between 1 and 500 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  perform private.lock_members(org);
  whose := private.living_member(org, member);
  if whose is null then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  insert into public.point_entries (org_id, member_id, points, reason, note, created_by)
  values (org, whose, correct_points.points, 'correction', btrim(correct_points.note),
    (select users.email from auth.users where users.id = auth.uid()));
  perform private.settle_account(org, whose);
  return jsonb_build_object('outcome', 'saved');
end
$$;

-- As before, for whom they were merged into.
create or replace function public.withdraw_consent(org uuid, member uuid, purpose text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if coalesce(purpose, '') not in ('programme', 'messages', 'call', 'publish') then
    return jsonb_build_object('outcome', 'bad_purpose');
  end if;
  perform private.lock_members(org);
  whose := private.living_member(org, member);
  if whose is null then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  -- With the text they had said yes to; one that has not arrived yet is withdrawn all the same.
  insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, given_by, member_id)
  select org, gen_random_uuid(), withdraw_consent.purpose, false, coalesce(latest.version, 1), coalesce(latest.locale, members.locale),
    clock_timestamp(), 'server', (select auth.uid()), whose
  from public.members
  left join lateral (
    select c.version, c.locale from public.consents as c
    where c.org_id = org and c.member_id = whose and c.purpose = withdraw_consent.purpose
    order by c.occurred_at desc, c.record_id desc limit 1
  ) as latest on true
  where members.org_id = org and members.id = whose;
  perform private.settle_directory(org, whose);
  return jsonb_build_object('outcome', 'saved');
end
$$;

-- As before, with the numbers that were merged into theirs and the code they told. What they redeemed names nobody.
create or replace function public.erase_member(org uuid, member uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
  erased uuid[];
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  perform private.lock_members(org);
  if not exists (select 1 from public.members as m where m.org_id = org and m.id = member) then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  whose := private.living_member(org, member);
  if whose is null then
    return jsonb_build_object('outcome', 'erased');
  end if;
  erased := private.rows_of_member(org, whose);
  perform private.empty_quarantine_of(org, m.phone) from public.members as m where m.org_id = org and m.id = any (erased);
  update public.members as m set
    phone = null, first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null,
    erased_at = clock_timestamp(), erased_by = (select auth.uid())
  where m.org_id = org and m.id = any (erased);
  update public.enrolments as e set
    first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null, referral_code = null
  where e.org_id = org and e.member_id = whose;
  update public.point_entries as p set note = null
  where p.org_id = org and p.member_id = any (erased) and p.note is not null;
  delete from private.due_members as d where d.org_id = org and d.member_id = whose;
  -- Tablets are told to forget the entries; without its key nobody can make one again but who types the number. One number
  -- each in the order of its own: rows of one statement would all be given the same.
  perform private.forget_entry(org, d.lookup) from private.directory_entries as d where d.org_id = org and d.member_id = any (erased);
  return jsonb_build_object('outcome', 'erased');
end
$$;

create function private.forget_entry(org uuid, lookup text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update private.directory_entries as d set
    member_id = null, directory_key = null, sealed = null, seq = private.next_directory_seq(org)
  where d.org_id = org and d.lookup = forget_entry.lookup;
end
$$;
revoke execute on function private.forget_entry(uuid, text) from public;
