-- Reads every answer once and holds nobody up.
alter table public.answers validate constraint answers_body_fits_type;

-- On one screen a customer rates several factors, and may tap another face in a row: each tap is a record that stays, and of
-- those that a session gave one factor the last counts, in whatever order they come. The others are flagged 'changed', which
-- says nothing about the rest of the session.

-- As before; a face that was tapped again is no reason to doubt the rest.
create or replace function private.first_flag(answer public.answers) returns text
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  flag text;
  hours jsonb;
begin
  select a.flag into flag from public.answers as a
  where a.org_id = answer.org_id and a.session_id = answer.session_id and a.tablet_id = answer.tablet_id
    and a.occurred_at between answer.occurred_at - interval '1 hour' and answer.occurred_at + interval '1 hour'
    and a.flag <> 'changed'
  limit 1;
  if flag is not null then
    return flag;
  end if;
  if answer.clock = 'server' then
    select opening_hours into hours from public.locations where org_id = answer.org_id and id = answer.location_id;
    if hours is not null and private.is_closed(hours, answer.local_at) then
      return 'closed';
    end if;
  end if;
  if answer.clock <> 'receipt' and exists (
    select 1 from public.staff_unlocks as unlocks
    where unlocks.org_id = answer.org_id and unlocks.tablet_id = answer.tablet_id and unlocks.clock <> 'receipt'
      and unlocks.occurred_at between answer.occurred_at - interval '1 minute' and answer.occurred_at + interval '1 minute'
  ) and not private.has_rater(answer.org_id, answer.session_id) then
    return 'staff';
  end if;
  return null;
end
$$;

-- As before; likewise.
create or replace function private.first_flags(origin public.pairings, location uuid, answers private.plain_answer[])
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
          and known.occurred_at between a.at - interval '1 hour' and a.at + interval '1 hour' and known.flag <> 'changed'
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

create function private.is_factor_question(org uuid, version uuid, question text) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return exists (
    select 1 from public.survey_versions as v, jsonb_array_elements(v.definition -> 'questions') as asked
    where v.org_id = org and v.id = version and v.first_question <> is_factor_question.question
      and asked ->> 'key' = is_factor_question.question and asked ? 'factor'
  );
end
$$;
revoke execute on function private.is_factor_question(uuid, uuid, text) from public;

-- Flags all but the last of what the session of this answer said to its question, and moves the counts with them. What was
-- flagged for another reason is so no more: were that reason taken back, the answer would count.
create function private.flag_changed(answer public.answers) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  with said as (
    select a.id, a.occurred_at, a.flag, row_number() over (order by a.occurred_at desc, a.id desc) as place
    from public.answers as a
    where a.org_id = answer.org_id and a.session_id = answer.session_id and a.tablet_id = answer.tablet_id
      and a.question = answer.question
      and a.occurred_at between answer.occurred_at - interval '1 hour' and answer.occurred_at + interval '1 hour'
  ), changed as (
    update public.answers as a set flag = 'changed'
    from said
    where said.place > 1 and said.flag is distinct from 'changed'
      and a.org_id = answer.org_id and a.occurred_at = said.occurred_at and a.id = said.id
    returning date_trunc('hour', a.local_at) as local_hour, a.location_id, a.score, said.flag is null as counted
  )
  update public.score_counts as counts set n_flagged = counts.n_flagged + more.n
  from (
    select local_hour, location_id, score, count(*)::integer as n
    from changed where counted group by local_hour, location_id, score
  ) as more
  where counts.org_id = answer.org_id and counts.question = answer.question and counts.local_hour = more.local_hour
    and counts.location_id = more.location_id and counts.tablet_id = answer.tablet_id and counts.score = more.score;
end
$$;
revoke execute on function private.flag_changed(public.answers) from public;

-- What a new answer on the five faces shows about those around it: of a factor, that the customer changed it; of the visit,
-- patterns that no queue of customers makes.
alter function private.flag_patterns(public.answers) rename to flag_rating_patterns;
create function private.flag_patterns(rating public.answers) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if private.is_factor_question(rating.org_id, rating.survey_version_id, rating.question) then
    perform private.flag_changed(rating);
  else
    perform private.flag_rating_patterns(rating);
  end if;
end
$$;
revoke execute on function private.flag_patterns(public.answers) from public;

-- As before, with CES.
create or replace function private.plain_answers(origin public.pairings, time_zone text, batch jsonb) returns private.plain_answer[]
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
        when 'ces' then t.score in (1, 2, 3, 4, 5, 6, 7)
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

-- As before, and a factor's last tap counts.
create or replace function private.store_plain_answers(origin public.pairings, location uuid, answers private.plain_answer[]) returns integer[]
language plpgsql volatile set search_path = '' set jit = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  org uuid := origin.org_id;
  places integer[];
  flagged record;
  answer private.plain_answer;
  rating public.answers;
  factors text[] := array(
    select v.id || ' ' || (asked ->> 'key')
    from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as asked
    where v.org_id = org and v.id in (select a.survey from unnest(answers) as a)
      and asked ? 'factor' and v.first_question <> asked ->> 'key'
  );
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
  -- Here and not among plain_answers, for whoever has looked at answers could wait forever for a new month's partition.
  for answer in
    select a.* from unnest(answers) as a
    where a.type = 'csat' and a.clock <> 'receipt' and a.survey || ' ' || a.question = any (factors) and (
      select count(*) from (
        select 1 from public.answers as said
        where said.org_id = org and said.session_id = a.session and said.tablet_id = origin.tablet_id and said.question = a.question
          and said.occurred_at between a.at - interval '1 hour' and a.at + interval '1 hour'
        limit 2
      ) as few
    ) = 2
    order by a.at, a.id
  loop
    select * into rating from public.answers as kept where kept.org_id = org and kept.occurred_at = answer.at and kept.id = answer.id;
    if found then
      perform private.flag_changed(rating);
    end if;
  end loop;
  for answer in
    select a.* from unnest(answers) as a
    where a.type = 'csat' and a.clock <> 'receipt' and a.survey || ' ' || a.question <> all (factors) and (
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
