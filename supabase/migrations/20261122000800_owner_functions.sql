-- What people do to their shop. Each returns an outcome as data; forbidden is said alike for a shop that is not
-- theirs and one that does not exist.

-- Whether anybody has set anything up here: decides between the two doors and the pairing screen.
create function public.setup_state() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('fresh', not exists (select 1 from public.organizations))
$$;
revoke execute on function public.setup_state() from public, anon, authenticated;
grant execute on function public.setup_state() to anon, authenticated;

-- By its listed name only: offsets, abbreviations and made-up rules such as 'Foo/Bar+3' parse too, but know no summer
-- time, and no browser knows them.
create function private.is_time_zone(name text) returns boolean
language sql stable set search_path = '' as $$
  select is_time_zone.name ~ '^(UTC|[A-Z][A-Za-z_]+/[A-Za-z0-9_+/-]+)$'
    and exists (select 1 from pg_timezone_names as zones where zones.name = is_time_zone.name)
$$;
revoke execute on function private.is_time_zone(text) from public;

create function public.add_location(org uuid, name text, time_zone text, region text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  new_id uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(btrim(coalesce(name, ''))) not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  if time_zone is null or not private.is_time_zone(time_zone) then
    return jsonb_build_object('outcome', 'bad_time_zone');
  end if;
  insert into public.locations (org_id, name, time_zone, region, survey_id)
  select org, btrim(add_location.name), add_location.time_zone, left(add_location.region, 120), surveys.id
  from public.surveys where surveys.org_id = org order by surveys.created_at limit 1
  on conflict (org_id, name) do nothing
  returning id into new_id;
  if new_id is null then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  return jsonb_build_object('outcome', 'created', 'location', new_id);
end
$$;
revoke execute on function public.add_location(uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.add_location(uuid, text, text, text) to authenticated;

-- survey is the definition's JSON as text (src/domain/survey.ts).
create function public.create_organization(
  name text, default_locale text, location_name text, time_zone text, survey text, demo boolean default false
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  caller uuid := (select auth.uid());
  new_org uuid;
  new_survey uuid;
  definition jsonb;
  location jsonb;
begin
  if caller is null then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(btrim(coalesce(name, ''))) not between 1 and 120
    or char_length(btrim(coalesce(location_name, ''))) not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  if time_zone is null or not private.is_time_zone(time_zone) then
    return jsonb_build_object('outcome', 'bad_time_zone');
  end if;
  if coalesce(default_locale, '') not in ('en', 'ru', 'bg') then
    return jsonb_build_object('outcome', 'bad_locale');
  end if;
  if octet_length(survey) <= 100000 then
    definition := private.parse_json(survey);
  end if;
  if jsonb_typeof(definition -> 'questions') is distinct from 'array' then
    return jsonb_build_object('outcome', 'bad_survey');
  end if;

  insert into public.organizations (name, default_locale, is_demo)
  values (btrim(create_organization.name), create_organization.default_locale, coalesce(demo, false))
  returning id into new_org;
  insert into public.team_members (org_id, user_id, role) values (new_org, caller, 'owner');
  insert into public.surveys (org_id, name) values (new_org, 'Visit') returning id into new_survey;
  insert into public.survey_versions (org_id, survey_id, number, definition) values (new_org, new_survey, 1, definition);
  location := public.add_location(new_org, location_name, time_zone);
  return jsonb_build_object('outcome', 'created', 'organization', new_org, 'location', location -> 'location');
end
$$;
revoke execute on function public.create_organization(text, text, text, text, text, boolean)
  from public, anon, authenticated;
grant execute on function public.create_organization(text, text, text, text, text, boolean) to authenticated;

create function public.add_tablet(org uuid, location uuid, name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  new_id uuid;
begin
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.locations where org_id = org and id = location) then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(btrim(coalesce(name, ''))) not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  insert into public.tablets (org_id, location_id, name) values (org, location, btrim(add_tablet.name))
  on conflict (org_id, location_id, name) do nothing
  returning id into new_id;
  if new_id is null then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  return jsonb_build_object('outcome', 'created', 'tablet', new_id);
end
$$;
revoke execute on function public.add_tablet(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.add_tablet(uuid, uuid, text) to authenticated;

-- The code is told once, here, and kept only as a hash. An older unused code of the same tablet stops working.
create function public.create_pairing_code(org uuid, tablet uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  code text := private.new_pairing_code();
  expiry timestamptz := now() + interval '15 minutes';
begin
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.tablets where org_id = org and id = tablet and kind = 'kiosk') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.pairing_codes set expires_at = now()
  where org_id = org and tablet_id = tablet and used_at is null and expires_at > now();
  insert into public.pairing_codes (org_id, tablet_id, code_hash, expires_at, created_by)
  values (org, tablet, private.sha256_hex(code), expiry, (select auth.uid()));
  return jsonb_build_object('outcome', 'created',
    'code', substr(code, 1, 4) || '-' || substr(code, 5), 'expires_at', expiry);
end
$$;
revoke execute on function public.create_pairing_code(uuid, uuid) from public, anon, authenticated;
grant execute on function public.create_pairing_code(uuid, uuid) to authenticated;

create function public.revoke_pairing(org uuid, pairing uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.pairings set revoked_at = coalesce(revoked_at, now())
  where org_id = org and id = pairing and secret_hash is not null;
  if not found then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return jsonb_build_object('outcome', 'revoked');
end
$$;
revoke execute on function public.revoke_pairing(uuid, uuid) from public, anon, authenticated;
grant execute on function public.revoke_pairing(uuid, uuid) to authenticated;

-- Rows of a file enter by the same door as a tablet's records. Their source is a tablet of kind import, one a
-- location; their ids come from their content, so the same file adds nothing the second time; they have no seq.
create function public.import_records(org uuid, location uuid, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  source uuid;
  sender public.pairings;
  batch jsonb;
begin
  nonce := left(nonce, 100);
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.locations where org_id = org and id = location) then
    return jsonb_build_object('outcome', 'forbidden', 'nonce', nonce);
  end if;
  if octet_length(records) > 1000000 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;
  batch := private.parse_json(records);
  if jsonb_typeof(batch) is distinct from 'array' then
    return jsonb_build_object('outcome', 'malformed', 'nonce', nonce);
  end if;
  insert into public.tablets (org_id, location_id, name, kind) values (org, location, 'Import', 'import')
  on conflict (org_id, location_id, name) do nothing;
  select id into source from public.tablets
  where org_id = org and location_id = location and name = 'Import' and kind = 'import';
  if source is null then
    return jsonb_build_object('outcome', 'name_taken', 'nonce', nonce);
  end if;
  -- The import tablet's own id serves as its pairing's id: one source, found again by every later import.
  insert into public.pairings (org_id, id, tablet_id) values (org, source, source) on conflict do nothing;
  select * into sender from public.pairings where org_id = org and id = source;
  select coalesce(jsonb_agg(case jsonb_typeof(element)
    when 'object' then element || jsonb_build_object('pairing', source, 'seq', null) else element
  end order by position), '[]')
  into batch
  from jsonb_array_elements(batch) with ordinality as entries (element, position);
  return private.store_records(sender, nonce, batch::text);
end
$$;
revoke execute on function public.import_records(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.import_records(uuid, uuid, text, text) to authenticated;
