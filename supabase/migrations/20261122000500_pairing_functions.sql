-- Hashes of high-entropy secrets and short-lived codes; not for passwords.
create function private.sha256_hex(text text) returns text
language sql immutable strict set search_path = '' as $$
  select encode(sha256(convert_to(text, 'UTF8')), 'hex')
$$;
revoke execute on function private.sha256_hex(text) from public;

-- JSON from outside, or null when it is none. Depth is refused before the parser sees it: on Postgres it would raise
-- statement_too_complex past every handler here, on PGlite it exhausts the stack and takes the whole database down.
-- No text of ours opens 4,000 brackets outside its strings, so their number stands for the depth.
create function private.parse_json(text text) returns jsonb
language plpgsql immutable strict set search_path = '' as $$
begin
  if char_length(text) - char_length(translate(text, '[{', '')) > 4000
    and char_length(regexp_replace(text, '"(?:[^"\\]|\\.)*"|[^[{"]+', '', 'g')) > 4000 then
    return null;
  end if;
  return text::jsonb;
exception when data_exception then
  return null;
end
$$;
revoke execute on function private.parse_json(text) from public;

-- Crockford's alphabet has no I, L, O or U, so a code survives being read aloud and typed by hand.
create function private.normalize_code(code text) returns text
language sql immutable strict set search_path = '' as $$
  select translate(regexp_replace(upper(code), '[^0-9A-Z]', '', 'g'), 'OIL', '011')
$$;
revoke execute on function private.normalize_code(text) from public;

create function private.new_pairing_code() returns text
language sql volatile set search_path = '' as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(random_bytes, i) & 31) + 1, 1), '' order by i)
  from (select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) as random_bytes) as source,
    generate_series(0, 7) as i
$$;
revoke execute on function private.new_pairing_code() from public;

-- Who is calling, as far as the proxy in front tells; hashed, because an address is personal data.
create function private.caller_bucket() returns text
language sql stable set search_path = '' as $$
  select private.sha256_hex('address:' || coalesce(
    headers ->> 'cf-connecting-ip',
    headers ->> 'x-real-ip',
    nullif(btrim(split_part(headers ->> 'x-forwarded-for', ',', -1)), ''),
    'unknown'
  ))
  from (select coalesce(nullif(current_setting('request.headers', true), ''), '{}')::jsonb as headers) as request
$$;
revoke execute on function private.caller_bucket() from public;

-- Five wrong codes are free; then the wait doubles from 30 seconds up to an hour, and an hour of peace forgets.
create function private.note_wrong_code(caller text) returns void
language sql volatile set search_path = '' as $$
  insert into private.pairing_attempts as attempts (bucket, failures, last_failed_at)
  values (caller, 1, now())
  on conflict (bucket) do update set
    failures = case
      when attempts.last_failed_at < now() - interval '1 hour' and coalesce(attempts.blocked_until, now()) <= now() then 1
      else attempts.failures + 1
    end,
    last_failed_at = now(),
    blocked_until = case
      when attempts.last_failed_at < now() - interval '1 hour' and coalesce(attempts.blocked_until, now()) <= now() then null
      when attempts.failures + 1 >= 5
        then now() + least(interval '1 hour', interval '30 seconds' * power(2, least(attempts.failures + 1 - 5, 10)))
    end
$$;
revoke execute on function private.note_wrong_code(text) from public;

-- What a tablet needs to know of its shop; shared by pair and pull.
create function private.tablet_settings(pairing public.pairings) returns jsonb
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
    )
  )
  from public.tablets
  join public.locations on locations.org_id = tablets.org_id and locations.id = tablets.location_id
  join public.organizations on organizations.id = tablets.org_id
  where tablets.org_id = pairing.org_id and tablets.id = pairing.tablet_id
$$;
revoke execute on function private.tablet_settings(public.pairings) from public;

-- Turns a code into a pairing. The tablet makes the id and the secret itself and may ask again with the same ones
-- when the answer got lost on the way. Outcomes: paired, unknown_code, expired_code, used_code, throttled, malformed.
create function public.pair(code text, pairing uuid, secret text, app_version text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  caller text := private.caller_bucket();
  blocked timestamptz;
  entry public.pairing_codes;
  made public.pairings;
begin
  if code is null or pairing is null or secret !~ '^[0-9a-f]{64}$' or secret is null
    or char_length(code) > 40 or char_length(app_version) > 40 then
    return jsonb_build_object('outcome', 'malformed');
  end if;
  select blocked_until into blocked from private.pairing_attempts where bucket = caller;
  if blocked > now() then
    return jsonb_build_object('outcome', 'throttled',
      'retry_after_s', ceil(extract(epoch from blocked - now()))::integer);
  end if;

  select * into entry from public.pairing_codes
  where code_hash = private.sha256_hex(private.normalize_code(code)) for update;
  if not found then
    perform private.note_wrong_code(caller);
    return jsonb_build_object('outcome', 'unknown_code');
  end if;

  if entry.used_at is not null then
    select * into made from public.pairings
    where org_id = entry.org_id and id = entry.pairing_id and entry.pairing_id = pairing
      and secret_hash = private.sha256_hex(secret) and revoked_at is null;
    if not found then
      perform private.note_wrong_code(caller);
      return jsonb_build_object('outcome', 'used_code');
    end if;
  else
    if entry.expires_at <= now() then
      perform private.note_wrong_code(caller);
      return jsonb_build_object('outcome', 'expired_code');
    end if;
    insert into public.pairings (org_id, id, tablet_id, secret_hash, last_seen_at, app_version)
    values (entry.org_id, pair.pairing, entry.tablet_id, private.sha256_hex(secret), now(), pair.app_version)
    on conflict do nothing
    returning * into made;
    if not found then
      return jsonb_build_object('outcome', 'malformed');
    end if;
    update public.pairing_codes set used_at = now(), pairing_id = made.id
    where org_id = entry.org_id and id = entry.id;
    -- Only a fresh code forgives wrong ones: a used one, asked again and again, would buy endless guesses.
    delete from private.pairing_attempts where bucket = caller;
  end if;

  return jsonb_build_object('outcome', 'paired', 'server_time', clock_timestamp(),
    'settings', private.tablet_settings(made));
end
$$;
revoke execute on function public.pair(text, uuid, text, text) from public, anon, authenticated;
grant execute on function public.pair(text, uuid, text, text) to anon, authenticated;

create function private.authenticate(pairing uuid, secret text) returns public.pairings
language sql stable set search_path = '' as $$
  select pairings from public.pairings
  where id = pairing and secret_hash = private.sha256_hex(secret)
$$;
revoke execute on function private.authenticate(uuid, text) from public;

-- A count a tablet tells of itself; null when it could not be true. The limit is the largest whole number JavaScript
-- keeps exact, and leaves room for the sums of the reports.
create function private.told_count(report jsonb, name text) returns bigint
language sql immutable set search_path = '' as $$
  select case
    when jsonb_typeof(report -> name) = 'number' and (report ->> name)::numeric between 0 and 9007199254740991
    then trunc((report ->> name)::numeric)::bigint
  end
$$;
revoke execute on function private.told_count(jsonb, text) from public;

-- Settings down, health up. health is JSON text {made, waiting, quarantined, app_version}; a bad one is ignored,
-- because a tablet that cannot count must still learn its survey. Outcomes: ok, revoked, unknown_pairing.
create function public.pull(pairing uuid, secret text, health text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  found_pairing public.pairings := private.authenticate(pairing, secret);
  report jsonb := private.parse_json(left(health, 4000));
begin
  if found_pairing.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if found_pairing.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  update public.pairings as p set
    last_seen_at = now(),
    made = greatest(p.made, private.told_count(report, 'made')),
    waiting = coalesce(private.told_count(report, 'waiting'), p.waiting),
    quarantined = coalesce(private.told_count(report, 'quarantined'), p.quarantined),
    app_version = coalesce(left(report ->> 'app_version', 40), p.app_version)
  where p.org_id = found_pairing.org_id and p.id = found_pairing.id;
  return jsonb_build_object('outcome', 'ok', 'server_time', clock_timestamp(),
    'settings', private.tablet_settings(found_pairing));
end
$$;
revoke execute on function public.pull(uuid, text, text) from public, anon, authenticated;
grant execute on function public.pull(uuid, text, text) to anon, authenticated;
