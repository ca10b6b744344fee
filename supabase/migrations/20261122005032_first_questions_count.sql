-- Cases, alerts and the score of a session are about the first question alone.

-- As before, of the first question.
create or replace function private.open_case_of_session(org uuid, session uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  first_alias uuid := (
    select s.alias from public.session_members as s
    where s.org_id = org and s.session_id = session order by s.occurred_at, s.record_id limit 1
  );
  whose uuid := private.living_member(org, private.member_named(org, first_alias));
  rating public.answers;
begin
  if whose is null then
    return;
  end if;
  select a.* into rating from public.answers as a
  where a.org_id = org and a.session_id = session and a.type = 'csat' and a.score <= 2
    and private.is_first_question(org, a.survey_version_id, a.question)
  order by a.occurred_at, a.id limit 1;
  if rating.id is null or not private.agreed_to_call(org, whose, rating.occurred_at + private.due_after()) then
    return;
  end if;
  if exists (select 1 from public.cases as c where c.org_id = org and c.session_id = session) then
    -- They told staff: it is their case already, and now it is known whose.
    update public.cases as c set alias = first_alias
    where c.org_id = org and c.session_id = session and c.text is not null and num_nonnulls(c.alias, c.phone) = 0;
    return;
  end if;
  insert into public.cases (org_id, occurred_at, clock, local_at, received_at, due_at, tablet_id, location_id, session_id, alias,
    locale, score)
  select org, rating.occurred_at, rating.clock, rating.local_at,
    coalesce((select r.received_at from public.received as r where r.org_id = org and r.id = rating.id), clock_timestamp()),
    rating.occurred_at + private.due_after(), rating.tablet_id, rating.location_id, session, first_alias,
    case when rating.locale in ('en', 'ru', 'bg') then rating.locale else m.locale end, rating.score
  from public.members as m where m.org_id = org and m.id = whose
  on conflict do nothing;
end
$$;

-- As before, of the first question.
create or replace function private.low_scores_now(rules public.alert_rules, as_of timestamptz) returns table (subject jsonb, facts jsonb)
language plpgsql stable set search_path = '' as $$
declare
  span interval := rules.low_window_minutes * interval '1 minute';
begin
  return query
  with ratings as (
    select a.location_id, a.question, a.occurred_at, a.id, a.score,
      jsonb_build_object('location', a.location_id, 'question', a.question) as about
    from public.answers as a
    join public.tablets as t on t.org_id = a.org_id and t.id = a.tablet_id and t.kind = 'kiosk'
    join public.survey_versions as v on v.org_id = a.org_id and v.id = a.survey_version_id and v.first_question = a.question
    where a.org_id = rules.org_id and a.occurred_at > as_of - private.alert_fresh_for() - span and a.occurred_at <= as_of
      and a.type = 'csat' and a.clock = 'server' and a.flag is null
  ), closed as (
    select c.subject, max(c.closed_at) as closed_at from public.alerts as c
    where c.org_id = rules.org_id and c.kind = 'low_scores' and c.closed_by is not null
      and c.closed_at > as_of - private.alert_fresh_for() - span
    group by c.subject
  ), windows as (
    select r.about, r.occurred_at, r.id, count(*) over recent as n, count(*) filter (where r.score <= 2) over recent as low
    from ratings as r left join closed on closed.subject = r.about
    where r.occurred_at > coalesce(closed.closed_at, '-infinity')
    window recent as (partition by r.about order by r.occurred_at range between span preceding and current row)
  )
  select distinct on (w.about) w.about,
    jsonb_build_object('low', w.low, 'n', w.n, 'minutes', rules.low_window_minutes, 'until', extract(epoch from w.occurred_at))
  from windows as w
  where w.occurred_at > as_of - private.alert_fresh_for()
    and w.n >= rules.low_answers and w.low * 100 >= rules.low_share_percent * w.n
  order by w.about, w.occurred_at desc, w.id desc;
end
$$;

-- As before, of the first question.
create or replace function public.report_members_to_call(org uuid, after text default null, page integer default 20) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  -- src/domain/low-score.ts says the same.
  low constant smallint := 2;
  rated_since constant timestamptz := now() - interval '30 days';
  lapses_until constant timestamptz := now() + interval '30 days';
  size constant integer := least(greatest(coalesce(page, 20), 1), 100);
  place_shape constant text := '^[01]/-?\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  is_place constant boolean := coalesce(after ~ place_shape, false);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return (
    with sessions as (
      -- Whose session it was: of several who said so the first.
      select distinct on (s.session_id) s.session_id, s.alias from public.session_members as s
      where s.org_id = org and s.occurred_at >= rated_since
      order by s.session_id, s.occurred_at, s.record_id
    ), ratings as (
      select private.member_named(org, sessions.alias) as member_id, sessions.session_id, max(a.occurred_at) as at,
        min(a.score) as score, (array_agg(a.location_id))[1] as location_id
      from sessions
      join public.answers as a on a.org_id = org and a.session_id = sessions.session_id
        and a.occurred_at >= rated_since - interval '1 day' and a.type = 'csat'
      join public.survey_versions as v on v.org_id = org and v.id = a.survey_version_id and v.first_question = a.question
      where sessions.alias is not null
      group by sessions.session_id, sessions.alias
    ), unhappy as (
      select last_rating.member_id, last_rating.at, last_rating.score, last_rating.location_id
      from (
        select distinct on (member_id) member_id, session_id, at, score, location_id from ratings
        where member_id is not null order by member_id, at desc, session_id desc
      ) as last_rating
      where last_rating.score <= low and not exists (
        select 1 from public.cases as c
        where c.org_id = org and c.occurred_at >= last_rating.at - interval '1 hour' and (
          c.session_id = last_rating.session_id or c.alias in (select private.names_of(org, last_rating.member_id)))
      )
    ), lapsing as (
      select d.member_id, d.due_at as at, balance.points
      from private.due_members as d
      cross join lateral (
        select coalesce(sum(p.points), 0) as points from public.point_entries as p where p.org_id = org and p.member_id = d.member_id
      ) as balance
      where d.org_id = org and d.due_at > now() and d.due_at <= lapses_until and balance.points > 0
    ), to_call as (
      select m.id, m.first_name, m.phone, unhappy.at as rated_at, unhappy.score, unhappy.location_id,
        lapsing.at as lapses_at, lapsing.points,
        case when unhappy.at is null then 1 else 0 end as rank,
        coalesce(-extract(epoch from unhappy.at), extract(epoch from lapsing.at)) as place
      from unhappy full join lapsing using (member_id)
      join public.members as m on m.org_id = org and m.id = member_id
      cross join lateral (
        select c.granted from public.consents as c
        where c.org_id = org and c.member_id = m.id and c.purpose = 'call'
        order by c.occurred_at desc, c.record_id desc limit 1
      ) as agreed
      where m.erased_at is null and m.merged_into is null and agreed.granted
    ), one_more as (
      select to_call.*, row_number() over (order by rank, place, id) as position from to_call
      where not is_place or (rank, place, id) > (
        split_part(after, '/', 1)::integer, split_part(after, '/', 2)::numeric, split_part(after, '/', 3)::uuid)
      order by rank, place, id limit size + 1
    )
    select jsonb_build_object('outcome', 'ok',
      'members', coalesce((
        select jsonb_agg(jsonb_build_object(
          'member', id, 'first_name', first_name, 'phone', phone,
          'rating', case when rated_at is not null
            then jsonb_build_object('at', rated_at, 'score', score, 'location', location_id) end,
          'lapse', case when lapses_at is not null then jsonb_build_object('at', lapses_at, 'points', points) end
        ) order by position)
        from one_more where position <= size
      ), '[]'),
      'next', (
        select rank || '/' || to_char(place, 'FM9999999999999999.000000') || '/' || id from one_more
        where position = size and (select count(*) from one_more) > size
      ),
      'total', (select count(*) from to_call))
  );
end
$$;

-- What a session scored: its first question, else NPS, CES, expectation, a factor. Within the hour around one of its answers, as
-- flags are.
create or replace function private.session_score(org uuid, session uuid, around timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('type', a.type, 'score', a.score) from public.answers as a
  where a.org_id = org and a.session_id = session and a.score is not null
    and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
  order by case a.type
    when 'csat' then case when exists (
      select 1 from public.survey_versions as v
      where v.org_id = org and v.id = a.survey_version_id and v.first_question = a.question
    ) then 0 else 4 end
    when 'nps' then 1 when 'ces' then 2 else 3 end, a.occurred_at, a.id limit 1
$$;

-- As before, with the score as above.
create or replace function public.report_comments(
  org uuid, from_date date, to_date date,
  location uuid default null, tablet uuid default null,
  before_at timestamptz default null, before_id uuid default null, page_size integer default 20
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', page.id, 'occurred_at', page.occurred_at, 'local_at', page.local_at,
    'location', page.location_id, 'tablet', page.tablet_id,
    'text', page.comment, 'locale', page.locale, 'flag', page.flag,
    'score', private.session_score(org, page.session_id, page.occurred_at),
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
