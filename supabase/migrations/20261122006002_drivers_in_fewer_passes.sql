-- As before, in fewer passes: of answers that nobody flagged nothing is asked twice, and pairs are looked for only where a survey has
-- two scores. Nothing tells the planner how many answers a day has, and one loop in another over them takes minutes.
-- Counts one local day of a shop, or of one of its locations, from the answers. Of several answers to one question, or to two about
-- one factor, the session's first is taken. A reason that fits both ways praises with a score of 4 or 5 and blames with a lower one,
-- as it was offered; one without a score beside it does neither.
create or replace function private.count_drivers(org uuid, counted date, location uuid)
returns table (
  location_id uuid, one text, other text, is_flagged boolean, n bigint, one_sum bigint, other_sum bigint, one_squares bigint,
  other_squares bigint, products bigint, top_two bigint, praised bigint, blamed bigint, low bigint
)
language plpgsql stable set search_path = '' set jit = off set plan_cache_mode = force_custom_plan set work_mem = '32MB' set enable_nestloop = off as $$
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
    select a.session_id, a.location_id, a.survey_version_id, a.question, a.type, a.score, a.choices, a.flag is not null as is_flagged,
      a.occurred_at, a.id
    from public.answers as a
    where a.org_id = org and a.type in ('csat', 'reasons') and (location is null or a.location_id = location)
      -- Of a factor that was tapped again the last tap counts.
      and a.flag is distinct from 'changed'
      -- Clocks are 12 hours behind to 14 ahead of UTC; local_at decides exactly.
      and a.occurred_at >= (counted::timestamp - interval '14 hours') at time zone 'UTC'
      and a.occurred_at < (counted::timestamp + interval '36 hours') at time zone 'UTC'
      and a.local_at >= counted::timestamp and a.local_at < (counted + 1)::timestamp
  ), flagged as materialized (
    select distinct t.session_id, t.location_id from taken as t where t.is_flagged
  ), scored as materialized (
    select s.session_id, s.location_id, f.session_id is not null as is_flagged, s.item, s.score
    from (
      select distinct on (t.session_id, t.location_id, i.item) t.session_id, t.location_id, i.item, t.score::integer as score
      from taken as t join items as i on i.survey = t.survey_version_id and i.question = t.question
      where t.type = 'csat' and i.item is not null
      order by t.session_id, t.location_id, i.item, t.occurred_at, t.id
    ) as s
    left join flagged as f on f.session_id = s.session_id and f.location_id = s.location_id
  ), told as materialized (
    select distinct t.session_id, t.location_id, f.session_id is not null as is_flagged, overall.score, r.factor,
      case when r.fits = 'both' then case when overall.score >= 4 then 'up' when overall.score < 4 then 'down' end else r.fits end as way
    from taken as t
    cross join lateral unnest(t.choices) as chosen (choice)
    left join flagged as f on f.session_id = t.session_id and f.location_id = t.location_id
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
    where (select count(distinct i.item) > 1 from items as i)
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
