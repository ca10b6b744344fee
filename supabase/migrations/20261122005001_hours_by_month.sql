-- Hours of the week, and reasons, over long periods: months that are over are rolled up once more, for the shop, every location and
-- every tablet. As with days, a month that changed since is told from its days and hours, and so never wrongly.
--
--   score_counts, choice_counts ──▶ changed_days ── roll_up_day ──▶ changed_months ── roll_up_month ──▶ score_hour_months, choice_months

create table public.score_hour_months (
  org_id uuid not null,
  scope_id uuid not null,
  month date not null constraint score_hour_months_first_day check (extract(day from month) = 1),
  question text not null,
  type text not null,
  cells smallint[] not null,
  n integer[] not null constraint score_hour_months_n_by_cell check (cardinality(n) = cardinality(cells)),
  n_flagged integer[] constraint score_hour_months_n_flagged_by_cell check (cardinality(n_flagged) = cardinality(cells)),
  primary key (org_id, scope_id, month, question, type)
);
comment on column public.score_hour_months.scope_id is 'A tablet, a location, or the organization itself for all of them together.';
comment on column public.score_hour_months.cells is 'Hours of the week and scores that were counted: ((weekday - 1) * 24 + hour) * 12 + score + 1, Monday being 1.';

create table public.choice_months (
  org_id uuid not null,
  scope_id uuid not null,
  month date not null constraint choice_months_first_day check (extract(day from month) = 1),
  question text not null,
  choice text not null,
  n integer not null,
  n_flagged integer not null,
  primary key (org_id, scope_id, month, question, choice)
);
comment on column public.choice_months.scope_id is 'A tablet, a location, or the organization itself for all of them together.';

create table public.changed_months (
  org_id uuid not null,
  month date not null constraint changed_months_first_day check (extract(day from month) = 1),
  location_id uuid not null,
  tablet_id uuid not null,
  changes bigint not null default 1,
  primary key (org_id, month, location_id, tablet_id)
);
comment on table public.changed_months is 'Months of which a day was rolled up since the month was.';

alter table public.score_hour_months enable row level security;
alter table public.choice_months enable row level security;
alter table public.changed_months enable row level security;
create policy "team members read their hours by month" on public.score_hour_months
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their choices by month" on public.choice_months
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read which of their months changed" on public.changed_months
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.score_hour_months, public.choice_months, public.changed_months from anon, authenticated;
grant select on public.score_hour_months, public.choice_months, public.changed_months to authenticated;

-- As before, and says that the month changed.
create or replace function private.roll_up_day(org uuid, rolled date) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  taken public.changed_days[];
begin
  select array_agg(c) into taken from (
    select * from public.changed_days where org_id = org and day = rolled for update skip locked
  ) as c;
  if taken is null then
    return;
  end if;

  delete from public.score_days where org_id = org and day = rolled
    and scope_id = any (array(select org union select location_id from unnest(taken)));
  insert into public.score_days (org_id, scope_id, question, type, day, n, n_flagged)
  select org, coalesce(location_id, org), question, type, rolled, array[
    coalesce(sum(n) filter (where score = -1), 0)::integer, coalesce(sum(n) filter (where score = 0), 0)::integer, coalesce(sum(n) filter (where score = 1), 0)::integer,
    coalesce(sum(n) filter (where score = 2), 0)::integer, coalesce(sum(n) filter (where score = 3), 0)::integer, coalesce(sum(n) filter (where score = 4), 0)::integer,
    coalesce(sum(n) filter (where score = 5), 0)::integer, coalesce(sum(n) filter (where score = 6), 0)::integer, coalesce(sum(n) filter (where score = 7), 0)::integer,
    coalesce(sum(n) filter (where score = 8), 0)::integer, coalesce(sum(n) filter (where score = 9), 0)::integer, coalesce(sum(n) filter (where score = 10), 0)::integer
  ],
    case when sum(n_flagged) > 0 then array[
    coalesce(sum(n_flagged) filter (where score = -1), 0)::integer, coalesce(sum(n_flagged) filter (where score = 0), 0)::integer, coalesce(sum(n_flagged) filter (where score = 1), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 2), 0)::integer, coalesce(sum(n_flagged) filter (where score = 3), 0)::integer, coalesce(sum(n_flagged) filter (where score = 4), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 5), 0)::integer, coalesce(sum(n_flagged) filter (where score = 6), 0)::integer, coalesce(sum(n_flagged) filter (where score = 7), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 8), 0)::integer, coalesce(sum(n_flagged) filter (where score = 9), 0)::integer, coalesce(sum(n_flagged) filter (where score = 10), 0)::integer
  ] end
  from public.score_counts
  where org_id = org and local_hour >= rolled and local_hour < rolled + 1
    and location_id in (select id from public.locations where org_id = org)
  group by grouping sets ((location_id, question, type), (question, type))
  having grouping(location_id) = 1 or location_id in (select location_id from unnest(taken));

  delete from public.score_hours where org_id = org and local_hour >= rolled and local_hour < rolled + 1;
  insert into public.score_hours (org_id, question, type, local_hour, n, n_flagged)
  select org, question, type, local_hour, array[
    coalesce(sum(n) filter (where score = -1), 0)::integer, coalesce(sum(n) filter (where score = 0), 0)::integer, coalesce(sum(n) filter (where score = 1), 0)::integer,
    coalesce(sum(n) filter (where score = 2), 0)::integer, coalesce(sum(n) filter (where score = 3), 0)::integer, coalesce(sum(n) filter (where score = 4), 0)::integer,
    coalesce(sum(n) filter (where score = 5), 0)::integer, coalesce(sum(n) filter (where score = 6), 0)::integer, coalesce(sum(n) filter (where score = 7), 0)::integer,
    coalesce(sum(n) filter (where score = 8), 0)::integer, coalesce(sum(n) filter (where score = 9), 0)::integer, coalesce(sum(n) filter (where score = 10), 0)::integer
  ],
    case when sum(n_flagged) > 0 then array[
    coalesce(sum(n_flagged) filter (where score = -1), 0)::integer, coalesce(sum(n_flagged) filter (where score = 0), 0)::integer, coalesce(sum(n_flagged) filter (where score = 1), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 2), 0)::integer, coalesce(sum(n_flagged) filter (where score = 3), 0)::integer, coalesce(sum(n_flagged) filter (where score = 4), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 5), 0)::integer, coalesce(sum(n_flagged) filter (where score = 6), 0)::integer, coalesce(sum(n_flagged) filter (where score = 7), 0)::integer,
    coalesce(sum(n_flagged) filter (where score = 8), 0)::integer, coalesce(sum(n_flagged) filter (where score = 9), 0)::integer, coalesce(sum(n_flagged) filter (where score = 10), 0)::integer
  ] end
  from public.score_counts
  where org_id = org and local_hour >= rolled and local_hour < rolled + 1
    and location_id in (select id from public.locations where org_id = org)
  group by question, type, local_hour;

  delete from public.choice_days where org_id = org and day = rolled;
  insert into public.choice_days (org_id, question, day, choice, n, n_flagged)
  select org, question, rolled, choice, sum(n), sum(n_flagged)
  from public.choice_counts
  where org_id = org and local_hour >= rolled and local_hour < rolled + 1
    and location_id in (select id from public.locations where org_id = org)
  group by question, choice;

  perform private.roll_up_running(org, rolled, taken);
  insert into public.changed_months as known (org_id, month, location_id, tablet_id)
  select org, date_trunc('month', rolled::timestamp), t.location_id, t.tablet_id from unnest(taken) as t
  order by 3, 4
  on conflict (org_id, month, location_id, tablet_id) do update set changes = known.changes + 1;
  delete from public.changed_days as c using unnest(taken) as t
  where c.org_id = org and c.day = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;

-- Rolls up one month of a shop: the shop's from its days, the others' from the counts themselves. What roll_up_day says of locks
-- holds here too: a row that is taken was written by a roll_up_day whose counts are there to be read.
create function private.roll_up_month(org uuid, rolled date) returns void
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

  delete from public.changed_months as c using unnest(taken) as t
  where c.org_id = org and c.month = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;
revoke execute on function private.roll_up_month(uuid, date) from public;

-- As before, and then a month that is over and has no day to wait for, the latest first. At most so many days, and whether there
-- is more to do.
create or replace function private.roll_up(org uuid, at_most integer) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  today constant date := (clock_timestamp() at time zone 'UTC')::date;
  days date[] := array(
    select distinct day from public.changed_days
    where org_id = org and day < today
    order by day desc limit at_most + 1
  );
  months date[];
begin
  -- Of these the earliest first, for a day at the end of its month's running sums is the least work.
  for i in reverse least(at_most, cardinality(days)) .. 1 loop
    perform private.roll_up_day(org, days[i]);
  end loop;
  months := array(
    select distinct c.month from public.changed_months as c
    where c.org_id = org and c.month < date_trunc('month', today::timestamp)::date and not exists (
      select 1 from public.changed_days as d
      where d.org_id = org and d.day >= c.month and d.day < (c.month + interval '1 month')::date
    )
    order by c.month desc limit 2
  );
  if cardinality(months) > 0 then
    perform private.roll_up_month(org, months[1]);
  end if;
  return cardinality(days) > at_most or cardinality(months) > 1;
end
$$;

-- As before, and again after a minute while months that are over wait to be rolled up.
create or replace function private.keep_house(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.evaluate_alerts(org);
  insert into private.housekeeping_runs (org_id) values (org) on conflict do nothing;
  perform 1 from private.housekeeping_runs where org_id = org and next_at <= clock_timestamp() for update skip locked;
  if not found then
    return;
  end if;
  begin
    perform private.housekeeping(org);
  exception when others then
    raise warning 'Housekeeping of % failed: %', org, sqlstate;
  end;
  update private.housekeeping_runs set next_at = clock_timestamp() + case
    when exists (select 1 from private.due_members where org_id = org and due_at <= clock_timestamp())
      or exists (
        select 1 from public.changed_days where org_id = org and day < (clock_timestamp() at time zone 'UTC')::date
      )
      or exists (
        select 1 from public.changed_months
        where org_id = org and month < date_trunc('month', (clock_timestamp() at time zone 'UTC'))::date
      ) then interval '1 minute'
    else interval '1 hour' end
  where org_id = org;
end
$$;

-- What was rolled up before this.
insert into public.changed_months (org_id, month, location_id, tablet_id)
select distinct org_id, date_trunc('month', local_hour)::date, location_id, tablet_id from public.score_counts
union
select distinct org_id, date_trunc('month', local_hour)::date, location_id, tablet_id from public.choice_counts;
