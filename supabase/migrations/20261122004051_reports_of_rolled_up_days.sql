-- What report_answers adds up, cell by cell: from what is rolled up where the whole shop is asked for, and from the counts
-- themselves for one location or tablet, and for days that changed since. They read as the reader does, and a policy lets only
-- comparisons that leak nothing be looked up in an index: timestamps with timestamps, but not with dates.

-- The counts of days not rolled up as they are now; of a location or tablet, those of every day.
create function private.counted_scores(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, type text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  if tablet is not null then
    return query
    select c.question, c.type, c.local_hour, c.score, sum(c.n), sum(c.n_flagged)
    from public.score_counts as c
    where c.org_id = org and c.tablet_id = tablet and c.local_hour >= from_date::timestamp and c.local_hour < (to_date + 1)::timestamp
      and (location is null or c.location_id = location) and (only_question is null or c.question = only_question)
    group by c.question, c.type, c.local_hour, c.score;
  elsif location is not null then
    return query
    select c.question, c.type, c.local_hour, c.score, sum(c.n), sum(c.n_flagged)
    from public.score_counts as c
    where c.org_id = org and c.location_id = location and c.local_hour >= from_date::timestamp and c.local_hour < (to_date + 1)::timestamp
      and (only_question is null or c.question = only_question)
    group by c.question, c.type, c.local_hour, c.score;
  else
    return query
    select c.question, c.type, c.local_hour, c.score, sum(c.n), sum(c.n_flagged)
    from (select distinct d.day from public.changed_days as d where d.org_id = org and d.day between from_date and to_date) as changed
    cross join public.locations as l
    join public.score_counts as c on c.org_id = org and c.location_id = l.id
      and c.local_hour >= changed.day::timestamp and c.local_hour < (changed.day + 1)::timestamp
    where l.org_id = org and (only_question is null or c.question = only_question)
    group by c.question, c.type, c.local_hour, c.score;
  end if;
end
$$;
revoke execute on function private.counted_scores(uuid, date, date, uuid, uuid, text) from public;
grant execute on function private.counted_scores(uuid, date, date, uuid, uuid, text) to authenticated;

create function private.counted_choices(org uuid, from_date date, to_date date, location uuid, tablet uuid, only_question text)
returns table (question text, choice text, n bigint, n_flagged bigint)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  if tablet is not null then
    return query
    select c.question, c.choice, sum(c.n), sum(c.n_flagged)
    from public.choice_counts as c
    where c.org_id = org and c.tablet_id = tablet and c.local_hour >= from_date::timestamp and c.local_hour < (to_date + 1)::timestamp
      and (location is null or c.location_id = location) and (only_question is null or c.question = only_question)
    group by c.question, c.choice;
  elsif location is not null then
    return query
    select c.question, c.choice, sum(c.n), sum(c.n_flagged)
    from public.choice_counts as c
    where c.org_id = org and c.location_id = location and c.local_hour >= from_date::timestamp and c.local_hour < (to_date + 1)::timestamp
      and (only_question is null or c.question = only_question)
    group by c.question, c.choice;
  else
    return query
    select added.question, added.choice, sum(added.n), sum(added.n_flagged)
    from (
      select d.question, d.choice, d.n, d.n_flagged
      from public.choice_days as d
      where d.org_id = org and d.day between from_date and to_date
        and d.day not in (select changed.day from public.changed_days as changed where changed.org_id = org)
      union all
      select c.question, c.choice, c.n, c.n_flagged
      from (select distinct d.day from public.changed_days as d where d.org_id = org and d.day between from_date and to_date) as changed
      cross join public.locations as l
      join public.choice_counts as c on c.org_id = org and c.location_id = l.id
        and c.local_hour >= changed.day::timestamp and c.local_hour < (changed.day + 1)::timestamp
      where l.org_id = org
    ) as added
    where only_question is null or added.question = only_question
    group by added.question, added.choice;
  end if;
end
$$;
revoke execute on function private.counted_choices(uuid, date, date, uuid, uuid, text) from public;
grant execute on function private.counted_choices(uuid, date, date, uuid, uuid, text) to authenticated;

-- Of the whole shop, by day, as far as it is rolled up.
create function private.rolled_up_days(org uuid, from_date date, to_date date, only_question text)
returns table (question text, type text, day date, score integer, n bigint, n_flagged bigint)
language sql stable set search_path = '' as $$
  select d.question, d.type, d.day, cell.place::integer - 2, cell.n, coalesce(cell.n_flagged, 0)
  from public.score_days as d
  cross join lateral unnest(d.n, d.n_flagged) with ordinality as cell (n, n_flagged, place)
  where d.org_id = org and d.scope_id = org and d.day between from_date and to_date
    and (only_question is null or d.question = only_question)
    and d.day not in (select changed.day from public.changed_days as changed where changed.org_id = org)
    and cell.n > 0
$$;
revoke execute on function private.rolled_up_days(uuid, date, date, text) from public;
grant execute on function private.rolled_up_days(uuid, date, date, text) to authenticated;

-- Of the whole shop, by hour of the week, as far as it is rolled up. Without the sort: policies hide from the planner how many rows
-- there are, and few sums of many rows are best kept in a hash.
create function private.rolled_up_hours(org uuid, from_date date, to_date date, only_question text)
returns table (question text, type text, weekday integer, hour integer, score integer, n bigint, n_flagged bigint)
language sql stable set search_path = '' set jit = off set enable_sort = off as $$
  select h.question, h.type, h.weekday, h.hour, cell.place::integer - 2, cell.n, coalesce(cell.n_flagged, 0)
  from (
    select question, type, extract(isodow from local_hour)::integer as weekday, extract(hour from local_hour)::integer as hour,
      array[sum(n[1]), sum(n[2]), sum(n[3]), sum(n[4]), sum(n[5]), sum(n[6]), sum(n[7]), sum(n[8]), sum(n[9]), sum(n[10]), sum(n[11]), sum(n[12])] as n,
      case when count(n_flagged) > 0 then
        array[sum(n_flagged[1]), sum(n_flagged[2]), sum(n_flagged[3]), sum(n_flagged[4]), sum(n_flagged[5]), sum(n_flagged[6]), sum(n_flagged[7]), sum(n_flagged[8]), sum(n_flagged[9]), sum(n_flagged[10]), sum(n_flagged[11]), sum(n_flagged[12])] end as n_flagged
    from public.score_hours
    where org_id = org and local_hour >= from_date::timestamp and local_hour < (to_date + 1)::timestamp
      and (only_question is null or question = only_question)
      and local_hour::date not in (select changed.day from public.changed_days as changed where changed.org_id = org)
    group by 1, 2, 3, 4
  ) as h
  cross join lateral unnest(h.n, h.n_flagged) with ordinality as cell (n, n_flagged, place)
  where cell.n > 0
$$;
revoke execute on function private.rolled_up_hours(uuid, date, date, text) from public;
grant execute on function private.rolled_up_hours(uuid, date, date, text) to authenticated;

-- As before, at the cost of what is shown rather than of what was answered.
create or replace function public.report_answers(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null, only_question text default null
) returns jsonb
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  return (
    with counted as materialized (
      select * from private.counted_scores(org, from_date, to_date, location, tablet, only_question)
    ), by_day as materialized (
      select cell.question, cell.type, cell.day, cell.score, sum(cell.n) as n, sum(cell.n_flagged) as n_flagged
      from (
        select c.question, c.type, c.local_hour::date as day, c.score::integer as score, c.n, c.n_flagged from counted as c
        union all
        select r.question, r.type, r.day, r.score, r.n, r.n_flagged from private.rolled_up_days(org, from_date, to_date, only_question) as r
        where location is null and tablet is null
      ) as cell
      group by cell.question, cell.type, cell.day, cell.score
    ), by_hour as (
      select cell.question, cell.weekday, cell.hour, cell.score, sum(cell.n) as n, sum(cell.n_flagged) as n_flagged
      from (
        select c.question, extract(isodow from c.local_hour)::integer as weekday, extract(hour from c.local_hour)::integer as hour,
          c.score::integer as score, c.n, c.n_flagged
        from counted as c
        union all
        select r.question, r.weekday, r.hour, r.score, r.n, r.n_flagged
        from private.rolled_up_hours(org, from_date, to_date, only_question) as r
        where location is null and tablet is null
      ) as cell
      group by cell.question, cell.weekday, cell.hour, cell.score
    ), by_score as (
      select question, type, score, sum(n) as n, sum(n_flagged) as n_flagged from by_day group by question, type, score
    )
    select jsonb_build_object(
      'scores', coalesce((
        select jsonb_agg(jsonb_build_object('question', question, 'type', type, 'score', score, 'n', n, 'flagged', n_flagged)
          order by question, score)
        from by_score
      ), '[]'),
      'days', coalesce((
        select jsonb_agg(jsonb_build_object('question', question, 'day', day, 'score', score, 'n', n, 'flagged', n_flagged)
          order by question, day, score)
        from by_day
      ), '[]'),
      'hours', coalesce((
        select jsonb_agg(jsonb_build_object(
            'question', question, 'weekday', weekday, 'hour', hour, 'score', score, 'n', n, 'flagged', n_flagged)
          order by question, weekday, hour, score)
        from by_hour
      ), '[]'),
      'choices', coalesce((
        select jsonb_agg(jsonb_build_object('question', question, 'choice', choice, 'n', n, 'flagged', n_flagged)
          order by question, n desc, choice)
        from private.counted_choices(org, from_date, to_date, location, tablet, only_question)
      ), '[]')
    )
  );
end
$$;
