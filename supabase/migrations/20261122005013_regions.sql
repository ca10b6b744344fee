-- The region of a location, set later than the location; null or empty takes it away. Figures of a region are those of the places
-- that are in it now. Outcomes: saved, bad_region, unknown_location, forbidden.
create function public.set_region(org uuid, location uuid, region text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  told text := nullif(btrim(coalesce(region, '')), '');
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(told) > 120 then
    return jsonb_build_object('outcome', 'bad_region');
  end if;
  update public.locations as l set region = told where l.org_id = org and l.id = location;
  return jsonb_build_object('outcome', case when found then 'saved' else 'unknown_location' end);
end
$$;
revoke execute on function public.set_region(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.set_region(uuid, uuid, text) to authenticated;
