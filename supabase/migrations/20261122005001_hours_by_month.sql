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
