-- Most of what tablets send is answers with nothing odd about them. Those of a batch are stored together, in four statements
-- instead of a dozen each; whatever is not plainly one of them goes the way of the single record, which knows a name for
-- everything that can be wrong. Both ways leave the same rows, counts and flags.

create type private.plain_answer as (
  place integer, id uuid, seq bigint, sha256 text, at timestamptz, clock text, local_at timestamp, session uuid, survey uuid,
  question text, type text, score smallint, choices text[], comment text, locale text
);

-- The records of a batch that are new, well-formed answers which that pairing made, each with its place in the batch. A cast
-- stands behind the check of what it casts, in one case, because the order of conditions is the planner's to choose.
create function private.plain_answers(origin public.pairings, time_zone text, batch jsonb) returns private.plain_answer[]
language plpgsql stable set search_path = '' set jit = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return array(
    with envelopes as materialized (
      select element.place::integer as place, element.record,
        case when pg_input_is_valid(element.record ->> 'id', 'uuid') then (element.record ->> 'id')::uuid end as id,
        case when element.record ->> 'seq' ~ '^[1-9]\d{0,14}$' then (element.record ->> 'seq')::bigint end as seq,
        case when pg_input_is_valid(element.record ->> 'occurredAt', 'timestamptz')
          then (element.record ->> 'occurredAt')::timestamptz end as tablet_at,
        case when jsonb_typeof(element.record -> 'serverOffsetMs') = 'number' and abs((element.record ->> 'serverOffsetMs')::numeric) < 1e12
          then (element.record ->> 'serverOffsetMs')::double precision end as offset_ms,
        case when element.record ->> 'sha256' = encode(sha256(convert_to(element.record ->> 'body', 'UTF8')), 'hex')
          and char_length(element.record ->> 'body') - char_length(translate(element.record ->> 'body', '[{', '')) < 100
          and pg_input_is_valid(element.record ->> 'body', 'jsonb')
          then (element.record ->> 'body')::jsonb end as body
      from jsonb_array_elements(batch) with ordinality as element (record, place)
      where jsonb_typeof(element.record) = 'object' and element.record ->> 'kind' = 'answer' and element.record ->> 'v' = '1'
        and element.record ->> 'pairing' = origin.id::text
    ), told as materialized (
      select e.*,
        case when e.offset_ms is null then 'tablet' else 'server' end as told_clock,
        e.tablet_at + coalesce(e.offset_ms, 0) * interval '1 millisecond' as told_at,
        e.body ->> 'type' as type, e.body ->> 'question' as question,
        case when pg_input_is_valid(e.body ->> 'session', 'uuid') then (e.body ->> 'session')::uuid end as session,
        case when pg_input_is_valid(e.body ->> 'survey', 'uuid') then (e.body ->> 'survey')::uuid end as survey,
        case when jsonb_typeof(e.body -> 'score') = 'number' then (e.body ->> 'score')::numeric end as score,
        case when jsonb_typeof(e.body -> 'choices') = 'array' then e.body -> 'choices' end as choices,
        btrim(e.body ->> 'text') as comment,
        count(*) over (partition by e.id) as of_that_id, count(*) over (partition by e.seq) as of_that_seq
      from envelopes as e
      where jsonb_typeof(e.body) = 'object' and e.id is not null and e.tablet_at is not null
        and (e.seq is not null or e.record -> 'seq' is null)
        and (e.offset_ms is not null or coalesce(jsonb_typeof(e.record -> 'serverOffsetMs'), 'null') = 'null')
    ), questions as materialized (
      select v.id as survey, question ->> 'key' as key, question ->> 'type' as type
      from public.survey_versions as v cross join lateral jsonb_array_elements(v.definition -> 'questions') as question
      where v.org_id = origin.org_id and v.id in (select told.survey from told)
    )
    select row(t.place, t.id, t.seq, t.record ->> 'sha256', least(moment.at, now()), moment.clock,
        least(moment.at, now()) at time zone time_zone, t.session, t.survey, t.question, t.type, t.score,
        case when t.type = 'reasons' then array(select distinct choice from jsonb_array_elements_text(t.choices) as choice order by 1) end,
        case when t.type = 'comment' then t.comment end,
        left(coalesce(t.body ->> 'locale', 'en'), 10))::private.plain_answer
    from told as t
    cross join lateral (
      -- As private.occurred_at has it.
      select case when sane then t.told_at else now() end as at, case when sane then t.told_clock else 'receipt' end as clock
      from (select t.told_at >= '2000-01-01Z' and t.told_at <= now() + interval '5 minutes' as sane) as judged
    ) as moment
    where t.session is not null
      and t.of_that_id = 1 and (t.seq is null or t.of_that_seq = 1)
      and case t.type
        when 'csat' then t.score in (1, 2, 3, 4, 5)
        when 'nps' then t.score in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
        when 'expectation' then t.score in (-1, 0, 1)
        when 'comment' then char_length(t.comment) between 1 and 2000
        when 'reasons' then case when jsonb_array_length(t.choices) between 1 and 20 then not exists (
          select 1 from jsonb_array_elements(t.choices) as choice
          where jsonb_typeof(choice) <> 'string' or choice #>> '{}' !~ '^[a-z][a-z0-9_]{0,39}$'
        ) end
      end
      and exists (select 1 from questions as q where q.survey = t.survey and q.key = t.question and q.type = t.type)
      -- The limits keep these two what they are, one look into an index for each: a join could come to read the whole ledger.
      and (select true from public.received as r where r.org_id = origin.org_id and r.id = t.id limit 1) is null
      and (
        select true from public.received as r where r.org_id = origin.org_id and r.pairing_id = origin.id and r.seq = t.seq limit 1
      ) is null
    order by t.place
  );
end
$$;
revoke execute on function private.plain_answers(public.pairings, text, jsonb) from public;

-- Why each session of these answers should be flagged, as private.first_flag has it for one answer: the flag it has already,
-- else the first reason that one of them gives. Only sessions with a reason.
create function private.first_flags(origin public.pairings, location uuid, answers private.plain_answer[])
returns table (session uuid, reason text, at timestamptz)
language plpgsql stable set search_path = '' set jit = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  hours jsonb := (select l.opening_hours from public.locations as l where l.org_id = origin.org_id and l.id = location);
  unlocks timestamptz[] := array(
    select u.occurred_at from public.staff_unlocks as u
    where u.org_id = origin.org_id and u.tablet_id = origin.tablet_id and u.clock <> 'receipt'
      and u.occurred_at between (select min(a.at) from unnest(answers) as a) - interval '1 minute'
        and (select max(a.at) from unnest(answers) as a) + interval '1 minute'
  );
begin
  return query
  select distinct on (a.session) a.session, found.reason, a.at
  from unnest(answers) as a
  cross join lateral (
    select coalesce(
      (
        select known.flag from public.answers as known
        where known.org_id = origin.org_id and known.session_id = a.session and known.tablet_id = origin.tablet_id
          and known.occurred_at between a.at - interval '1 hour' and a.at + interval '1 hour' and known.flag is not null
        limit 1
      ),
      case
        when hours is not null and a.clock = 'server' and private.is_closed(hours, a.local_at) then 'closed'
        when a.clock <> 'receipt' and cardinality(unlocks) > 0 and exists (
          select 1 from unnest(unlocks) as unlocked
          where unlocked between a.at - interval '1 minute' and a.at + interval '1 minute'
        ) and not private.has_rater(origin.org_id, a.session) then 'staff'
      end) as reason
  ) as found
  where found.reason is not null
  order by a.session, a.place;
end
$$;
revoke execute on function private.first_flags(public.pairings, uuid, private.plain_answer[]) from public;

-- Ledger, rows and counts of these answers, then what they flag. Returns the places of those stored: an id that somebody
-- else entered meanwhile is left to the way of the single record.
create function private.store_plain_answers(origin public.pairings, location uuid, answers private.plain_answer[]) returns integer[]
language plpgsql volatile set search_path = '' set jit = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  org uuid := origin.org_id;
  places integer[];
  flagged record;
  answer private.plain_answer;
  rating public.answers;
begin
  with entered as (
    insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
    select org, a.id, origin.id, a.seq, 'answer', 1, a.sha256 from unnest(answers) as a order by a.place
    on conflict do nothing
    returning id
  ), fresh as materialized (
    select a.* from unnest(answers) as a join entered on entered.id = a.id
  ), stored as (
    insert into public.answers (
      org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
      question, type, score, choices, comment, locale
    )
    select org, f.id, f.at, f.clock, f.local_at, location, origin.tablet_id, f.session, f.survey,
      f.question, f.type, f.score, f.choices, f.comment, f.locale
    from fresh as f order by f.place
  ), scores as (
    insert into public.score_counts as counts (org_id, question, local_hour, location_id, tablet_id, type, score, n)
    select org, f.question, date_trunc('hour', f.local_at), location, origin.tablet_id, min(f.type), f.score, count(*)
    from fresh as f where f.score is not null
    group by f.question, date_trunc('hour', f.local_at), f.score
    on conflict (org_id, question, local_hour, location_id, tablet_id, score) do update set n = counts.n + excluded.n
  ), choices as (
    insert into public.choice_counts as counts (org_id, question, local_hour, location_id, tablet_id, choice, n)
    select org, f.question, date_trunc('hour', f.local_at), location, origin.tablet_id, choice, count(*)
    from fresh as f cross join lateral unnest(f.choices) as choice
    group by f.question, date_trunc('hour', f.local_at), choice
    on conflict (org_id, question, local_hour, location_id, tablet_id, choice) do update set n = counts.n + excluded.n
  )
  select array_agg(f.place) into places from fresh as f;

  -- Without a secret it is no tablet but the source of rows from files.
  if origin.secret_hash is null then
    return places;
  end if;
  for flagged in select * from private.first_flags(origin, location, answers) loop
    perform private.flag_session(org, origin.tablet_id, flagged.session, flagged.reason, flagged.at);
  end loop;
  for answer in
    select a.* from unnest(answers) as a
    where a.type = 'csat' and a.clock <> 'receipt' and (
      select count(*) from (
        select 1 from public.answers as near
        where near.org_id = org and near.tablet_id = origin.tablet_id and near.question = a.question
          and near.type = 'csat' and near.clock <> 'receipt'
          and near.occurred_at between a.at - interval '45 seconds' and a.at + interval '45 seconds'
        limit 6
      ) as few
    ) = 6
    order by a.at, a.id
  loop
    select * into rating from public.answers as kept where kept.org_id = org and kept.occurred_at = answer.at and kept.id = answer.id;
    if found then
      perform private.flag_patterns(rating);
    end if;
  end loop;
  return places;
end
$$;
revoke execute on function private.store_plain_answers(public.pairings, uuid, private.plain_answer[]) from public;

-- As before, the plain answers first.
create or replace function private.store_batch(sender public.pairings, nonce text, records text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  batch jsonb;
  record jsonb;
  place integer;
  plain private.plain_answer[];
  plain_places integer[] := '{}';
  origin public.pairings;
  location uuid;
  zone text;
  result jsonb;
  results jsonb[];
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

  -- The same batch sent twice at once: the second waits here and finds duplicates.
  perform pg_advisory_xact_lock(hashtextextended('verna.ingest.' || sender.org_id || sender.tablet_id, 0));
  select l.id, l.time_zone into location, zone from public.tablets as t
  join public.locations as l on l.org_id = t.org_id and l.id = t.location_id
  where t.org_id = sender.org_id and t.id = sender.tablet_id;
  origin := sender;

  begin
    plain := private.plain_answers(sender, zone, batch);
  -- What is wrong with one of them is for the way of the single record to find.
  exception when data_exception then
    plain := '{}';
  end;
  -- Before any row is written: see ensure_answers_partition.
  perform private.ensure_answers_partition(month)
  from (
    select date_trunc('month', a.at, 'UTC') as month from unnest(plain) as a
    union
    select date_trunc('month', (private.occurred_at(element.value)).at, 'UTC')
    from jsonb_array_elements(batch) with ordinality as element (value, place)
    left join unnest(plain) as a on a.place = element.place
    where a.place is null and jsonb_typeof(element.value) = 'object'
  ) as months order by month;
  if cardinality(plain) > 0 then
    begin
      plain_places := coalesce(private.store_plain_answers(sender, location, plain), '{}');
      select count(*), coalesce(max(a.seq), 0) into stored, top_seq
      from unnest(plain) as a join unnest(plain_places) as kept (place) on kept.place = a.place;
    exception when data_exception or check_violation or not_null_violation then
      plain_places := '{}';
    end;
  end if;
  select array_agg(case when kept.place is not null then jsonb_build_object('id', element.value -> 'id', 'outcome', 'stored') end
    order by element.place) into results
  from jsonb_array_elements(batch) with ordinality as element (value, place)
  left join unnest(plain_places) as kept (place) on kept.place = element.place;

  for record, place in
    select element.value, element.place from jsonb_array_elements(batch) with ordinality as element (value, place)
    where results[element.place] is null
    order by element.place
  loop
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
    results[place] := jsonb_build_object('id', record -> 'id') || result;
  end loop;
  perform private.note_received(origin, stored, top_seq);

  return jsonb_build_object('outcome', 'accepted', 'nonce', nonce, 'server_time', clock_timestamp(),
    'records', coalesce(to_jsonb(results), '[]'));
end
$$;
