-- What a tablet tells of itself beside its counts, and which of its numbers never arrived.
alter table public.pairings
  add column lost bigint not null default 0,
  add column gone_at timestamptz,
  add column oldest_waiting_at timestamptz,
  add column persisted boolean,
  add column quota_bytes bigint,
  add column usage_bytes bigint,
  add column server_offset_ms bigint,
  add column battery_percent smallint,
  add column battery_charging boolean,
  add column durability text
    constraint pairings_durability_known check (durability in ('strict', 'relaxed', 'failed'));
comment on column public.pairings.lost is
  'Numbers the tablet had given out and found gone from its storage; those that had been sent before are no loss.';
comment on column public.pairings.gone_at is
  'When the tablet told that the storage holding this pairing is gone: nothing more will come of it.';
comment on column public.pairings.server_offset_ms is 'Server time minus the tablet''s wall clock.';
comment on column public.pairings.battery_percent is 'Null where the browser does not tell.';
comment on column public.pairings.durability is
  'How the tablet''s own test of a strict write ended: read back through a new connection, only relaxed, or not.';
grant select (lost, gone_at, oldest_waiting_at, persisted, quota_bytes, usage_bytes, server_offset_ms, battery_percent,
  battery_charging, durability) on public.pairings to authenticated;

-- A number a tablet tells of itself; null when it is none or could not be true.
create function private.told_number(report jsonb, name text, low numeric, high numeric) returns numeric
language sql immutable set search_path = '' as $$
  select case
    when jsonb_typeof(report -> name) = 'number' and (report ->> name)::numeric between low and high
    then (report ->> name)::numeric
  end
$$;
revoke execute on function private.told_number(jsonb, text, numeric, numeric) from public;

create function private.told_boolean(report jsonb, name text) returns boolean
language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(report -> name) = 'boolean' then (report ->> name)::boolean end
$$;
revoke execute on function private.told_boolean(jsonb, text) from public;

-- Keeps what a tablet tells of itself. What it does not tell, or tells wrongly, stays as it was: every browser knows
-- a different part, and tablets of earlier versions know only the counts.
create function private.note_health(teller public.pairings, report jsonb) returns void
language sql volatile set search_path = '' as $$
  update public.pairings as p set
    last_seen_at = now(),
    made = greatest(p.made, private.told_count(report, 'made')),
    waiting = coalesce(private.told_count(report, 'waiting'), p.waiting),
    quarantined = coalesce(private.told_count(report, 'quarantined'), p.quarantined),
    app_version = coalesce(left(report ->> 'app_version', 40), p.app_version),
    lost = greatest(p.lost, private.told_count(report, 'lost')),
    oldest_waiting_at = case
      when private.told_count(report, 'waiting') is null then p.oldest_waiting_at
      -- An age, because the tablet's clock may be wrong; ten years at most.
      else now() - private.told_number(report, 'oldest_waiting_s', 0, 315360000)::double precision * interval '1 second'
    end,
    persisted = coalesce(private.told_boolean(report, 'persisted'), p.persisted),
    quota_bytes = coalesce(private.told_count(report, 'quota_bytes'), p.quota_bytes),
    usage_bytes = coalesce(private.told_count(report, 'usage_bytes'), p.usage_bytes),
    server_offset_ms = coalesce(
      trunc(private.told_number(report, 'server_offset_ms', -9007199254740991, 9007199254740991))::bigint,
      p.server_offset_ms),
    battery_percent = coalesce(private.told_number(report, 'battery_percent', 0, 100)::smallint, p.battery_percent),
    battery_charging = coalesce(private.told_boolean(report, 'battery_charging'), p.battery_charging),
    durability = case
      when report ->> 'durability' in ('strict', 'relaxed', 'failed') then report ->> 'durability' else p.durability
    end
  where p.org_id = teller.org_id and p.id = teller.id;

  -- A browser whose storage was cleared still knows the number it had reached: what never arrived of that pairing is
  -- missing, not waiting. Believed of an earlier pairing of the same tablet only.
  update public.pairings as p set
    gone_at = coalesce(p.gone_at, now()),
    made = greatest(p.made, private.told_count(report -> 'gone', 'made')),
    waiting = 0,
    oldest_waiting_at = null
  where p.org_id = teller.org_id and p.tablet_id = teller.tablet_id and p.id <> teller.id
    and p.created_at <= teller.created_at and p.id::text = report #>> '{gone,pairing}'
$$;
revoke execute on function private.note_health(public.pairings, jsonb) from public;

-- Settings down, health up. health is JSON text (src/backend/tablet-calls.ts); a bad one is ignored, because a tablet
-- that cannot count must still learn its survey. Outcomes: ok, revoked, unknown_pairing, throttled.
create or replace function public.pull(pairing uuid, secret text, health text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  teller public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(teller, 'pull');
begin
  if reply is not null then
    return reply;
  end if;
  if teller.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if teller.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  perform private.note_health(teller, private.parse_json(left(health, 4000)));
  return jsonb_build_object('outcome', 'ok', 'server_time', clock_timestamp(),
    'settings', private.tablet_settings(teller));
end
$$;

-- The numbers 1 to made of a pairing that are neither received nor in quarantine, as ranges [{first, last}], lowest
-- first, at most 100. A tablet sends its oldest first, so as many of the highest as it says are waiting are left out.
create function public.missing_seqs(org uuid, pairing uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with sender as (
    select id, made, waiting from public.pairings where org_id = org and id = missing_seqs.pairing
  ),
  taken as (
    select received.seq from sender join public.received on received.org_id = org and received.pairing_id = sender.id
    where received.seq is not null
    union
    select told.seq
    from sender
    join public.quarantine on quarantine.org_id = org
    cross join lateral (select quarantine.record::jsonb as record) as refused
    -- Whatever a tablet wrote there, only a plain number is read as one.
    cross join lateral (
      select case when refused.record ->> 'seq' ~ '^[1-9][0-9]{0,15}$' then (refused.record ->> 'seq')::bigint end as seq
    ) as told
    where refused.record ->> 'pairing' = sender.id::text and told.seq <= sender.made
    union select 0
    union select made + 1 from sender
  ),
  gaps as (
    select seq + 1 as first, lead(seq) over (order by seq) - 1 as last from taken
  ),
  counted as (
    select first, last, sum(last - first + 1) over (order by first desc) as from_top from gaps where last >= first
  ),
  missing as (
    select first, last - greatest(0, least(last - first + 1, waiting - (from_top - (last - first + 1))))::bigint as last
    from counted cross join sender
  )
  select coalesce(jsonb_agg(jsonb_build_object('first', first, 'last', last) order by first), '[]')
  from (select first, last from missing where last >= first order by first limit 100) as ranges
$$;
revoke execute on function public.missing_seqs(uuid, uuid) from public, anon, authenticated;
grant execute on function public.missing_seqs(uuid, uuid) to authenticated;

-- One row a pairing. missing = made, but neither received nor said to be waiting or in quarantine on the tablet.
create or replace function public.report_tablets(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'tablet', tablets.id, 'name', tablets.name, 'kind', tablets.kind,
    'location', tablets.location_id,
    'pairing', pairings.id, 'paired_at', pairings.created_at, 'revoked_at', pairings.revoked_at,
    'gone_at', pairings.gone_at,
    'made', coalesce(pairings.made, 0), 'received', coalesce(pairings.received, 0),
    'waiting', coalesce(pairings.waiting, 0), 'quarantined', coalesce(pairings.quarantined, 0),
    'missing', greatest(0, coalesce(pairings.made - pairings.received - pairings.waiting - pairings.quarantined, 0)),
    'lost', coalesce(pairings.lost, 0), 'seq_clashes', coalesce(pairings.seq_clashes, 0),
    'last_seen_at', pairings.last_seen_at, 'last_received_at', pairings.last_received_at,
    'app_version', pairings.app_version,
    'health', jsonb_build_object(
      'oldest_waiting_at', pairings.oldest_waiting_at, 'persisted', pairings.persisted,
      'quota_bytes', pairings.quota_bytes, 'usage_bytes', pairings.usage_bytes,
      'server_offset_ms', pairings.server_offset_ms, 'battery_percent', pairings.battery_percent,
      'battery_charging', pairings.battery_charging, 'durability', pairings.durability
    )
  ) order by tablets.created_at, tablets.id, pairings.created_at), '[]')
  from public.tablets
  left join public.pairings on pairings.org_id = tablets.org_id and pairings.tablet_id = tablets.id
  where tablets.org_id = org
$$;
