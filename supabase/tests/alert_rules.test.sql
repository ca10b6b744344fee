-- Which alerts a shop wants, control limits that the page tells of, and what the mailer is handed.
begin;
\ir fixtures/two-shops.psql
select plan(58);

create function tests.bakery() returns uuid language sql as $$ select '10000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.person(who text) returns uuid language sql security definer as $$ select id from tests.people where name = who $$;
create function tests.rules(change jsonb default '{}') returns text language sql as $$
  select ('{"low_scores": true, "low_share_percent": 50, "low_answers": 4, "low_window_minutes": 15, "case_due": true, "case_due_hours": 4,
    "tablet_silent": true, "score_left_limits": true, "mail_to": []}'::jsonb || change)::text
$$;
create function tests.set(change jsonb default '{}', org uuid default tests.bakery()) returns text language sql as $$
  select public.set_alert_rules(org, tests.rules(change)) ->> 'outcome'
$$;
-- This week's Monday, some weeks ago.
create function tests.monday(weeks_ago integer) returns date language sql as $$
  select date_trunc('week', current_date)::date - 7 * weeks_ago
$$;
create function tests.limits(weeks_ago integer, score numeric, change jsonb default '{}', question text default 'satisfaction',
  location uuid default null, org uuid default tests.bakery()) returns text language sql as $$
  select public.note_score_limits(org, question, tests.monday(weeks_ago),
    ('{"lower": 0.7, "upper": 0.9, "n": 120}'::jsonb || jsonb_build_object('score', score) || change)::text, location) ->> 'outcome'
$$;
create function tests.open() returns text language sql security definer as $$
  select string_agg(concat_ws(' ', (current_date - (subject ->> 'week')::date) / 7, facts ->> 'score'), ', ' order by subject ->> 'week', subject)
  from public.alerts where org_id = tests.bakery() and closed_at is null and kind = 'score_left_limits'
$$;
create function tests.close_all() returns void language sql as $$
  select public.close_alert(tests.bakery(), (told ->> 'alert')::uuid) from jsonb_array_elements(public.report_alerts(tests.bakery()) -> 'alerts') as told
$$;
grant execute on all functions in schema tests to anon, authenticated;
grant usage on schema tests, extensions to service_role;
grant select on tests.people to service_role;
grant execute on all functions in schema tests, extensions to service_role;
update public.pairings set last_seen_at = now() + interval '1 year';
savepoint empty;

-- Rules
select tests.become('owner');
select is(tests.set(change), outcome, description)
from (values
  ('{"low_share_percent": 9}'::jsonb, 'bad_rules', 'nine in a hundred are no alert'),
  ('{"low_share_percent": 101}', 'bad_rules', 'nor is more than all'),
  ('{"low_answers": 1}', 'bad_rules', 'one rating is not many'),
  ('{"low_window_minutes": 241}', 'bad_rules', 'four hours are the longest window'),
  ('{"case_due_hours": 48}', 'bad_rules', 'a case has 48 hours in all'),
  ('{"low_scores": "yes"}', 'bad_rules', 'yes is neither true nor false'),
  ('{"tablet_silent": null}', 'bad_rules', 'nor is nothing'),
  ('{"low_answers": 4000000000}', 'bad_rules', 'a number too large is refused, too'),
  ('{"mail_to": ["owner@example.test"]}', 'bad_rules', 'mail goes to accounts'),
  ('{"mail_to": "all"}', 'bad_rules', 'by a list'),
  ('{"low_share_percent": 75, "case_due": false}', 'saved', 'what makes sense is taken')
) as given (change, outcome, description);
select is(public.set_alert_rules(tests.bakery(), 'nonsense') ->> 'outcome', 'bad_rules', 'nonsense is no rule');
select is(public.set_alert_rules(tests.bakery(), null) ->> 'outcome', 'bad_rules', 'nor is nothing');
select is(
  public.report_alert_rules(tests.bakery()) - 'changed_at' - 'people',
  '{"outcome": "ok", "changed_by": "owner@example.test", "mailer_asked_at": null, "rules": {"low_scores": true, "low_share_percent": 75,
    "low_answers": 4, "low_window_minutes": 15, "case_due": false, "case_due_hours": 4, "tablet_silent": true, "score_left_limits": true}}'::jsonb,
  'they are told with who changed them, and that nobody sends mail here');
select is(
  tests.set(jsonb_build_object('mail_to', array[tests.person('manager'), tests.person('analyst'), tests.person('other owner'), tests.person('stranger')])),
  'saved', 'mail is chosen');
select is(
  (select string_agg(concat_ws(' ', person ->> 'email', person ->> 'mail'), ', ') from jsonb_array_elements(public.report_alert_rules(tests.bakery()) -> 'people') as person),
  'manager@example.test true, owner@example.test false', 'for owners and managers of the shop and nobody else');
select tests.become('manager');
select is(tests.set(), 'saved', 'a manager may choose, too');
select tests.become('analyst');
select is(tests.set(), 'forbidden', 'an analyst may not');
select is(public.report_alert_rules(tests.bakery()), '{"outcome": "forbidden"}', 'nor learn who gets mail');
select tests.become('other owner');
select is(tests.set(), 'forbidden', 'another shop''s owner may not');
select is(tests.set('{}', '20000000-0000-4000-8000-000000000000'), 'saved', 'but for their own');
select is(public.report_alert_rules(tests.bakery()), '{"outcome": "forbidden"}', 'nor learn anything');
select tests.become('anonymous');
select throws_ok('select tests.set()', '42501', null, 'anonymous may not even ask');
rollback to empty;

-- Control limits
select tests.become('owner');
select is(tests.limits(1, score, change, question, location), 'bad_limits', description)
from (values
  (0.6, '{"n": 0}'::jsonb, 'satisfaction', null::uuid, 'a score of nobody'),
  (0.6, '{"n": null}', 'satisfaction', null, 'of nobody knows how many'),
  (0.6, '{"score": "0.6"}', 'satisfaction', null, 'in words'),
  (0.6, '{"lower": 0.91}', 'satisfaction', null, 'with limits the wrong way round'),
  (101, '{}', 'satisfaction', null, 'off every scale'),
  (0.6, '{}', 'speed', null, 'to a question nobody asks'),
  (0.6, '{}', 'satisfaction', '21000000-0000-4000-8000-000000000001', 'at another shop''s place')
) as given (score, change, question, location, description);
select is(tests.limits(5, 0.6), 'bad_limits', 'a month ago is no news');
select is(tests.limits(-1, 0.6), 'bad_limits', 'next week is not yet');
select is(public.note_score_limits(tests.bakery(), 'satisfaction', tests.monday(1) + 1, '{"score": 0.6, "lower": 0.7, "upper": 0.9, "n": 9}') ->> 'outcome', 'bad_limits', 'a week begins on Monday');
select is(tests.limits(2, 0.8), 'inside', 'a score within its limits is no alert');
select is(tests.limits(2, 0.6), 'opened', 'one outside is');
select is(tests.limits(2, 0.61), 'known', 'once');
select is(tests.limits(2, 0.95, '{}', 'satisfaction', '11000000-0000-4000-8000-000000000001'), 'opened', 'and once for each place');
select is(tests.open(), '2 0.61, 2 0.95', 'with its latest figure');
select is(tests.limits(1, 0.62), 'opened', 'the next week is another');
select is(tests.open(), '2 0.95, 1 0.62', 'and the one before is history');
select is(tests.limits(2, 0.61), 'known', 'for good');
select is(tests.limits(1, 0.7), 'inside', 'restated to within its limits, it closes by itself');
select is(tests.open(), '2 0.95', 'that one alone');
select tests.limits(1, 0.62);
select tests.close_all();
select is(tests.limits(1, 0.63), 'known', 'what somebody closed is not opened again');
select is(tests.open(), null, 'and stays closed');
select tests.set('{"score_left_limits": false}');
select is(tests.limits(0, 0.6), 'not_wanted', 'who does not want it is not told');
select tests.become('analyst');
select is(tests.limits(0, 0.6), 'forbidden', 'an analyst tells of none');
select tests.become('other owner');
select is(tests.limits(0, 0.6), 'forbidden', 'nor does another shop''s owner');
rollback to empty;

-- What the mailer is handed
select tests.become('owner');
select tests.limits(1, 0.6);
set local role service_role;
select is(public.alerts_to_mail(), '[]'::jsonb, 'nobody wants mail');
select tests.become('owner');
select ok(public.report_alert_rules(tests.bakery()) ->> 'mailer_asked_at' is not null, 'the owner sees that somebody asked');
select tests.set(jsonb_build_object('mail_to', array[tests.person('manager')]));
select tests.become('database owner');
update public.pairings set last_seen_at = now() - interval '1 hour' where id = '13000000-0000-4000-8000-000000000001';
set local role service_role;
create temp table handed as select public.alerts_to_mail() as digests;
select is(
  (select (digests #- '{0,alerts,0,alert}' #- '{0,alerts,0,opened_at}' #- '{0,alerts,1,alert}' #- '{0,alerts,1,opened_at}' #- '{0,alerts,1,since}') from handed),
  '[{"org": "10000000-0000-4000-8000-000000000000", "shop": "Bakery", "locale": "en", "to": ["manager@example.test"], "alerts": [
    {"kind": "score_left_limits", "facts": {"n": 120, "score": 0.6, "lower": 0.7, "upper": 0.9}, "since": null, "location": null, "time_zone": "UTC", "tablet": null, "question": null},
    {"kind": "tablet_silent", "facts": {}, "location": "Sofia", "time_zone": "Europe/Sofia", "tablet": "Counter", "question": null}]}]'::jsonb,
  'the mailer works them out and is handed names and numbers, of one shop, for whom it chose');
select is(public.alerts_to_mail(), '[]'::jsonb, 'once');
select tests.become('database owner');
update private.alert_mails set claimed_at = now() - interval '11 minutes';
set local role service_role;
select is(jsonb_array_length(public.alerts_to_mail() #> '{0,alerts}'), 2, 'and again when it did not say that they were sent');
select public.alerts_mailed(tests.bakery(), array(select (told ->> 'alert')::uuid from handed, jsonb_array_elements(digests #> '{0,alerts}') as told));
select tests.become('database owner');
update private.alert_mails set claimed_at = now() - interval '11 minutes';
set local role service_role;
select is(public.alerts_to_mail(), '[]'::jsonb, 'never once they were');
select tests.become('database owner');
delete from private.alert_mails;
update public.alerts set acknowledged_at = now(), acknowledged_by = 'owner@example.test' where kind = 'tablet_silent';
update public.alerts set opened_at = now() - interval '25 hours' where kind = 'score_left_limits';
set local role service_role;
select is(public.alerts_to_mail(), '[]'::jsonb, 'nor what somebody has seen, nor what is a day old');
select tests.become('database owner');
delete from public.team_members where user_id = tests.person('manager');
update public.alerts set acknowledged_at = null, acknowledged_by = null;
set local role service_role;
select is(public.alerts_to_mail() #> '{0,to}', '[]'::jsonb, 'who has left the team gets nothing');
select tests.become('owner');
select throws_ok('select public.alerts_to_mail()', '42501', null, 'no owner is the mailer');
select throws_ok($$ select public.alerts_mailed(tests.bakery(), '{}') $$, '42501', null, 'or speaks for it');

select * from finish();
rollback;
