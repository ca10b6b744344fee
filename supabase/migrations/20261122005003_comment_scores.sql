-- Comments are searched where their words are: beside them stands what a search may ask for, so that it reads no answer but those it
-- shows. A search runs as its owner once it knows who asks, because a policy would not let the index of words be used: "contains
-- a word" is no comparison that is known to leak nothing.

alter table public.comment_words
  add session_id uuid,
  add location_id uuid,
  add tablet_id uuid,
  add local_at timestamp,
  add locale text,
  add score_type text,
  add score smallint,
  add choices text[];
comment on column public.comment_words.score is 'What its session scored, as private.session_score has it; null while it scored nothing.';
comment on column public.comment_words.choices is 'The reasons its session chose; null while it chose none.';

-- What the session of a comment scored and chose.
create function private.session_told(org uuid, session uuid, around timestamptz, out score_type text, out score smallint, out choices text[])
language sql stable set search_path = '' set enable_seqscan = off as $$
  select (array_agg(a.type order by array_position(array['csat', 'nps', 'expectation'], a.type), a.occurred_at, a.id)
      filter (where a.score is not null))[1],
    (array_agg(a.score order by array_position(array['csat', 'nps', 'expectation'], a.type), a.occurred_at, a.id)
      filter (where a.score is not null))[1],
    array_agg(distinct chosen.choice) filter (where chosen.choice is not null)
  from public.answers as a left join lateral unnest(a.choices) as chosen (choice) on true
  where a.org_id = org and a.session_id = session
    and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
$$;
revoke execute on function private.session_told(uuid, uuid, timestamptz) from public;

update public.comment_words as w set
  session_id = a.session_id, location_id = a.location_id, tablet_id = a.tablet_id, local_at = a.local_at, locale = a.locale,
  score_type = told.score_type, score = told.score, choices = told.choices
from public.answers as a cross join lateral private.session_told(a.org_id, a.session_id, a.occurred_at) as told
where a.org_id = w.org_id and a.occurred_at = w.occurred_at and a.id = w.answer_id;

alter table public.comment_words
  alter session_id set not null,
  alter location_id set not null,
  alter tablet_id set not null,
  alter local_at set not null,
  alter locale set not null;
create index comment_words_by_time on public.comment_words (org_id, occurred_at desc, answer_id desc);
create index comment_words_of_location on public.comment_words (org_id, location_id, occurred_at desc, answer_id desc);
create index comment_words_of_tablet on public.comment_words (org_id, tablet_id, occurred_at desc, answer_id desc);
create index comment_words_of_session on public.comment_words (org_id, session_id);

-- As before, with what stands beside.
create or replace function private.keep_comment_words() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.comment = private.emptied_comment() then
    delete from public.comment_words as w where w.org_id = new.org_id and w.answer_id = new.id;
  else
    insert into public.comment_words as w (org_id, answer_id, occurred_at, words, session_id, location_id, tablet_id, local_at, locale,
      score_type, score, choices)
    select new.org_id, new.id, new.occurred_at, private.comment_vector(new.org_id, new.comment), new.session_id, new.location_id,
      new.tablet_id, new.local_at, new.locale, told.score_type, told.score, told.choices
    from private.session_told(new.org_id, new.session_id, new.occurred_at) as told;
  end if;
  return null;
end
$$;

-- What arrives after its session's comment.
create function private.complete_comments() returns trigger
language plpgsql set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  update public.comment_words as w set (score_type, score, choices) = (
    select told.score_type, told.score, told.choices from private.session_told(w.org_id, w.session_id, w.occurred_at) as told
  )
  from (select distinct org_id, session_id from added where score is not null or choices is not null) as session
  where w.org_id = session.org_id and w.session_id = session.session_id;
  return null;
end
$$;
revoke execute on function private.complete_comments() from public;
create trigger later_answers_stand_beside_their_comments after insert on public.answers
  referencing new table as added for each statement execute function private.complete_comments();

-- As before, from one table.
create or replace function public.search_comments(org uuid, wanted text, before text default null, page_size integer default 20) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
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
