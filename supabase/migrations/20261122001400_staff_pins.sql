-- Who may unlock a tablet: people behind the counter and their PINs.

-- By its name a person is found on the tablet. Who left gives the name back.
create unique index staff_names on public.staff (org_id, lower(name)) where left_at is null;

-- pin_salt and pin_hash as the constraints of public.staff have them: the PIN itself never comes here.
create function private.is_pin(pin_salt text, pin_hash text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(pin_salt ~ '^[0-9a-f]{32}$' and pin_hash ~ '^[0-9a-f]{64}$', false)
$$;
revoke execute on function private.is_pin(text, text) from public;

create function public.add_staff(org uuid, name text, pin_salt text, pin_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
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
  insert into public.staff (org_id, name, pin_salt, pin_hash)
  values (org, btrim(add_staff.name), add_staff.pin_salt, add_staff.pin_hash)
  on conflict do nothing
  returning id into new_id;
  if new_id is null then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  return jsonb_build_object('outcome', 'created', 'staff', new_id);
end
$$;
revoke execute on function public.add_staff(uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.add_staff(uuid, text, text, text) to authenticated;

create function public.set_staff_pin(org uuid, staff uuid, pin_salt text, pin_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if not private.is_pin(pin_salt, pin_hash) then
    return jsonb_build_object('outcome', 'bad_pin');
  end if;
  update public.staff as person set pin_salt = set_staff_pin.pin_salt, pin_hash = set_staff_pin.pin_hash
  where person.org_id = org and person.id = set_staff_pin.staff and person.left_at is null;
  return jsonb_build_object('outcome', case when found then 'changed' else 'forbidden' end);
end
$$;
revoke execute on function public.set_staff_pin(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.set_staff_pin(uuid, uuid, text, text) to authenticated;

create function public.remove_staff(org uuid, staff uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.staff as person set left_at = coalesce(person.left_at, now())
  where person.org_id = org and person.id = remove_staff.staff;
  return jsonb_build_object('outcome', case when found then 'removed' else 'forbidden' end);
end
$$;
revoke execute on function public.remove_staff(uuid, uuid) from public, anon, authenticated;
grant execute on function public.remove_staff(uuid, uuid) to authenticated;
