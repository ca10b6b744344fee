-- Flags what a session has said so far and moves the counts with it. n stays: it counts every answer. around is the
-- moment of one of its answers, so that the search is for one hour and not for all time.
create function private.flag_session(org uuid, tablet uuid, session uuid, reason text, around timestamptz) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  with flagged as (
    update public.answers as a set flag = reason
    where a.org_id = org and a.session_id = session and a.tablet_id = tablet
      and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
      and a.flag is null
    returning a.question, date_trunc('hour', a.local_at) as local_hour, a.location_id, a.score, a.choices
  ), scores as (
    update public.score_counts as counts set n_flagged = counts.n_flagged + more.n
    from (
      select question, local_hour, location_id, score, count(*)::integer as n
      from flagged where score is not null group by question, local_hour, location_id, score
    ) as more
    where counts.org_id = org and counts.question = more.question and counts.local_hour = more.local_hour
      and counts.location_id = more.location_id and counts.tablet_id = tablet and counts.score = more.score
  )
  update public.choice_counts as counts set n_flagged = counts.n_flagged + more.n
  from (
    select question, local_hour, location_id, choice, count(*)::integer as n
    from flagged, unnest(choices) as choice group by question, local_hour, location_id, choice
  ) as more
  where counts.org_id = org and counts.question = more.question and counts.local_hour = more.local_hour
    and counts.location_id = more.location_id and counts.tablet_id = tablet and counts.choice = more.choice;
end
$$;
revoke execute on function private.flag_session(uuid, uuid, uuid, text, timestamptz) from public;

-- As before; what it finds is flagged by flag_session.
create or replace function private.flag_patterns(rating public.answers) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  -- The usual case, told by one look into the index: too few for any pattern.
  if (
    select count(*) from (
      select 1 from public.answers
      where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
        and type = 'csat' and clock <> 'receipt'
        and occurred_at between rating.occurred_at - interval '45 seconds' and rating.occurred_at + interval '45 seconds'
      limit 6
    ) as few
  ) < 6 then
    return;
  end if;
  perform private.flag_session(rating.org_id, rating.tablet_id, found.session_id, found.reason, found.occurred_at)
  from (
    with near as (
      (
        select id, occurred_at, session_id, score, flag from public.answers
        where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
          and type = 'csat' and clock <> 'receipt'
          and occurred_at between rating.occurred_at - interval '1 minute' and rating.occurred_at
          and (occurred_at, id) <= (rating.occurred_at, rating.id)
        order by occurred_at desc, id desc limit 10
      ) union all (
        select id, occurred_at, session_id, score, flag from public.answers
        where org_id = rating.org_id and tablet_id = rating.tablet_id and question = rating.question
          and type = 'csat' and clock <> 'receipt'
          and occurred_at between rating.occurred_at and rating.occurred_at + interval '1 minute'
          and (occurred_at, id) > (rating.occurred_at, rating.id)
        order by occurred_at, id limit 9
      )
    ), steps as (
      select *,
        occurred_at - lag(occurred_at) over in_order < interval '4 seconds' and score = lag(score) over in_order as repeats,
        occurred_at - lag(occurred_at) over in_order < interval '5 seconds' and score <> lag(score) over in_order as alternates
      from near
      window in_order as (order by occurred_at, id)
    ), ends as (
      -- Whether a pattern is complete with this rating: k ratings in a row have k - 1 steps between them.
      select *,
        occurred_at - lag(occurred_at, 5) over in_order <= interval '10 seconds' as ends_burst,
        count(*) filter (where repeats) over (in_order rows between 8 preceding and current row) = 9 as ends_streak,
        count(*) filter (where alternates) over (in_order rows between 6 preceding and current row) = 7 as ends_hammering
      from steps
      window in_order as (order by occurred_at, id)
    ), patterns as (
      select *,
        bool_or(ends_burst) over (in_order rows between current row and 5 following) as in_burst,
        bool_or(ends_streak) over (in_order rows between current row and 9 following) as in_streak,
        bool_or(ends_hammering) over (in_order rows between current row and 7 following) as in_hammering
      from ends
      window in_order as (order by occurred_at, id)
    )
    select distinct on (session_id) session_id, occurred_at,
      case when in_burst then 'burst' when in_streak then 'streak' else 'hammering' end as reason
    from patterns
    where flag is null and (in_burst or in_streak or in_hammering)
    order by session_id, occurred_at, id
  ) as found;
end
$$;
