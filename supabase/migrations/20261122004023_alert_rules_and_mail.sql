-- Which alerts a shop wants, and telling of them by e-mail. The database sends none: an Edge Function asks it what there is to
-- send (supabase/functions/send-alerts). Where there is no such function nobody ever asks, and the page says so.

create table private.alert_mails (
  org_id uuid not null,
  alert_id uuid not null,
  claimed_at timestamptz not null,
  sent_at timestamptz,
  primary key (org_id, alert_id),
  foreign key (org_id, alert_id) references public.alerts (org_id, id) on delete cascade
);
comment on column private.alert_mails.claimed_at is 'When somebody set out to send it; ten minutes later another may try.';

create table private.mailer (
  only_row boolean primary key default true constraint mailer_is_one check (only_row),
  asked_at timestamptz not null
);
comment on table private.mailer is 'When the function that sends mail asked last; no row where there is none.';

alter table private.alert_mails enable row level security;
alter table private.mailer enable row level security;
revoke all on private.alert_mails, private.mailer from anon, authenticated;

-- What the shop wants, who of the team may get mail and does, and when the mailer last asked: null where there is none.
-- Outcomes: ok, forbidden.
create function public.report_alert_rules(org uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return (
    select jsonb_build_object('outcome', 'ok',
      'rules', to_jsonb(r) - 'org_id' - 'mail_to' - 'changed_at' - 'changed_by',
      'changed_at', r.changed_at, 'changed_by', r.changed_by,
      'people', (
        select coalesce(jsonb_agg(jsonb_build_object('user', u.id, 'email', u.email, 'mail', u.id = any (r.mail_to)) order by u.email), '[]')
        from public.team_members as t join auth.users as u on u.id = t.user_id
        where t.org_id = org and t.role in ('owner', 'manager')
      ),
      'mailer_asked_at', (select asked_at from private.mailer))
    from public.alert_rules as r where r.org_id = org
  );
end
$$;
revoke execute on function public.report_alert_rules(uuid) from public, anon, authenticated;
grant execute on function public.report_alert_rules(uuid) to authenticated;

-- rules is JSON text: the columns of alert_rules by name, mail_to as a list of accounts; only owners and managers of the team
-- are taken from it. They hold at once. Outcomes: saved, bad_rules, forbidden.
create function public.set_alert_rules(org uuid, rules text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  wanted jsonb := private.parse_json(left(rules, 8000));
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  begin
    update public.alert_rules as r set
      low_scores = (wanted -> 'low_scores')::boolean,
      low_share_percent = (wanted ->> 'low_share_percent')::smallint,
      low_answers = (wanted ->> 'low_answers')::smallint,
      low_window_minutes = (wanted ->> 'low_window_minutes')::smallint,
      case_due = (wanted -> 'case_due')::boolean,
      case_due_hours = (wanted ->> 'case_due_hours')::smallint,
      tablet_silent = (wanted -> 'tablet_silent')::boolean,
      score_left_limits = (wanted -> 'score_left_limits')::boolean,
      mail_to = array(
        select t.user_id from public.team_members as t
        where t.org_id = org and t.role in ('owner', 'manager')
          and t.user_id in (select id::uuid from jsonb_array_elements_text(wanted -> 'mail_to') as id)
        order by t.user_id
      ),
      changed_at = clock_timestamp(), changed_by = private.own_email()
    where r.org_id = org;
  exception when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'bad_rules');
  end;
  update private.alert_runs as runs set next_at = '-infinity' where runs.org_id = org;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_alert_rules(uuid, text) from public, anon, authenticated;
grant execute on function public.set_alert_rules(uuid, text) to authenticated;

-- A question in the words of its latest survey.
create function private.question_words(org uuid, question text, locale text) returns text
language sql stable set search_path = '' as $$
  select told -> 'text' ->> locale
  from public.survey_versions as v, jsonb_array_elements(v.definition -> 'questions') as told
  where v.org_id = org and told ->> 'key' = question
  order by v.number desc, v.created_at desc limit 1
$$;
revoke execute on function private.question_words(uuid, text, text) from public;

-- For the mailer alone. Works out the alerts of the shops that want mail, and hands out what nobody has been told of: open, not
-- seen, at most a day old. Each is handed out once in ten minutes until it is known to be sent, so that a mail that failed is
-- tried again and two mailers do not send the same. Names are the shop's own: of the shop, a place, a tablet, a question.
create function public.alerts_to_mail() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  shop uuid;
  digests jsonb;
begin
  insert into private.mailer (asked_at) values (clock_timestamp()) on conflict (only_row) do update set asked_at = excluded.asked_at;
  for shop in select r.org_id from public.alert_rules as r where cardinality(r.mail_to) > 0 order by r.org_id loop
    perform private.evaluate_alerts(shop);
  end loop;
  with due as (
    select a.org_id, a.id
    from public.alert_rules as r
    join public.alerts as a on a.org_id = r.org_id
      and a.closed_at is null and a.acknowledged_at is null and a.opened_at > clock_timestamp() - interval '1 day'
    left join private.alert_mails as m on m.org_id = a.org_id and m.alert_id = a.id
    where cardinality(r.mail_to) > 0 and m.sent_at is null
      and coalesce(m.claimed_at < clock_timestamp() - interval '10 minutes', true)
    order by a.org_id, a.opened_at, a.id limit 500
  ), claimed as (
    insert into private.alert_mails as m (org_id, alert_id, claimed_at)
    select due.org_id, due.id, clock_timestamp() from due
    on conflict (org_id, alert_id) do update set claimed_at = excluded.claimed_at
    where m.sent_at is null and m.claimed_at < excluded.claimed_at - interval '10 minutes'
    returning m.org_id, m.alert_id
  ), told as (
    select a.org_id, jsonb_agg(jsonb_build_object(
      'alert', a.id, 'kind', a.kind, 'opened_at', a.opened_at, 'facts', a.facts, 'since', a.subject -> 'since',
      'location', l.name, 'time_zone', coalesce(l.time_zone, 'UTC'), 'tablet', t.name,
      'question', private.question_words(a.org_id, a.subject ->> 'question', o.default_locale)
    ) order by a.opened_at, a.id) as alerts
    from claimed
    join public.alerts as a on a.org_id = claimed.org_id and a.id = claimed.alert_id
    join public.organizations as o on o.id = a.org_id
    left join public.tablets as t on t.org_id = a.org_id and t.id = (a.subject ->> 'tablet')::uuid
    left join public.cases as c on c.org_id = a.org_id and c.id = (a.subject ->> 'case')::uuid
    left join public.locations as l on l.org_id = a.org_id
      and l.id = coalesce((a.subject ->> 'location')::uuid, t.location_id, c.location_id)
    group by a.org_id
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'org', o.id, 'shop', o.name, 'locale', o.default_locale, 'alerts', told.alerts,
    'to', (
      select coalesce(jsonb_agg(u.email order by u.email), '[]')
      from public.team_members as m join auth.users as u on u.id = m.user_id
      where m.org_id = o.id and m.role in ('owner', 'manager') and m.user_id = any (r.mail_to)
    )
  ) order by o.id), '[]')
  into digests
  from told join public.organizations as o on o.id = told.org_id join public.alert_rules as r on r.org_id = o.id;
  return digests;
end
$$;
revoke execute on function public.alerts_to_mail() from public, anon, authenticated;
grant execute on function public.alerts_to_mail() to service_role;

-- For the mailer alone: these have been sent.
create function public.alerts_mailed(org uuid, alerts uuid[]) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.alert_mails as m set sent_at = clock_timestamp()
  where m.org_id = org and m.alert_id = any (alerts) and m.sent_at is null;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.alerts_mailed(uuid, uuid[]) from public, anon, authenticated;
grant execute on function public.alerts_mailed(uuid, uuid[]) to service_role;
