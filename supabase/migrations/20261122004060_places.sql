-- Counts by place: what the first page compares, what places are told apart by, and one side of a comparison. A cell of
-- counts is [score, n, n flagged]; whoever reads it makes the figures and says what they are worth.

-- Counts of a period of local dates, both ends included. Each question is read by its own range of the key: asked for all
-- at once, the key would be read from its beginning to its end.
create function private.place_scores(org uuid, from_date date, to_date date, only_question text default null)
returns table (question text, type text, location_id uuid, tablet_id uuid, score smallint, n bigint, flagged bigint)
language sql stable set search_path = '' as $$
  select asked.question, counted.type, counted.location_id, counted.tablet_id, counted.score, counted.n, counted.flagged
  from (
    select distinct entry ->> 'key' as question
    from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as entry
    where v.org_id = org and entry ->> 'type' not in ('reasons', 'comment')
      and (only_question is null or entry ->> 'key' = only_question)
  ) as asked
  cross join lateral (
    select s.type, s.location_id, s.tablet_id, s.score, sum(s.n) as n, sum(s.n_flagged) as flagged
    from public.score_counts as s
    where s.org_id = org and s.question = asked.question and s.local_hour >= from_date::timestamp and s.local_hour < (to_date + 1)::timestamp
    group by s.type, s.location_id, s.tablet_id, s.score
  ) as counted
$$;
revoke execute on function private.place_scores(uuid, date, date, text) from public;
grant execute on function private.place_scores(uuid, date, date, text) to authenticated;

-- One entry for question, location and tablet.
create function public.report_places(org uuid, from_date date, to_date date, question text default null) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'question', places.question, 'type', places.type, 'location', places.location_id, 'tablet', places.tablet_id,
      'counts', places.counts)
    order by places.question, places.location_id, places.tablet_id), '[]')
  from (
    select s.question, s.type, s.location_id, s.tablet_id,
      jsonb_agg(jsonb_build_array(s.score, s.n, s.flagged) order by s.score) as counts
    from private.place_scores(org, from_date, to_date, report_places.question) as s
    group by s.question, s.type, s.location_id, s.tablet_id
  ) as places
$$;
revoke execute on function public.report_places(uuid, date, date, text) from public, anon, authenticated;
grant execute on function public.report_places(uuid, date, date, text) to authenticated;

-- What every question counted at every location in a period, and in as many days right before it: 'now' and 'before'.
create function public.report_changes(org uuid, from_date date, to_date date) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with told as (
    select 'now' as side, s.question, s.type, s.location_id, s.score, sum(s.n) as n, sum(s.flagged) as flagged
    from private.place_scores(org, from_date, to_date) as s
    group by s.question, s.type, s.location_id, s.score
    union all
    select 'before', s.question, s.type, s.location_id, s.score, sum(s.n), sum(s.flagged)
    from private.place_scores(org, from_date - (to_date - from_date + 1), from_date - 1) as s
    group by s.question, s.type, s.location_id, s.score
  ), cells as (
    select side, question, type, location_id, jsonb_agg(jsonb_build_array(score, n, flagged) order by score) as counts
    from told group by side, question, type, location_id
  )
  select jsonb_build_object(
    'now', coalesce(jsonb_agg(cell order by question, location_id) filter (where side = 'now'), '[]'),
    'before', coalesce(jsonb_agg(cell order by question, location_id) filter (where side = 'before'), '[]'))
  from (
    select side, question, location_id,
      jsonb_build_object('question', question, 'type', type, 'location', location_id, 'counts', counts) as cell
    from cells
  ) as sides
$$;
revoke execute on function public.report_changes(uuid, date, date) from public, anon, authenticated;
grant execute on function public.report_changes(uuid, date, date) to authenticated;

-- One side of a comparison: counts of every question by day. Null location, region or tablet: all of them.
create function public.report_side(
  org uuid, from_date date, to_date date, location uuid default null, region text default null, tablet uuid default null
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with days as (
    select s.question, s.type, s.local_hour::date as day, s.score, sum(s.n) as n, sum(s.n_flagged) as flagged
    from public.score_counts as s
    where s.org_id = org and s.local_hour >= from_date::timestamp and s.local_hour < (to_date + 1)::timestamp
      and s.question in (
        select entry ->> 'key' from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as entry
        where v.org_id = org
      )
      and (report_side.location is null or s.location_id = report_side.location)
      and (report_side.tablet is null or s.tablet_id = report_side.tablet)
      and (report_side.region is null or s.location_id in (
        select l.id from public.locations as l where l.org_id = org and l.region = report_side.region))
    group by s.question, s.type, s.local_hour::date, s.score
  )
  select coalesce(jsonb_agg(jsonb_build_object('question', question, 'type', type, 'day', day, 'counts', counts)
    order by question, day), '[]')
  from (
    select question, type, day, jsonb_agg(jsonb_build_array(score, n, flagged) order by score) as counts
    from days group by question, type, day
  ) as told
$$;
revoke execute on function public.report_side(uuid, date, date, uuid, text, uuid) from public, anon, authenticated;
grant execute on function public.report_side(uuid, date, date, uuid, text, uuid) to authenticated;
