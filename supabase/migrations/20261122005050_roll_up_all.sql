-- As before, and into the months, the splits, and what goes together with the score.
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
  perform private.roll_up_splits(org, rolled, array(select distinct location_id from unnest(taken)));
  perform private.roll_up_drivers(org, rolled, array(select distinct location_id from unnest(taken)));
  insert into public.changed_months as known (org_id, month, location_id, tablet_id)
  select org, date_trunc('month', rolled::timestamp), t.location_id, t.tablet_id from unnest(taken) as t
  order by 3, 4
  on conflict (org_id, month, location_id, tablet_id) do update set changes = known.changes + 1;
  delete from public.changed_days as c using unnest(taken) as t
  where c.org_id = org and c.day = rolled and c.location_id = t.location_id and c.tablet_id = t.tablet_id;
end
$$;

-- As before, and then a month that is over and has no day to wait for. For about a second at most, for a day of a large chain
-- takes a good part of one and a tablet may be waiting. The latest month first; of its days the earliest first, for a day at the
-- end of its month's running sums is the least work. At most so many days, and whether there is more to do.
create or replace function private.roll_up(org uuid, at_most integer) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  begun constant timestamptz := clock_timestamp();
  today constant date := (begun at time zone 'UTC')::date;
  days date[] := array(
    select distinct day from public.changed_days
    where org_id = org and day < today
    order by day desc limit at_most + 1
  );
  months date[];
begin
  days := array(select day from unnest(days) as day order by date_trunc('month', day::timestamp) desc, day);
  for i in 1 .. least(at_most, cardinality(days)) loop
    perform private.roll_up_day(org, days[i]);
    if clock_timestamp() > begun + interval '1 second' then
      return true;
    end if;
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

-- What the session of a comment scored, as session_score has it, and chose.
create or replace function private.session_told(org uuid, session uuid, around timestamptz, out score_type text, out score smallint, out choices text[])
language sql stable set search_path = '' set enable_seqscan = off as $$
  select told.score ->> 'type', (told.score ->> 'score')::smallint, (
    select array_agg(distinct chosen.choice)
    from public.answers as a cross join lateral unnest(a.choices) as chosen (choice)
    where a.org_id = org and a.session_id = session
      and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
  )
  from private.session_score(org, session, around) as told (score)
$$;
