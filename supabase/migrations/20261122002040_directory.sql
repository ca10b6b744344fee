-- What tablets learn of the programme and its members.

-- As before, with the programme and what the directory's keys are made with; null while the shop has no programme.
create or replace function private.tablet_settings(pairing public.pairings) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'organization', jsonb_build_object(
      'id', organizations.id, 'name', organizations.name,
      'default_locale', organizations.default_locale, 'accent', organizations.accent
    ),
    'location', jsonb_build_object('id', locations.id, 'name', locations.name, 'time_zone', locations.time_zone),
    'tablet', jsonb_build_object('id', tablets.id, 'name', tablets.name),
    'survey', (
      select jsonb_build_object('id', versions.id, 'survey', versions.definition)
      from public.survey_versions as versions
      where versions.org_id = locations.org_id and versions.survey_id = locations.survey_id
      order by versions.number desc
      limit 1
    ),
    'rescue_key', (select rescue_keys.public_key from public.rescue_keys where rescue_keys.org_id = organizations.id),
    'staff', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', staff.id, 'name', staff.name, 'pin_salt', staff.pin_salt, 'pin_hash', staff.pin_hash
      ) order by staff.name, staff.id), '[]')
      from public.staff where staff.org_id = organizations.id and staff.left_at is null
    ),
    'membership', (
      select jsonb_build_object('directory_salt', programmes.directory_salt, 'programme', in_force.programme)
      from public.programmes
      cross join lateral (
        select versions.programme from public.programme_versions as versions
        where versions.org_id = programmes.org_id order by versions.valid_from desc limit 1
      ) as in_force
      where programmes.org_id = organizations.id and in_force.programme is not null
    )
  )
  from public.tablets
  join public.locations on locations.org_id = tablets.org_id and locations.id = tablets.location_id
  join public.organizations on organizations.id = tablets.org_id
  where tablets.org_id = pairing.org_id and tablets.id = pairing.tablet_id
$$;

-- What changed in the directory after a number, in order, at most 1,000 changes. seq is the number to ask after next. A
-- tablet that names a number this database never gave (it was restored from a copy) is told everything.
create function private.directory_changes(org uuid, after bigint) returns jsonb
language sql stable set search_path = '' as $$
  with latest as (
    select coalesce(max(seq), 0) as seq from private.directory_entries where org_id = org
  ), page as (
    select entries.lookup, entries.sealed, entries.seq
    from private.directory_entries as entries
    where entries.org_id = org
      and entries.seq > (select case when after <= latest.seq then after else 0 end from latest)
    order by entries.seq limit 1000
  )
  select jsonb_build_object(
    'seq', coalesce((select max(page.seq) from page), latest.seq),
    'entries', coalesce(
      (select jsonb_agg(jsonb_build_object('lookup', lookup, 'sealed', sealed) order by seq) from page where sealed is not null), '[]'),
    'gone', coalesce((select jsonb_agg(lookup order by seq) from page where sealed is null), '[]'),
    'more', coalesce((select max(page.seq) from page) < latest.seq, false)
  )
  from latest
$$;
revoke execute on function private.directory_changes(uuid, bigint) from public;

-- Outcomes: ok, revoked, unknown_pairing, throttled.
create function public.pull_members(pairing uuid, secret text, after bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  teller public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(teller, 'pull_members');
begin
  if reply is not null then
    return reply;
  end if;
  if teller.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if teller.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  return jsonb_build_object('outcome', 'ok') || private.directory_changes(teller.org_id, coalesce(after, 0));
end
$$;
revoke execute on function public.pull_members(uuid, text, bigint) from public, anon, authenticated;
grant execute on function public.pull_members(uuid, text, bigint) to anon, authenticated;

-- One member by their number, for what the tablet's directory does not hold yet. A number may be tried thirty times a
-- minute, which nobody at a counter reaches: whoever stole a pairing must not try all numbers of a country here. The key of
-- a member that tablets cannot find yet is kept. Outcomes: found, unknown, revoked, unknown_pairing, throttled.
create function public.find_member(pairing uuid, secret text, phone text, directory_key text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  asker public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(asker, 'find_member');
  wait integer;
  member uuid;
begin
  if reply is not null then
    return reply;
  end if;
  if asker.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if asker.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  wait := private.seconds_to_wait('find_member_by_number:' || asker.id, 30);
  if wait is not null then
    return jsonb_build_object('outcome', 'throttled', 'retry_after_s', wait);
  end if;
  select members.id into member from public.members
  where members.org_id = asker.org_id and members.phone = find_member.phone;
  if not found or not private.takes_part(asker.org_id, member) then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if directory_key ~ '^[0-9a-f]{64}$' and not exists (
    select 1 from private.directory_entries as entries where entries.org_id = asker.org_id and entries.member_id = member
  ) then
    perform private.lock_members(asker.org_id);
    perform private.keep_directory_key(asker.org_id, member, directory_key);
    perform private.settle_directory(asker.org_id, member);
  end if;
  return jsonb_build_object('outcome', 'found', 'member', private.known_member(asker.org_id, member));
end
$$;
revoke execute on function public.find_member(uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.find_member(uuid, text, text, text) to anon, authenticated;
