-- Reads one record's answer, or says why it cannot be one. The reasons are named; the caller decides what to do.
create function private.refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
declare
  type text := body ->> 'type';
  score numeric;
begin
  if record ->> 'kind' is distinct from 'answer' then
    return 'unknown_kind';
  end if;
  if (record ->> 'v')::integer is distinct from 1 then
    return 'unknown_version';
  end if;
  if coalesce(type, '') not in ('csat', 'nps', 'expectation', 'reasons', 'comment') then
    return 'unknown_question';
  end if;
  if not exists (
    select 1 from public.survey_versions
    where org_id = org and id = (body ->> 'survey')::uuid
  ) then
    return 'unknown_survey';
  end if;
  if not exists (
    select 1 from public.survey_versions
    where org_id = org and id = (body ->> 'survey')::uuid
      and definition -> 'questions' @> jsonb_build_array(jsonb_build_object('key', body ->> 'question', 'type', type))
  ) then
    return 'unknown_question';
  end if;
  if type in ('csat', 'nps', 'expectation') then
    if jsonb_typeof(body -> 'score') is distinct from 'number' then
      return 'off_scale';
    end if;
    score := (body ->> 'score')::numeric;
    if score <> trunc(score) or not (case type
      when 'csat' then score between 1 and 5
      when 'nps' then score between 0 and 10
      else score between -1 and 1
    end) then
      return 'off_scale';
    end if;
  elsif type = 'reasons' then
    if jsonb_typeof(body -> 'choices') is distinct from 'array'
      or jsonb_array_length(body -> 'choices') not between 1 and 20
      or exists (
        select 1 from jsonb_array_elements(body -> 'choices') as choice
        where jsonb_typeof(choice) <> 'string' or choice #>> '{}' !~ '^[a-z][a-z0-9_]{0,39}$'
      ) then
      return 'unknown_choice';
    end if;
  else
    if char_length(btrim(body ->> 'text')) > 2000 then
      return 'text_too_long';
    end if;
    if coalesce(btrim(body ->> 'text'), '') = '' then
      return 'text_missing';
    end if;
  end if;
  return null;
end
$$;
revoke execute on function private.refusal(jsonb, jsonb, uuid) from public;

-- When it happened: the tablet's clock, corrected by the last known offset to the server's. A clock that makes no
-- sense gives way to the time of receipt, because an answer with a rough hour is worth more than none.
create function private.occurred_at(record jsonb, out at timestamptz, out clock text)
language plpgsql stable set search_path = '' as $$
declare
  offset_ms double precision;
begin
  begin
    offset_ms := (record ->> 'serverOffsetMs')::double precision;
    clock := case when offset_ms is null then 'tablet' else 'server' end;
    at := (record ->> 'occurredAt')::timestamptz + coalesce(offset_ms, 0) * interval '1 millisecond';
  exception when data_exception then
    at := null;
  end;
  if at is null or at < '2000-01-01Z' or at > now() + interval '5 minutes' then
    at := now();
    clock := 'receipt';
  end if;
  at := least(at, now());
end
$$;
revoke execute on function private.occurred_at(jsonb) from public;

create function private.count_answer(answer public.answers) returns void
language plpgsql volatile set search_path = '' as $$
declare
  hour timestamp := date_trunc('hour', answer.local_at);
  flagged integer := (answer.flag is not null)::integer;
begin
  if answer.score is not null then
    insert into public.score_counts as counts
      (org_id, question, local_hour, location_id, tablet_id, type, score, n, n_flagged)
    values (answer.org_id, answer.question, hour, answer.location_id, answer.tablet_id, answer.type, answer.score, 1, flagged)
    on conflict (org_id, question, local_hour, location_id, tablet_id, score)
    do update set n = counts.n + 1, n_flagged = counts.n_flagged + excluded.n_flagged;
  elsif answer.choices is not null then
    insert into public.choice_counts as counts
      (org_id, question, local_hour, location_id, tablet_id, choice, n, n_flagged)
    select answer.org_id, answer.question, hour, answer.location_id, answer.tablet_id, choice, 1, flagged
    from (select distinct unnest(answer.choices) as choice) as chosen
    on conflict (org_id, question, local_hour, location_id, tablet_id, choice)
    do update set n = counts.n + 1, n_flagged = counts.n_flagged + excluded.n_flagged;
  end if;
end
$$;
revoke execute on function private.count_answer(public.answers) from public;

create function private.keep_in_quarantine(
  org uuid, pairing uuid, record jsonb, outcome text, reason text
) returns void
language plpgsql volatile set search_path = '' as $$
declare
  record_id uuid;
begin
  begin
    record_id := (record ->> 'id')::uuid;
  exception when data_exception then
    record_id := null;
  end;
  insert into public.quarantine (org_id, pairing_id, record_id, outcome, reason, record, record_hash)
  values (org, pairing, record_id, outcome, reason, record::text, private.sha256_hex(record::text))
  on conflict do nothing;
end
$$;
revoke execute on function private.keep_in_quarantine(uuid, uuid, jsonb, text, text) from public;

-- The once-only rule: an id that is in the ledger is a duplicate when its content is the same, else a conflict.
create function private.already_received(org uuid, record jsonb) returns jsonb
language sql volatile set search_path = '' as $$
  select case
    when sha256 = record ->> 'sha256' then jsonb_build_object('outcome', 'duplicate')
    else jsonb_build_object('outcome', 'conflict', 'reason', 'other_content')
  end
  from public.received where org_id = org and id = (record ->> 'id')::uuid
$$;
revoke execute on function private.already_received(uuid, jsonb) from public;

create function private.note_received(pairing public.pairings, stored bigint, top_seq bigint) returns void
language sql volatile set search_path = '' as $$
  update public.pairings as p set
    received = p.received + stored,
    made = greatest(p.made, top_seq),
    last_received_at = now()
  where stored > 0 and p.org_id = pairing.org_id and p.id = pairing.id
$$;
revoke execute on function private.note_received(public.pairings, bigint, bigint) from public;

-- Ledger, row and counts of one record, in one subtransaction: a record that breaks a rule takes nothing with it.
-- Only what is wrong with the record itself is caught; anything else (a deadlock, a full disk) undoes the whole
-- batch, and the tablet sends it again.
create function private.store_record(origin public.pairings, time_zone text, location uuid, record jsonb)
returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  body jsonb;
  reason text;
  moment record;
  answer public.answers;
  already jsonb;
begin
  if record ->> 'sha256' is distinct from private.sha256_hex(record ->> 'body') then
    return jsonb_build_object('outcome', 'refused', 'reason', 'hash_mismatch');
  end if;

  already := private.already_received(origin.org_id, record);
  if already is not null then
    return already;
  end if;

  body := private.parse_json(record ->> 'body');
  if body is null then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
  end if;
  reason := private.refusal(record, body, origin.org_id);
  if reason is not null then
    return jsonb_build_object('outcome', 'refused', 'reason', reason);
  end if;

  insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
  values (origin.org_id, (record ->> 'id')::uuid, origin.id, (record ->> 'seq')::bigint,
    record ->> 'kind', (record ->> 'v')::integer, record ->> 'sha256')
  on conflict do nothing;
  if not found then
    already := private.already_received(origin.org_id, record);
    if already is not null then
      return already;
    end if;
    -- Another record holds this seq: a cloned or restored tablet. Its customers were real, so the answer counts.
    insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
    values (origin.org_id, (record ->> 'id')::uuid, origin.id, null,
      record ->> 'kind', (record ->> 'v')::integer, record ->> 'sha256');
    update public.pairings set seq_clashes = seq_clashes + 1 where org_id = origin.org_id and id = origin.id;
  end if;

  select * into moment from private.occurred_at(record);
  insert into public.answers (
    org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
    question, type, score, choices, comment, locale
  ) values (
    origin.org_id, (record ->> 'id')::uuid, moment.at, moment.clock, moment.at at time zone time_zone,
    location, origin.tablet_id, (body ->> 'session')::uuid, (body ->> 'survey')::uuid,
    body ->> 'question', body ->> 'type', (body ->> 'score')::numeric::smallint,
    case when body ->> 'type' = 'reasons'
      then array(select distinct jsonb_array_elements_text(body -> 'choices') order by 1) end,
    case when body ->> 'type' = 'comment' then btrim(body ->> 'text') end,
    left(coalesce(body ->> 'locale', 'en'), 10)
  ) returning * into answer;
  perform private.count_answer(answer);
  return jsonb_build_object('outcome', 'stored');
exception
  when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
end
$$;
revoke execute on function private.store_record(public.pairings, text, uuid, jsonb) from public;

-- One batch of one organization. records is a JSON array as text, at most 500 records and 1,000,000 bytes.
create function private.store_records(sender public.pairings, nonce text, records text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  batch jsonb;
  record jsonb;
  origin public.pairings;
  location uuid;
  zone text;
  result jsonb;
  results jsonb := '[]';
  stored bigint := 0;
  top_seq bigint := 0;
begin
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

  -- Before any row is written: see ensure_answers_partition.
  perform private.ensure_answers_partition(month)
  from (
    select distinct date_trunc('month', (private.occurred_at(element)).at, 'UTC') as month
    from jsonb_array_elements(batch) as element
    where jsonb_typeof(element) = 'object'
  ) as months order by month;
  -- The same batch sent twice at once: the second waits here and finds duplicates.
  perform pg_advisory_xact_lock(hashtextextended('verna.ingest.' || sender.org_id || sender.tablet_id, 0));

  for record in select element from jsonb_array_elements(batch) as element loop
    if jsonb_typeof(record) <> 'object' then
      result := jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
    else
      if origin.id is null or origin.id::text is distinct from record ->> 'pairing' then
        perform private.note_received(origin, stored, top_seq);
        stored := 0;
        top_seq := 0;
        -- A tablet that was paired anew still sends what it made before, under the pairing it made it with.
        select p.* into origin from public.pairings as p
        where p.org_id = sender.org_id and p.id::text = record ->> 'pairing';
        select l.id, l.time_zone into location, zone from public.tablets as t
        join public.locations as l on l.org_id = t.org_id and l.id = t.location_id
        where t.org_id = origin.org_id and t.id = origin.tablet_id;
      end if;
      if origin.id is null then
        result := jsonb_build_object('outcome', 'refused', 'reason', 'foreign_pairing');
      else
        result := private.store_record(origin, zone, location, record);
      end if;
    end if;

    if result ->> 'outcome' in ('conflict', 'refused') then
      perform private.keep_in_quarantine(sender.org_id, sender.id, record, result ->> 'outcome', result ->> 'reason');
    end if;
    if result ->> 'outcome' = 'stored' then
      stored := stored + 1;
      top_seq := greatest(top_seq, (record ->> 'seq')::bigint);
    end if;
    results := results || jsonb_build_array(jsonb_build_object('id', record -> 'id') || result);
  end loop;
  perform private.note_received(origin, stored, top_seq);

  return jsonb_build_object('outcome', 'accepted', 'nonce', nonce, 'server_time', clock_timestamp(), 'records', results);
end
$$;
revoke execute on function private.store_records(public.pairings, text, text) from public;

-- The one way in for a tablet's records. Every id comes back with one outcome: stored, duplicate, conflict or
-- refused (with its reason). Outcomes of the whole: accepted, revoked, unknown_pairing, too_large, malformed.
create function public.ingest(pairing uuid, secret text, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  sender public.pairings := private.authenticate(pairing, secret);
begin
  nonce := left(nonce, 100);
  if sender.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing', 'nonce', nonce);
  end if;
  if sender.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked', 'nonce', nonce);
  end if;
  update public.pairings as p set last_seen_at = now() where p.org_id = sender.org_id and p.id = sender.id;
  return private.store_records(sender, nonce, records);
end
$$;
revoke execute on function public.ingest(uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.ingest(uuid, text, text, text) to anon, authenticated;
