-- Every figure split by what is known of an answer besides its place: the language it was given in, whether a member with earlier
-- visits gave it, the reasons its session named, who was on shift. Counts by day, rolled up and opened again with the day.

create table private.split_days (
  org_id uuid not null,
  scope_id uuid not null,
  dimension text not null constraint split_days_dimension_known check (dimension in ('language', 'visitor', 'reason', 'staff')),
  day date not null,
  question text not null,
  type text not null,
  value text not null,
  n integer[] not null constraint split_days_n_by_score check (cardinality(n) = 12),
  n_flagged integer[] constraint split_days_n_flagged_by_score check (cardinality(n_flagged) = 12),
  primary key (org_id, scope_id, dimension, day, question, type, value)
);
comment on column private.split_days.scope_id is
  'A location, or the organization itself for all of them together; of staff only locations, because people are compared where they work.';
comment on column private.split_days.value is
  'A language; new, returning or unknown; a reason; a member of the staff. Reasons and staff overlap: '''' counts what any of them does.';
comment on column private.split_days.n is 'As in score_days: [1] counts −1, …, [12] counts 10.';
alter table private.split_days enable row level security;
revoke all on private.split_days from anon, authenticated;

create index staff_unlocks_of_place on public.staff_unlocks (org_id, location_id, occurred_at);
comment on column public.changed_days.tablet_id is
  'Whose counts changed; an id of nothing where the counts are as they were and something that they are split by changed.';

-- Whether the session of a rating that names this member is a member's first day here or a later one, as far as visits tell.
create function private.visitor_of(org uuid, alias uuid, on_day date) returns text
language plpgsql stable set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  member uuid := case when alias is not null then private.member_named(org, alias) end;
begin
  if member is null then
    return 'unknown';
  end if;
  return case when exists (
    select 1 from public.visits as v where v.org_id = org and v.member_id = member and v.local_at < on_day::timestamp
  ) then 'returning' else 'new' end;
end
$$;
revoke execute on function private.visitor_of(uuid, uuid, date) from public;

-- The scores of one local day, one row for location, question, value and score. Each day stands by itself: a reason belongs to what
-- its session said on the same tablet and day, and somebody was on shift in the hours before, of and after each of their
-- unlockings, check-ins and rewards of that day. places and only_question null: all of them.
create function private.split_cells(org uuid, dimension text, on_day date, places uuid[], only_question text)
returns table (location_id uuid, question text, type text, value text, score smallint, n bigint, flagged bigint)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  starts timestamp := on_day;
  ends timestamp := on_day + 1;
  -- No place is further than that from UTC; months outside are not looked into.
  not_before timestamptz := starts at time zone 'UTC' - interval '15 hours';
  not_after timestamptz := ends at time zone 'UTC' + interval '15 hours';
begin
  if split_cells.dimension = 'language' then
    return query
    select a.location_id, a.question, a.type, a.locale, a.score, count(*), count(a.flag)
    from public.answers as a
    where a.org_id = org and a.occurred_at >= not_before and a.occurred_at < not_after and a.local_at >= starts and a.local_at < ends
      and a.score is not null and (places is null or a.location_id = any (places)) and (only_question is null or a.question = only_question)
    group by a.location_id, a.question, a.type, a.locale, a.score;

  elsif split_cells.dimension = 'visitor' then
    return query
    with scores as materialized (
      select a.location_id, a.question, a.type, a.session_id, a.score, a.flag
      from public.answers as a
      where a.org_id = org and a.occurred_at >= not_before and a.occurred_at < not_after and a.local_at >= starts and a.local_at < ends
        and a.score is not null and (places is null or a.location_id = any (places)) and (only_question is null or a.question = only_question)
    ), raters as materialized (
      -- Of several the first, as everywhere.
      select s.session_id, private.visitor_of(org, told.alias, on_day) as value
      from (select distinct scores.session_id from scores) as s
      cross join lateral (
        select m.alias from public.session_members as m
        where m.org_id = org and m.session_id = s.session_id
        order by m.occurred_at, m.record_id limit 1
      ) as told
    )
    select s.location_id, s.question, s.type, coalesce(r.value, 'unknown'), s.score, count(*), count(s.flag)
    from scores as s left join raters as r on r.session_id = s.session_id
    group by s.location_id, s.question, s.type, coalesce(r.value, 'unknown'), s.score;

  elsif split_cells.dimension = 'reason' then
    return query
    with named as materialized (
      select a.tablet_id, a.session_id, choice
      from public.answers as a cross join lateral (select unnest(a.choices) union all select '') as choices (choice)
      where a.org_id = org and a.occurred_at >= not_before and a.occurred_at < not_after and a.local_at >= starts and a.local_at < ends
        and a.type = 'reasons' and (places is null or a.location_id = any (places))
      group by a.tablet_id, a.session_id, choice
    )
    select a.location_id, a.question, a.type, named.choice, a.score, count(*), count(a.flag)
    from public.answers as a join named on named.session_id = a.session_id and named.tablet_id = a.tablet_id
    where a.org_id = org and a.occurred_at >= not_before and a.occurred_at < not_after and a.local_at >= starts and a.local_at < ends
      and a.score is not null and (places is null or a.location_id = any (places)) and (only_question is null or a.question = only_question)
    group by a.location_id, a.question, a.type, named.choice, a.score;

  elsif split_cells.dimension = 'staff' then
    return query
    with acts as (
      select l.id as location_id, u.staff_id, date_trunc('hour', u.occurred_at at time zone l.time_zone) as hour
      from public.locations as l join public.staff_unlocks as u on u.org_id = l.org_id and u.location_id = l.id
      where l.org_id = org and (places is null or l.id = any (places)) and u.occurred_at >= not_before and u.occurred_at < not_after and u.clock <> 'receipt'
      union
      select v.location_id, v.staff_id, date_trunc('hour', v.local_at)
      from public.visits as v
      where v.org_id = org and v.occurred_at >= not_before and v.occurred_at < not_after and v.clock <> 'receipt'
        and v.staff_id is not null and (places is null or v.location_id = any (places))
      union
      select r.location_id, r.staff_id, date_trunc('hour', r.local_at)
      from public.redemptions as r
      where r.org_id = org and r.occurred_at >= not_before and r.occurred_at < not_after and r.clock <> 'receipt'
        and r.staff_id is not null and (places is null or r.location_id = any (places))
    ), shifts as materialized (
      select acts.location_id, acts.hour + step * interval '1 hour' as hour, who.value
      from acts cross join generate_series(-1, 1) as step cross join lateral (values (acts.staff_id::text), ('')) as who (value)
      where acts.hour >= starts and acts.hour < ends
      group by 1, 2, 3
    )
    select c.location_id, c.question, c.type, shifts.value, c.score, sum(c.n), sum(c.n_flagged)
    from shifts join public.score_counts as c on c.org_id = org and c.location_id = shifts.location_id and c.local_hour = shifts.hour
    where shifts.hour >= starts and shifts.hour < ends and (only_question is null or c.question = only_question)
    group by c.location_id, c.question, c.type, shifts.value, c.score;
  end if;
end
$$;
revoke execute on function private.split_cells(uuid, text, date, uuid[], text) from public;

-- Part of private.roll_up_day, which holds the rows of changed_days that name these places.
create function private.roll_up_splits(org uuid, rolled date, places uuid[]) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  dimensions constant text[] := array['language', 'visitor', 'reason', 'staff'];
begin
  delete from private.split_days as d
  where d.org_id = org and d.scope_id = any (org || places) and d.dimension = any (dimensions) and d.day = rolled;
  insert into private.split_days (org_id, scope_id, dimension, day, question, type, value, n, n_flagged)
  select org, coalesce(c.location_id, org), dimension, rolled, c.question, c.type, c.value, array[
    coalesce(sum(c.n) filter (where c.score = -1), 0)::integer, coalesce(sum(c.n) filter (where c.score = 0), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 1), 0)::integer, coalesce(sum(c.n) filter (where c.score = 2), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 3), 0)::integer, coalesce(sum(c.n) filter (where c.score = 4), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 5), 0)::integer, coalesce(sum(c.n) filter (where c.score = 6), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 7), 0)::integer, coalesce(sum(c.n) filter (where c.score = 8), 0)::integer,
    coalesce(sum(c.n) filter (where c.score = 9), 0)::integer, coalesce(sum(c.n) filter (where c.score = 10), 0)::integer
  ],
    case when sum(c.flagged) > 0 then array[
    coalesce(sum(c.flagged) filter (where c.score = -1), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 0), 0)::integer,
    coalesce(sum(c.flagged) filter (where c.score = 1), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 2), 0)::integer,
    coalesce(sum(c.flagged) filter (where c.score = 3), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 4), 0)::integer,
    coalesce(sum(c.flagged) filter (where c.score = 5), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 6), 0)::integer,
    coalesce(sum(c.flagged) filter (where c.score = 7), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 8), 0)::integer,
    coalesce(sum(c.flagged) filter (where c.score = 9), 0)::integer, coalesce(sum(c.flagged) filter (where c.score = 10), 0)::integer
  ] end
  from unnest(dimensions) as dimension cross join lateral private.split_cells(org, dimension, rolled, null, null) as c
  group by grouping sets ((dimension, c.location_id, c.question, c.type, c.value), (dimension, c.question, c.type, c.value))
  having case when grouping(c.location_id) = 1 then dimension <> 'staff' else c.location_id = any (places) end;
end
$$;
revoke execute on function private.roll_up_splits(uuid, date, uuid[]) from public;

-- What a period of local dates, both ends included, counted for one question, by value of a dimension: language, visitor, reason, or
-- staff, which only owners and managers may ask, and of one location. A count is [score, n, n flagged]. Definer, because
-- whose visits and ratings they were is not for everybody to read, and only counts are told. Outcomes: ok, one_place (staff
-- without a location), bad_dimension, forbidden.
create function public.report_split(
  org uuid, dimension text, from_date date, to_date date, question text, location uuid default null, region text default null
) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  places uuid[];
  scopes uuid[];
  changed date[];
begin
  if not private.has_role(org, 'owner', 'manager') and (report_split.dimension = 'staff' or not private.has_role(org, 'analyst')) then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if report_split.dimension is null or report_split.dimension not in ('language', 'visitor', 'reason', 'staff') then
    return jsonb_build_object('outcome', 'bad_dimension');
  end if;
  if report_split.dimension = 'staff' and report_split.location is null then
    return jsonb_build_object('outcome', 'one_place');
  end if;
  if report_split.location is not null then
    places := array[report_split.location];
  elsif report_split.region is not null then
    places := array(select l.id from public.locations as l where l.org_id = org and l.region = report_split.region);
  end if;
  scopes := coalesce(places, array[org]);
  changed := array(select distinct c.day from public.changed_days as c where c.org_id = org and c.day between from_date and to_date);
  return (
    with counted as (
      select cells.type, cells.value, cell.place::integer - 2 as score, cell.n, coalesce(cell.flagged, 0) as flagged
      from (
        select d.type, d.value,
          array[sum(d.n[1]), sum(d.n[2]), sum(d.n[3]), sum(d.n[4]), sum(d.n[5]), sum(d.n[6]), sum(d.n[7]), sum(d.n[8]), sum(d.n[9]), sum(d.n[10]), sum(d.n[11]), sum(d.n[12])] as n,
          case when count(d.n_flagged) > 0 then
            array[sum(d.n_flagged[1]), sum(d.n_flagged[2]), sum(d.n_flagged[3]), sum(d.n_flagged[4]), sum(d.n_flagged[5]), sum(d.n_flagged[6]), sum(d.n_flagged[7]), sum(d.n_flagged[8]), sum(d.n_flagged[9]), sum(d.n_flagged[10]), sum(d.n_flagged[11]), sum(d.n_flagged[12])] end as flagged
        from private.split_days as d
        where d.org_id = org and d.scope_id = any (scopes) and d.dimension = report_split.dimension
          and d.day between from_date and to_date and d.question = report_split.question and d.day <> all (changed)
        group by d.type, d.value
      ) as cells cross join lateral unnest(cells.n, cells.flagged) with ordinality as cell (n, flagged, place)
      where cell.n > 0
      union all
      select c.type, c.value, c.score, c.n, c.flagged
      from unnest(changed) as day
      cross join lateral private.split_cells(org, report_split.dimension, day, places, report_split.question) as c
    ), told as (
      select type, value, jsonb_agg(jsonb_build_array(score, n, flagged) order by score) as counts
      from (select type, value, score, sum(n) as n, sum(flagged) as flagged from counted group by type, value, score) as by_score
      group by type, value
    )
    select jsonb_build_object('outcome', 'ok', 'values', coalesce(jsonb_agg(jsonb_build_object(
      'value', told.value, 'type', told.type, 'counts', told.counts,
      'name', case when report_split.dimension = 'staff' then (
        select s.name from public.staff as s where s.org_id = org and s.id::text = told.value
      ) end
    ) order by told.value, told.type), '[]'))
    from told
  );
end
$$;
revoke execute on function public.report_split(uuid, text, date, date, text, uuid, text) from public, anon, authenticated;
grant execute on function public.report_split(uuid, text, date, date, text, uuid, text) to authenticated;
