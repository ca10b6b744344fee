-- The page of scores can look at a region: all its locations together, from what is rolled up of each. Regions are words that the
-- owner gives locations, and a location that changes its region takes its past with it, as it does wherever places are compared.

create function private.locations_of_region(org uuid, region text) returns uuid[]
language sql stable set search_path = '' as $$
  select array(select l.id from public.locations as l where l.org_id = org and l.region = locations_of_region.region order by l.id)
$$;
revoke execute on function private.locations_of_region(uuid, text) from public;
grant execute on function private.locations_of_region(uuid, text) to authenticated;

-- As report_scores, of the locations of a region.
create function public.report_region_scores(
  org uuid, region text, from_date date, to_date date, only_question text default null, only_days boolean default false
) returns json
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  locations constant uuid[] := private.locations_of_region(org, region);
begin
  return json_build_object(
    'days', coalesce((
      select json_agg(json_build_array(d.question, d.type, d.day, d.n, d.n_flagged) order by d.question, d.day)
      from private.day_counts(org, from_date, to_date, locations, null, only_question) as d
      -- Of no locations it would count the whole shop.
      where cardinality(locations) > 0
    ), '[]'),
    'hours', coalesce((
      select json_agg(json_build_array(h.question, h.cell / 288 + 1, h.cell / 12 % 24, h.cell % 12 - 1, h.n, h.n_flagged) order by h.question, h.cell)
      from (
        select w.question, w.cell, sum(w.n) as n, sum(w.n_flagged) as n_flagged
        from unnest(locations) as place (id)
        cross join lateral private.weekday_counts(org, from_date, to_date, place.id, null, only_question) as w
        where not only_days
        group by w.question, w.cell having sum(w.n) > 0
      ) as h
    ), '[]'),
    'choices', coalesce((
      select json_agg(json_build_object('question', c.question, 'choice', c.choice, 'n', c.n, 'flagged', c.n_flagged)
        order by c.question, c.n desc, c.choice)
      from (
        select t.question, t.choice, sum(t.n) as n, sum(t.n_flagged) as n_flagged
        from unnest(locations) as place (id)
        cross join lateral private.choices_told(org, from_date, to_date, place.id, null, only_question) as t
        where not only_days
        group by t.question, t.choice having sum(t.n) > 0
      ) as c
    ), '[]')
  );
end
$$;
revoke execute on function public.report_region_scores(uuid, text, date, date, text, boolean) from public, anon, authenticated;
grant execute on function public.report_region_scores(uuid, text, date, date, text, boolean) to authenticated;

-- As before; wanted may name a region.
create or replace function public.search_comments(org uuid, wanted text, before text default null, page_size integer default 20) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
declare
  asked jsonb := wanted;
  from_date date := asked ->> 'from';
  to_date date := asked ->> 'to';
  location uuid := asked ->> 'location';
  locations uuid[] := case when asked ? 'region' then private.locations_of_region(org, asked ->> 'region') end;
  tablet uuid := asked ->> 'tablet';
  in_locale text := asked ->> 'locale';
  flagged boolean := asked ->> 'flagged';
  scores jsonb := asked -> 'scores';
  reason text := asked ->> 'reason';
  with_tag text := asked ->> 'tag';
  starred boolean := coalesce((asked ->> 'starred')::boolean, false);
  queries tsquery[] := private.word_queries(org, asked ->> 'search');
  query tsquery;
  mark record;
  size integer := least(greatest(coalesce(page_size, 20), 1), 200);
  most constant integer := 10000;
  reply jsonb;
begin
  -- Strangers read what a search for three dots finds, which hold no word.
  if org not in (select private.member_organizations()) or asked ->> 'search' ~ '\S' and queries is null then
    return jsonb_build_object('comments', '[]'::jsonb, 'next', null, 'total', 0, 'is_more', false);
  end if;
  for index in 1..coalesce(cardinality(queries), 0) loop
    query := case when query is null then queries[index] else query && queries[index] end;
  end loop;
  select * into mark from private.read_page_mark(before);

  with fitting as materialized (
    select w.answer_id as id, w.occurred_at, row_number() over (order by w.occurred_at desc, w.answer_id desc) as place
    from public.comment_words as w
    where w.org_id = org
      -- A day of slack on both sides keeps the index useful, in UTC whatever zone the caller asked for; local_at then
      -- decides exactly.
      and (from_date is null or w.occurred_at >= (from_date - 1)::timestamp at time zone 'UTC' and w.local_at >= from_date)
      and (to_date is null or w.occurred_at < (to_date + 2)::timestamp at time zone 'UTC' and w.local_at < to_date + 1)
      and (before is null or (w.occurred_at, w.answer_id) < (mark.at, mark.id))
      and (location is null or w.location_id = location)
      and (locations is null or w.location_id = any (locations))
      and (tablet is null or w.tablet_id = tablet)
      and (in_locale is null or w.locale = in_locale)
      and (query is null or w.words @@ query)
      and (scores is null or w.score between (scores -> w.score_type ->> 0)::integer and (scores -> w.score_type ->> 1)::integer)
      -- One by one with a limit, or a join could come to read all answers.
      and (flagged is null or (
        select (a.flag is not null) = flagged from public.answers as a
        where a.org_id = org and a.occurred_at = w.occurred_at and a.id = w.answer_id limit 1))
      and (with_tag is null or w.answer_id in (
        select m.answer_id from public.comment_marks as m where m.org_id = org and m.kind = 'tag' and m.tag = with_tag))
      and (not starred or w.answer_id in (
        select m.answer_id from public.comment_marks as m where m.org_id = org and m.kind = 'star'))
      and (reason is null or w.choices @> array[reason])
    order by w.occurred_at desc, w.answer_id desc
    limit case when before is null then most + 1 else size + 1 end
  ), shown as (
    select a.*
    from (select f.id, f.occurred_at from fitting as f where f.place <= size limit size) as first
    cross join lateral (
      select a.id, a.occurred_at, a.local_at, a.location_id, a.tablet_id, a.session_id, a.comment, a.locale, a.flag
      from public.answers as a where a.org_id = org and a.occurred_at = first.occurred_at and a.id = first.id limit 1
    ) as a
  )
  select jsonb_build_object(
    'comments', coalesce(jsonb_agg(jsonb_build_object(
      'id', shown.id, 'occurred_at', shown.occurred_at, 'local_at', shown.local_at,
      'location', shown.location_id, 'tablet', shown.tablet_id, 'text', shown.comment, 'locale', shown.locale, 'flag', shown.flag,
      'score', private.session_score(org, shown.session_id, shown.occurred_at),
      'choices', (
        select to_jsonb(r.choices) from public.answers as r
        where r.org_id = org and r.session_id = shown.session_id and r.choices is not null
          and r.occurred_at between shown.occurred_at - interval '1 hour' and shown.occurred_at + interval '1 hour'
        order by r.occurred_at, r.id limit 1
      ),
      'starred', exists (
        select 1 from public.comment_marks as m where m.org_id = org and m.answer_id = shown.id and m.kind = 'star'),
      'tags', (
        select coalesce(jsonb_agg(m.tag order by m.created_at, m.tag), '[]') from public.comment_marks as m
        where m.org_id = org and m.answer_id = shown.id and m.kind = 'tag'
      ),
      'hits', private.hits(org, shown.comment, queries)
    ) order by shown.occurred_at desc, shown.id desc), '[]'),
    'next', case when (select max(fitting.place) from fitting) > size then (
      select private.page_mark(f.occurred_at, f.id) from fitting as f where f.place = size
    ) end,
    'total', case when before is null then (select least(count(*), most) from fitting) end,
    'is_more', before is null and (select count(*) from fitting) > most
  ) into reply from shown;
  return reply;
end
$$;
