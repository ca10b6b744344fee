-- CES and questions about one factor: what they store and count, that of a factor tapped again the last counts, and that only
-- the first question opens cases, raises alerts and stands for a session.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(28);

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
insert into public.survey_versions (org_id, id, survey_id, number, definition)
values (tests.bakery(), '15000000-0000-4000-8000-000000000002', '14000000-0000-4000-8000-000000000000', 2, '{"questions": [
  {"key": "satisfaction", "type": "csat"}, {"key": "about_staff", "type": "csat", "factor": "staff"},
  {"key": "about_speed", "type": "csat", "factor": "speed"}, {"key": "effort", "type": "ces"}, {"key": "comment", "type": "comment"}]}');

create function tests.session() returns uuid language sql as $$ select '18000000-0000-4000-8000-000000000001'::uuid $$;
-- Record n: an answer of the one session, n seconds past ten.
create function tests.tap(n integer, question text, score integer, more jsonb default '{}') returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('survey', '15000000-0000-4000-8000-000000000002', 'session', tests.session(),
      'question', question, 'type', case question when 'effort' then 'ces' else 'csat' end, 'score', score) || more,
    jsonb_build_object('occurredAt', format('2026-03-10T08:00:%s.000Z', lpad(n::text, 2, '0'))))
$$;
create function tests.words(n integer) returns jsonb language sql as $$
  select tests.tap(n, 'comment', null, '{"type": "comment", "text": "Warm bread"}')
$$;
create function tests.sent(variadic records jsonb[]) returns text language plpgsql as $$
declare
  outcomes text;
begin
  perform tests.become('anonymous');
  outcomes := tests.outcomes(tests.send(to_jsonb(records)));
  perform tests.become('database owner');
  return outcomes;
end
$$;
-- What is counted, as 'about_staff 5: 1 of 2', the flagged left out; and the same of the answers themselves.
create function tests.kept() returns text language sql as $$
  select string_agg(format('%s %s: %s of %s', question, score, n - n_flagged, n), ', ' order by question, score)
  from (select question, score, sum(n) as n, sum(n_flagged) as n_flagged from public.score_counts group by question, score) as counted
$$;
create function tests.recounted() returns text language sql as $$
  select string_agg(format('%s %s: %s of %s', question, score, kept, n), ', ' order by question, score)
  from (select question, score, count(*) as n, count(*) filter (where flag is null) as kept from public.answers where score is not null
    group by question, score) as counted
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- CES
select is(tests.sent(tests.tap(1, 'effort', 1), tests.tap(2, 'effort', 7)), 'stored stored', 'CES goes from 1 to 7');
select is(tests.sent(tests.tap(3, 'effort', score)), 'refused:off_scale', format('and %s is not on it', score))
from (values (0), (8)) as given (score);
select is(tests.sent(tests.tap(5, 'effort', 5, '{"type": "csat"}')), 'refused:unknown_question', 'what asked for effort is no csat');
select throws_ok($$ insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
    question, type, score, locale)
  select org_id, tests.bakery(), occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id, question, type, 8, locale
  from public.answers limit 1 $$, '23514', null, 'the table itself takes no 8');
select tests.become('owner');
select is(public.report_answers(tests.bakery(), '2026-03-10', '2026-03-10') -> 'scores', '[
  {"question": "effort", "type": "ces", "score": 1, "n": 1, "flagged": 0}, {"question": "effort", "type": "ces", "score": 7, "n": 1, "flagged": 0}]',
  'a report counts it');
select is(public.set_target(tests.bakery(), 'effort', null, 80) ->> 'outcome', 'saved', 'it may have a target');
select is(public.set_target(tests.bakery(), 'effort', null, -1) ->> 'outcome', 'bad_target', 'which is a share');
select tests.become('database owner');
select private.roll_up(tests.bakery(), 10);
select tests.become('owner');
select is(jsonb_path_query_array(public.report_answers(tests.bakery(), '2026-03-10', '2026-03-10'), '$.scores[*].score'), '[1, 7]', 'rolled up it is the same');
rollback to empty;

-- A factor tapped again
select is(tests.sent(tests.tap(1, 'satisfaction', 4), tests.tap(2, 'about_staff', 2), tests.tap(3, 'about_staff', 5), tests.tap(4, 'about_speed', 3)),
  'stored stored stored stored', 'every tap is stored');
select is(tests.kept(), 'about_speed 3: 1 of 1, about_staff 2: 0 of 1, about_staff 5: 1 of 1, satisfaction 4: 1 of 1', 'and the last of a row counts');
select is(tests.kept(), tests.recounted(), 'as the answers say');
select is(tests.sent(tests.tap(5, 'about_staff', 3), tests.tap(6, 'effort', 6)), 'stored stored', 'in the next batch as well');
select is(tests.kept(), 'about_speed 3: 1 of 1, about_staff 2: 0 of 1, about_staff 3: 1 of 1, about_staff 5: 0 of 1, effort 6: 1 of 1, satisfaction 4: 1 of 1',
  'and nothing else of the session is doubted');
select tests.sent(tests.tap(9, 'about_speed', 1, '{"session": "18000000-0000-4000-8000-000000000009"}'));
select is((select count(*)::integer from public.answers where question = 'about_speed' and flag is null), 2, 'another session is another customer');
rollback to empty;
select is(tests.sent(tests.tap(3, 'about_staff', 5)), 'stored', 'the last tap comes first');
select is(tests.sent(tests.tap(1, 'about_staff', 2)), 'stored', 'then one before it');
select is(tests.kept(), 'about_staff 2: 0 of 1, about_staff 5: 1 of 1', 'the last counts all the same');
select private.flag_session(tests.bakery(), '12000000-0000-4000-8000-000000000001', tests.session(), 'staff', '2026-03-10 08:00Z');
select tests.sent(tests.tap(4, 'about_staff', 1));
select is(tests.kept(), tests.recounted(), 'what is flagged as the staff''s own is counted right');
select private.change_session_flag(tests.bakery(), '12000000-0000-4000-8000-000000000001', tests.session(), 'staff', null, '2026-03-10 08:00Z');
select is(tests.kept(), 'about_staff 1: 1 of 1, about_staff 2: 0 of 1, about_staff 5: 0 of 1', 'and once it is not, the last alone counts again');
rollback to empty;

-- The first question alone
select tests.sent(tests.enrolment(20, '+359881234567', '2026-03-10 07:00Z', '{"consents": [{"purpose": "call", "version": 1, "locale": "bg"}]}'),
  tests.tap(1, 'about_staff', 1), tests.tap(2, 'satisfaction', 4), tests.words(3),
  tests.told(21, 'rater', '2026-03-10 08:02Z', jsonb_build_object('member', tests.id(20), 'session', tests.session())));
select is((select count(*)::integer from public.cases), 0, 'a low factor opens no case');
select tests.become('owner');
select is(public.search_comments(tests.bakery(), '{}') #> '{comments,0,score}', '{"type": "csat", "score": 4}', 'a session scored what it said of the visit');
select is(public.report_comments(tests.bakery(), '2026-03-10', '2026-03-10') #> '{0,score}', '{"type": "csat", "score": 4}', 'on every page');
select tests.sent(tests.tap(4, 'satisfaction', 2, '{"session": "18000000-0000-4000-8000-000000000007"}'));
select tests.sent(tests.told(22, 'rater', '2026-03-10 08:02Z',
  jsonb_build_object('member', tests.id(20), 'session', '18000000-0000-4000-8000-000000000007')));
select is((select score::integer from public.cases), 2, 'a low visit does');
select tests.sent(tests.tap(5, 'about_staff', 1, '{"session": "18000000-0000-4000-8000-000000000007"}'),
  tests.tap(6, 'about_staff', 4, '{"session": "18000000-0000-4000-8000-000000000007"}'));
select is(
  jsonb_path_query_array((select public.report_case(tests.bakery(), id) from public.cases), '$.answers[*].score'), '[2, 4]',
  'and is told with what the customer said in the end'
);
select is(
  (select jsonb_path_query_array(event, '$.answers[*].score') from private.ratings_of(tests.bakery(), tests.id(20))
    where id = '18000000-0000-4000-8000-000000000007'), '[2, 4]', 'in the member''s own story too'
);
rollback to empty;
select tests.become('database owner');
select tests.sent(variadic array(select tests.record(n,
  jsonb_build_object('survey', '15000000-0000-4000-8000-000000000002', 'question', 'about_staff', 'score', 1)) from generate_series(1, 5) as n));
select is_empty($$ select subject from private.low_scores_now((select r from public.alert_rules as r where r.org_id = tests.bakery()), now()) $$,
  'low factors raise no alert');
update public.answers set question = 'satisfaction';
select isnt_empty($$ select subject from private.low_scores_now((select r from public.alert_rules as r where r.org_id = tests.bakery()), now()) $$,
  'the same of the visit do');

select * from finish();
rollback;
