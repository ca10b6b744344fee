-- One member by the code that they show, for what the tablet's directory does not hold yet. `member` is any id of theirs. It
-- tells no more than find_member does, no number among it, and both together are asked thirty times a minute at most.
-- Outcomes: found, unknown, revoked, unknown_pairing, throttled.
create function public.find_member_by_code(pairing uuid, secret text, member uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  asker public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(asker, 'find_member');
  wait integer;
  named uuid;
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
  named := private.member_named(asker.org_id, member);
  if named is null or not private.takes_part(asker.org_id, named) then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  return jsonb_build_object('outcome', 'found', 'member', private.known_member(asker.org_id, named));
end
$$;
revoke execute on function public.find_member_by_code(uuid, text, uuid) from public, anon, authenticated;
grant execute on function public.find_member_by_code(uuid, text, uuid) to anon, authenticated;
