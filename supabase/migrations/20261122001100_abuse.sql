-- Answers that are no customer's opinion are kept, flagged with the reason, and left out of scores by default.
--
-- Reasons, as answers.flag has them. A rating is a csat answer; all that its session says shares its flag.
--   burst      6 ratings of one tablet within 10 seconds
--   streak     10 ratings in a row with the same score, each less than 4 seconds after the last
--   hammering  8 ratings in a row, each less than 5 seconds after the last and with another score
--   closed     more than half an hour outside the location's opening hours
-- The first reason found stays. What came from files is never flagged: its hours are as rough as the file's.

alter table public.locations add column opening_hours jsonb;
comment on column public.locations.opening_hours is
  'Local hours by ISO weekday: {"1": [["09:00", "18:00"]]}; a day left out is closed all day. Null: not known, nothing is flagged.';

-- Whether text is a list of [from, to] pairs by weekday, 00:00 ≤ from < to ≤ 24:00. Past midnight takes two days.
create function private.are_opening_hours(hours jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(hours) is distinct from 'object' then
    return false;
  end if;
  if exists (
    select 1 from jsonb_each(hours) as days (weekday, ranges)
    where weekday !~ '^[1-7]$' or jsonb_typeof(ranges) <> 'array' or jsonb_array_length(ranges) > 4
  ) then
    return false;
  end if;
  return not exists (
    select 1
    from jsonb_each(hours) as days (weekday, ranges), jsonb_array_elements(ranges) as range
    where jsonb_typeof(range) <> 'array' or jsonb_array_length(range) <> 2
      or not coalesce(range ->> 0 ~ '^([01]\d|2[0-3]):[0-5]\d$', false)
      or not coalesce(range ->> 1 ~ '^([01]\d|2[0-3]):[0-5]\d$|^24:00$', false)
      or range ->> 0 >= range ->> 1
  );
-- The order of the checks is the planner's to choose, so a range that is none may be taken apart before it is refused.
exception when data_exception then
  return false;
end
$$;
revoke execute on function private.are_opening_hours(jsonb) from public;
alter table public.locations
  add constraint locations_opening_hours_are_hours check (opening_hours is null or private.are_opening_hours(opening_hours));

-- hours is JSON text as the column's comment says, or null to forget them. Answers that are there keep the flags they have.
-- Outcomes: saved, bad_hours, forbidden.
create function public.set_opening_hours(org uuid, location uuid, hours text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  parsed jsonb := private.parse_json(left(hours, 4000));
begin
  if not private.has_role(org, 'owner', 'manager')
    or not exists (select 1 from public.locations where org_id = org and id = location) then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if hours is not null and not private.are_opening_hours(parsed) then
    return jsonb_build_object('outcome', 'bad_hours');
  end if;
  update public.locations set opening_hours = parsed where org_id = org and id = location;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_opening_hours(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.set_opening_hours(uuid, uuid, text) to authenticated;

-- Half an hour on both sides is open too: the last customer pays after the door is locked.
create function private.is_closed(hours jsonb, local_at timestamp) returns boolean
language sql immutable set search_path = '' as $$
  select not exists (
    select 1 from jsonb_array_elements(hours -> extract(isodow from local_at)::integer::text) as range
    where local_at - date_trunc('day', local_at)
      between (range ->> 0)::interval - interval '30 minutes' and (range ->> 1)::interval + interval '30 minutes'
  )
$$;
revoke execute on function private.is_closed(jsonb, timestamp) from public;

-- Ratings of a tablet in their order, for the few before and after a new one. Without those whose hour is only that
-- of their receipt: a whole queue would look like one burst.
create index answers_ratings on public.answers (org_id, tablet_id, question, occurred_at, id)
  where type = 'csat' and clock <> 'receipt';

-- Flags the patterns that a new rating completes, answers of before and after it included, and moves the counts with
-- them. n stays: it counts every answer. No pattern is longer than ten ratings or a minute, so nine neighbours on each
-- side are enough, however many there are. One plan serves every call: planning this anew takes longer than running it.
create function private.flag_patterns(rating public.answers) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  -- The usual case, told by one look into the index: too few for any pattern.
  if (
    select count(*) from (
      select 1 from public.answers
      where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
        and type = 'csat' and clock <> 'receipt'
        and occurred_at between rating.occurred_at - interval '45 seconds' and rating.occurred_at + interval '45 seconds'
      limit 6
    ) as few
  ) < 6 then
    return;
  end if;
  with near as (
    (
      select id, occurred_at, session_id, score, flag from public.answers
      where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
        and type = 'csat' and clock <> 'receipt'
        and occurred_at between rating.occurred_at - interval '1 minute' and rating.occurred_at
        and (occurred_at, id) <= (rating.occurred_at, rating.id)
      order by occurred_at desc, id desc limit 10
    ) union all (
      select id, occurred_at, session_id, score, flag from public.answers
      where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
        and type = 'csat' and clock <> 'receipt'
        and occurred_at between rating.occurred_at and rating.occurred_at + interval '1 minute'
        and (occurred_at, id) > (rating.occurred_at, rating.id)
      order by occurred_at, id limit 9
    )
  ), steps as (
    select *,
      occurred_at - lag(occurred_at) over in_order < interval '4 seconds' and score = lag(score) over in_order as repeats,
      occurred_at - lag(occurred_at) over in_order < interval '5 seconds' and score <> lag(score) over in_order as alternates
    from near
    window in_order as (order by occurred_at, id)
  ), ends as (
    -- Whether a pattern is complete with this rating: k ratings in a row have k - 1 steps between them.
    select *,
      occurred_at - lag(occurred_at, 5) over in_order <= interval '10 seconds' as ends_burst,
      count(*) filter (where repeats) over (in_order rows between 8 preceding and current row) = 9 as ends_streak,
      count(*) filter (where alternates) over (in_order rows between 6 preceding and current row) = 7 as ends_hammering
    from steps
    window in_order as (order by occurred_at, id)
  ), patterns as (
    select *,
      bool_or(ends_burst) over (in_order rows between current row and 5 following) as in_burst,
      bool_or(ends_streak) over (in_order rows between current row and 9 following) as in_streak,
      bool_or(ends_hammering) over (in_order rows between current row and 7 following) as in_hammering
    from ends
    window in_order as (order by occurred_at, id)
  ), found as (
    select distinct on (session_id) session_id,
      case when in_burst then 'burst' when in_streak then 'streak' else 'hammering' end as reason
    from patterns
    where flag is null and (in_burst or in_streak or in_hammering)
    order by session_id, occurred_at, id
  ), flagged as (
    update public.answers as a set flag = found.reason
    from found
    where a.org_id = rating.org_id and a.session_id = found.session_id and a.tablet_id = rating.tablet_id
      and a.occurred_at between rating.occurred_at - interval '1 hour' and rating.occurred_at + interval '1 hour'
      and a.flag is null
    returning a.question, date_trunc('hour', a.local_at) as local_hour, a.location_id, a.score, a.choices
  ), scores as (
    update public.score_counts as counts set n_flagged = counts.n_flagged + more.n
    from (
      select question, local_hour, location_id, score, count(*)::integer as n
      from flagged where score is not null group by question, local_hour, location_id, score
    ) as more
    where counts.org_id = rating.org_id and counts.question = more.question and counts.local_hour = more.local_hour
      and counts.location_id = more.location_id and counts.tablet_id = rating.tablet_id and counts.score = more.score
  )
  update public.choice_counts as counts set n_flagged = counts.n_flagged + more.n
  from (
    select question, local_hour, location_id, choice, count(*)::integer as n
    from flagged, unnest(choices) as choice group by question, local_hour, location_id, choice
  ) as more
  where counts.org_id = rating.org_id and counts.question = more.question and counts.local_hour = more.local_hour
    and counts.location_id = more.location_id and counts.tablet_id = rating.tablet_id and counts.choice = more.choice;
end
$$;
revoke execute on function private.flag_patterns(public.answers) from public;

-- What is known of an answer before its neighbours are looked at: the flag of its session, or that the shop was closed.
-- Only a clock that was compared with the server's can tell the latter.
create function private.first_flag(answer public.answers) returns text
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  flag text;
  hours jsonb;
begin
  select a.flag into flag from public.answers as a
  where a.org_id = answer.org_id and a.session_id = answer.session_id and a.tablet_id = answer.tablet_id
    and a.occurred_at between answer.occurred_at - interval '1 hour' and answer.occurred_at + interval '1 hour'
    and a.flag is not null
  limit 1;
  if flag is null and answer.clock = 'server' then
    select opening_hours into hours from public.locations where org_id = answer.org_id and id = answer.location_id;
    if hours is not null and private.is_closed(hours, answer.local_at) then
      return 'closed';
    end if;
  end if;
  return flag;
end
$$;
revoke execute on function private.first_flag(public.answers) from public;

-- As before, and flagged by what the answers of the same tablet say of one another.
create or replace function private.store_record(origin public.pairings, time_zone text, location uuid, record jsonb)
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
  answer.org_id := origin.org_id;
  answer.id := record ->> 'id';
  answer.occurred_at := moment.at;
  answer.clock := moment.clock;
  answer.local_at := moment.at at time zone time_zone;
  answer.location_id := location;
  answer.tablet_id := origin.tablet_id;
  answer.session_id := body ->> 'session';
  answer.survey_version_id := body ->> 'survey';
  answer.question := body ->> 'question';
  answer.type := body ->> 'type';
  answer.score := (body ->> 'score')::numeric;
  if answer.type = 'reasons' then
    answer.choices := array(select distinct jsonb_array_elements_text(body -> 'choices') order by 1);
  elsif answer.type = 'comment' then
    answer.comment := btrim(body ->> 'text');
  end if;
  answer.locale := left(coalesce(body ->> 'locale', 'en'), 10);
  -- Without a secret it is no tablet but the source of rows from files.
  if origin.secret_hash is not null then
    answer.flag := private.first_flag(answer);
  end if;

  insert into public.answers (
    org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
    question, type, score, choices, comment, locale, flag
  ) values (
    answer.org_id, answer.id, answer.occurred_at, answer.clock, answer.local_at, answer.location_id, answer.tablet_id,
    answer.session_id, answer.survey_version_id, answer.question, answer.type, answer.score, answer.choices,
    answer.comment, answer.locale, answer.flag
  );
  perform private.count_answer(answer);
  if answer.type = 'csat' and answer.clock <> 'receipt' and origin.secret_hash is not null then
    perform private.flag_patterns(answer);
  end if;
  return jsonb_build_object('outcome', 'stored');
exception
  when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
end
$$;
revoke execute on function private.store_record(public.pairings, text, uuid, jsonb) from public;
