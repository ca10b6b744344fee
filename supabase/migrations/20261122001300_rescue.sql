-- What the server could not take is seen, mended and sent again by the owner, and what a tablet could not send comes in
-- as a file. The row in quarantine stays as it was; only that it is settled is written beside it.

alter table public.quarantine
  add column resolved_at timestamptz,
  add column resolved_by uuid;
comment on column public.quarantine.resolved_at is
  'When the record was counted after all: mended and sent again, or stored from a rescue file. Null: still open.';
comment on column public.quarantine.resolved_by is 'The person who did it; no reference, because the row outlives the account.';
create index quarantine_open on public.quarantine (org_id, received_at desc, id desc) where resolved_at is null;
create index quarantine_resolved on public.quarantine (org_id, record_hash) where resolved_at is not null;

-- The first pair stays for ever, because a file may be opened years after it was sealed. Both keys in base64, as
-- RFC 9180 writes them: 65 bytes of a P-256 point and 32 bytes. Outcomes: created, exists, malformed, forbidden.
create function public.create_rescue_key(org uuid, public_key text, private_key text) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if not coalesce(public_key ~ '^[A-Za-z0-9+/]{87}=$' and private_key ~ '^[A-Za-z0-9+/]{43}=$', false) then
    return jsonb_build_object('outcome', 'malformed');
  end if;
  insert into public.rescue_keys (org_id, public_key, private_key)
  values (org, create_rescue_key.public_key, create_rescue_key.private_key)
  on conflict do nothing;
  return jsonb_build_object('outcome', case when found then 'created' else 'exists' end);
end
$$;
revoke execute on function public.create_rescue_key(uuid, text, text) from public, anon, authenticated;
grant execute on function public.create_rescue_key(uuid, text, text) to authenticated;

-- A page of the quarantine, newest first, and how many there are of both kinds. Pages are stable: pass the received_at
-- and id of the last one seen. record is its JSON text, cut where it is longer than any that a tablet makes.
create function public.report_quarantine(
  org uuid, resolved boolean default false,
  before_at timestamptz default null, before_id uuid default null, page_size integer default 20
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'open', (select count(*) from public.quarantine where org_id = org and resolved_at is null),
    'resolved', (select count(*) from public.quarantine where org_id = org and resolved_at is not null),
    'records', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', page.id, 'tablet', pairings.tablet_id, 'outcome', page.outcome, 'reason', page.reason,
        'record', left(page.record, 40000), 'received_at', page.received_at, 'resolved_at', page.resolved_at
      ) order by page.received_at desc, page.id desc)
      from (
        select id, pairing_id, outcome, reason, record, received_at, resolved_at
        from public.quarantine
        where org_id = org and (resolved_at is not null) = coalesce(resolved, false)
          and (before_at is null or (received_at, id) < (before_at, before_id))
        order by received_at desc, id desc
        limit least(greatest(page_size, 0), 100)
      ) as page
      join public.pairings on pairings.org_id = org and pairings.id = page.pairing_id
    ), '[]')
  )
$$;
revoke execute on function public.report_quarantine(uuid, boolean, timestamptz, uuid, integer) from public, anon, authenticated;
grant execute on function public.report_quarantine(uuid, boolean, timestamptz, uuid, integer) to authenticated;

-- What has arrived another way neither waits on its tablet nor lies aside there, whatever the tablet told last; and
-- one that is gone will never tell again.
create function private.lower_told_counts(org uuid, pairing uuid) returns void
language sql volatile set search_path = '' as $$
  update public.pairings as p set
    quarantined = least(p.quarantined, greatest(0, p.made - p.received)),
    waiting = least(p.waiting, greatest(0, p.made - p.received - least(p.quarantined, greatest(0, p.made - p.received))))
  where p.org_id = org and p.id = pairing
$$;
revoke execute on function private.lower_told_counts(uuid, uuid) from public;

-- Stores a quarantined record with this body, the one it had or a mended one, at the time it happened. Outcomes: stored,
-- duplicate, conflict and refused as of ingest; resolved when it was settled before; too_large; forbidden.
create function public.resend_quarantined(org uuid, quarantined uuid, body text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  entry public.quarantine;
  record jsonb;
  origin public.pairings;
  location uuid;
  zone text;
  moment record;
  is_own boolean;
  result jsonb;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  select * into entry from public.quarantine where org_id = org and id = quarantined for update;
  if not found then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if entry.resolved_at is not null then
    return jsonb_build_object('outcome', 'resolved');
  end if;
  if octet_length(body) > 100000 then
    return jsonb_build_object('outcome', 'too_large');
  end if;

  record := case jsonb_typeof(entry.record::jsonb) when 'object' then entry.record::jsonb else '{}' end;
  select p.* into origin from public.pairings as p where p.org_id = org and p.id::text = record ->> 'pairing';
  is_own := found and entry.outcome = 'refused';
  if not found then
    select p.* into origin from public.pairings as p where p.org_id = org and p.id = entry.pairing_id;
  end if;
  select l.id, l.time_zone into location, zone from public.tablets as t
  join public.locations as l on l.org_id = t.org_id and l.id = t.location_id
  where t.org_id = org and t.id = origin.tablet_id;

  -- The id of a conflict belongs to another record; the row's own is as good, and makes twice mean once.
  if entry.outcome = 'conflict' or entry.record_id is null then
    record := record || jsonb_build_object('id', entry.id);
  end if;
  if not (is_own and coalesce(private.told_count(record, 'seq') > 0 and record ->> 'seq' ~ '^\d+$', false)) then
    record := record || '{"seq": null}';
  end if;
  record := record || jsonb_build_object('body', body, 'sha256', private.sha256_hex(body));
  -- A clock that makes no sense gives way to the time of receipt, which was not today.
  select * into moment from private.occurred_at(record);
  if moment.clock = 'receipt' then
    moment.at := entry.received_at;
    record := record || jsonb_build_object('occurredAt', moment.at, 'serverOffsetMs', null);
  end if;

  -- Before any row is written: see ensure_answers_partition.
  perform private.ensure_answers_partition(moment.at);
  perform pg_advisory_xact_lock(hashtextextended('verna.ingest.' || org || origin.tablet_id, 0));
  result := private.store_record(origin, zone, location, record);
  if result ->> 'outcome' = 'stored' then
    -- What has no number fills no gap in its tablet's count; rows of files never have one.
    if record ->> 'seq' is not null or origin.secret_hash is null then
      perform private.note_received(origin, 1, (record ->> 'seq')::bigint);
    end if;
    update public.pairings set last_received_at = now() where org_id = org and id = origin.id;
  end if;
  if result ->> 'outcome' in ('stored', 'duplicate') then
    update public.quarantine set resolved_at = now(), resolved_by = (select auth.uid())
    where org_id = org and id = entry.id;
    perform private.lower_told_counts(org, origin.id);
  end if;
  return result;
end
$$;
revoke execute on function public.resend_quarantined(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.resend_quarantined(uuid, uuid, text) to authenticated;

-- Records of a rescue file, each under the pairing it was made with, revoked and gone ones too. Limits, reply and
-- ledger are those of ingest, so the same file adds nothing the second time. Outcomes of the whole: accepted,
-- too_large, malformed, forbidden.
create function public.import_rescue(org uuid, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  batch jsonb;
  sender public.pairings;
  own jsonb;
  reply jsonb;
  results jsonb;
begin
  nonce := left(nonce, 100);
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden', 'nonce', nonce);
  end if;
  if octet_length(records) > 1000000 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;
  batch := private.parse_json(records);
  if jsonb_typeof(batch) is distinct from 'array' then
    return jsonb_build_object('outcome', 'malformed', 'nonce', nonce);
  end if;
  if jsonb_array_length(batch) > 500 then
    return jsonb_build_object('outcome', 'too_large', 'nonce', nonce);
  end if;

  -- Those without a pairing of this shop have no tablet to be kept under; those that were mended are here already, with
  -- another body, and would look like a conflict.
  select coalesce(jsonb_agg(jsonb_build_object('id', element -> 'id') || case
    when is_mended then jsonb_build_object('outcome', 'duplicate')
    when jsonb_typeof(element) <> 'object' then jsonb_build_object('outcome', 'refused', 'reason', 'malformed')
    else jsonb_build_object('outcome', 'refused', 'reason', 'foreign_pairing')
  end) filter (where is_mended or not is_own), '[]'),
    coalesce(jsonb_agg(element order by position) filter (where is_own and not is_mended), '[]')
  into results, batch
  from (
    select element, position,
      exists (
        select 1 from public.pairings as p
        where p.org_id = org and p.id::text = element ->> 'pairing' and p.secret_hash is not null
      ) as is_own,
      exists (
        select 1 from public.quarantine as q
        where q.org_id = org and q.record_hash = private.sha256_hex(element::text) and q.resolved_at is not null
      ) as is_mended
    from jsonb_array_elements(batch) with ordinality as entries (element, position)
  ) as sorted;

  -- All months before any row is written, though store_records makes its own: see ensure_answers_partition.
  perform private.ensure_answers_partition(month)
  from (
    select distinct date_trunc('month', (private.occurred_at(element)).at, 'UTC') as month
    from jsonb_array_elements(batch) as element
  ) as months order by month;
  for sender in
    select p.* from public.pairings as p
    where p.org_id = org and p.id::text in (select element ->> 'pairing' from jsonb_array_elements(batch) as element)
    order by p.id
  loop
    select jsonb_agg(element order by position) into own
    from jsonb_array_elements(batch) with ordinality as entries (element, position)
    where element ->> 'pairing' = sender.id::text;
    reply := private.store_records(sender, nonce, own::text);
    if reply ->> 'outcome' <> 'accepted' then
      return reply;
    end if;
    results := results || (reply -> 'records');
    perform private.lower_told_counts(org, sender.id);
  end loop;

  -- Refused once and taken now, such as a survey that the server has learned since.
  update public.quarantine as q set resolved_at = now(), resolved_by = (select auth.uid())
  from jsonb_array_elements(batch) as element
  where q.org_id = org and q.resolved_at is null and q.outcome = 'refused'
    and q.record_hash = private.sha256_hex(element::text)
    and exists (
      select 1 from public.received as r
      where r.org_id = org and r.id = q.record_id and r.sha256 = element ->> 'sha256'
    );
  return jsonb_build_object('outcome', 'accepted', 'nonce', nonce, 'server_time', clock_timestamp(), 'records', results);
end
$$;
revoke execute on function public.import_rescue(uuid, text, text) from public, anon, authenticated;
grant execute on function public.import_rescue(uuid, text, text) to authenticated;

-- What the owner has settled of the records that this tablet's pairings had refused, by id; at most 500. Of more, every
-- pull tells others, so that all are told in the end although no answer is certain to arrive.
create function private.settled(teller public.pairings) returns jsonb
language sql volatile set search_path = '' as $$
  select coalesce(jsonb_agg(told.record_id), '[]')
  from (
    select q.record_id
    from public.pairings as p
    join public.quarantine as q on q.org_id = p.org_id and q.pairing_id = p.id
    where p.org_id = teller.org_id and p.tablet_id = teller.tablet_id
      and q.outcome = 'refused' and q.resolved_at is not null and q.record_id is not null
    order by random()
    limit 500
  ) as told
$$;
revoke execute on function private.settled(public.pairings) from public;

-- As before, and names what a tablet that keeps refused records may forget of them.
create or replace function public.pull(pairing uuid, secret text, health text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  teller public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(teller, 'pull');
  report jsonb := private.parse_json(left(health, 4000));
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
  perform private.note_health(teller, report);
  reply := jsonb_build_object('outcome', 'ok', 'server_time', clock_timestamp(),
    'settings', private.tablet_settings(teller));
  if private.told_count(report, 'quarantined') > 0 then
    reply := reply || jsonb_build_object('settled', private.settled(teller));
  end if;
  return reply;
end
$$;
