-- A file can say what the shop tells its tablets apart by: till, service, product group. Figures split by what a tablet stands for, so
-- the rows of each value come from a source of their own, which stands for that value ever since.

-- As a tablet's records, from a source of files. Who may do so has been asked.
create function private.import_from(org uuid, source uuid, nonce text, records text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  sender public.pairings;
  batch jsonb;
begin
  nonce := left(nonce, 100);
  if octet_length(records) > 1000000 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;
  batch := private.parse_json(records);
  if jsonb_typeof(batch) is distinct from 'array' then
    return jsonb_build_object('outcome', 'malformed', 'nonce', nonce);
  end if;
  -- The import tablet's own id serves as its pairing's id: one source, found again by every later import.
  insert into public.pairings (org_id, id, tablet_id) values (org, source, source) on conflict do nothing;
  select * into sender from public.pairings as p where p.org_id = org and p.id = source;
  select coalesce(jsonb_agg(case jsonb_typeof(element)
    when 'object' then element || jsonb_build_object('pairing', source, 'seq', null) else element
  end order by position), '[]')
  into batch
  from jsonb_array_elements(batch) with ordinality as entries (element, position);
  return private.store_records(sender, nonce, batch::text);
end
$$;
revoke execute on function private.import_from(uuid, uuid, text, text) from public;

-- As before, by the above.
create or replace function public.import_records(org uuid, location uuid, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  source uuid;
begin
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.locations where org_id = org and id = location) then
    return jsonb_build_object('outcome', 'forbidden', 'nonce', left(nonce, 100));
  end if;
  insert into public.tablets (org_id, location_id, name, kind) values (org, location, 'Import', 'import')
  on conflict (org_id, location_id, name) do nothing;
  select id into source from public.tablets
  where org_id = org and location_id = location and name = 'Import' and kind = 'import';
  if source is null then
    return jsonb_build_object('outcome', 'name_taken', 'nonce', left(nonce, 100));
  end if;
  return private.import_from(org, source, nonce, records);
end
$$;

-- Where rows of one location and one value of a dimension come from; made where there is none, and the value with it. Its id follows
-- from what it is for, so that it is found again after the value was renamed, and what the owner since let it stand for stays.
-- Outcomes: ready (with source), forbidden, unknown_dimension, bad_value, too_many, name_taken.
create function public.open_import_source(org uuid, location uuid, dimension uuid, value text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  told text := btrim(coalesce(open_import_source.value, ''));
  named text;
  target uuid;
  source uuid;
  free_name text;
begin
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.locations as l where l.org_id = org and l.id = location) then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(told) not between 1 and 60 then
    return jsonb_build_object('outcome', 'bad_value');
  end if;
  -- Two people who name the same at once: one after the other.
  perform 1 from public.organizations where id = org for no key update;
  select d.name into named from public.dimensions as d
  where d.org_id = org and d.id = open_import_source.dimension and d.removed_at is null;
  if not found then
    return jsonb_build_object('outcome', 'unknown_dimension');
  end if;

  select v.id into target from public.dimension_values as v
  where v.org_id = org and v.dimension_id = open_import_source.dimension and lower(v.name) = lower(told)
  order by v.removed_at nulls first, v.id limit 1;
  if exists (
    select 1 from public.dimension_values as v
    where v.org_id = org and v.dimension_id = open_import_source.dimension and v.id = target and v.removed_at is null
  ) then
    null;
  elsif (
    select count(*) >= 40 from public.dimension_values as v
    where v.org_id = org and v.dimension_id = open_import_source.dimension and v.removed_at is null
  ) then
    return jsonb_build_object('outcome', 'too_many');
  else
    insert into public.dimension_values as kept (org_id, dimension_id, id, name, position)
    select org, open_import_source.dimension, coalesce(target, gen_random_uuid()), told, (
      select coalesce(max(v.position), 0) + 1 from public.dimension_values as v
      where v.org_id = org and v.dimension_id = open_import_source.dimension)
    on conflict (org_id, dimension_id, id) do update set removed_at = null, position = excluded.position
    returning kept.id into target;
  end if;
  -- As the shop writes it, whatever the file's capitals.
  select v.name into told from public.dimension_values as v where v.org_id = org and v.id = target;

  source := md5(concat_ws(' ', 'import', org, location, open_import_source.dimension, target))::uuid;
  if exists (select 1 from public.tablets as t where t.org_id = org and t.id = source) then
    return jsonb_build_object('outcome', 'ready', 'source', source);
  end if;
  select candidate into free_name
  from unnest(array['Import: ' || told, 'Import: ' || left(named, 40) || ' · ' || told]) with ordinality as candidates (candidate, place)
  where not exists (
    select 1 from public.tablets as t where t.org_id = org and t.location_id = location and t.name = candidate
  )
  order by place limit 1;
  if free_name is null then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  insert into public.tablets (org_id, id, location_id, name, kind) values (org, source, location, free_name, 'import');
  insert into public.tablet_values (org_id, tablet_id, dimension_id, since, value_id, set_by)
  values (org, source, open_import_source.dimension, '2000-01-01', target, private.own_email());
  return jsonb_build_object('outcome', 'ready', 'source', source);
end
$$;
revoke execute on function public.open_import_source(uuid, uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.open_import_source(uuid, uuid, uuid, text) to authenticated;

-- As import_records, from what open_import_source made.
create function public.import_source_records(org uuid, source uuid, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') or not exists (
    select 1 from public.tablets as t where t.org_id = org and t.id = import_source_records.source and t.kind = 'import'
  ) then
    return jsonb_build_object('outcome', 'forbidden', 'nonce', left(nonce, 100));
  end if;
  return private.import_from(org, source, nonce, records);
end
$$;
revoke execute on function public.import_source_records(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.import_source_records(uuid, uuid, text, text) to authenticated;
