-- Places told apart at the cost of what differs: every location's month as running sums besides every tablet's, for what is told by
-- location; and every tablet's year as running sums month by month, so that two years are not read month after month.
--
--   score_days ── roll_up_day ──▶ place_months         score_months ── roll_up_month ──▶ score_years

create table public.place_months (
  org_id uuid not null,
  month date not null constraint place_months_first_day check (extract(day from month) = 1),
  location_id uuid not null,
  question text not null,
  type text not null,
  running integer[] not null constraint place_months_running_by_score check (cardinality(running) > 0 and cardinality(running) % 12 = 0),
  running_flagged integer[] constraint place_months_running_flagged_by_score check (cardinality(running_flagged) % 12 = 0),
  primary key (org_id, month, location_id, question, type)
  -- A row is written again every day of its month, and so finds room on its page.
) with (fillfactor = 50);
comment on column public.place_months.running is 'As in score_months, of all tablets of the location.';

create table public.score_years (
  org_id uuid not null,
  question text not null,
  year integer not null,
  location_id uuid not null,
  tablet_id uuid not null,
  type text not null,
  running integer[] not null constraint score_years_running_by_score check (cardinality(running) between 12 and 144 and cardinality(running) % 12 = 0),
  running_flagged integer[] constraint score_years_running_flagged_by_score check (cardinality(running_flagged) % 12 = 0),
  primary key (org_id, question, year, location_id, tablet_id, type)
) with (fillfactor = 50);
comment on column public.score_years.running is
  'Twelve counts a month, −1 to 10, each of all the year up to that month, as it was when roll_up_month took it: what changed_months names is told from score_months.';

alter table public.place_months enable row level security;
alter table public.score_years enable row level security;
create policy "team members read the months of their places" on public.place_months
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their score years" on public.score_years
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.place_months, public.score_years from anon, authenticated;
grant select on public.place_months, public.score_years to authenticated;

-- Enters what score_days has of a day at these locations into their months.
create function private.roll_up_place_months(org uuid, rolled date, places uuid[]) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  month_start constant date := date_trunc('month', rolled::timestamp);
  day constant integer := extract(day from rolled);
begin
  insert into public.place_months as known (org_id, month, location_id, question, type, running, running_flagged)
  select org, month_start, location_id, question, type, private.with_day(null, day, coalesce(counted.n, array_fill(0, array[12]))),
    private.with_day(null, day, counted.n_flagged)
  from (
    select d.scope_id as location_id, d.question, d.type, d.n, d.n_flagged from public.score_days as d
    where d.org_id = org and d.scope_id = any (places) and d.day = rolled
  ) as counted
  -- What was counted before and is not any more.
  full join (
    select m.location_id, m.question, m.type from public.place_months as m
    where m.org_id = org and m.month = month_start and m.location_id = any (places) and cardinality(m.running) >= day * 12
  ) as before using (location_id, question, type)
  order by location_id, question, type
  on conflict (org_id, month, location_id, question, type) do update set
    running = private.with_day(known.running, day, excluded.running[day * 12 - 11 : day * 12]),
    running_flagged = private.with_day(known.running_flagged, day, excluded.running_flagged[day * 12 - 11 : day * 12]);
end
$$;
revoke execute on function private.roll_up_place_months(uuid, date, uuid[]) from public;

-- As before, of tablets and of their places.
alter function private.roll_up_running(uuid, date, public.changed_days[]) rename to roll_up_tablet_months;
create function private.roll_up_running(org uuid, rolled date, taken public.changed_days[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.roll_up_tablet_months(org, rolled, taken);
  perform private.roll_up_place_months(org, rolled, array(select distinct t.location_id from unnest(taken) as t));
end
$$;
revoke execute on function private.roll_up_running(uuid, date, public.changed_days[]) from public;

-- Enters what score_months has of a month at these tablets into their years.
create function private.roll_up_years(org uuid, rolled date, tablets uuid[]) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  nth constant integer := extract(month from rolled);
begin
  insert into public.score_years as known (org_id, question, year, location_id, tablet_id, type, running, running_flagged)
  select org, m.question, extract(year from rolled)::integer, m.location_id, m.tablet_id, m.type,
    private.with_day(null, nth, m.running[cardinality(m.running) - 11 :]),
    private.with_day(null, nth, m.running_flagged[cardinality(m.running_flagged) - 11 :])
  from public.score_months as m
  where m.org_id = org and m.month = rolled and m.tablet_id = any (tablets)
  order by m.question, m.location_id, m.tablet_id, m.type
  on conflict (org_id, question, year, location_id, tablet_id, type) do update set
    running = private.with_day(known.running, nth, excluded.running[nth * 12 - 11 : nth * 12]),
    running_flagged = private.with_day(known.running_flagged, nth, excluded.running_flagged[nth * 12 - 11 : nth * 12]);
end
$$;
revoke execute on function private.roll_up_years(uuid, date, uuid[]) from public;

-- As before, and into the years.
create or replace function private.roll_up_month(org uuid, rolled date) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
declare
  taken public.changed_months[];
  next_month constant date := rolled + interval '1 month';
  scopes uuid[];
begin
  select array_agg(c) into taken from (
    select * from public.changed_months where org_id = org and month = rolled for update skip locked
  ) as c;
  if taken is null then
    return;
  end if;
  scopes := array(select distinct scope from unnest(taken) as t cross join lateral (values (org), (t.location_id), (t.tablet_id)) as of (scope));

  delete from public.score_hour_months where org_id = org and month = rolled and scope_id = any (scopes);
  insert into public.score_hour_months (org_id, scope_id, month, question, type, cells, n, n_flagged)
  select org, scope, rolled, question, type, array_agg(cell order by cell), array_agg(n order by cell),
    case when sum(n_flagged) > 0 then array_agg(n_flagged order by cell) end
  from (
    select scope, question, type,
      (((extract(isodow from local_hour) - 1) * 24 + extract(hour from local_hour)) * 12 + score + 1)::smallint as cell,
      sum(n)::integer as n, sum(n_flagged)::integer as n_flagged
    from (
      select org as scope, h.question, h.type, h.local_hour, counted.place - 2 as score, counted.n, coalesce(counted.n_flagged, 0) as n_flagged
      from public.score_hours as h cross join lateral unnest(h.n, h.n_flagged) with ordinality as counted (n, n_flagged, place)
      where h.org_id = org and h.local_hour >= rolled::timestamp and h.local_hour < next_month::timestamp and counted.n > 0
      union all
      select c.location_id, c.question, c.type, c.local_hour, c.score, c.n, c.n_flagged
      from (select distinct t.location_id from unnest(taken) as t) as place
      join public.score_counts as c on c.org_id = org and c.location_id = place.location_id
        and c.local_hour >= rolled::timestamp and c.local_hour < next_month::timestamp
      union all
      select c.tablet_id, c.question, c.type, c.local_hour, c.score, c.n, c.n_flagged
      from (select distinct t.tablet_id from unnest(taken) as t) as thing
      join public.score_counts as c on c.org_id = org and c.tablet_id = thing.tablet_id
        and c.local_hour >= rolled::timestamp and c.local_hour < next_month::timestamp
    ) as hours
    group by 1, 2, 3, 4
  ) as cells
  where n > 0
  group by scope, question, type;

  delete from public.choice_months where org_id = org and month = rolled and scope_id = any (scopes);
  insert into public.choice_months (org_id, scope_id, month, question, choice, n, n_flagged)
  select org, scope, rolled, question, choice, sum(n), sum(n_flagged)
  from (
    select org as scope, d.question, d.choice, d.n, d.n_flagged
    from public.choice_days as d where d.org_id = org and d.day >= rolled and d.day < next_month
    union all
    select c.location_id, c.question, c.choice, c.n, c.n_flagged
    from (select distinct t.location_id from unnest(taken) as t) as place
    join public.choice_counts as c on c.org_id = org and c.location_id = place.location_id
      and c.local_hour >= rolled::timestamp and c.local_hour < next_month::timestamp
    union all
    select c.tablet_id, c.question, c.choice, c.n, c.n_flagged
    from (select distinct t.tablet_id from unnest(taken) as t) as thing
    join public.choice_counts as c on c.org_id = org and c.tablet_id = thing.tablet_id
      and c.local_hour >= rolled::timestamp and c.local_hour < next_month::timestamp
  ) as days
  group by scope, question, choice;

  perform private.roll_up_years(org, rolled, array(select distinct t.tablet_id from unnest(taken) as t));
  delete from public.changed_months as c using unnest(taken) as t
  where c.org_id = org and c.month = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;

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

-- What was rolled up before this.
create aggregate private.running_sums(integer, integer[]) (sfunc = private.with_day, stype = integer[]);
insert into public.place_months (org_id, month, location_id, question, type, running, running_flagged)
select d.org_id, date_trunc('month', d.day::timestamp)::date, d.scope_id, d.question, d.type,
  private.running_sums(extract(day from d.day)::integer, d.n order by d.day),
  private.running_sums(extract(day from d.day)::integer, d.n_flagged order by d.day)
from public.score_days as d where d.scope_id <> d.org_id
group by d.org_id, date_trunc('month', d.day::timestamp), d.scope_id, d.question, d.type
order by 1, 2, 3, 4, 5;
insert into public.score_years (org_id, question, year, location_id, tablet_id, type, running, running_flagged)
select m.org_id, m.question, extract(year from m.month)::integer, m.location_id, m.tablet_id, m.type,
  private.running_sums(extract(month from m.month)::integer, m.running[cardinality(m.running) - 11 :] order by m.month),
  private.running_sums(extract(month from m.month)::integer, m.running_flagged[cardinality(m.running_flagged) - 11 :] order by m.month)
from public.score_months as m
group by m.org_id, m.question, extract(year from m.month), m.location_id, m.tablet_id, m.type
order by 1, 2, 3, 4, 5, 6;
drop aggregate private.running_sums(integer, integer[]);
