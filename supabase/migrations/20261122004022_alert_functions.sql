-- What people do with alerts, and how they choose which they want.

-- For whoever may read them, before they do. Definer, because its reader may write no table.
create function private.refresh_alerts(org uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.has_role(org, 'owner', 'manager', 'analyst') then
    perform private.evaluate_alerts(org);
  end if;
end
$$;
revoke execute on function private.refresh_alerts(uuid) from public;
grant execute on function private.refresh_alerts(uuid) to authenticated;

create function private.alert_told(told public.alerts) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'alert', told.id, 'kind', told.kind, 'subject', told.subject, 'facts', told.facts, 'opened_at', told.opened_at,
    'closed_at', told.closed_at, 'closed_by', told.closed_by,
    'acknowledged_at', told.acknowledged_at, 'acknowledged_by', told.acknowledged_by,
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('at', n.at, 'note', n.note, 'by', n.created_by) order by n.at, n.id), '[]')
      from public.alert_notes as n where n.org_id = told.org_id and n.alert_id = told.id
    ))
$$;
revoke execute on function private.alert_told(public.alerts) from public;
grant execute on function private.alert_told(public.alerts) to authenticated;

-- A page of alerts: the open ones, the latest first, then the closed ones, the one closed last first. after is the next of the
-- page before, which stays good while alerts come and go; one that closes meanwhile may be told twice. waiting: open, and
-- nobody has said to have seen them; tablet_silent: whether the shop wants to hear of silences, null where it is none of the
-- reader's.
create function public.report_alerts(org uuid, after text default null, page integer default 50) returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  size integer := least(greatest(coalesce(page, 50), 1), 200);
  in_closed boolean := coalesce(after like 'closed/%', false);
  mark record;
begin
  perform private.refresh_alerts(org);
  select * into mark from private.read_page_mark(regexp_replace(coalesce(after, ''), '^(open|closed)/', ''));
  if mark.at = '-infinity' then
    mark.at := 'infinity';
    in_closed := false;
  end if;
  return (
    with open as (
      select a.id, a.opened_at as at, false as closed from public.alerts as a
      where a.org_id = org and a.closed_at is null and not in_closed and (a.opened_at, a.id) < (mark.at, mark.id)
      order by a.opened_at desc, a.id desc limit size + 1
    ), closed as (
      select a.id, a.closed_at as at, true as closed from public.alerts as a
      where a.org_id = org and a.closed_at is not null and (not in_closed or (a.closed_at, a.id) < (mark.at, mark.id))
      order by a.closed_at desc, a.id desc limit size + 1
    ), one_more as (
      select both_kinds.*, row_number() over (order by closed, at desc, id desc) as place
      from (select * from open union all select * from closed) as both_kinds
      order by closed, at desc, id desc limit size + 1
    )
    select jsonb_build_object(
      'alerts', coalesce((
        select jsonb_agg(private.alert_told(a) order by one_more.place)
        from one_more join public.alerts as a on a.org_id = org and a.id = one_more.id
        where one_more.place <= size
      ), '[]'),
      'next', (
        select case when one_more.closed then 'closed/' else 'open/' end || private.page_mark(one_more.at, one_more.id)
        from one_more
        where one_more.place = size and (select count(*) from one_more) > size
      ),
      'open', (select count(*) from public.alerts as a where a.org_id = org and a.closed_at is null),
      'waiting', (select count(*) from public.alerts as a where a.org_id = org and a.closed_at is null and a.acknowledged_at is null),
      'tablet_silent', (select r.tablet_silent from public.alert_rules as r where r.org_id = org)
    )
  );
end
$$;
revoke execute on function public.report_alerts(uuid, text, integer) from public, anon, authenticated;
grant execute on function public.report_alerts(uuid, text, integer) to authenticated;

-- A person says to have seen it, writes something about it, or both. Outcomes: saved, bad_note, unknown_alert, forbidden.
create function public.acknowledge_alert(org uuid, id uuid, note text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  words text := nullif(btrim(coalesce(note, '')), '');
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(words) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  update public.alerts as a set
    acknowledged_at = coalesce(a.acknowledged_at, clock_timestamp()),
    acknowledged_by = coalesce(a.acknowledged_by, private.own_email())
  where a.org_id = org and a.id = acknowledge_alert.id;
  if not found then
    return jsonb_build_object('outcome', 'unknown_alert');
  end if;
  if words is not null then
    insert into public.alert_notes (org_id, alert_id, note, created_by)
    values (org, acknowledge_alert.id, words, private.own_email());
  end if;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.acknowledge_alert(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.acknowledge_alert(uuid, uuid, text) to authenticated;

-- A person closes it though its rule may still hold: it is not opened again for the same thing. Outcomes: closed (also when
-- it was before), unknown_alert, forbidden.
create function public.close_alert(org uuid, id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if not exists (select 1 from public.alerts as a where a.org_id = org and a.id = close_alert.id) then
    return jsonb_build_object('outcome', 'unknown_alert');
  end if;
  update public.alerts as a set closed_at = clock_timestamp(), closed_by = private.own_email()
  where a.org_id = org and a.id = close_alert.id and a.closed_at is null;
  return jsonb_build_object('outcome', 'closed');
end
$$;
revoke execute on function public.close_alert(uuid, uuid) from public, anon, authenticated;
grant execute on function public.close_alert(uuid, uuid) to authenticated;

-- A week's score against its control limits, as the page has worked them out: outside of them it is an alert, once a week,
-- question and place; inside, that week and those before it are news no more. facts is JSON text {"score", "lower", "upper",
-- "n"}: a share from 0 to 1, or points from -100 to 100. location is null for all places together. Outcomes: opened, known
-- (open, or closed by somebody), inside, not_wanted, bad_limits, throttled, forbidden.
create function public.note_score_limits(org uuid, question text, week date, facts text, location uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  about jsonb := jsonb_build_object('location', location, 'question', question);
  about_week jsonb := about || jsonb_build_object('week', week);
  told jsonb := private.parse_json(left(facts, 1000));
  figures jsonb;
  score numeric;
  low numeric;
  high numeric;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if private.seconds_to_wait('score limits:' || org, 300) is not null then
    return jsonb_build_object('outcome', 'throttled');
  end if;
  select jsonb_object_agg(key, value) into figures
  from jsonb_each(case when jsonb_typeof(told) = 'object' then told end)
  where key in ('score', 'lower', 'upper', 'n') and jsonb_typeof(value) = 'number';
  score := figures -> 'score';
  low := figures -> 'lower';
  high := figures -> 'upper';
  -- What is missing is within no bounds; a week begins on its Monday, and one that began four weeks ago is no news.
  if not coalesce(score between -100 and 100 and low between -100 and high and high <= 100 and (figures -> 'n')::numeric between 1 and 1e9
    and extract(isodow from week) = 1 and week between current_date - 28 and current_date, false)
    or not exists (
      select 1 from public.survey_versions as v
      where v.org_id = org and v.definition -> 'questions' @> jsonb_build_array(jsonb_build_object('key', question)))
    or (location is not null and not exists (select 1 from public.locations as l where l.org_id = org and l.id = location)) then
    return jsonb_build_object('outcome', 'bad_limits');
  end if;
  -- The latest week tells how it stands: what an earlier one was out of is history.
  update public.alerts as a set closed_at = clock_timestamp()
  where a.org_id = org and a.kind = 'score_left_limits' and a.closed_at is null and a.subject - 'week' = about
    and ((a.subject ->> 'week')::date < week or ((a.subject ->> 'week')::date = week and score between low and high));
  if score between low and high then
    return jsonb_build_object('outcome', 'inside');
  end if;
  if not (select r.score_left_limits from public.alert_rules as r where r.org_id = org) then
    return jsonb_build_object('outcome', 'not_wanted');
  end if;
  if exists (
    select 1 from public.alerts as a
    where a.org_id = org and a.kind = 'score_left_limits' and a.subject - 'week' = about and (
      (a.subject = about_week and a.closed_by is not null) or (a.subject ->> 'week')::date > week)
  ) then
    return jsonb_build_object('outcome', 'known');
  end if;
  update public.alerts as a set facts = figures
  where a.org_id = org and a.kind = 'score_left_limits' and a.subject = about_week and a.closed_at is null;
  if found then
    return jsonb_build_object('outcome', 'known');
  end if;
  insert into public.alerts (org_id, kind, subject, facts, opened_at)
  values (org, 'score_left_limits', about_week, figures, clock_timestamp()) on conflict do nothing;
  return jsonb_build_object('outcome', 'opened');
end
$$;
revoke execute on function public.note_score_limits(uuid, text, date, text, uuid) from public, anon, authenticated;
grant execute on function public.note_score_limits(uuid, text, date, text, uuid) to authenticated;
