-- What each person behind the counter may do on a tablet.

-- A JSON array of rights as text; null when it is none. Text, because not every driver takes an array.
create function private.read_rights(given text) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
  told jsonb := private.parse_json(left(given, 1000));
begin
  if jsonb_typeof(told) is distinct from 'array' or exists (
    select 1 from jsonb_array_elements(told) as element
    where element #>> '{}' is null or element #>> '{}' not in ('check_in', 'enrol', 'redeem', 'case', 'rescue')
  ) then
    return null;
  end if;
  return array(select distinct value from jsonb_array_elements_text(told) order by value);
end
$$;
revoke execute on function private.read_rights(text) from public;

-- As before, with what they may do: everything, unless it is said. Made anew, because a function's arguments cannot be
-- changed; whoever calls it with four still may.
drop function public.add_staff(uuid, text, text, text);
create function public.add_staff(
  org uuid, name text, pin_salt text, pin_hash text,
  rights text default '["check_in", "enrol", "redeem", "case", "rescue"]'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  given text[] := private.read_rights(rights);
  new_id uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(btrim(coalesce(name, ''))) not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  if not private.is_pin(pin_salt, pin_hash) then
    return jsonb_build_object('outcome', 'bad_pin');
  end if;
  if given is null then
    return jsonb_build_object('outcome', 'bad_rights');
  end if;
  insert into public.staff (org_id, name, pin_salt, pin_hash, rights)
  values (org, btrim(add_staff.name), add_staff.pin_salt, add_staff.pin_hash, given)
  on conflict do nothing
  returning id into new_id;
  if new_id is null then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  return jsonb_build_object('outcome', 'created', 'staff', new_id);
end
$$;
revoke execute on function public.add_staff(uuid, text, text, text, text) from public, anon, authenticated;
grant execute on function public.add_staff(uuid, text, text, text, text) to authenticated;

-- Outcomes: changed, bad_rights, forbidden (also where there is no such person).
create function public.set_staff_rights(org uuid, staff uuid, rights text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  given text[] := private.read_rights(rights);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if given is null then
    return jsonb_build_object('outcome', 'bad_rights');
  end if;
  update public.staff as person set rights = given
  where person.org_id = org and person.id = set_staff_rights.staff and person.left_at is null;
  return jsonb_build_object('outcome', case when found then 'changed' else 'forbidden' end);
end
$$;
revoke execute on function public.set_staff_rights(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.set_staff_rights(uuid, uuid, text) to authenticated;

-- As before, with what they may do.
create or replace function public.report_staff(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'staff', staff.id, 'name', staff.name, 'rights', staff.rights,
    'last_unlock', case when latest.occurred_at is not null
      then jsonb_build_object('at', latest.occurred_at, 'tablet', latest.tablet_id) end
  ) order by staff.name, staff.id), '[]')
  from public.staff
  left join lateral (
    select unlocks.occurred_at, unlocks.tablet_id from public.staff_unlocks as unlocks
    where unlocks.org_id = staff.org_id and unlocks.staff_id = staff.id
    order by unlocks.occurred_at desc limit 1
  ) as latest on true
  where staff.org_id = org and staff.left_at is null
$$;
