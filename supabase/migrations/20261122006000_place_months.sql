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
