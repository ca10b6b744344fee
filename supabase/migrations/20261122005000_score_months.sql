-- What a period counted at every tablet, at the cost of its months instead of its hours: a month keeps its counts day by day as
-- running sums, so that any stretch of it is the difference of two places in one array. Days that changed since they were
-- rolled up are taken out again and counted anew, tablet by tablet.

create table public.score_months (
  org_id uuid not null,
  question text not null,
  month date not null constraint score_months_first_day check (extract(day from month) = 1),
  location_id uuid not null,
  tablet_id uuid not null,
  type text not null,
  running integer[] not null constraint score_months_running_by_score check (cardinality(running) > 0 and cardinality(running) % 12 = 0),
  running_flagged integer[] constraint score_months_running_flagged_by_score check (cardinality(running_flagged) % 12 = 0),
  primary key (org_id, question, month, location_id, tablet_id, type)
  -- A row is written again every day of its month, and so finds room on its page.
) with (fillfactor = 50);
create index score_months_of_tablet on public.score_months (org_id, tablet_id, month);
comment on column public.score_months.running is
  'Twelve counts a day, −1 to 10, each of all the month up to that day: [1] to [12] on the 1st, [13] to [24] on the 2nd. Ends with the last day rolled up.';
comment on column public.score_months.running_flagged is 'Likewise of those flagged, with an end of its own; null when none is.';

alter table public.score_months enable row level security;
create policy "team members read their score months" on public.score_months
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.score_months from anon, authenticated;
grant select on public.score_months to authenticated;

-- Running sums in which that day of the month (1 to 31) counts n. Null is none of all.
create function private.with_day(running integer[], day integer, n integer[]) returns integer[]
language plpgsql immutable set search_path = '' as $$
declare
  known constant integer := coalesce(cardinality(running), 0) / 12;
  last integer[] := running[known * 12 - 11 : known * 12];
  change integer[];
begin
  if n is null and running is null then
    return null;
  end if;
  n := coalesce(n, array_fill(0, array[12]));
  if known = 0 then
    return array_fill(0, array[day * 12 - 12]) || n;
  end if;
  -- The usual way, a new day at the end, without a query.
  if day > known then
    for missing in known + 1 .. day - 1 loop
      running := running || last;
    end loop;
    return running || array[
      last[1] + n[1], last[2] + n[2], last[3] + n[3], last[4] + n[4], last[5] + n[5], last[6] + n[6],
      last[7] + n[7], last[8] + n[8], last[9] + n[9], last[10] + n[10], last[11] + n[11], last[12] + n[12]
    ];
  end if;
  change := array(
    select n[score] - running[day * 12 - 12 + score] + case when day > 1 then running[day * 12 - 24 + score] else 0 end
    from generate_series(1, 12) as score order by score
  );
  return array(
    select u.n + case when u.place > day * 12 - 12 then change[(u.place - 1) % 12 + 1] else 0 end
    from unnest(running) with ordinality as u (n, place) order by u.place
  );
end
$$;
revoke execute on function private.with_day(integer[], integer, integer[]) from public;

-- Enters what a day counted at these tablets into their months.
create function private.roll_up_running(org uuid, rolled date, taken public.changed_days[]) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  month_start constant date := date_trunc('month', rolled::timestamp);
  day constant integer := extract(day from rolled);
begin
  insert into public.score_months as known (org_id, question, month, location_id, tablet_id, type, running, running_flagged)
  select org, question, month_start, location_id, tablet_id, type, private.with_day(null, day, coalesce(counted.n, array_fill(0, array[12]))),
    private.with_day(null, day, counted.n_flagged)
  from (
    select c.question, c.location_id, c.tablet_id, c.type, array[
    coalesce(sum(c.n) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n) filter (where c.score = 1), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n) filter (where c.score = 4), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n) filter (where c.score = 7), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n) filter (where c.score = 10), 0)::integer
    ] as n, case when sum(c.n_flagged) > 0 then array[
    coalesce(sum(c.n_flagged) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 0), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 1), 0)::integer,
    coalesce(sum(c.n_flagged) filter (where c.score = 2), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 4), 0)::integer,
    coalesce(sum(c.n_flagged) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 6), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 7), 0)::integer,
    coalesce(sum(c.n_flagged) filter (where c.score = 8), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n_flagged) filter (where c.score = 10), 0)::integer
    ] end as n_flagged
    from public.score_counts as c
    where c.org_id = org and c.local_hour >= rolled and c.local_hour < rolled + 1
      and (c.location_id, c.tablet_id) in (select t.location_id, t.tablet_id from unnest(taken) as t)
    group by c.question, c.location_id, c.tablet_id, c.type
  ) as counted
  -- What was counted before and is not any more.
  full join (
    select m.question, m.location_id, m.tablet_id, m.type from public.score_months as m
    where m.org_id = org and m.month = month_start and cardinality(m.running) >= day * 12
      and (m.location_id, m.tablet_id) in (select t.location_id, t.tablet_id from unnest(taken) as t)
  ) as before using (question, location_id, tablet_id, type)
  order by question, location_id, tablet_id, type
  on conflict (org_id, question, month, location_id, tablet_id, type) do update set
    running = private.with_day(known.running, day, excluded.running[day * 12 - 11 : day * 12]),
    running_flagged = private.with_day(known.running_flagged, day, excluded.running_flagged[day * 12 - 11 : day * 12]);
end
$$;
revoke execute on function private.roll_up_running(uuid, date, public.changed_days[]) from public;

-- What was rolled up before this.
insert into public.changed_days (org_id, day, location_id, tablet_id)
select distinct org_id, local_hour::date, location_id, tablet_id from public.score_counts
on conflict do nothing;

-- As before, from the months; without the tablets, all of a location together. A policy hides from the planner how few rows it
-- leaves, so each look is told to go into an index; and only comparisons with what is worked out before, in a materialized query,
-- may. 'before' and 'last' are the places in the arrays before the first and after the last day asked for; none is before the 1st.
drop function private.place_scores(uuid, date, date, text);
create function private.place_scores(org uuid, from_date date, to_date date, only_question text default null, by_tablet boolean default true)
returns table (question text, type text, location_id uuid, tablet_id uuid, score smallint, n bigint, flagged bigint)
language sql stable set search_path = '' set jit = off
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
  with asked as materialized (
    select distinct entry ->> 'key' as question
    from public.survey_versions as v cross join jsonb_array_elements(v.definition -> 'questions') as entry
    where v.org_id = org and entry ->> 'type' not in ('reasons', 'comment')
      and (only_question is null or entry ->> 'key' = only_question)
  ), changed as materialized (
    select c.location_id, c.tablet_id, date_trunc('month', c.day::timestamp)::date as month, extract(day from c.day)::integer as place,
      c.day::timestamp as first_hour, (c.day + 1)::timestamp as past
    from public.changed_days as c where c.org_id = org and c.day between from_date and to_date
  ), sums as (
    select asked.question, m.type, m.location_id, case when by_tablet then m.tablet_id end as tablet_id, array[
      sum(coalesce(m.running[span.last + 1], 0) - coalesce(m.running[span.before + 1], 0)), sum(coalesce(m.running[span.last + 2], 0) - coalesce(m.running[span.before + 2], 0)), sum(coalesce(m.running[span.last + 3], 0) - coalesce(m.running[span.before + 3], 0)),
      sum(coalesce(m.running[span.last + 4], 0) - coalesce(m.running[span.before + 4], 0)), sum(coalesce(m.running[span.last + 5], 0) - coalesce(m.running[span.before + 5], 0)), sum(coalesce(m.running[span.last + 6], 0) - coalesce(m.running[span.before + 6], 0)),
      sum(coalesce(m.running[span.last + 7], 0) - coalesce(m.running[span.before + 7], 0)), sum(coalesce(m.running[span.last + 8], 0) - coalesce(m.running[span.before + 8], 0)), sum(coalesce(m.running[span.last + 9], 0) - coalesce(m.running[span.before + 9], 0)),
      sum(coalesce(m.running[span.last + 10], 0) - coalesce(m.running[span.before + 10], 0)), sum(coalesce(m.running[span.last + 11], 0) - coalesce(m.running[span.before + 11], 0)), sum(coalesce(m.running[span.last + 12], 0) - coalesce(m.running[span.before + 12], 0))
    ] as n, case when count(m.running_flagged) > 0 then array[
      sum(coalesce(m.running_flagged[span.last_flagged + 1], 0) - coalesce(m.running_flagged[span.before_flagged + 1], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 2], 0) - coalesce(m.running_flagged[span.before_flagged + 2], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 3], 0) - coalesce(m.running_flagged[span.before_flagged + 3], 0)),
      sum(coalesce(m.running_flagged[span.last_flagged + 4], 0) - coalesce(m.running_flagged[span.before_flagged + 4], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 5], 0) - coalesce(m.running_flagged[span.before_flagged + 5], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 6], 0) - coalesce(m.running_flagged[span.before_flagged + 6], 0)),
      sum(coalesce(m.running_flagged[span.last_flagged + 7], 0) - coalesce(m.running_flagged[span.before_flagged + 7], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 8], 0) - coalesce(m.running_flagged[span.before_flagged + 8], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 9], 0) - coalesce(m.running_flagged[span.before_flagged + 9], 0)),
      sum(coalesce(m.running_flagged[span.last_flagged + 10], 0) - coalesce(m.running_flagged[span.before_flagged + 10], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 11], 0) - coalesce(m.running_flagged[span.before_flagged + 11], 0)), sum(coalesce(m.running_flagged[span.last_flagged + 12], 0) - coalesce(m.running_flagged[span.before_flagged + 12], 0))
    ] end as flagged
    from asked cross join lateral (
      select s.type, s.location_id, s.tablet_id, s.running, s.running_flagged, from_date - s.month as before, to_date - s.month + 1 as last
      from public.score_months as s
      where s.org_id = org and s.question = asked.question
        and s.month >= date_trunc('month', from_date::timestamp)::date and s.month <= to_date
    ) as m cross join lateral (
      select least(m.before, cardinality(m.running) / 12) * 12 - 12 as before, least(m.last, cardinality(m.running) / 12) * 12 - 12 as last,
        least(m.before, cardinality(m.running_flagged) / 12) * 12 - 12 as before_flagged,
        least(m.last, cardinality(m.running_flagged) / 12) * 12 - 12 as last_flagged
    ) as span
    group by 1, 2, 3, 4
  ), cells as (
    select sums.question, sums.type, sums.location_id, sums.tablet_id, (cell.place - 2)::smallint as score, cell.n, coalesce(cell.flagged, 0) as flagged
    from sums cross join lateral unnest(sums.n, sums.flagged) with ordinality as cell (n, flagged, place)
    where cell.n <> 0
    union all
    select m.question, m.type, m.location_id, case when by_tablet then m.tablet_id end, (score.place - 2)::smallint,
      coalesce(m.running[changed.place * 12 - 24 + score.place], 0) - m.running[changed.place * 12 - 12 + score.place],
      case when cardinality(m.running_flagged) >= changed.place * 12
        then coalesce(m.running_flagged[changed.place * 12 - 24 + score.place], 0) - m.running_flagged[changed.place * 12 - 12 + score.place] else 0 end
    from changed cross join asked
    join public.score_months as m on m.org_id = org and m.question = asked.question and m.month = changed.month
      and m.location_id = changed.location_id and m.tablet_id = changed.tablet_id and cardinality(m.running) >= changed.place * 12
    cross join generate_series(1, 12) as score (place)
    union all
    select s.question, s.type, s.location_id, case when by_tablet then s.tablet_id end, s.score, s.n, s.n_flagged
    from changed
    join public.score_counts as s on s.org_id = org and s.tablet_id = changed.tablet_id and s.location_id = changed.location_id
      and s.local_hour >= changed.first_hour and s.local_hour < changed.past
    where s.question in (select asked.question from asked)
  )
  select question, type, location_id, tablet_id, score, sum(n), sum(flagged) from cells
  group by question, type, location_id, tablet_id, score
  having sum(n) <> 0
$$;
revoke execute on function private.place_scores(uuid, date, date, text, boolean) from public;
grant execute on function private.place_scores(uuid, date, date, text, boolean) to authenticated;

-- As before, added up by location where they are counted.
create or replace function public.report_changes(org uuid, from_date date, to_date date) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with told as (
    select 'now' as side, s.question, s.type, s.location_id, s.score, s.n, s.flagged
    from private.place_scores(org, from_date, to_date, by_tablet => false) as s
    union all
    select 'before', s.question, s.type, s.location_id, s.score, s.n, s.flagged
    from private.place_scores(org, from_date - (to_date - from_date + 1), from_date - 1, by_tablet => false) as s
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
