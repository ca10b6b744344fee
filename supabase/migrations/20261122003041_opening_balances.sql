-- Points that members bring along from elsewhere: one correction each, under an id that the file's row makes, so that a
-- second import of the file adds nothing.

create function private.store_balance(org uuid, balance jsonb, note text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entry uuid := substring(balance ->> 'id' from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
  brought bigint := private.told_whole(balance, 'points', -1000000, 1000000);
  stored bigint;
  member uuid;
begin
  if entry is null then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
  end if;
  if coalesce(brought, 0) = 0 then
    return jsonb_build_object('outcome', 'refused', 'reason', 'bad_points');
  end if;
  select points into stored from public.point_entries where org_id = org and id = entry;
  if found then
    return case when stored = brought then jsonb_build_object('outcome', 'duplicate')
      else jsonb_build_object('outcome', 'conflict', 'reason', 'other_content') end;
  end if;
  member := coalesce(
    (select private.member_named(org, m.id) from public.members as m where m.org_id = org and m.phone = balance ->> 'phone'),
    private.member_named(org, substring(balance ->> 'member' from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$')::uuid));
  perform 1 from public.members as m where m.org_id = org and m.id = member and m.erased_at is null;
  if not found then
    return jsonb_build_object('outcome', 'refused', 'reason', 'unknown_member');
  end if;
  insert into public.point_entries (org_id, id, member_id, points, reason, note, created_by)
  values (org, entry, member, brought, 'correction', store_balance.note,
    (select users.email from auth.users where users.id = auth.uid()));
  perform private.settle_member(org, member);
  return jsonb_build_object('outcome', 'stored');
end
$$;
revoke execute on function private.store_balance(uuid, jsonb, text) from public;

-- balances is a JSON array as text of {id, phone or member, points}, at most 500; member may be the id of an enrolment. note
-- stands beside each entry, in the owner's words. Every id comes back with one outcome as from ingest: stored, duplicate,
-- conflict (other points under the same id) or refused. Outcomes of the whole: accepted, too_large, malformed, bad_note,
-- forbidden.
create function public.import_balances(org uuid, nonce text, balances text, note text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  batch jsonb;
  balance jsonb;
  results jsonb := '[]';
begin
  nonce := left(nonce, 100);
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden', 'nonce', nonce);
  end if;
  if char_length(btrim(coalesce(note, ''))) not between 1 and 500 then
    return jsonb_build_object('outcome', 'bad_note', 'nonce', nonce);
  end if;
  if octet_length(balances) > 1000000 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;
  batch := private.parse_json(balances);
  if jsonb_typeof(batch) is distinct from 'array' then
    return jsonb_build_object('outcome', 'malformed', 'nonce', nonce);
  end if;
  if jsonb_array_length(batch) > 500 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;
  perform private.lock_members(org);
  for balance in select element from jsonb_array_elements(batch) as element loop
    results := results || jsonb_build_array(
      jsonb_build_object('id', balance -> 'id') || private.store_balance(org, balance, btrim(note)));
  end loop;
  return jsonb_build_object('outcome', 'accepted', 'nonce', nonce, 'records', results);
end
$$;
revoke execute on function public.import_balances(uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.import_balances(uuid, text, text, text) to authenticated;
