-- Scores over a period without reading anything twice: what changed is read once for days and hours, and hours of the week are
-- added up where they are read.

-- As before, but a day that many tablets changed is one day.
create or replace function private.changed_dates(org uuid, from_date date, to_date date, locations uuid[], tablet uuid) returns datemultirange
language sql stable set search_path = '' as $$
  select coalesce(range_agg(daterange(changed.day, changed.day, '[]')), '{}')
  from (
    select distinct c.day from public.changed_days as c
    where c.org_id = org and c.day between from_date and to_date
      and (changed_dates.tablet is null or c.tablet_id = changed_dates.tablet)
      and (locations is null or c.location_id = any (locations))
  ) as changed
$$;

-- As before, with a single look at what changed.
create or replace function private.whole_months(org uuid, from_date date, to_date date, location uuid, tablet uuid) returns datemultirange
language sql stable set search_path = '' as $$
  with changed as materialized (
    select private.changed_dates(
      org, from_date, to_date, case when whole_months.location is not null then array[whole_months.location] end, whole_months.tablet) as days
  ), changed_months as materialized (
    select distinct c.month from public.changed_months as c
    where c.org_id = org and c.month between from_date and to_date
      and (whole_months.location is null or c.location_id = whole_months.location)
      and (whole_months.tablet is null or c.tablet_id = whole_months.tablet)
  )
  select coalesce(range_agg(span.days), '{}')
  from generate_series(date_trunc('month', from_date::timestamp), to_date::timestamp, interval '1 month') as month
  cross join lateral (select daterange(month::date, (month + interval '1 month')::date) as days) as span
  cross join changed
  where span.days <@ daterange(from_date, greatest(to_date + 1, from_date)) and not span.days && changed.days
    and month::date not in (select c.month from changed_months as c)
$$;

-- Every question by local date, of days that did not change since they were rolled up: of a tablet as the differences of its running
-- sums, of these locations, or of the shop. n and n_flagged are as in score_days.
create function private.rolled_days(org uuid, from_date date, to_date date, locations uuid[], tablet uuid, only_question text, changed datemultirange)
returns table (question text, type text, day date, n bigint[], n_flagged bigint[])
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
begin
  if tablet is not null then
    return query
    select d.question, d.type, d.day, array[
      sum(d.n[1]), sum(d.n[2]), sum(d.n[3]), sum(d.n[4]), sum(d.n[5]), sum(d.n[6]),
      sum(d.n[7]), sum(d.n[8]), sum(d.n[9]), sum(d.n[10]), sum(d.n[11]), sum(d.n[12])
    ], case when count(d.n_flagged) > 0 then array[
      coalesce(sum(d.n_flagged[1]), 0), coalesce(sum(d.n_flagged[2]), 0), coalesce(sum(d.n_flagged[3]), 0), coalesce(sum(d.n_flagged[4]), 0),
      coalesce(sum(d.n_flagged[5]), 0), coalesce(sum(d.n_flagged[6]), 0), coalesce(sum(d.n_flagged[7]), 0), coalesce(sum(d.n_flagged[8]), 0),
      coalesce(sum(d.n_flagged[9]), 0), coalesce(sum(d.n_flagged[10]), 0), coalesce(sum(d.n_flagged[11]), 0), coalesce(sum(d.n_flagged[12]), 0)
    ] end
    from (
      select s.question, s.type, s.day, array[
        s.running[s.last + 1] - coalesce(s.running[s.last - 11], 0), s.running[s.last + 2] - coalesce(s.running[s.last - 10], 0), s.running[s.last + 3] - coalesce(s.running[s.last - 9], 0),
        s.running[s.last + 4] - coalesce(s.running[s.last - 8], 0), s.running[s.last + 5] - coalesce(s.running[s.last - 7], 0), s.running[s.last + 6] - coalesce(s.running[s.last - 6], 0),
        s.running[s.last + 7] - coalesce(s.running[s.last - 5], 0), s.running[s.last + 8] - coalesce(s.running[s.last - 4], 0), s.running[s.last + 9] - coalesce(s.running[s.last - 3], 0),
        s.running[s.last + 10] - coalesce(s.running[s.last - 2], 0), s.running[s.last + 11] - coalesce(s.running[s.last - 1], 0), s.running[s.last + 12] - coalesce(s.running[s.last - 0], 0)
      ] as n, case when s.is_flagged then array[
        s.running_flagged[s.last + 1] - coalesce(s.running_flagged[s.last - 11], 0), s.running_flagged[s.last + 2] - coalesce(s.running_flagged[s.last - 10], 0),
        s.running_flagged[s.last + 3] - coalesce(s.running_flagged[s.last - 9], 0), s.running_flagged[s.last + 4] - coalesce(s.running_flagged[s.last - 8], 0),
        s.running_flagged[s.last + 5] - coalesce(s.running_flagged[s.last - 7], 0), s.running_flagged[s.last + 6] - coalesce(s.running_flagged[s.last - 6], 0),
        s.running_flagged[s.last + 7] - coalesce(s.running_flagged[s.last - 5], 0), s.running_flagged[s.last + 8] - coalesce(s.running_flagged[s.last - 4], 0),
        s.running_flagged[s.last + 9] - coalesce(s.running_flagged[s.last - 3], 0), s.running_flagged[s.last + 10] - coalesce(s.running_flagged[s.last - 2], 0),
        s.running_flagged[s.last + 11] - coalesce(s.running_flagged[s.last - 1], 0), s.running_flagged[s.last + 12] - coalesce(s.running_flagged[s.last - 0], 0)
      ] end as n_flagged
      from (
        select m.question, m.type, m.month + nth - 1 as day, m.running, m.running_flagged, nth * 12 - 12 as last,
          cardinality(m.running_flagged) >= nth * 12 as is_flagged
        from public.score_months as m
        cross join generate_series(greatest(from_date - m.month + 1, 1), least(to_date - m.month + 1, cardinality(m.running) / 12)) as nth
        where m.org_id = org and m.tablet_id = rolled_days.tablet
          and m.month >= date_trunc('month', from_date::timestamp)::date and m.month <= to_date
          and (locations is null or m.location_id = any (locations)) and (only_question is null or m.question = only_question)
          and not m.month + nth - 1 <@ changed
          -- A day without an answer leaves the sums as they were.
          and m.running[nth * 12 - 11 : nth * 12] is distinct from m.running[greatest(nth * 12 - 23, 0) : nth * 12 - 12]
        offset 0 -- or where a day stands would be worked out for each of its counts, and below the counts for each of the sums
      ) as s
      offset 0
    ) as d
    group by d.question, d.type, d.day
    having sum(d.n[1]) + sum(d.n[2]) + sum(d.n[3]) + sum(d.n[4]) + sum(d.n[5]) + sum(d.n[6]) + sum(d.n[7]) + sum(d.n[8]) + sum(d.n[9]) + sum(d.n[10]) + sum(d.n[11]) + sum(d.n[12]) > 0;
  elsif cardinality(locations) > 1 then
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
  else
    return query
    select d.question, d.type, d.day, d.n::bigint[], d.n_flagged::bigint[]
    from public.score_days as d
    where d.org_id = org and d.scope_id = coalesce(locations[1], org) and d.day between from_date and to_date
      and (only_question is null or d.question = only_question) and not d.day <@ changed;
  end if;
end
$$;
revoke execute on function private.rolled_days(uuid, date, date, uuid[], uuid, text, datemultirange) from public;
grant execute on function private.rolled_days(uuid, date, date, uuid[], uuid, text, datemultirange) to authenticated;

-- As before, in two parts.
create or replace function private.day_counts(org uuid, from_date date, to_date date, locations uuid[], tablet uuid, only_question text)
returns table (question text, type text, day date, n bigint[], n_flagged bigint[])
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  changed constant datemultirange := private.changed_dates(org, from_date, to_date, locations, tablet);
begin
  return query
  select c.question, c.type, c.local_hour::date, array[
    coalesce(sum(c.n) filter (where c.score = -1), 0), coalesce(sum(c.n) filter (where c.score = 0), 0), coalesce(sum(c.n) filter (where c.score = 1), 0), coalesce(sum(c.n) filter (where c.score = 2), 0),
    coalesce(sum(c.n) filter (where c.score = 3), 0), coalesce(sum(c.n) filter (where c.score = 4), 0), coalesce(sum(c.n) filter (where c.score = 5), 0), coalesce(sum(c.n) filter (where c.score = 6), 0),
    coalesce(sum(c.n) filter (where c.score = 7), 0), coalesce(sum(c.n) filter (where c.score = 8), 0), coalesce(sum(c.n) filter (where c.score = 9), 0), coalesce(sum(c.n) filter (where c.score = 10), 0)
  ], case when sum(c.n_flagged) > 0 then array[
    coalesce(sum(c.n_flagged) filter (where c.score = -1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 0), 0), coalesce(sum(c.n_flagged) filter (where c.score = 1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 2), 0),
    coalesce(sum(c.n_flagged) filter (where c.score = 3), 0), coalesce(sum(c.n_flagged) filter (where c.score = 4), 0), coalesce(sum(c.n_flagged) filter (where c.score = 5), 0), coalesce(sum(c.n_flagged) filter (where c.score = 6), 0),
    coalesce(sum(c.n_flagged) filter (where c.score = 7), 0), coalesce(sum(c.n_flagged) filter (where c.score = 8), 0), coalesce(sum(c.n_flagged) filter (where c.score = 9), 0), coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)
  ] end
  from private.hour_counts(org, changed, locations, tablet, only_question) as c
  group by c.question, c.type, c.local_hour::date
  having sum(c.n) > 0;
  return query
  select r.question, r.type, r.day, r.n, r.n_flagged
  from private.rolled_days(org, from_date, to_date, locations, tablet, only_question, changed) as r;
end
$$;

-- Every question by hour of the week, an hour possibly in several rows: of these whole months, and, of the shop, of these days. cell is
-- as in score_hour_months.
create function private.rolled_hours(org uuid, scope uuid, months datemultirange, days datemultirange, only_question text)
returns table (question text, cell integer, n bigint, n_flagged bigint)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_sort = off as $$
declare
  first_month constant date := lower(months);
  last_month constant date := upper(months);
  span daterange;
  first_hour timestamp;
  past timestamp;
begin
  return query
  select m.question, counts.cell::integer, sum(counts.n), sum(coalesce(counts.n_flagged, 0))
  from public.score_hour_months as m cross join lateral unnest(m.cells, m.n, m.n_flagged) as counts (cell, n, n_flagged)
  where m.org_id = org and m.scope_id = scope and m.month >= first_month and m.month < last_month and m.month <@ months
    and (only_question is null or m.question = only_question)
  group by m.question, counts.cell;
  for span in select unnest(days) loop
    first_hour := lower(span);
    past := upper(span);
    return query
    select h.question, h.first_cell + counts.place::integer, sum(counts.n), sum(coalesce(counts.n_flagged, 0))
    from (
      select s.question, s.n, s.n_flagged,
        (extract(isodow from s.local_hour)::integer - 1) * 288 + extract(hour from s.local_hour)::integer * 12 - 1 as first_cell
      from public.score_hours as s
      where s.org_id = org and s.local_hour >= first_hour and s.local_hour < past
        and (only_question is null or s.question = only_question)
      offset 0
    ) as h cross join lateral unnest(h.n, h.n_flagged) with ordinality as counts (n, n_flagged, place)
    where counts.n > 0
    group by h.question, h.first_cell + counts.place::integer;
  end loop;
end
$$;
revoke execute on function private.rolled_hours(uuid, uuid, datemultirange, datemultirange, text) from public;
grant execute on function private.rolled_hours(uuid, uuid, datemultirange, datemultirange, text) to authenticated;

-- As before. What is not rolled up is read once, for days and hours: of the shop the days that changed, for of it hours are
-- rolled up by the day, and otherwise all outside whole months. Of one tablet at one location there are no months: they are of
-- wherever it stood.
create or replace function public.report_scores(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null, only_question text default null, only_days boolean default false
) returns json
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  period constant datemultirange := datemultirange(daterange(from_date, greatest(to_date + 1, from_date)));
  locations constant uuid[] := case when location is not null then array[location] end;
  is_shop constant boolean := location is null and tablet is null;
  changed constant datemultirange := private.changed_dates(org, from_date, to_date, locations, tablet);
  months datemultirange := '{}';
  counted datemultirange := changed;
begin
  if not only_days then
    if location is null or tablet is null then
      months := private.whole_months(org, from_date, to_date, location, tablet);
    end if;
    if not is_shop then
      counted := period - months;
    end if;
  end if;
  return (
    with live as materialized (
      select h.question, h.type, h.local_hour, h.score, sum(h.n) as n, sum(h.n_flagged) as n_flagged
      from private.hour_counts(org, counted, locations, tablet, only_question) as h
      group by h.question, h.type, h.local_hour, h.score
    )
    select json_build_object(
      'days', coalesce((
        select json_agg(json_build_array(d.question, d.type, d.day, d.n, d.n_flagged) order by d.question, d.day)
        from (
          select c.question, c.type, c.local_hour::date as day, array[
            coalesce(sum(c.n) filter (where c.score = -1), 0), coalesce(sum(c.n) filter (where c.score = 0), 0), coalesce(sum(c.n) filter (where c.score = 1), 0), coalesce(sum(c.n) filter (where c.score = 2), 0),
            coalesce(sum(c.n) filter (where c.score = 3), 0), coalesce(sum(c.n) filter (where c.score = 4), 0), coalesce(sum(c.n) filter (where c.score = 5), 0), coalesce(sum(c.n) filter (where c.score = 6), 0),
            coalesce(sum(c.n) filter (where c.score = 7), 0), coalesce(sum(c.n) filter (where c.score = 8), 0), coalesce(sum(c.n) filter (where c.score = 9), 0), coalesce(sum(c.n) filter (where c.score = 10), 0)
          ]::bigint[] as n, case when sum(c.n_flagged) > 0 then array[
            coalesce(sum(c.n_flagged) filter (where c.score = -1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 0), 0), coalesce(sum(c.n_flagged) filter (where c.score = 1), 0), coalesce(sum(c.n_flagged) filter (where c.score = 2), 0),
            coalesce(sum(c.n_flagged) filter (where c.score = 3), 0), coalesce(sum(c.n_flagged) filter (where c.score = 4), 0), coalesce(sum(c.n_flagged) filter (where c.score = 5), 0), coalesce(sum(c.n_flagged) filter (where c.score = 6), 0),
            coalesce(sum(c.n_flagged) filter (where c.score = 7), 0), coalesce(sum(c.n_flagged) filter (where c.score = 8), 0), coalesce(sum(c.n_flagged) filter (where c.score = 9), 0), coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)
          ]::bigint[] end as n_flagged
          from live as c
          where c.local_hour::date <@ changed
          group by c.question, c.type, c.local_hour::date having sum(c.n) > 0
          union all
          select r.question, r.type, r.day, r.n, r.n_flagged
          from private.rolled_days(org, from_date, to_date, locations, tablet, only_question, changed) as r
        ) as d
      ), '[]'),
      'hours', coalesce((
        select json_agg(json_build_array(h.question, h.cell / 288 + 1, h.cell / 12 % 24, h.cell % 12 - 1, h.n, h.n_flagged) order by h.question, h.cell)
        from (
          select w.question, w.cell, sum(w.n) as n, sum(w.n_flagged) as n_flagged
          from (
            select l.question, (extract(isodow from l.local_hour)::integer - 1) * 288 + extract(hour from l.local_hour)::integer * 12 + l.score + 1 as cell,
              l.n, l.n_flagged
            from live as l
            union all
            select r.question, r.cell, r.n, r.n_flagged
            from private.rolled_hours(org, coalesce(tablet, location, org), months,
              case when is_shop then period - months - counted else '{}' end, only_question) as r
          ) as w
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
    )
  );
end
$$;

-- As before, as json, which is made in half the time.
drop function public.report_side(uuid, date, date, uuid, text, uuid);
create function public.report_side(
  org uuid, from_date date, to_date date, location uuid default null, region text default null, tablet uuid default null
) returns json
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  locations constant uuid[] := case when location is not null or region is not null then array(
    select l.id from public.locations as l
    where l.org_id = org and (report_side.location is null or l.id = report_side.location)
      and (report_side.region is null or l.region = report_side.region)
  ) end;
begin
  return (
    select coalesce(json_agg(json_build_object('question', d.question, 'type', d.type, 'day', d.day, 'counts', cells.counts)
      order by d.question, d.day), '[]')
    from private.day_counts(org, from_date, to_date, locations, tablet, null) as d
    cross join lateral (
      select json_agg(json_build_array(cell.place - 2, cell.n, coalesce(cell.n_flagged, 0)) order by cell.place) as counts
      from unnest(d.n, d.n_flagged) with ordinality as cell (n, n_flagged, place) where cell.n > 0
    ) as cells
    where locations is null or cardinality(locations) > 0
  );
end
$$;
revoke execute on function public.report_side(uuid, date, date, uuid, text, uuid) from public, anon, authenticated;
grant execute on function public.report_side(uuid, date, date, uuid, text, uuid) to authenticated;
