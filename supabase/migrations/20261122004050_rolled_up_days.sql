-- A chain's page must not read every hour of every tablet. What no longer changes is rolled up: a shop's day once it is over,
-- and again whenever something late arrives for it. Reports read what is rolled up, and the counts themselves for days that
-- changed since; so a report is right at any moment, and how far the rolling got only decides how fast it is.
--
--   score_counts, choice_counts  ── every statement that changes them ──▶  changed_days (one row a place, tablet and day)
--            │                                                               │ a day that is over, whose rows nobody holds
--            └──────────── roll_up ◀─────────────────────────────────────────┘
--                              ▼
--              score_days, score_hours, choice_days; its rows of changed_days go

-- Counts per score in an array, for it is read whole: [1] counts −1, [2] counts 0, … [12] counts 10.
create table public.score_days (
  org_id uuid not null,
  scope_id uuid not null,
  question text not null,
  type text not null,
  day date not null,
  n integer[] not null constraint score_days_n_by_score check (cardinality(n) = 12),
  n_flagged integer[] constraint score_days_n_flagged_by_score check (cardinality(n_flagged) = 12),
  primary key (org_id, scope_id, day, question, type)
);
comment on column public.score_days.scope_id is 'A location, or the organization itself for all of them together.';
comment on column public.score_days.n_flagged is 'Null when none is flagged.';

create table public.score_hours (
  org_id uuid not null,
  question text not null,
  type text not null,
  local_hour timestamp not null,
  n integer[] not null constraint score_hours_n_by_score check (cardinality(n) = 12),
  n_flagged integer[] constraint score_hours_n_flagged_by_score check (cardinality(n_flagged) = 12),
  primary key (org_id, local_hour, question, type)
);
comment on table public.score_hours is 'All locations of an organization together.';

create table public.choice_days (
  org_id uuid not null,
  question text not null,
  day date not null,
  choice text not null,
  n integer not null,
  n_flagged integer not null,
  primary key (org_id, day, question, choice)
);
comment on table public.choice_days is 'All locations of an organization together.';

-- The tablet is part of the key, so that no two tablets ever wait for one another's row.
create table public.changed_days (
  org_id uuid not null,
  day date not null,
  location_id uuid not null,
  tablet_id uuid not null,
  changes bigint not null default 1,
  primary key (org_id, day, location_id, tablet_id)
);
comment on table public.changed_days is 'Days whose counts changed since they were rolled up.';

alter table public.score_days enable row level security;
alter table public.score_hours enable row level security;
alter table public.choice_days enable row level security;
alter table public.changed_days enable row level security;
create policy "team members read their score days" on public.score_days
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their score hours" on public.score_hours
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their choice days" on public.choice_days
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read which of their days changed" on public.changed_days
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.score_days, public.score_hours, public.choice_days, public.changed_days from anon, authenticated;
grant select on public.score_days, public.score_hours, public.choice_days, public.changed_days to authenticated;

-- The reports of one place, and of one tablet, read the counts themselves.
create index score_counts_of_location on public.score_counts (org_id, location_id, local_hour);
create index score_counts_of_tablet on public.score_counts (org_id, tablet_id, local_hour);
create index choice_counts_of_location on public.choice_counts (org_id, location_id, local_hour);
create index choice_counts_of_tablet on public.choice_counts (org_id, tablet_id, local_hour);

-- Whoever changes counts, whatever for, says so here, by the statement.
create function private.note_changed_days() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into public.changed_days as known (org_id, day, location_id, tablet_id)
  select distinct org_id, local_hour::date, location_id, tablet_id from changed
  order by 1, 2, 3, 4
  -- Not "do nothing": the row is to be held until this change is there to be read.
  on conflict (org_id, day, location_id, tablet_id) do update set changes = known.changes + 1;
  return null;
end
$$;
revoke execute on function private.note_changed_days() from public;
create trigger added_scores_change_their_day after insert on public.score_counts
  referencing new table as changed for each statement execute function private.note_changed_days();
create trigger changed_scores_change_their_day after update on public.score_counts
  referencing new table as changed for each statement execute function private.note_changed_days();
create trigger removed_scores_change_their_day after delete on public.score_counts
  referencing old table as changed for each statement execute function private.note_changed_days();
create trigger added_choices_change_their_day after insert on public.choice_counts
  referencing new table as changed for each statement execute function private.note_changed_days();
create trigger changed_choices_change_their_day after update on public.choice_counts
  referencing new table as changed for each statement execute function private.note_changed_days();
create trigger removed_choices_change_their_day after delete on public.choice_counts
  referencing old table as changed for each statement execute function private.note_changed_days();

-- Rolls up one day of a shop. Rows of changed_days that somebody holds just now stay, and with them the day stays one that
-- reports count anew. A row that is taken here was written by a change that is there to be read: its writer held it until
-- then, and whoever changes the day from now on waits for this one and enters it again.
create function private.roll_up_day(org uuid, rolled date) returns void
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
    and (scope_id = org or scope_id in (select location_id from unnest(taken)));
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

  delete from public.changed_days as c using unnest(taken) as t
  where c.org_id = org and c.day = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;
revoke execute on function private.roll_up_day(uuid, date) from public;

-- Rolls up days that are over, the latest first: those are looked at most. At most so many, and whether there are more.
create function private.roll_up(org uuid, at_most integer) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  days date[] := array(
    select distinct day from public.changed_days
    where org_id = org and day < (clock_timestamp() at time zone 'UTC')::date
    order by day desc limit at_most + 1
  );
begin
  for i in 1 .. least(at_most, cardinality(days)) loop
    perform private.roll_up_day(org, days[i]);
  end loop;
  return cardinality(days) > at_most;
end
$$;
revoke execute on function private.roll_up(uuid, integer) from public;

-- What was counted before this.
insert into public.changed_days (org_id, day, location_id, tablet_id)
select distinct org_id, local_hour::date, location_id, tablet_id from public.score_counts
union
select distinct org_id, local_hour::date, location_id, tablet_id from public.choice_counts;
