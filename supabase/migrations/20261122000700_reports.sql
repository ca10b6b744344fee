-- Reports return counts; intervals and tests are src/domain/statistics. Each is one jsonb value, so that no row
-- limit of the API can cut it short, and runs as the reader, so that the policies decide what is counted.

-- Scores and chosen reasons of a period of local dates, both ends included; null location, tablet or question: all.
-- n counts every answer, flagged how many of them are left out by default.
create function public.report_answers(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null, only_question text default null
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with scores as materialized (
    select question, type, local_hour, score, n, n_flagged
    from public.score_counts
    where org_id = org
      and local_hour >= from_date and local_hour < to_date + 1
      and (location is null or location_id = location)
      and (tablet is null or tablet_id = tablet)
      and (only_question is null or question = only_question)
  ), choices as (
    select question, choice, sum(n) as n, sum(n_flagged) as flagged
    from public.choice_counts
    where org_id = org
      and local_hour >= from_date and local_hour < to_date + 1
      and (location is null or location_id = location)
      and (tablet is null or tablet_id = tablet)
      and (only_question is null or question = only_question)
    group by question, choice
  )
  select jsonb_build_object(
    'scores', coalesce((
      select jsonb_agg(jsonb_build_object('question', question, 'type', type, 'score', score, 'n', n, 'flagged', flagged)
        order by question, score)
      from (
        select question, type, score, sum(n) as n, sum(n_flagged) as flagged from scores group by question, type, score
      ) as by_score
    ), '[]'),
    'days', coalesce((
      select jsonb_agg(jsonb_build_object('question', question, 'day', day, 'score', score, 'n', n, 'flagged', flagged)
        order by question, day, score)
      from (
        select question, local_hour::date as day, score, sum(n) as n, sum(n_flagged) as flagged
        from scores group by question, local_hour::date, score
      ) as by_day
    ), '[]'),
    'hours', coalesce((
      select jsonb_agg(jsonb_build_object(
          'question', question, 'weekday', weekday, 'hour', hour, 'score', score, 'n', n, 'flagged', flagged)
        order by question, weekday, hour, score)
      from (
        select question, extract(isodow from local_hour)::integer as weekday,
          extract(hour from local_hour)::integer as hour, score, sum(n) as n, sum(n_flagged) as flagged
        from scores group by question, weekday, hour, score
      ) as by_hour
    ), '[]'),
    'choices', coalesce((
      select jsonb_agg(jsonb_build_object('question', question, 'choice', choice, 'n', n, 'flagged', flagged)
        order by question, n desc, choice)
      from choices
    ), '[]')
  )
$$;
revoke execute on function public.report_answers(uuid, date, date, uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.report_answers(uuid, date, date, uuid, uuid, text) to authenticated;

-- The newest comments first, each with the first score of its session. Pages are stable: pass the occurred_at and
-- id of the last one seen.
create function public.report_comments(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null,
  before_at timestamptz default null, before_id uuid default null, page_size integer default 20
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', page.id, 'occurred_at', page.occurred_at, 'local_at', page.local_at,
    'location', page.location_id, 'tablet', page.tablet_id,
    'text', page.comment, 'locale', page.locale, 'flag', page.flag,
    'score', (
      select jsonb_build_object('type', rating.type, 'score', rating.score)
      from public.answers as rating
      where rating.org_id = org and rating.session_id = page.session_id and rating.score is not null
      order by (rating.type = 'csat') desc, rating.occurred_at, rating.id
      limit 1
    ),
    'choices', (
      select to_jsonb(reasons.choices)
      from public.answers as reasons
      where reasons.org_id = org and reasons.session_id = page.session_id and reasons.choices is not null
      order by reasons.occurred_at, reasons.id
      limit 1
    )
  ) order by page.occurred_at desc, page.id desc), '[]')
  from (
    select id, occurred_at, local_at, location_id, tablet_id, session_id, comment, locale, flag
    from public.answers
    where org_id = org and comment is not null
      -- A day of slack on both sides keeps the index useful, in UTC whatever zone the caller asked for; local_at then
      -- decides exactly.
      and occurred_at >= (from_date - 1)::timestamp at time zone 'UTC'
      and occurred_at < (to_date + 2)::timestamp at time zone 'UTC'
      and local_at >= from_date and local_at < to_date + 1
      and (location is null or location_id = location)
      and (tablet is null or tablet_id = tablet)
      and (before_at is null or (occurred_at, id) < (before_at, before_id))
    order by occurred_at desc, id desc
    limit least(greatest(page_size, 1), 200)
  ) as page
$$;
revoke execute on function public.report_comments(uuid, date, date, uuid, uuid, timestamptz, uuid, integer)
  from public, anon, authenticated;
grant execute on function public.report_comments(uuid, date, date, uuid, uuid, timestamptz, uuid, integer) to authenticated;

-- One row a pairing. missing = made, but neither received nor said to be waiting or in quarantine on the tablet.
create function public.report_tablets(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'tablet', tablets.id, 'name', tablets.name, 'kind', tablets.kind,
    'location', tablets.location_id,
    'pairing', pairings.id, 'paired_at', pairings.created_at, 'revoked_at', pairings.revoked_at,
    'made', coalesce(pairings.made, 0), 'received', coalesce(pairings.received, 0),
    'waiting', coalesce(pairings.waiting, 0), 'quarantined', coalesce(pairings.quarantined, 0),
    'missing', greatest(0, coalesce(pairings.made - pairings.received - pairings.waiting - pairings.quarantined, 0)),
    'seq_clashes', coalesce(pairings.seq_clashes, 0),
    'last_seen_at', pairings.last_seen_at, 'last_received_at', pairings.last_received_at,
    'app_version', pairings.app_version
  ) order by tablets.created_at, tablets.id, pairings.created_at), '[]')
  from public.tablets
  left join public.pairings on pairings.org_id = tablets.org_id and pairings.tablet_id = tablets.id
  where tablets.org_id = org
$$;
revoke execute on function public.report_tablets(uuid) from public, anon, authenticated;
grant execute on function public.report_tablets(uuid) to authenticated;

-- A text that changes when anything a report shows may have changed: cheap enough to ask every few seconds.
create function public.report_pulse(org uuid) returns text
language sql stable security invoker set search_path = '' as $$
  select concat_ws(':', count(*), sum(received), sum(made), sum(waiting), sum(quarantined),
    extract(epoch from max(last_received_at)), extract(epoch from max(last_seen_at)), count(revoked_at))
  from public.pairings where org_id = org
$$;
revoke execute on function public.report_pulse(uuid) from public, anon, authenticated;
grant execute on function public.report_pulse(uuid) to authenticated;
