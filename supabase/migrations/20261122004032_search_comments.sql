-- What a session scored: its first CSAT, else NPS, else expectation. Within the hour around one of its answers, as flags are.
create function private.session_score(org uuid, session uuid, around timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('type', a.type, 'score', a.score) from public.answers as a
  where a.org_id = org and a.session_id = session and a.score is not null
    and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
  order by array_position(array['csat', 'nps', 'expectation'], a.type), a.occurred_at, a.id limit 1
$$;
revoke execute on function private.session_score(uuid, uuid, timestamptz) from public;
grant execute on function private.session_score(uuid, uuid, timestamptz) to authenticated;

-- Whether a score lies in one of the ranges, {"csat": [1, 2], "nps": [0, 6]}, both ends included.
create function private.score_within(score jsonb, ranges jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce((score ->> 'score')::integer between (within ->> 0)::integer and (within ->> 1)::integer, false)
  from (select ranges -> (score ->> 'type') as within) as ranges
$$;
revoke execute on function private.score_within(jsonb, jsonb) from public;
grant execute on function private.score_within(jsonb, jsonb) to authenticated;

-- Comments that still have their words, the newest first. wanted is an object as text, each of its fields may be missing:
-- search, from and to (local dates, both included), location, tablet, locale, flagged (true: only those, false: without),
-- scores (private.score_within), reason, tag, starred. Pages are stable: pass what next says. total counts what fits, up to
-- 10,000 (is_more says that there are more), and is null on later pages.
--
-- Planned anew each time, so that what is not asked for is not in the plan.
create function public.search_comments(org uuid, wanted text, before text default null, page_size integer default 20) returns jsonb
language plpgsql stable security invoker set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  asked jsonb := wanted;
  from_date date := asked ->> 'from';
  to_date date := asked ->> 'to';
  location uuid := asked ->> 'location';
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
  -- What holds no word, such as three dots, is in no comment.
  if asked ->> 'search' ~ '\S' and queries is null then
    return jsonb_build_object('comments', '[]'::jsonb, 'next', null, 'total', 0, 'is_more', false);
  end if;
  for index in 1..coalesce(cardinality(queries), 0) loop
    query := case when query is null then queries[index] else query && queries[index] end;
  end loop;
  select * into mark from private.read_page_mark(before);

  with fitting as materialized (
    select a.id, a.occurred_at, row_number() over (order by a.occurred_at desc, a.id desc) as place
    from public.answers as a
    where a.org_id = org and a.comment <> '…'
      -- A day of slack on both sides keeps the index useful, in UTC whatever zone the caller asked for; local_at then
      -- decides exactly.
      and (from_date is null or a.occurred_at >= (from_date - 1)::timestamp at time zone 'UTC' and a.local_at >= from_date)
      and (to_date is null or a.occurred_at < (to_date + 2)::timestamp at time zone 'UTC' and a.local_at < to_date + 1)
      and (before is null or (a.occurred_at, a.id) < (mark.at, mark.id))
      and (location is null or a.location_id = location)
      and (tablet is null or a.tablet_id = tablet)
      and (in_locale is null or a.locale = in_locale)
      and (flagged is null or (a.flag is not null) = flagged)
      and (query is null or a.id in (
        select w.answer_id from public.comment_words as w where w.org_id = org and w.words @@ query))
      and (with_tag is null or a.id in (
        select m.answer_id from public.comment_marks as m where m.org_id = org and m.kind = 'tag' and m.tag = with_tag))
      and (not starred or a.id in (
        select m.answer_id from public.comment_marks as m where m.org_id = org and m.kind = 'star'))
      and (reason is null or exists (
        select 1 from public.answers as r
        where r.org_id = org and r.session_id = a.session_id and r.choices @> array[reason]
          and r.occurred_at between a.occurred_at - interval '1 hour' and a.occurred_at + interval '1 hour'))
      and (scores is null or private.score_within(private.session_score(org, a.session_id, a.occurred_at), scores))
    order by a.occurred_at desc, a.id desc
    limit case when before is null then most + 1 else size + 1 end
  ), shown as (
    select a.id, a.occurred_at, a.local_at, a.location_id, a.tablet_id, a.session_id, a.comment, a.locale, a.flag
    from fitting join public.answers as a on a.org_id = org and a.occurred_at = fitting.occurred_at and a.id = fitting.id
    where fitting.place <= size
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
revoke execute on function public.search_comments(uuid, text, text, integer) from public, anon, authenticated;
grant execute on function public.search_comments(uuid, text, text, integer) to authenticated;
