-- What is told of places, and of what the shop tells its tablets apart by, is read from the running sums of places and of tablets' years.

-- The questions of a shop's surveys, of whatever version, that are answered by a score.
create function private.scored_questions(org uuid) returns text[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct asked ->> 'key'), '{}')
  from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as asked
  where v.org_id = org and asked ->> 'type' not in ('reasons', 'comment')
$$;
revoke execute on function private.scored_questions(uuid) from public;
grant execute on function private.scored_questions(uuid) to authenticated;

-- What a period of local dates, both ends included, counted for these questions at every tablet. Counts by score are arrays, [1]
-- counts −1, … [12] counts 10. Whole months of which nothing was rolled up since come from the years, other months from
-- themselves; what changed since it was rolled up is taken out again and counted anew, tablet by tablet. 'before' and 'last' are the
-- places in the running sums before the first and after the last day or month asked for: of none before the first.
create function private.tablet_sums(org uuid, from_date date, to_date date, asked text[])
returns table (question text, type text, location_id uuid, tablet_id uuid, n bigint[], n_flagged bigint[])
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set join_collapse_limit = 1 as $$
declare
  first_year constant integer := extract(year from from_date);
  last_year constant integer := extract(year from to_date);
  whole datemultirange;
  others date[];
begin
  select coalesce(range_agg(span.days) filter (where span.is_whole), '{}'), array_agg(span.first_day) filter (where not span.is_whole)
  into whole, others
  from generate_series(date_trunc('month', from_date::timestamp), to_date::timestamp, interval '1 month') as month
  cross join lateral (select month::date as first_day, daterange(month::date, (month + interval '1 month')::date) as days) as m
  cross join lateral (
    select m.first_day, m.days, lower(m.days) >= from_date and upper(m.days) <= to_date + 1
      and not exists (select 1 from public.changed_months as c where c.org_id = org and c.month = m.first_day) as is_whole
  ) as span;
  return query
  with parts as materialized (
    select extract(year from lower(part))::integer as year, extract(month from lower(part))::integer - 1 as before,
      extract(month from upper(part) - 1)::integer as last
    from generate_series(first_year, last_year) as year
    cross join lateral unnest(whole * datemultirange(daterange(make_date(year, 1, 1), make_date(year + 1, 1, 1)))) as part
  ), changed as materialized (
    select c.location_id, c.tablet_id, date_trunc('month', c.day::timestamp)::date as month, extract(day from c.day)::integer as place,
      c.day::timestamp as first_hour, (c.day + 1)::timestamp as past
    from public.changed_days as c where c.org_id = org and c.day between from_date and to_date
  )
  select s.question, s.type, s.location_id, s.tablet_id, array[
      sum(coalesce(s.running[s.last + 1], 0) - coalesce(s.running[s.before + 1], 0)), sum(coalesce(s.running[s.last + 2], 0) - coalesce(s.running[s.before + 2], 0)), sum(coalesce(s.running[s.last + 3], 0) - coalesce(s.running[s.before + 3], 0)),
      sum(coalesce(s.running[s.last + 4], 0) - coalesce(s.running[s.before + 4], 0)), sum(coalesce(s.running[s.last + 5], 0) - coalesce(s.running[s.before + 5], 0)), sum(coalesce(s.running[s.last + 6], 0) - coalesce(s.running[s.before + 6], 0)),
      sum(coalesce(s.running[s.last + 7], 0) - coalesce(s.running[s.before + 7], 0)), sum(coalesce(s.running[s.last + 8], 0) - coalesce(s.running[s.before + 8], 0)), sum(coalesce(s.running[s.last + 9], 0) - coalesce(s.running[s.before + 9], 0)),
      sum(coalesce(s.running[s.last + 10], 0) - coalesce(s.running[s.before + 10], 0)), sum(coalesce(s.running[s.last + 11], 0) - coalesce(s.running[s.before + 11], 0)), sum(coalesce(s.running[s.last + 12], 0) - coalesce(s.running[s.before + 12], 0))
    ], case when count(s.running_flagged) > 0 then array[
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 1], 0) - coalesce(s.running_flagged[s.before_flagged + 1], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 2], 0) - coalesce(s.running_flagged[s.before_flagged + 2], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 3], 0) - coalesce(s.running_flagged[s.before_flagged + 3], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 4], 0) - coalesce(s.running_flagged[s.before_flagged + 4], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 5], 0) - coalesce(s.running_flagged[s.before_flagged + 5], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 6], 0) - coalesce(s.running_flagged[s.before_flagged + 6], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 7], 0) - coalesce(s.running_flagged[s.before_flagged + 7], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 8], 0) - coalesce(s.running_flagged[s.before_flagged + 8], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 9], 0) - coalesce(s.running_flagged[s.before_flagged + 9], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 10], 0) - coalesce(s.running_flagged[s.before_flagged + 10], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 11], 0) - coalesce(s.running_flagged[s.before_flagged + 11], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 12], 0) - coalesce(s.running_flagged[s.before_flagged + 12], 0) end)
    ] end
  from (
    select span.question, span.type, span.location_id, span.tablet_id, span.running, span.running_flagged,
      least(span.before, cardinality(span.running) / 12) * 12 - 12 as before,
      least(span.last, cardinality(span.running) / 12) * 12 - 12 as last,
      least(span.before, cardinality(span.running_flagged) / 12) * 12 - 12 as before_flagged,
      least(span.last, cardinality(span.running_flagged) / 12) * 12 - 12 as last_flagged
    from (
      select y.question, y.type, y.location_id, y.tablet_id, y.running, y.running_flagged, parts.before, parts.last
      from parts join public.score_years as y on y.org_id = org and y.question = any (asked) and y.year = parts.year
        and y.year between first_year and last_year
      union all
      select m.question, m.type, m.location_id, m.tablet_id, m.running, m.running_flagged, from_date - m.month, to_date - m.month + 1
      from public.score_months as m
      where m.org_id = org and m.question = any (asked) and m.month = any (others)
      union all
      -- Backwards: what a day counted when it was rolled up.
      select m.question, m.type, m.location_id, m.tablet_id, m.running, m.running_flagged, changed.place, changed.place - 1
      from changed join public.score_months as m on m.org_id = org and m.tablet_id = changed.tablet_id and m.month = changed.month
        and m.location_id = changed.location_id and m.question = any (asked) and cardinality(m.running) >= changed.place * 12
      union all
      select c.question, c.type, c.location_id, c.tablet_id, array[
        coalesce(sum(c.n) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n) filter (where c.score = 1), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n) filter (where c.score = 4), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n) filter (where c.score = 7), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n) filter (where c.score = 10), 0)::integer
      ], case when sum(c.n_flagged) > 0 then array[
        coalesce(sum(c.n_flagged) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 1), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 4), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 7), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)::integer
      ] end, 0, 1
      from changed join public.score_counts as c on c.org_id = org and c.tablet_id = changed.tablet_id and c.location_id = changed.location_id
        and c.local_hour >= changed.first_hour and c.local_hour < changed.past and c.question = any (asked)
      group by c.question, c.type, c.location_id, c.tablet_id
    ) as span
    offset 0 -- or each of the places would be worked out for each of the counts
  ) as s
  group by s.question, s.type, s.location_id, s.tablet_id;
end
$$;
revoke execute on function private.tablet_sums(uuid, date, date, text[]) from public;
grant execute on function private.tablet_sums(uuid, date, date, text[]) to authenticated;

-- Likewise at every location, of a period and of the days right before it, from first_date on. A location's day that changed on any
-- of its tablets is counted anew at all of them.
create function private.place_sums(org uuid, first_date date, from_date date, to_date date)
returns table (is_before boolean, question text, type text, location_id uuid, n bigint[], n_flagged bigint[])
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set join_collapse_limit = 1 as $$
declare
  asked constant text[] := private.scored_questions(org);
begin
  return query
  with changed as materialized (
    select distinct c.location_id, c.day, c.day < from_date as is_before, date_trunc('month', c.day::timestamp)::date as month,
      extract(day from c.day)::integer as place, c.day::timestamp as first_hour, (c.day + 1)::timestamp as past
    from public.changed_days as c where c.org_id = org and c.day between first_date and to_date
  )
  select s.is_before, s.question, s.type, s.location_id, array[
      sum(coalesce(s.running[s.last + 1], 0) - coalesce(s.running[s.before + 1], 0)), sum(coalesce(s.running[s.last + 2], 0) - coalesce(s.running[s.before + 2], 0)), sum(coalesce(s.running[s.last + 3], 0) - coalesce(s.running[s.before + 3], 0)),
      sum(coalesce(s.running[s.last + 4], 0) - coalesce(s.running[s.before + 4], 0)), sum(coalesce(s.running[s.last + 5], 0) - coalesce(s.running[s.before + 5], 0)), sum(coalesce(s.running[s.last + 6], 0) - coalesce(s.running[s.before + 6], 0)),
      sum(coalesce(s.running[s.last + 7], 0) - coalesce(s.running[s.before + 7], 0)), sum(coalesce(s.running[s.last + 8], 0) - coalesce(s.running[s.before + 8], 0)), sum(coalesce(s.running[s.last + 9], 0) - coalesce(s.running[s.before + 9], 0)),
      sum(coalesce(s.running[s.last + 10], 0) - coalesce(s.running[s.before + 10], 0)), sum(coalesce(s.running[s.last + 11], 0) - coalesce(s.running[s.before + 11], 0)), sum(coalesce(s.running[s.last + 12], 0) - coalesce(s.running[s.before + 12], 0))
    ], case when count(s.running_flagged) > 0 then array[
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 1], 0) - coalesce(s.running_flagged[s.before_flagged + 1], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 2], 0) - coalesce(s.running_flagged[s.before_flagged + 2], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 3], 0) - coalesce(s.running_flagged[s.before_flagged + 3], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 4], 0) - coalesce(s.running_flagged[s.before_flagged + 4], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 5], 0) - coalesce(s.running_flagged[s.before_flagged + 5], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 6], 0) - coalesce(s.running_flagged[s.before_flagged + 6], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 7], 0) - coalesce(s.running_flagged[s.before_flagged + 7], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 8], 0) - coalesce(s.running_flagged[s.before_flagged + 8], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 9], 0) - coalesce(s.running_flagged[s.before_flagged + 9], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 10], 0) - coalesce(s.running_flagged[s.before_flagged + 10], 0) end),
      sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 11], 0) - coalesce(s.running_flagged[s.before_flagged + 11], 0) end), sum(case when s.running_flagged is not null then coalesce(s.running_flagged[s.last_flagged + 12], 0) - coalesce(s.running_flagged[s.before_flagged + 12], 0) end)
    ] end
  from (
    select span.is_before, span.question, span.type, span.location_id, span.running, span.running_flagged,
      least(span.before, cardinality(span.running) / 12) * 12 - 12 as before,
      least(span.last, cardinality(span.running) / 12) * 12 - 12 as last,
      least(span.before, cardinality(span.running_flagged) / 12) * 12 - 12 as before_flagged,
      least(span.last, cardinality(span.running_flagged) / 12) * 12 - 12 as last_flagged
    from (
      select side.is_before, m.question, m.type, m.location_id, m.running, m.running_flagged, side.first_day - m.month as before,
        side.past - m.month as last
      from public.place_months as m
      cross join (values (true, first_date, from_date), (false, from_date, to_date + 1)) as side (is_before, first_day, past)
      where m.org_id = org and m.month >= date_trunc('month', first_date::timestamp)::date and m.month <= to_date
        and m.month < side.past and m.month + 31 > side.first_day and m.question = any (asked)
      union all
      -- Backwards: what a day counted when it was rolled up.
      select changed.is_before, m.question, m.type, m.location_id, m.running, m.running_flagged, changed.place, changed.place - 1
      from changed join public.place_months as m on m.org_id = org and m.month = changed.month and m.location_id = changed.location_id
      where m.question = any (asked) and cardinality(m.running) >= changed.place * 12
      union all
      select changed.is_before, c.question, c.type, c.location_id, array[
        coalesce(sum(c.n) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n) filter (where c.score = 1), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n) filter (where c.score = 4), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n) filter (where c.score = 7), 0)::integer,
        coalesce(sum(c.n) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n) filter (where c.score = 10), 0)::integer
      ], case when sum(c.n_flagged) > 0 then array[
        coalesce(sum(c.n_flagged) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 1), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 4), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 7), 0)::integer,
        coalesce(sum(c.n_flagged) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)::integer
      ] end, 0, 1
      from changed join public.score_counts as c on c.org_id = org and c.location_id = changed.location_id
        and c.local_hour >= changed.first_hour and c.local_hour < changed.past and c.question = any (asked)
      group by changed.is_before, c.question, c.type, c.location_id
    ) as span
    offset 0 -- or each of the places would be worked out for each of the counts
  ) as s
  group by s.is_before, s.question, s.type, s.location_id;
end
$$;
revoke execute on function private.place_sums(uuid, date, date, date) from public;
grant execute on function private.place_sums(uuid, date, date, date) to authenticated;

-- One entry for question, location and tablet, from the running sums; json, which is made in a third of the time.
drop function public.report_places(uuid, date, date, text);
create function public.report_places(org uuid, from_date date, to_date date, question text default null) returns json
language sql stable security invoker set search_path = '' as $$
  select coalesce(json_agg(json_build_object(
      'question', s.question, 'type', s.type, 'location', s.location_id, 'tablet', s.tablet_id, 'counts', cells.counts)
    order by s.question, s.location_id, s.tablet_id), '[]')
  from private.tablet_sums(org, from_date, to_date,
    case when report_places.question is null then private.scored_questions(org) else array[report_places.question] end) as s
  cross join lateral (
    select json_agg(json_build_array(cell.place - 2, cell.n, coalesce(cell.n_flagged, 0)) order by cell.place) as counts
    from unnest(s.n, s.n_flagged) with ordinality as cell (n, n_flagged, place) where cell.n <> 0
  ) as cells
  where cells.counts is not null
$$;
revoke execute on function public.report_places(uuid, date, date, text) from public, anon, authenticated;
grant execute on function public.report_places(uuid, date, date, text) to authenticated;

-- As before, from what locations counted.
drop function public.report_changes(uuid, date, date);
create function public.report_changes(org uuid, from_date date, to_date date) returns json
language sql stable security invoker set search_path = '' as $$
  select json_build_object(
    'now', coalesce(json_agg(told.cell order by told.question, told.location_id) filter (where not told.is_before), '[]'),
    'before', coalesce(json_agg(told.cell order by told.question, told.location_id) filter (where told.is_before), '[]'))
  from (
    select s.is_before, s.question, s.location_id,
      json_build_object('question', s.question, 'type', s.type, 'location', s.location_id, 'counts', cells.counts) as cell
    from private.place_sums(org, from_date - (to_date - from_date + 1), from_date, to_date) as s
    cross join lateral (
      select json_agg(json_build_array(cell.place - 2, cell.n, coalesce(cell.n_flagged, 0)) order by cell.place) as counts
      from unnest(s.n, s.n_flagged) with ordinality as cell (n, n_flagged, place) where cell.n <> 0
    ) as cells
    where cells.counts is not null
  ) as told
$$;
revoke execute on function public.report_changes(uuid, date, date) from public, anon, authenticated;
grant execute on function public.report_changes(uuid, date, date) to authenticated;

drop function private.place_scores(uuid, date, date, text, boolean);

-- As before, from the running sums.
create or replace function public.report_own_split(org uuid, dimension uuid, from_date date, to_date date, question text) returns jsonb
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  starts date[] := array(
    select from_date
    union
    select t.since from public.tablet_values as t
    where t.org_id = org and t.dimension_id = report_own_split.dimension and t.since > from_date and t.since <= to_date
    order by 1
  );
begin
  return (
    with stretches as (
      select stretch.first_day, coalesce(lead(stretch.first_day) over (order by stretch.first_day) - 1, to_date) as last_day
      from unnest(starts) as stretch (first_day)
    ), told as (
      select stood.value_id, s.location_id as location, s.type, cell.place::integer - 2 as score, sum(cell.n) as n,
        sum(coalesce(cell.n_flagged, 0)) as flagged
      from stretches
      cross join lateral private.tablet_sums(org, stretches.first_day, stretches.last_day, array[report_own_split.question]) as s
      cross join lateral unnest(s.n, s.n_flagged) with ordinality as cell (n, n_flagged, place)
      left join lateral (
        select t.value_id from public.tablet_values as t
        where t.org_id = org and t.dimension_id = report_own_split.dimension and t.tablet_id = s.tablet_id
          and t.since <= stretches.first_day
        order by t.since desc limit 1
      ) as stood on true
      where cell.n <> 0
      group by 1, 2, 3, 4
    )
    select coalesce(jsonb_agg(jsonb_build_object('value', value_id, 'location', location, 'type', type, 'counts', counts)
      order by value_id, location, type), '[]')
    from (
      select value_id, location, type, jsonb_agg(jsonb_build_array(score, n, flagged) order by score) as counts
      from told group by value_id, location, type
    ) as by_value
  );
end
$$;
