-- Alerts: which rules open them, what closes them, and that nothing old calls anybody.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(67);

-- Noon of the day that everything here happens on.
create function tests.noon() returns timestamptz language sql as $$ select '2026-03-10 12:00Z'::timestamptz $$;
-- 'm:s' is a rating of s, m minutes before noon.
create function tests.rate(ratings text, first_n integer default 1, envelope jsonb default '{}') returns jsonb language sql as $$
  select tests.send(jsonb_agg(tests.record(first_n + place::integer - 1, jsonb_build_object('score', split_part(told, ':', 2)::integer),
    jsonb_build_object('occurredAt', to_char((tests.noon() - split_part(told, ':', 1)::numeric * interval '1 minute') at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || envelope)))
  from string_to_table(ratings, ' ') with ordinality as given (told, place)
$$;
create function tests.evaluate(minutes_after_noon integer default 0) returns void language sql security definer as $$
  select private.apply_alert_rules(tests.bakery(), tests.noon() + minutes_after_noon * interval '1 minute')
$$;
-- Open alerts as 'low_scores 2/4'.
create function tests.open() returns text language sql security definer as $$
  select string_agg(concat_ws(' ', kind, (facts ->> 'low') || '/' || (facts ->> 'n')), ', ' order by kind, opened_at)
  from public.alerts where org_id = tests.bakery() and closed_at is null
$$;
create function tests.the_alert() returns uuid language sql security definer as $$
  select id from public.alerts where org_id = tests.bakery() and closed_at is null limit 1
$$;
create function tests.rules(change jsonb default '{}') returns text language sql as $$
  select ('{"low_scores": true, "low_share_percent": 50, "low_answers": 4, "low_window_minutes": 15, "case_due": true, "case_due_hours": 4,
    "tablet_silent": true, "score_left_limits": true, "mail_to": []}'::jsonb || change)::text
$$;
-- What those ratings open, and everything as it was afterwards.
create function tests.verdict(ratings text, change jsonb default '{}', envelope jsonb default '{}', spoil text default '') returns text
language plpgsql as $$
declare
  verdict text;
begin
  begin
    perform tests.become('owner');
    perform public.set_alert_rules(tests.bakery(), tests.rules(change));
    perform tests.become('database owner');
    perform tests.rate(ratings, 1, envelope);
    execute spoil;
    perform tests.evaluate();
    verdict := tests.open();
    raise exception using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then
    return verdict;
  end;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
update public.pairings set last_seen_at = tests.noon() + interval '1 year';
savepoint empty;

select is((select count(*)::integer from public.alert_rules), 2, 'every shop has rules from the beginning');

-- Low scores
select is(tests.verdict(ratings, change, envelope, spoil), opened, description)
from (values
  ('12:1 9:2 6:5 3:4', '{}'::jsonb, '{}'::jsonb, '', 'low_scores 2/4', 'half of four low in a quarter of an hour is told'),
  ('12:5 9:3 6:1 3:4', '{}', '{}', '', null, 'a quarter is not, and a 3 is not low'),
  ('14:5 9:5 6:5 3:1 1:1', '{}', '{}', '', null, 'nor are two of five'),
  ('9:1 6:1 3:1', '{}', '{}', '', null, 'three are too few'),
  ('9:1 6:1 3:1', '{"low_answers": 3}', '{}', '', 'low_scores 3/3', 'unless the owner says otherwise'),
  ('12:1 9:2 6:5 3:4', '{"low_share_percent": 51}', '{}', '', null, 'so is half'),
  ('18:1 9:1 6:1 3:1', '{}', '{}', '', 'low_scores 4/4', 'fifteen minutes are within'),
  ('18.1:1 9:1 6:1 3:1', '{}', '{}', '', null, 'more are not'),
  ('18.1:1 9:1 6:1 3:1', '{"low_window_minutes": 20}', '{}', '', 'low_scores 4/4', 'unless the owner says otherwise'),
  ('44:1 40:1 36:1 29:1', '{}', '{}', '', 'low_scores 4/4', 'what ended within half an hour is news'),
  ('45:1 40:1 36:1 30:1', '{}', '{}', '', null, 'an older window is none'),
  ('300:1 299:1 298:1 297:1 296:1 295:1', '{}', '{}', '', null, 'a queue of this morning calls nobody'),
  ('300:1 299:1 298:1 297:1 3:1', '{}', '{}', '', null, 'nor does it with a fresh one behind it'),
  ('12:1 9:2 6:5 3:4', '{}', '{"serverOffsetMs": null}', '', null, 'a clock that nobody compared with the server''s is not believed'),
  ('12:1 9:2 6:5 3:4', '{}', '{}', 'update public.answers set flag = ''staff'' where score = 2', null, 'a flagged answer does not count'),
  ('12:1 9:2 6:5 3:4', '{}', '{}', 'update public.tablets set kind = ''import''', null, 'nor do rows from a file'),
  ('12:1 9:2 6:5 3:4', '{"low_scores": false}', '{}', '', null, 'who does not want them gets none'),
  ('12:1 9:2 6:5 -1:4', '{}', '{}', '', null, 'what is later than the moment asked about has not happened')
) as given (ratings, change, envelope, spoil, opened, description);
select is(tests.verdict('12:1 9:2 6:5 3:4', '{}', '{}', $$
  update public.answers set question = 'speed' where occurred_at > tests.noon() - interval '8 minutes' $$), null, 'two questions are not one');
select is(tests.verdict('12:1 9:2 6:5 3:4', '{}', '{}', $$
  update public.answers set location_id = '11000000-0000-4000-8000-000000000002' where score > 3 $$), null, 'nor are two places');

-- The life of one
select tests.rate('12:1 9:2 6:5 3:4');
select tests.evaluate();
select results_eq(
  'select kind, subject, facts, opened_at, closed_at from public.alerts',
  $$ values ('low_scores', '{"location": "11000000-0000-4000-8000-000000000001", "question": "satisfaction"}'::jsonb,
    jsonb_build_object('low', 2, 'n', 4, 'minutes', 15, 'until', extract(epoch from tests.noon() - interval '3 minutes')), tests.noon(), null::timestamptz) $$,
  'it says where, about what, how many of how many and until when');
select tests.rate('2:1', 10);
select tests.evaluate(1);
select is(tests.open(), 'low_scores 3/5', 'it stays one and is told anew');
select is((select count(*)::integer from public.alerts), 1, 'and no second beside it');
select tests.evaluate(27);
select is(tests.open(), 'low_scores 3/5', 'it is open while scores have not been calm for half an hour');
select tests.evaluate(28);
select results_eq('select closed_at, closed_by from public.alerts', $$ values (tests.noon() + interval '28 minutes', null::text) $$, 'then it closes by itself');
select tests.rate('-29:1 -31:1 -33:1 -35:1', 20);
select tests.evaluate(36);
select is(tests.open(), 'low_scores 4/4', 'what happens anew is another');
select is((select count(*)::integer from public.alerts), 2, 'beside the first');
rollback to empty;

select tests.rate('12:1 9:2 6:5 3:4');
select tests.evaluate();
select tests.rate('13:5 11:5 10:5', 10);
select tests.evaluate();
select is(tests.open(), null, 'late good taps restate it: it was never half, and it closes');
rollback to empty;

-- Cases
insert into public.cases (org_id, id, occurred_at, clock, due_at, opened_by, text, locale)
select tests.bakery(), tests.id(n), tests.noon() + due - interval '48 hours', 'server', tests.noon() + due, 'owner@example.test', 'Wet', 'bg'
from (values (1, interval '4 hours'), (2, interval '4 hours 1 minute'), (3, interval '-1 day'), (4, interval '-8 days')) as given (n, due);
select tests.evaluate();
select bag_eq(
  'select subject, facts from public.alerts',
  $$ select jsonb_build_object('case', id) as subject, jsonb_build_object('due_at', extract(epoch from due_at)) as facts from public.cases where id in (tests.id(1), tests.id(3)) $$,
  'a case due in four hours is told, and one overdue; not one with more time, nor one forgotten long ago');
select tests.evaluate(1);
select is(tests.open(), 'case_due, case_due, case_due', 'a minute later the next');
select tests.become('owner');
select public.set_case_state(tests.bakery(), tests.id(1), 'contacted');
select tests.become('database owner');
select tests.evaluate(2);
select is(tests.open(), 'case_due, case_due', 'whoever was called is no alert any more');
select tests.evaluate(14 * 1440);
select is(tests.open(), 'case_due, case_due', 'whoever was not stays one however long');
select tests.become('owner');
select is(public.acknowledge_alert(tests.bakery(), (select id from public.alerts where subject ->> 'case' = tests.id(3)::text), 'Anna, +359881234567') ->> 'outcome',
  'saved', 'a note may name somebody');
select tests.become('database owner');
select throws_ok('update public.alert_notes set note = ''nobody''', '23001', null, 'notes are not written anew');
select throws_ok('delete from public.alert_notes', '23001', null, 'nor taken back');
update public.cases set text = null where id = tests.id(3);
select results_eq('select note, created_by from public.alert_notes', $$ values (null::text, 'owner@example.test') $$, 'erasure of the customer empties it');
rollback to empty;

-- Tablets
update public.pairings set last_seen_at = tests.noon() - interval '15 minutes';
select tests.evaluate();
select is(tests.open(), null, 'a tablet heard fifteen minutes ago is not silent');
update public.locations set opening_hours = '{"2": [["09:00", "13:50"], ["13:55", "18:00"]]}' where id = '11000000-0000-4000-8000-000000000001';
update public.locations set opening_hours = '{}' where id = '11000000-0000-4000-8000-000000000002';
select tests.evaluate(5);
select is(tests.open(), null, 'nor is one whose place was open for fifteen of twenty minutes, or not at all');
select tests.evaluate(6);
select results_eq('select kind, subject from public.alerts',
  $$ values ('tablet_silent', jsonb_build_object('tablet', '12000000-0000-4000-8000-000000000001', 'since', extract(epoch from tests.noon() - interval '15 minutes'))) $$,
  'one more minute, and it is');
update public.pairings set last_seen_at = tests.noon() + interval '7 minutes';
select tests.evaluate(40);
select results_eq('select closed_at is null, subject -> ''since'' from public.alerts order by 1',
  $$ values (false, to_jsonb(extract(epoch from tests.noon() - interval '15 minutes'))), (true, to_jsonb(extract(epoch from tests.noon() + interval '7 minutes'))) $$,
  'heard and silent again is another silence');
update public.pairings set revoked_at = tests.noon();
select tests.evaluate(41);
select is(tests.open(), null, 'nothing is expected of a tablet that was revoked');
rollback to empty;
update public.pairings set last_seen_at = tests.noon() - interval '1 day', app_version = 'demo';
select tests.evaluate();
select is(tests.open(), null, 'or of a demo''s');
rollback to empty;

-- By hand
select tests.rate('12:1 9:2 6:5 3:4');
select tests.evaluate();
update private.alert_runs set next_at = 'infinity';
select tests.become('analyst');
select is(public.acknowledge_alert(tests.bakery(), tests.the_alert()) ->> 'outcome', 'forbidden', 'an analyst says nothing');
select is(public.close_alert(tests.bakery(), tests.the_alert()) ->> 'outcome', 'forbidden', 'and closes none');
select is(jsonb_array_length(public.report_alerts(tests.bakery()) -> 'alerts'), 1, 'but may read them');
select tests.become('other owner');
select is(public.close_alert(tests.bakery(), tests.the_alert()) ->> 'outcome', 'forbidden', 'another shop''s owner closes none');
select is(public.close_alert('20000000-0000-4000-8000-000000000000', tests.the_alert()) ->> 'outcome', 'unknown_alert', 'by the name of their own shop neither');
select is(public.acknowledge_alert('20000000-0000-4000-8000-000000000000', tests.the_alert()) ->> 'outcome', 'unknown_alert', 'nor says anything');
select is(jsonb_array_length(public.report_alerts(tests.bakery()) -> 'alerts'), 0, 'nor reads any');
select tests.become('anonymous');
select throws_ok('select public.report_alerts(tests.bakery())', '42501', null, 'anonymous may not even ask');
select tests.become('manager');
select is(public.report_alerts(tests.bakery()) - 'alerts', '{"open": 1, "waiting": 1, "next": null, "tablet_silent": true}'::jsonb, 'one waits to be seen');
select is(public.acknowledge_alert(tests.bakery(), tests.the_alert(), '  I asked for a second till ') ->> 'outcome', 'saved', 'a manager has seen it');
select tests.become('owner');
select is(public.acknowledge_alert(tests.bakery(), tests.the_alert(), repeat('a', 1001)) ->> 'outcome', 'bad_note', '1001 letters are no note');
select is(public.acknowledge_alert(tests.bakery(), tests.the_alert(), 'Good') ->> 'outcome', 'saved', 'the owner adds a word');
select is(
  (select concat_ws(', ', told ->> 'acknowledged_by', told #>> '{notes,0,note}', told #>> '{notes,1,by}') from jsonb_array_elements(public.report_alerts(tests.bakery()) -> 'alerts') as told),
  'manager@example.test, I asked for a second till, owner@example.test', 'who saw it first and what was written stays');
select is((public.report_alerts(tests.bakery()) ->> 'waiting')::integer, 0, 'none waits to be seen');
select is(public.close_alert(tests.bakery(), tests.the_alert()) ->> 'outcome', 'closed', 'the owner closes it');
select tests.become('database owner');
select tests.evaluate(1);
select is(tests.open(), null, 'and is not told of the same again');
update public.alerts set closed_at = tests.noon();
select tests.rate('-1:1 -2:1 -3:1', 10);
select tests.evaluate(3);
select is(tests.open(), null, 'until a whole window');
select tests.rate('-4:1', 20);
select tests.evaluate(4);
select is(tests.open(), 'low_scores 4/4', 'says it anew');

-- Pages: open ones first, each once
insert into public.alerts (org_id, id, kind, subject, facts, opened_at, closed_at)
select tests.bakery(), tests.id(n), 'tablet_silent', jsonb_build_object('n', n), '{}', tests.noon() - n * interval '1 hour', case when n > 3 then tests.noon() - (n % 3) * interval '1 minute' end
from generate_series(1, 9) as n;
select tests.become('owner');
select is(
  (with recursive pages (told, after, place) as (
    select first.page -> 'alerts', first.page ->> 'next', 1 from (select public.report_alerts(tests.bakery(), null, 2) as page) as first
    union all
    select following.page -> 'alerts', following.page ->> 'next', pages.place + 1 from pages
    cross join lateral (select public.report_alerts(tests.bakery(), pages.after, 2) as page) as following where pages.after is not null
  ) select string_agg(coalesce(told.alert #>> '{subject,n}', told.alert ->> 'kind'), ' ' order by pages.place, told.place)
    from pages, jsonb_array_elements(pages.told) with ordinality as told (alert, place)),
  'low_scores 1 2 3 low_scores 9 6 7 4 8 5', 'page by page nothing is left out or told twice');
select is(jsonb_array_length(public.report_alerts(tests.bakery(), 'nonsense') -> 'alerts'), 11, 'a place that is none is the beginning');
select tests.become('database owner');
delete from public.organizations where id = tests.bakery();
select is_empty('select id from public.alert_notes', 'all of it goes with the shop');
rollback to empty;

-- When it is worked out
update public.pairings set last_seen_at = now();
update public.pairings set last_seen_at = now() - interval '1 hour' where id = '13000000-0000-4000-8000-000000000002';
select tests.become('anonymous');
select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64));
select tests.become('database owner');
select is(tests.open(), 'tablet_silent', 'one tablet that asks for its settings is enough to miss another');
update public.pairings set last_seen_at = now();
select tests.become('owner');
select is((public.report_alerts(tests.bakery()) ->> 'open')::integer, 1, 'it is worked out once a minute');
select tests.become('database owner');
update private.alert_runs set next_at = now();
select tests.become('owner');
select is((public.report_alerts(tests.bakery()) ->> 'open')::integer, 0, 'and when the owner looks');

select * from finish();
rollback;
