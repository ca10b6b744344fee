-- What the owner offers for points, and the pictures of it for tablets.

-- A day such as 2026-02-28; null for what is none, 30 February too.
create function private.read_day(given jsonb, name text) returns date
language plpgsql immutable set search_path = '' as $$
begin
  return (substring(given ->> name from '^\d{4}-\d{2}-\d{2}$'))::date;
exception when data_exception then
  return null;
end
$$;
revoke execute on function private.read_day(jsonb, text) from public;

-- A reward with the fields that rewardSchema of src/domain/reward.ts knows and no others, but for its picture; null when it
-- is none. Where it tells no stock, it is what remains.
create function private.read_reward(given jsonb, remaining integer) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  told jsonb;
  reward jsonb;
  field text;
begin
  if jsonb_typeof(given) is distinct from 'object' then
    return null;
  end if;
  told := jsonb_build_object('stock', remaining, 'from', null, 'until', null) || given;
  reward := jsonb_build_object(
    'name', private.read_localized(told -> 'name', 60),
    'cost', private.told_whole(told, 'cost', 1, 1000000),
    'stock', private.told_whole(told, 'stock', 0, 1000000),
    'from', private.read_day(told, 'from'),
    'until', private.read_day(told, 'until')
  );
  if reward -> 'name' = 'null' or reward -> 'cost' = 'null' or (reward ->> 'until')::date < (reward ->> 'from')::date then
    return null;
  end if;
  -- What may be missing must not be wrong.
  foreach field in array array['stock', 'from', 'until'] loop
    if reward -> field = 'null' and told -> field <> 'null' then
      return null;
    end if;
  end loop;
  return reward;
end
$$;
revoke execute on function private.read_reward(jsonb, integer) from public;

-- Keeps a picture, a data URL, and tells its SHA-256; null when it is none, or too large.
create function private.keep_reward_picture(org uuid, picture text) returns text
language plpgsql volatile set search_path = '' as $$
begin
  if octet_length(picture) > 150000 or picture !~ '^data:image/(webp|png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$' then
    return null;
  end if;
  insert into public.reward_pictures (org_id, sha256, picture)
  values (org, private.sha256_hex(keep_reward_picture.picture), keep_reward_picture.picture) on conflict do nothing;
  return private.sha256_hex(picture);
end
$$;
revoke execute on function private.keep_reward_picture(uuid, text) from public;

-- How many are left of a reward's stock since its version began; null when there is no end of them.
create function private.reward_left(org uuid, reward uuid, stock integer, since timestamptz) returns integer
language sql stable set search_path = '' as $$
  select stock - count(*)::integer from public.redemptions as r
  where r.org_id = org and r.reward_id = reward_left.reward and r.occurred_at >= since
$$;
revoke execute on function private.reward_left(uuid, uuid, integer, timestamptz) from public;
grant execute on function private.reward_left(uuid, uuid, integer, timestamptz) to authenticated;

-- Adds a reward (reward is null), changes one, or withdraws it (definition is null). definition is the JSON of rewardSchema
-- as text. Without "stock" in it what is left stays what is left, whoever redeems meanwhile; its "picture" names one that is
-- kept, and picture, a data URL, takes its place. Outcomes: saved (with the reward's id), bad_reward, bad_picture,
-- unknown_reward, forbidden.
create function public.set_reward(org uuid, reward uuid, definition text, picture text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  target uuid := coalesce(reward, gen_random_uuid());
  given jsonb := nullif(private.parse_json(left(definition, 10000)), 'null');
  in_force jsonb;
  remaining integer;
  told jsonb;
  digest text;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if given is null and (reward is null or coalesce(definition, 'null') <> 'null') then
    return jsonb_build_object('outcome', 'bad_reward');
  end if;
  perform private.lock_members(org);
  if reward is not null and not exists (select 1 from public.rewards where org_id = org and id = target) then
    return jsonb_build_object('outcome', 'unknown_reward');
  end if;
  select period.reward, greatest(private.reward_left(org, target, (period.reward ->> 'stock')::integer, period.since), 0)
  into in_force, remaining
  from private.reward_periods as period
  where period.org_id = org and period.reward_id = target and period.until = 'infinity';

  if given is not null then
    told := private.read_reward(given, remaining);
    if told is null then
      return jsonb_build_object('outcome', 'bad_reward');
    end if;
    digest := case when picture is null then given ->> 'picture' else private.keep_reward_picture(org, picture) end;
    if (picture is not null and digest is null) or (digest is not null and not exists (
      select 1 from public.reward_pictures as kept where kept.org_id = org and kept.sha256 = digest
    )) then
      return jsonb_build_object('outcome', 'bad_picture');
    end if;
    told := told || jsonb_build_object('picture', digest);
  end if;
  -- Nothing changed, a stock that was counted anew included: withdrawn stays withdrawn.
  if reward is not null and told is not distinct from in_force || jsonb_build_object('stock', remaining) then
    return jsonb_build_object('outcome', 'saved', 'reward', target);
  end if;
  insert into public.rewards (org_id, id) values (org, target) on conflict do nothing;
  -- The moment after the lock was won: what others stored until now was judged by the version before. Where the clock ticks
  -- slowly (PGlite), two versions within a tick still follow one another.
  insert into public.reward_versions (org_id, reward_id, valid_from, reward, created_by)
  select org, target, greatest(clock_timestamp(), max(before.valid_from) + interval '1 microsecond'), told, (select auth.uid())
  from public.reward_versions as before where before.org_id = org and before.reward_id = target;
  return jsonb_build_object('outcome', 'saved', 'reward', target);
end
$$;
revoke execute on function public.set_reward(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.set_reward(uuid, uuid, text, text) to authenticated;

-- A picture for a tablet, by what its settings call it. Outcomes: ok, unknown, revoked, unknown_pairing, throttled.
create function public.reward_picture(pairing uuid, secret text, sha256 text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  asker public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(asker, 'reward_picture');
  found_picture text;
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
  select kept.picture into found_picture from public.reward_pictures as kept
  where kept.org_id = asker.org_id and kept.sha256 = reward_picture.sha256;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  return jsonb_build_object('outcome', 'ok', 'picture', found_picture);
end
$$;
revoke execute on function public.reward_picture(uuid, text, text) from public, anon, authenticated;
grant execute on function public.reward_picture(uuid, text, text) to anon, authenticated;
