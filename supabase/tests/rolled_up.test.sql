-- Days that are over are rolled up, and reports are right before, while and after.
begin;
\ir fixtures/two-shops.psql
select plan(20);

create function tests.report(location uuid default null)
returns jsonb language sql as $$
  select public.report_answers('10000000-0000-4000-8000-000000000000', '2026-03-01', '2026-03-31', report.location)
$$;
create function tests.roll_up(at_most integer default 9) returns boolean language sql security definer as $$
  select private.roll_up('10000000-0000-4000-8000-000000000000', at_most)
$$;
create function tests.rolled() returns bigint language sql security definer as $$
  select count(distinct day) from public.score_days where org_id = '10000000-0000-4000-8000-000000000000'
$$;
create function tests.changed() returns bigint language sql security definer as $$
  select count(*) from public.changed_days where org_id = '10000000-0000-4000-8000-000000000000'
$$;
create function tests.answer(n integer, at text, answer jsonb default '{"score": 5}') returns void language sql as $$
  select tests.send(jsonb_build_array(tests.record(n, answer, jsonb_build_object('occurredAt', at))))
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select tests.answer(1, '2026-03-10T09:10:00Z');
select tests.answer(2, '2026-03-10T09:20:00Z', '{"score": 1}');
select tests.answer(3, '2026-03-11T09:10:00Z', '{"score": null, "type": "reasons", "question": "reasons", "choices": ["quick"]}');
select is(tests.rolled(), 0::bigint, 'nothing is rolled up by itself');
select is(tests.changed(), 2::bigint, 'two days changed');
select tests.become('owner');
create temporary table before as select tests.report() as told;
select is(tests.counted((select told from before)), 2::bigint, 'and are counted at once');

select tests.roll_up(1);
select is(tests.changed(), 1::bigint, 'one day at most was rolled up');
select is(tests.report(), (select told from before), 'which changes nothing that is told');
select is(tests.roll_up(), false, 'no day is left');
select is(tests.changed(), 0::bigint, 'and none changed since');
select is(tests.rolled(), 1::bigint, 'the day with scores is rolled up');
select is(tests.report(), (select told from before), 'which changes nothing that is told either');

select tests.become('anonymous');
select tests.answer(4, '2026-03-10T09:30:00Z');
select is(tests.changed(), 1::bigint, 'a late answer of an hour and score that were counted before opens its day again');
select tests.become('owner');
select is(tests.counted(tests.report()), 3::bigint, 'and counts at once');
select tests.roll_up();
select is(tests.counted(tests.report()), 3::bigint, 'and once when the day is rolled up again');

select tests.become('database owner');
select private.flag_session(org_id, tablet_id, session_id, 'staff', occurred_at) from public.answers
where org_id = '10000000-0000-4000-8000-000000000000' and score = 1;
select is(tests.changed(), 1::bigint, 'a flag opens the day of its answer again');
select tests.become('owner');
select is((tests.report() #>> '{scores,0,flagged}')::integer, 1, 'and is told at once');
select tests.roll_up();
select is((tests.report() #>> '{scores,0,flagged}')::integer, 1, 'and when the day is rolled up again');

select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(9, '{"score": 4}')));
select tests.become('owner');
select tests.roll_up();
select is(tests.changed(), 1::bigint, 'today is not over');

select is(tests.counted(tests.report('11000000-0000-4000-8000-000000000001')), 3::bigint, 'one place, rolled up or not');
select tests.become('other owner');
select is_empty('select 1 from public.score_days where org_id = ''10000000-0000-4000-8000-000000000000''', 'another shop''s owner reads no rolled up day');
select is_empty('select 1 from public.changed_days where org_id = ''10000000-0000-4000-8000-000000000000''', 'nor which changed');
select throws_ok('select private.roll_up(''10000000-0000-4000-8000-000000000000'', 1)', '42501', null, 'nor rolls up');

select * from finish();
rollback;
