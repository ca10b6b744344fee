-- What goes together with the score, as sums that a page can reason from: which factor's score rises and falls with the overall
-- one, which is praised and which blamed. A session's answers count together where place and local day are the same: so what is
-- rolled up of a day and place depends on answers of that day and place alone, and any change of those is in changed_days.

-- The factor that a reason of the survey every shop starts with is about; shops keep versions of it from before reasons said so.
create function private.factor_of_reason(key text) returns text
language sql immutable set search_path = '' as $$
  select case key
    when 'friendly_staff' then 'staff' when 'unhelpful_staff' then 'staff'
    when 'quick' then 'speed' when 'long_wait' then 'speed'
    when 'good_choice' then 'range' when 'missing_items' then 'range'
    when 'fair_price' then 'price' when 'high_price' then 'price'
    when 'pleasant_place' then 'service' when 'untidy' then 'service'
    when 'poor_quality' then 'product'
  end
$$;
revoke execute on function private.factor_of_reason(text) from public;
grant execute on function private.factor_of_reason(text) to authenticated;

create table public.driver_days (
  org_id uuid not null,
  scope_id uuid not null,
  day date not null,
  one text not null,
  other text not null,
  is_flagged boolean not null,
  n integer not null,
  one_sum integer not null,
  other_sum integer not null,
  one_squares integer not null,
  other_squares integer not null,
  products integer not null,
  top_two integer not null,
  praised integer not null,
  blamed integer not null,
  low integer not null,
  constraint driver_days_pair_in_order check (one <= other),
  primary key (org_id, scope_id, day, one, other, is_flagged)
);
comment on table public.driver_days is
  'For two scores of one session (''overall'', or a factor), how often both were given and the sums of them, their squares and products. A score with itself: what is told of it alone.';
comment on column public.driver_days.scope_id is 'A location, or the organization itself for all of them together.';
comment on column public.driver_days.is_flagged is 'Whether an answer of the session is left out of scores by default.';
comment on column public.driver_days.top_two is 'Of a score with itself: how often it was 4 or 5.';
comment on column public.driver_days.praised is 'Of a factor with itself: sessions whose reasons praise it. Of overall: that praise something.';
comment on column public.driver_days.blamed is 'Of a factor with itself: sessions whose reasons blame it. Of overall: that blame something.';
comment on column public.driver_days.low is 'Of a factor with itself: low scores whose reasons blame it. Of overall: low scores with any reason.';

alter table public.driver_days enable row level security;
create policy "team members read their driver days" on public.driver_days
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.driver_days from anon, authenticated;
grant select on public.driver_days to authenticated;

-- Counts one local day of a shop, or of one of its locations, from the answers. Of several answers to one question, or to two about
-- one factor, the session's first is taken. A reason that fits both ways praises with a score of 4 or 5 and blames with a lower one,
-- as it was offered; one without a score beside it does neither.
create function private.count_drivers(org uuid, counted date, location uuid)
returns table (
  location_id uuid, one text, other text, is_flagged boolean, n bigint, one_sum bigint, other_sum bigint, one_squares bigint,
  other_squares bigint, products bigint, top_two bigint, praised bigint, blamed bigint, low bigint
)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
begin
  return query
  with items as materialized (
    select v.id as survey, asked.question ->> 'key' as question,
      coalesce(asked.question ->> 'factor', case when asked.place = 1 then 'overall' end) as item
    from public.survey_versions as v
    cross join lateral jsonb_array_elements(v.definition -> 'questions') with ordinality as asked (question, place)
    where v.org_id = org and asked.question ->> 'type' = 'csat'
  ), reasons as materialized (
    select v.id as survey, question ->> 'key' as question, offered ->> 'key' as choice, offered ->> 'fits' as fits,
      coalesce(offered ->> 'factor', private.factor_of_reason(offered ->> 'key')) as factor
    from public.survey_versions as v
    cross join lateral jsonb_array_elements(v.definition -> 'questions') as question
    cross join lateral jsonb_array_elements(question -> 'choices') as offered
    where v.org_id = org and question ->> 'type' = 'reasons'
  ), taken as materialized (
    select a.session_id, a.location_id, i.item, a.score, a.choices, a.survey_version_id, a.question,
      bool_or(a.flag is not null) over (partition by a.session_id, a.location_id) as is_flagged,
      row_number() over (partition by a.session_id, a.location_id, i.item order by a.occurred_at, a.id) as place
    from public.answers as a
    left join items as i on i.survey = a.survey_version_id and i.question = a.question
    where a.org_id = org and a.type in ('csat', 'reasons') and (location is null or a.location_id = location)
      -- Of a factor that was tapped again the last tap counts.
      and a.flag is distinct from 'changed'
      -- Clocks are 12 hours behind to 14 ahead of UTC; local_at decides exactly.
      and a.occurred_at >= (counted::timestamp - interval '14 hours') at time zone 'UTC'
      and a.occurred_at < (counted::timestamp + interval '36 hours') at time zone 'UTC'
      and a.local_at >= counted::timestamp and a.local_at < (counted + 1)::timestamp
  ), scored as materialized (
    select t.session_id, t.location_id, t.is_flagged, t.item, t.score::integer as score
    from taken as t where t.item is not null and t.place = 1
  ), told as materialized (
    select distinct t.session_id, t.location_id, t.is_flagged, overall.score, r.factor,
      case when r.fits = 'both' then case when overall.score >= 4 then 'up' when overall.score < 4 then 'down' end else r.fits end as way
    from taken as t
    cross join lateral unnest(t.choices) as chosen (choice)
    left join reasons as r on r.survey = t.survey_version_id and r.question = t.question and r.choice = chosen.choice
    left join scored as overall on overall.session_id = t.session_id and overall.location_id = t.location_id and overall.item = 'overall'
    where t.choices is not null
  ), sums as (
    select s.location_id, s.item as one, s.item as other, s.is_flagged, count(*) as n, sum(s.score) as one_sum, sum(s.score) as other_sum,
      sum(s.score * s.score) as one_squares, sum(s.score * s.score) as other_squares, sum(s.score * s.score) as products,
      count(*) filter (where s.score >= 4) as top_two, 0 as praised, 0 as blamed, 0 as low
    from scored as s group by s.location_id, s.item, s.is_flagged
    union all
    select a.location_id, a.item, b.item, a.is_flagged, count(*), sum(a.score), sum(b.score),
      sum(a.score * a.score), sum(b.score * b.score), sum(a.score * b.score), 0, 0, 0, 0
    from scored as a
    join scored as b on b.session_id = a.session_id and b.location_id = a.location_id and b.item > a.item
    group by a.location_id, a.item, b.item, a.is_flagged
    union all
    select t.location_id, t.factor, t.factor, t.is_flagged, 0, 0, 0, 0, 0, 0, 0,
      count(*) filter (where t.way = 'up'), count(*) filter (where t.way = 'down'), count(*) filter (where t.way = 'down' and t.score <= 2)
    from told as t where t.factor is not null group by t.location_id, t.factor, t.is_flagged
    union all
    select t.location_id, 'overall', 'overall', t.is_flagged, 0, 0, 0, 0, 0, 0, 0,
      count(*) filter (where t.has_praised), count(*) filter (where t.has_blamed), count(*) filter (where t.score <= 2)
    from (
      select t.location_id, t.is_flagged, t.score, bool_or(t.way = 'up') as has_praised, bool_or(t.way = 'down') as has_blamed
      from told as t group by t.session_id, t.location_id, t.is_flagged, t.score
    ) as t
    group by t.location_id, t.is_flagged
  )
  select s.location_id, s.one, s.other, s.is_flagged, sum(s.n)::bigint, sum(s.one_sum)::bigint, sum(s.other_sum)::bigint,
    sum(s.one_squares)::bigint, sum(s.other_squares)::bigint, sum(s.products)::bigint, sum(s.top_two)::bigint,
    sum(s.praised)::bigint, sum(s.blamed)::bigint, sum(s.low)::bigint
  from sums as s group by s.location_id, s.one, s.other, s.is_flagged;
end
$$;
revoke execute on function private.count_drivers(uuid, date, uuid) from public;
grant execute on function private.count_drivers(uuid, date, uuid) to authenticated;

-- Rolls up one day: the whole shop, and the locations where something changed. For private.roll_up_day, which holds what says so.
create function private.roll_up_drivers(org uuid, rolled date, changed uuid[]) returns void
language plpgsql volatile set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  delete from public.driver_days where org_id = org and day = rolled and (scope_id = org or scope_id = any (changed));
  insert into public.driver_days (
    org_id, scope_id, day, one, other, is_flagged, n, one_sum, other_sum, one_squares, other_squares, products, top_two, praised, blamed, low
  )
  select org, coalesce(c.location_id, org), rolled, c.one, c.other, c.is_flagged, sum(c.n), sum(c.one_sum), sum(c.other_sum),
    sum(c.one_squares), sum(c.other_squares), sum(c.products), sum(c.top_two), sum(c.praised), sum(c.blamed), sum(c.low)
  from private.count_drivers(org, rolled, null) as c
  where c.location_id in (select id from public.locations where org_id = org)
  group by grouping sets ((c.location_id, c.one, c.other, c.is_flagged), (c.one, c.other, c.is_flagged))
  having grouping(c.location_id) = 1 or c.location_id = any (changed);
end
$$;
revoke execute on function private.roll_up_drivers(uuid, date, uuid[]) from public;

-- The sums of a period of local dates, both ends included; a null location: all. Days are dealt in turn into at most 29 parts,
-- each of all weekdays, so that what changes from day to day can be told from what does not: intervals come from leaving one
-- part out at a time. Each row is [part, one, other, is flagged, n, Σ one, Σ other, Σ one², Σ other², Σ one·other, top two, praised,
-- blamed, low], as driver_days has them.
create function public.report_drivers(org uuid, from_date date, to_date date, location uuid default null) returns jsonb
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  changed date[] := array(
    select distinct c.day from public.changed_days as c
    where c.org_id = org and c.day between from_date and to_date and (location is null or c.location_id = location)
  );
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_array(p.part, p.one, p.other, p.is_flagged, p.n, p.one_sum, p.other_sum, p.one_squares,
        p.other_squares, p.products, p.top_two, p.praised, p.blamed, p.low)
      order by p.part, p.one, p.other, p.is_flagged), '[]')
    from (
      select (days.day - from_date) % 29 as part, days.one, days.other, days.is_flagged, sum(days.n) as n,
        sum(days.one_sum) as one_sum, sum(days.other_sum) as other_sum, sum(days.one_squares) as one_squares,
        sum(days.other_squares) as other_squares, sum(days.products) as products, sum(days.top_two) as top_two,
        sum(days.praised) as praised, sum(days.blamed) as blamed, sum(days.low) as low
      from (
        select d.day, d.one, d.other, d.is_flagged, d.n, d.one_sum, d.other_sum, d.one_squares, d.other_squares, d.products,
          d.top_two, d.praised, d.blamed, d.low
        from public.driver_days as d
        where d.org_id = org and d.scope_id = coalesce(location, org) and d.day between from_date and to_date
          and d.day <> all (changed)
        union all
        select c.day, s.one, s.other, s.is_flagged, s.n, s.one_sum, s.other_sum, s.one_squares, s.other_squares, s.products,
          s.top_two, s.praised, s.blamed, s.low
        from unnest(changed) as c (day) cross join lateral private.count_drivers(org, c.day, location) as s
        where s.location_id in (select l.id from public.locations as l where l.org_id = org)
      ) as days
      group by 1, 2, 3, 4
    ) as p
  );
end
$$;
revoke execute on function public.report_drivers(uuid, date, date, uuid) from public, anon, authenticated;
grant execute on function public.report_drivers(uuid, date, date, uuid) to authenticated;
