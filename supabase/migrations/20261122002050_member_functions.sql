-- What the owner changes of the programme and its members.

-- programme is the JSON of programmeSchema (src/domain/member.ts) as text, or null to end it. Outcomes: saved,
-- bad_programme, forbidden.
create function public.set_programme(org uuid, programme text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  given jsonb := nullif(private.parse_json(left(programme, 10000)), 'null');
  read jsonb := private.read_programme(given);
  is_first boolean;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if read is null and coalesce(programme, 'null') <> 'null' then
    return jsonb_build_object('outcome', 'bad_programme');
  end if;
  perform private.lock_members(org);
  if read is not distinct from nullif(public.report_programme(org) -> 'programme', 'null') then
    return jsonb_build_object('outcome', 'saved');
  end if;
  is_first := not exists (select 1 from public.programme_versions where org_id = org);
  -- The moment after the lock was won: what others stored until now was judged by the version before.
  insert into public.programme_versions (org_id, valid_from, programme, created_by)
  values (org, clock_timestamp(), read, (select auth.uid()));
  if is_first then
    perform private.settle_member(org, members.id) from public.members where members.org_id = org;
  end if;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_programme(uuid, text) from public, anon, authenticated;
grant execute on function public.set_programme(uuid, text) to authenticated;

-- Adds points to a member or takes them. Outcomes: saved, bad_points, bad_note, unknown_member, forbidden.
create function public.correct_points(org uuid, member uuid, points integer, note text) returns jsonb
language plpgsql security definer set search_path = '' as $$
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
  if not exists (select 1 from public.members where org_id = org and id = member and erased_at is null) then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  insert into public.point_entries (org_id, member_id, points, reason, note, created_by)
  values (org, member, correct_points.points, 'correction', btrim(correct_points.note),
    (select users.email from auth.users where users.id = auth.uid()));
  perform private.settle_directory(org, member);
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.correct_points(uuid, uuid, integer, text) from public, anon, authenticated;
grant execute on function public.correct_points(uuid, uuid, integer, text) to authenticated;

-- A no that somebody gave at the counter or by telephone. Outcomes: saved, bad_purpose, unknown_member, forbidden.
create function public.withdraw_consent(org uuid, member uuid, purpose text) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if coalesce(purpose, '') not in ('programme', 'messages', 'call', 'publish') then
    return jsonb_build_object('outcome', 'bad_purpose');
  end if;
  perform private.lock_members(org);
  -- With the text they had said yes to; one that has not arrived yet is withdrawn all the same.
  insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, given_by, member_id)
  select org, gen_random_uuid(), withdraw_consent.purpose, false, coalesce(latest.version, 1), coalesce(latest.locale, members.locale),
    clock_timestamp(), 'server', (select auth.uid()), member
  from public.members
  left join lateral (
    select c.version, c.locale from public.consents as c
    where c.org_id = org and c.member_id = member and c.purpose = withdraw_consent.purpose
    order by c.occurred_at desc, c.record_id desc limit 1
  ) as latest on true
  where members.org_id = org and members.id = member and members.erased_at is null;
  if not found then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  perform private.settle_directory(org, member);
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.withdraw_consent(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.withdraw_consent(uuid, uuid, text) to authenticated;

-- Empties what names the number in records the server could not take. They stay settled, so that no copy of them, from a
-- tablet or a file, is taken later.
create function private.empty_quarantine_of(org uuid, phone text) returns void
language sql volatile set search_path = '' as $$
  update public.quarantine as q set
    record = (q.record::jsonb - 'body')::text,
    resolved_at = coalesce(q.resolved_at, now()), resolved_by = coalesce(q.resolved_by, (select auth.uid()))
  where q.org_id = org and position('\"' || phone || '\"' in q.record) > 0
$$;
revoke execute on function private.empty_quarantine_of(uuid, text) from public;

-- Leaves counts and ids. Outcomes: erased (also when they were before), unknown_member, forbidden.
create function public.erase_member(org uuid, member uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  erased public.members;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  perform private.lock_members(org);
  select * into erased from public.members where org_id = org and id = member;
  if not found then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  if erased.erased_at is not null then
    return jsonb_build_object('outcome', 'erased');
  end if;
  perform private.empty_quarantine_of(org, erased.phone);
  update public.members as m set
    phone = null, first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null,
    erased_at = clock_timestamp(), erased_by = (select auth.uid())
  where m.org_id = org and m.id = member;
  update public.enrolments as e set
    first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null
  where e.org_id = org and e.member_id = member;
  update public.point_entries as p set note = null
  where p.org_id = org and p.member_id = member and p.note is not null;
  -- Tablets are told to forget the entry; without its key nobody can make it again but who types the number.
  update private.directory_entries as d set
    member_id = null, directory_key = null, sealed = null, seq = private.next_directory_seq(org)
  where d.org_id = org and d.member_id = member;
  return jsonb_build_object('outcome', 'erased');
end
$$;
revoke execute on function public.erase_member(uuid, uuid) from public, anon, authenticated;
grant execute on function public.erase_member(uuid, uuid) to authenticated;
