-- A file tells of members for whom nobody has made a directory key yet. Fifty thousand slow hashes would keep the import
-- waiting for an hour, so the members come first and their keys after: from the owner's page, or when a tablet asks for one.

alter function private.enrolment_refusal(jsonb, uuid) rename to keyed_enrolment_refusal;

-- As before, but the key may be missing.
create function private.enrolment_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if not body ? 'directoryKey' then
    body := body || jsonb_build_object('directoryKey', repeat('0', 64));
  end if;
  return private.keyed_enrolment_refusal(body, org);
end
$$;
revoke execute on function private.enrolment_refusal(jsonb, uuid) from public;

-- As before, where there is a key.
create or replace function private.keep_directory_key(org uuid, member uuid, key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if key is null or exists (select 1 from private.directory_entries where org_id = org and member_id = member) then
    return;
  end if;
  insert into private.directory_entries as entries (org_id, lookup, member_id, directory_key, seq)
  values (org, private.directory_lookup(key), member, key, private.next_directory_seq(org))
  on conflict (org_id, lookup) do update set member_id = excluded.member_id, directory_key = excluded.directory_key
  where entries.member_id is null;
end
$$;

-- Whom tablets cannot find without the network, because their key was never made: a page of them, at most 500, and how many
-- there are in all. Outcomes: ok, forbidden.
create function public.report_keyless_members(org uuid, page integer default 500) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return (
    with keyless as (
      select m.id, m.phone from public.members as m
      where m.org_id = org and m.erased_at is null and not exists (
        select 1 from private.directory_entries as entries where entries.org_id = org and entries.member_id = m.id
      )
    ), shown as (
      select id, phone from keyless order by id limit least(greatest(coalesce(page, 500), 0), 500)
    )
    select jsonb_build_object('outcome', 'ok',
      'members', coalesce((select jsonb_agg(jsonb_build_object('member', id, 'phone', phone) order by id) from shown), '[]'),
      'total', (select count(*) from keyless))
  );
end
$$;
revoke execute on function public.report_keyless_members(uuid, integer) from public, anon, authenticated;
grant execute on function public.report_keyless_members(uuid, integer) to authenticated;

-- Keeps keys that were made for them. keys is a JSON array of {member, key} as text, at most 500. Outcomes: saved, malformed,
-- forbidden.
create function public.keep_directory_keys(org uuid, keys text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  told jsonb := case when octet_length(keys) <= 100000 then private.parse_json(keys) end;
  keyed record;
  kept integer := 0;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if jsonb_typeof(told) is distinct from 'array' then
    return jsonb_build_object('outcome', 'malformed');
  end if;
  perform private.lock_members(org);
  for keyed in
    select m.id, given ->> 'key' as key
    from jsonb_array_elements(told) as given
    join public.members as m on m.org_id = org and m.id::text = given ->> 'member' and m.erased_at is null
    where given ->> 'key' ~ '^[0-9a-f]{64}$' and not exists (
      select 1 from private.directory_entries as entries where entries.org_id = org and entries.member_id = m.id
    )
    limit 500
  loop
    perform private.keep_directory_key(org, keyed.id, keyed.key);
    perform private.settle_directory(org, private.member_named(org, keyed.id));
    kept := kept + 1;
  end loop;
  return jsonb_build_object('outcome', 'saved', 'kept', kept);
end
$$;
revoke execute on function public.keep_directory_keys(uuid, text) from public, anon, authenticated;
grant execute on function public.keep_directory_keys(uuid, text) to authenticated;

-- What the ids and keys of imported members are made with. import is for owners and managers only: whoever reads ids must
-- not be able to try numbers against them. Outcomes: ok, no_programme, forbidden.
create function public.import_salts(org uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return coalesce((
    select jsonb_build_object('outcome', 'ok', 'directory', p.directory_salt,
      'import', encode(private.hmac(decode(p.member_secret, 'hex'), 'verna.import'), 'hex'))
    from public.programmes as p where p.org_id = org
  ), '{"outcome": "no_programme"}');
end
$$;
revoke execute on function public.import_salts(uuid) from public, anon, authenticated;
grant execute on function public.import_salts(uuid) to authenticated;
