-- Which alerts there should be, worked out from what is stored: the same records give the same open alerts at the same
-- moment, in whatever order they arrived.
--
--   the rule holds ──► open ──► the rule holds no more ──► closed
--                       └─────► somebody closes it ──────► closed, and not opened again for the same thing
--
-- Nothing here asks a tablet for the time: moments are the server's, or a tablet's corrected by the server's.

-- A rating older than this opens nothing and keeps nothing open: a queue that arrives in the evening restates the morning,
-- and calls nobody. It is also how long scores must be calm before an alert closes.
create function private.alert_fresh_for() returns interval
language sql immutable set search_path = '' as $$ select interval '30 minutes' $$;
revoke execute on function private.alert_fresh_for() from public;

-- Places and questions with a fresh rating that ends a window of so many ratings with so large a share of low ones (a csat of
-- 1 or 2, as src/domain/low-score.ts has it), with the figures of the latest such window. What somebody closed by hand needs
-- a whole new window.
create function private.low_scores_now(rules public.alert_rules, as_of timestamptz) returns table (subject jsonb, facts jsonb)
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
revoke execute on function private.low_scores_now(public.alert_rules, timestamptz) from public;

-- Cases that nobody has answered and that are due soon or overdue. One that is overdue for a week already is no news.
create function private.cases_due_now(rules public.alert_rules, as_of timestamptz) returns table (subject jsonb, facts jsonb)
language sql stable set search_path = '' as $$
  select jsonb_build_object('case', c.id), jsonb_build_object('due_at', extract(epoch from c.due_at))
  from public.cases as c
  where c.org_id = rules.org_id and c.state = 'open' and c.due_at <= as_of + rules.case_due_hours * interval '1 hour'
    and (c.due_at > as_of - interval '7 days' or exists (
      select 1 from public.alerts as a
      where a.org_id = rules.org_id and a.kind = 'case_due' and a.subject = jsonb_build_object('case', c.id) and a.closed_at is null
    ))
$$;
revoke execute on function private.cases_due_now(public.alert_rules, timestamptz) from public;

-- The instant at which the clocks of a place show a local time: in a gap the offset before the change, of two the first
-- (Postgres takes the second), as src/domain/import/zoned-time.ts has it.
create function private.local_instant(local timestamp, time_zone text) returns timestamptz
language sql stable set search_path = '' as $$
  select case
    when (at - interval '1 hour') at time zone time_zone = local then at - interval '1 hour'
    when (at - interval '30 minutes') at time zone time_zone = local then at - interval '30 minutes'
    else at end
  from (select local at time zone time_zone as at) as later
$$;
revoke execute on function private.local_instant(timestamp, text) from public;

-- How much of the time between two instants a place with these hours is open: openMsBetween of src/domain/opening-hours.ts.
create function private.open_time(hours jsonb, time_zone text, since timestamptz, until timestamptz) returns interval
language sql stable set search_path = '' as $$
  select coalesce(sum(upper(open) - lower(open)), interval '0')
  from (
    select unnest(range_agg(tstzrange(opens, closes)) * tstzmultirange(tstzrange(since, until))) as open
    from (
      select private.local_instant(day + (range ->> 0)::interval, time_zone) as opens,
        private.local_instant(day + (range ->> 1)::interval, time_zone) as closes
      from generate_series(date_trunc('day', since at time zone time_zone), until at time zone time_zone, interval '1 day') as day,
        jsonb_array_elements(hours -> extract(isodow from day)::integer::text) as range
    ) as ranges
    where opens < closes and since < until
  ) as pieces
$$;
revoke execute on function private.open_time(jsonb, text, timestamptz, timestamptz) from public;

-- Tablets that should be heard and are not: the rule of src/admin/tablets/silence.ts, for when nobody has that page open.
-- The same tablet falling silent again is another silence.
create function private.tablets_silent_now(org uuid, as_of timestamptz) returns table (subject jsonb, facts jsonb)
language sql stable set search_path = '' as $$
  with latest as (
    select distinct on (t.id) t.id as tablet, p.revoked_at, p.last_seen_at, p.app_version, l.opening_hours, l.time_zone
    from public.tablets as t
    join public.pairings as p on p.org_id = t.org_id and p.tablet_id = t.id
    join public.locations as l on l.org_id = t.org_id and l.id = t.location_id
    where t.org_id = org and t.kind = 'kiosk'
    order by t.id, p.created_at desc, p.id desc
  )
  select jsonb_build_object('tablet', tablet, 'since', extract(epoch from last_seen_at)), '{}'::jsonb
  from latest
  -- A demo's tablets have no device behind them that could be switched on.
  where revoked_at is null and app_version is distinct from 'demo'
    and (last_seen_at is null or last_seen_at < as_of - interval '15 minutes' and (
      opening_hours is null
      or private.open_time(opening_hours, time_zone, greatest(last_seen_at, as_of - interval '7 days'), as_of) > interval '15 minutes'
    ))
$$;
revoke execute on function private.tablets_silent_now(uuid, timestamptz) from public;

-- Opens, restates and closes one shop's alerts. Those of control limits are the page's to tell of (public.note_score_limits)
-- and only close here, when nobody wants them any more.
create function private.apply_alert_rules(org uuid, as_of timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  rules public.alert_rules;
begin
  select * into strict rules from public.alert_rules where org_id = org;
  with found as materialized (
    select 'low_scores' as kind, low.subject, low.facts from private.low_scores_now(rules, as_of) as low where rules.low_scores
    union all select 'case_due', due.subject, due.facts from private.cases_due_now(rules, as_of) as due where rules.case_due
    union all select 'tablet_silent', silent.subject, silent.facts from private.tablets_silent_now(org, as_of) as silent
    where rules.tablet_silent
  ), restated as (
    update public.alerts as a set facts = found.facts
    from found
    where a.org_id = org and a.kind = found.kind and a.subject = found.subject and a.closed_at is null and a.facts <> found.facts
  ), closed as (
    update public.alerts as a set closed_at = as_of
    where a.org_id = org and a.closed_at is null and case a.kind
      when 'score_left_limits' then not rules.score_left_limits
      else not exists (select 1 from found where found.kind = a.kind and found.subject = a.subject) end
  )
  insert into public.alerts (org_id, kind, subject, facts, opened_at)
  select org, found.kind, found.subject, found.facts, as_of
  from found
  where not exists (
    select 1 from public.alerts as a
    where a.org_id = org and a.kind = found.kind and a.subject = found.subject and a.closed_at is null
  ) and (found.kind = 'low_scores' or not exists (
    select 1 from public.alerts as a
    where a.org_id = org and a.kind = found.kind and a.subject = found.subject and a.closed_by is not null
  ))
  on conflict do nothing;
end
$$;
revoke execute on function private.apply_alert_rules(uuid, timestamptz) from public;

-- At most once a minute, however many ask; nobody waits for who is at it. What goes wrong is told to the log and to nobody
-- who asked for something else.
create function private.evaluate_alerts(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform 1 from private.alert_runs where org_id = org and next_at <= clock_timestamp() for update skip locked;
  if not found then
    return;
  end if;
  begin
    perform private.apply_alert_rules(org, clock_timestamp());
  exception when others then
    raise warning 'The alerts of % failed: %', org, sqlstate;
  end;
  update private.alert_runs set next_at = clock_timestamp() + interval '1 minute' where org_id = org;
end
$$;
revoke execute on function private.evaluate_alerts(uuid) from public;

-- As before, and the alerts with it: whenever a tablet asks for its settings.
create or replace function private.keep_house(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.evaluate_alerts(org);
  insert into private.housekeeping_runs (org_id) values (org) on conflict do nothing;
  perform 1 from private.housekeeping_runs where org_id = org and next_at <= clock_timestamp() for update skip locked;
  if not found then
    return;
  end if;
  begin
    perform private.housekeeping(org);
  exception when others then
    raise warning 'Housekeeping of % failed: %', org, sqlstate;
  end;
  update private.housekeeping_runs set next_at = clock_timestamp() + case
    when exists (select 1 from private.due_members where org_id = org and due_at <= clock_timestamp()) then interval '1 minute'
    else interval '1 hour' end
  where org_id = org;
end
$$;

-- By the clock where there is one, for shops whose tablets are all away: that is when they are silent.
do $$
begin
  if exists (select 1 from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('verna-alerts', '* * * * *', $job$
      do $each$
      declare
        shop uuid;
      begin
        for shop in select id from public.organizations order by id loop
          perform private.evaluate_alerts(shop);
          commit;
        end loop;
      end
      $each$
    $job$);
  end if;
end
$$;
