-- Scores over any period at the cost of what is shown: days, months, and as few hours as may be. They read as the reader does, and
-- a policy hides from the planner how few rows it leaves and lets a column be looked up only by what is known beforehand: so one
-- stretch of days after another is asked for, each planned with its own hours. Counts of scores are arrays, [1] counts −1, [2] counts
-- 0, … [12] counts 10.

-- The counts themselves, hour by hour, on these local dates: of a tablet (null locations: wherever it stood), of these
-- locations, or of the whole shop where both are null.
create function private.hour_counts(org uuid, days datemultirange, locations uuid[], tablet uuid, only_question text)
returns table (question text, type text, local_hour timestamp, score smallint, n integer, n_flagged integer)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  span daterange;
  first_hour timestamp;
  past timestamp;
  place uuid;
  asked text;
begin
  for span in select unnest(days) loop
    first_hour := lower(span);
    past := upper(span);
    if tablet is not null then
      return query
      select c.question, c.type, c.local_hour, c.score, c.n, c.n_flagged
      from public.score_counts as c
      where c.org_id = org and c.tablet_id = hour_counts.tablet and c.local_hour >= first_hour and c.local_hour < past
        and (locations is null or c.location_id = any (locations)) and (only_question is null or c.question = only_question);
    elsif locations is not null then
      foreach place in array locations loop
        return query
        select c.question, c.type, c.local_hour, c.score, c.n, c.n_flagged
        from public.score_counts as c
        where c.org_id = org and c.location_id = place and c.local_hour >= first_hour and c.local_hour < past
          and (only_question is null or c.question = only_question);
      end loop;
    else
      for asked in
        select distinct entry ->> 'key'
        from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as entry
        where v.org_id = org and (only_question is null or entry ->> 'key' = only_question)
      loop
        return query
        select c.question, c.type, c.local_hour, c.score, c.n, c.n_flagged
        from public.score_counts as c
        where c.org_id = org and c.question = asked and c.local_hour >= first_hour and c.local_hour < past;
      end loop;
    end if;
  end loop;
end
$$;
revoke execute on function private.hour_counts(uuid, datemultirange, uuid[], uuid, text) from public;
grant execute on function private.hour_counts(uuid, datemultirange, uuid[], uuid, text) to authenticated;

-- Dates of a period that changed since they were rolled up, at one of these locations, on this tablet, or anywhere.
create function private.changed_dates(org uuid, from_date date, to_date date, locations uuid[], tablet uuid) returns datemultirange
language sql stable set search_path = '' as $$
  select coalesce(range_agg(daterange(c.day, c.day, '[]')), '{}') from public.changed_days as c
  where c.org_id = org and c.day between from_date and to_date
    and (changed_dates.tablet is null or c.tablet_id = changed_dates.tablet)
    and (locations is null or c.location_id = any (locations))
$$;
revoke execute on function private.changed_dates(uuid, date, date, uuid[], uuid) from public;
grant execute on function private.changed_dates(uuid, date, date, uuid[], uuid) to authenticated;

-- Every question by local date. A day that changed at any of the locations is counted anew at all of them; those of a tablet are the
-- differences of its running sums.
create function private.day_counts(org uuid, from_date date, to_date date, locations uuid[], tablet uuid, only_question text)
returns table (question text, type text, day date, n bigint[], n_flagged bigint[])
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  changed constant datemultirange := private.changed_dates(org, from_date, to_date, locations, tablet);
begin
  return query
  select c.question, c.type, c.day, array[
    coalesce(sum(c.n) filter (where c.score = -1), 0), coalesce(sum(c.n) filter (where c.score = 0), 0), coalesce(sum(c.n) filter (where c.score = 1), 0), coalesce(sum(c.n) filter (where c.score = 2), 0),
    coalesce(sum(c.n) filter (where c.score = 3), 0), coalesce(sum(c.n) filter (where c.score = 4), 0), coalesce(sum(c.n) filter (where c.score = 5), 0), coalesce(sum(c.n) filter (where c.score = 6), 0),
    coalesce(sum(c.n) filter (where c.score = 7), 0), coalesce(sum(c.n) filter (where c.score = 8), 0), coalesce(sum(c.n) filter (where c.score = 9), 0), coalesce(sum(c.n) filter (where c.score = 10), 0)
  ], case when sum(c.n_flagged) > 0 then array[
    coalesce(sum(c.n_flagged) filter (where c.score = -1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 0), 0), coalesce(sum(c.n_flagged) filter (where c.score = 1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 2), 0),
    coalesce(sum(c.n_flagged) filter (where c.score = 3), 0), coalesce(sum(c.n_flagged) filter (where c.score = 4), 0), coalesce(sum(c.n_flagged) filter (where c.score = 5), 0), coalesce(sum(c.n_flagged) filter (where c.score = 6), 0),
    coalesce(sum(c.n_flagged) filter (where c.score = 7), 0), coalesce(sum(c.n_flagged) filter (where c.score = 8), 0), coalesce(sum(c.n_flagged) filter (where c.score = 9), 0), coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)
  ] end
  from (
    select h.question, h.type, h.local_hour::date as day, h.score::integer as score, h.n, h.n_flagged
    from private.hour_counts(org, changed, locations, tablet, only_question) as h
    union all
    select m.question, m.type, m.month + nth - 1, score.place::integer - 2,
      score.n - coalesce(score.n_before, 0), coalesce(score.n_flagged - coalesce(score.n_flagged_before, 0), 0)
    from public.score_months as m
    cross join generate_series(greatest(from_date - m.month + 1, 1), least(to_date - m.month + 1, cardinality(m.running) / 12)) as nth
    cross join lateral unnest(
      m.running[nth * 12 - 11 : nth * 12], m.running[nth * 12 - 23 : nth * 12 - 12],
      m.running_flagged[nth * 12 - 11 : nth * 12], m.running_flagged[nth * 12 - 23 : nth * 12 - 12]
    ) with ordinality as score (n, n_before, n_flagged, n_flagged_before, place)
    where tablet is not null and m.org_id = org and m.tablet_id = day_counts.tablet
      and m.month >= date_trunc('month', from_date::timestamp)::date and m.month <= to_date
      and (locations is null or m.location_id = any (locations)) and (only_question is null or m.question = only_question)
      and not m.month + nth - 1 <@ changed
      and score.n > coalesce(score.n_before, 0)
  ) as c
  group by c.question, c.type, c.day
  having sum(c.n) > 0;

  if tablet is null and cardinality(locations) > 1 then
    return query
    select d.question, d.type, d.day, array[
      sum(d.n[1]), sum(d.n[2]), sum(d.n[3]), sum(d.n[4]), sum(d.n[5]), sum(d.n[6]),
      sum(d.n[7]), sum(d.n[8]), sum(d.n[9]), sum(d.n[10]), sum(d.n[11]), sum(d.n[12])
    ], case when count(d.n_flagged) > 0 then array[
      coalesce(sum(d.n_flagged[1]), 0), coalesce(sum(d.n_flagged[2]), 0), coalesce(sum(d.n_flagged[3]), 0), coalesce(sum(d.n_flagged[4]), 0),
      coalesce(sum(d.n_flagged[5]), 0), coalesce(sum(d.n_flagged[6]), 0), coalesce(sum(d.n_flagged[7]), 0), coalesce(sum(d.n_flagged[8]), 0),
      coalesce(sum(d.n_flagged[9]), 0), coalesce(sum(d.n_flagged[10]), 0), coalesce(sum(d.n_flagged[11]), 0), coalesce(sum(d.n_flagged[12]), 0)
    ] end
    from unnest(locations) as place (id)
    join public.score_days as d on d.org_id = org and d.scope_id = place.id and d.day between from_date and to_date
    where (only_question is null or d.question = only_question) and not d.day <@ changed
    group by d.question, d.type, d.day;
  elsif tablet is null then
    return query
    select d.question, d.type, d.day, d.n::bigint[], d.n_flagged::bigint[]
    from public.score_days as d
    where d.org_id = org and d.scope_id = coalesce(locations[1], org) and d.day between from_date and to_date
      and (only_question is null or d.question = only_question) and not d.day <@ changed;
  end if;
end
$$;
revoke execute on function private.day_counts(uuid, date, date, uuid[], uuid, text) from public;
grant execute on function private.day_counts(uuid, date, date, uuid[], uuid, text) to authenticated;

-- Whole months of a period of which nothing changed since they were rolled up, for a tablet, a location, or the shop.
create function private.whole_months(org uuid, from_date date, to_date date, location uuid, tablet uuid) returns datemultirange
language sql stable set search_path = '' as $$
  select coalesce(range_agg(span.days), '{}')
  from generate_series(date_trunc('month', from_date::timestamp), to_date::timestamp, interval '1 month') as month
  cross join lateral (select daterange(month::date, (month + interval '1 month')::date) as days) as span
  where span.days <@ daterange(from_date, greatest(to_date + 1, from_date))
    and month::date not in (
      select c.month from public.changed_months as c
      where c.org_id = org and (whole_months.location is null or c.location_id = whole_months.location)
        and (whole_months.tablet is null or c.tablet_id = whole_months.tablet))
    and not span.days && private.changed_dates(
      org, from_date, to_date, case when whole_months.location is not null then array[whole_months.location] end, whole_months.tablet)
$$;
revoke execute on function private.whole_months(uuid, date, date, uuid, uuid) from public;
grant execute on function private.whole_months(uuid, date, date, uuid, uuid) to authenticated;

-- Every question by hour of the week, an hour possibly in several rows. cell is as in score_hour_months. Of one tablet at one
-- location there are no months: they are of wherever it stood.
create function private.weekday_counts(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, cell integer, n integer, n_flagged integer)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  period constant datemultirange := datemultirange(daterange(from_date, greatest(to_date + 1, from_date)));
  months constant datemultirange := case when location is null or tablet is null
    then private.whole_months(org, from_date, to_date, location, tablet) else '{}' end;
  -- Only the shop has its hours rolled up day by day.
  counted constant datemultirange := case when location is null and tablet is null
    then private.changed_dates(org, from_date, to_date, null, null) else period - months end;
  span daterange;
  first_hour timestamp;
  past timestamp;
begin
  return query
  select m.question, counts.cell::integer, counts.n, coalesce(counts.n_flagged, 0)
  from public.score_hour_months as m cross join lateral unnest(m.cells, m.n, m.n_flagged) as counts (cell, n, n_flagged)
  where m.org_id = org and m.scope_id = coalesce(weekday_counts.tablet, weekday_counts.location, org)
    and m.month >= from_date and m.month <= to_date and m.month <@ months
    and (only_question is null or m.question = only_question);
  for span in select unnest(period - months - counted) loop
    first_hour := lower(span);
    past := upper(span);
    return query
    select h.question, (extract(isodow from h.local_hour)::integer - 1) * 288 + extract(hour from h.local_hour)::integer * 12 + counts.place::integer - 1,
      counts.n, coalesce(counts.n_flagged, 0)
    from public.score_hours as h cross join lateral unnest(h.n, h.n_flagged) with ordinality as counts (n, n_flagged, place)
    where h.org_id = org and h.local_hour >= first_hour and h.local_hour < past
      and (only_question is null or h.question = only_question) and counts.n > 0;
  end loop;
  return query
  select c.question, (extract(isodow from c.local_hour)::integer - 1) * 288 + extract(hour from c.local_hour)::integer * 12 + c.score + 1,
    c.n, c.n_flagged
  from private.hour_counts(org, counted, case when location is not null then array[location] end, tablet, only_question) as c;
end
$$;
revoke execute on function private.weekday_counts(uuid, date, date, uuid, uuid, text) from public;
grant execute on function private.weekday_counts(uuid, date, date, uuid, uuid, text) to authenticated;

-- Every reason chosen, one possibly in several rows.
create function private.choices_told(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, choice text, n integer, n_flagged integer)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  period constant datemultirange := datemultirange(daterange(from_date, greatest(to_date + 1, from_date)));
  months constant datemultirange := case when location is null or tablet is null
    then private.whole_months(org, from_date, to_date, location, tablet) else '{}' end;
  counted constant datemultirange := case when location is null and tablet is null
    then private.changed_dates(org, from_date, to_date, null, null) else period - months end;
  span daterange;
  first_hour timestamp;
  past timestamp;
  asked text;
begin
  return query
  select m.question, m.choice, m.n, m.n_flagged from public.choice_months as m
  where m.org_id = org and m.scope_id = coalesce(choices_told.tablet, choices_told.location, org)
    and m.month >= from_date and m.month <= to_date and m.month <@ months
    and (only_question is null or m.question = only_question);
  if location is null and tablet is null then
    return query
    select d.question, d.choice, d.n, d.n_flagged from public.choice_days as d
    where d.org_id = org and d.day >= from_date and d.day <= to_date and d.day <@ (period - months - counted)
      and (only_question is null or d.question = only_question);
  end if;
  for span in select unnest(counted) loop
    first_hour := lower(span);
    past := upper(span);
    if tablet is not null then
      return query
      select c.question, c.choice, c.n, c.n_flagged from public.choice_counts as c
      where c.org_id = org and c.tablet_id = choices_told.tablet and c.local_hour >= first_hour and c.local_hour < past
        and (location is null or c.location_id = choices_told.location) and (only_question is null or c.question = only_question);
    elsif location is not null then
      return query
      select c.question, c.choice, c.n, c.n_flagged from public.choice_counts as c
      where c.org_id = org and c.location_id = choices_told.location and c.local_hour >= first_hour and c.local_hour < past
        and (only_question is null or c.question = only_question);
    else
      for asked in
        select distinct entry ->> 'key'
        from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as entry
        where v.org_id = org and (only_question is null or entry ->> 'key' = only_question)
      loop
        return query
        select c.question, c.choice, c.n, c.n_flagged from public.choice_counts as c
        where c.org_id = org and c.question = asked and c.local_hour >= first_hour and c.local_hour < past;
      end loop;
    end if;
  end loop;
end
$$;
revoke execute on function private.choices_told(uuid, date, date, uuid, uuid, text) from public;
grant execute on function private.choices_told(uuid, date, date, uuid, uuid, text) to authenticated;

-- Scores and chosen reasons of a period of local dates, both ends included; null location, tablet or question: all. Rows are
-- arrays: days [question, type, day, counts, counts of those flagged or null], hours [question, weekday from 1, hour, score, n,
-- flagged], and none where only the days are asked for. n counts every answer, flagged how many of them are left out by default.
create function public.report_scores(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null, only_question text default null, only_days boolean default false
) returns json
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  return json_build_object(
    'days', coalesce((
      select json_agg(json_build_array(d.question, d.type, d.day, d.n, d.n_flagged) order by d.question, d.day)
      from private.day_counts(org, from_date, to_date, case when location is not null then array[location] end, tablet, only_question) as d
    ), '[]'),
    'hours', coalesce((
      select json_agg(json_build_array(h.question, h.cell / 288 + 1, h.cell / 12 % 24, h.cell % 12 - 1, h.n, h.n_flagged) order by h.question, h.cell)
      from (
        select w.question, w.cell, sum(w.n) as n, sum(w.n_flagged) as n_flagged
        from private.weekday_counts(org, from_date, to_date, location, tablet, only_question) as w
        where not only_days
        group by w.question, w.cell having sum(w.n) > 0
      ) as h
    ), '[]'),
    'choices', coalesce((
      select json_agg(json_build_object('question', c.question, 'choice', c.choice, 'n', c.n, 'flagged', c.n_flagged)
        order by c.question, c.n desc, c.choice)
      from (
        select t.question, t.choice, sum(t.n) as n, sum(t.n_flagged) as n_flagged
        from private.choices_told(org, from_date, to_date, location, tablet, only_question) as t
        where not only_days
        group by t.question, t.choice having sum(t.n) > 0
      ) as c
    ), '[]')
  );
end
$$;
revoke execute on function public.report_scores(uuid, date, date, uuid, uuid, text, boolean) from public, anon, authenticated;
grant execute on function public.report_scores(uuid, date, date, uuid, uuid, text, boolean) to authenticated;

-- As before, from what is rolled up.
create or replace function public.report_side(
  org uuid, from_date date, to_date date, location uuid default null, region text default null, tablet uuid default null
) returns jsonb
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  locations constant uuid[] := case when location is not null or region is not null then array(
    select l.id from public.locations as l
    where l.org_id = org and (report_side.location is null or l.id = report_side.location)
      and (report_side.region is null or l.region = report_side.region)
  ) end;
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('question', d.question, 'type', d.type, 'day', d.day, 'counts', cells.counts)
      order by d.question, d.day), '[]')
    from private.day_counts(org, from_date, to_date, locations, tablet, null) as d
    cross join lateral (
      select jsonb_agg(jsonb_build_array(cell.place - 2, cell.n, coalesce(cell.n_flagged, 0)) order by cell.place) as counts
      from unnest(d.n, d.n_flagged) with ordinality as cell (n, n_flagged, place) where cell.n > 0
    ) as cells
    where locations is null or cardinality(locations) > 0
  );
end
$$;

-- As before, for pages that still ask it, by the same looks.
create or replace function private.counted_scores(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, type text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language sql stable set search_path = '' set jit = off as $$
  select c.question, c.type, c.local_hour, c.score, sum(c.n), sum(c.n_flagged)
  from private.hour_counts(org,
    case when location is null and tablet is null then private.changed_dates(org, from_date, to_date, null, null)
      else datemultirange(daterange(from_date, greatest(to_date + 1, from_date))) end,
    case when location is not null then array[location] end, tablet, only_question) as c
  group by c.question, c.type, c.local_hour, c.score
$$;
create or replace function private.counted_choices(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, choice text, n bigint, n_flagged bigint)
language sql stable set search_path = '' set jit = off as $$
  select c.question, c.choice, sum(c.n), sum(c.n_flagged)
  from private.choices_told(org, from_date, to_date, location, tablet, only_question) as c
  group by c.question, c.choice having sum(c.n) > 0
$$;
