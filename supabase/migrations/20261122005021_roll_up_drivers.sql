-- As before, and what goes together with the score.
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

  perform private.roll_up_drivers(org, rolled, array(select location_id from unnest(taken)));

  delete from public.changed_days as c using unnest(taken) as t
  where c.org_id = org and c.day = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;

-- What was answered before this is rolled up once more.
insert into public.changed_days as known (org_id, day, location_id, tablet_id)
select distinct org_id, local_hour::date, location_id, tablet_id from public.score_counts
union
select distinct org_id, local_hour::date, location_id, tablet_id from public.choice_counts
order by 1, 2, 3, 4
on conflict (org_id, day, location_id, tablet_id) do update set changes = known.changes + 1;
