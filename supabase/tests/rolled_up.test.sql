-- Days that are over are rolled up, and reports are right before, while and after.
begin;
\ir fixtures/two-shops.psql
select plan(27);

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

select tests.become('database owner');
-- Places over several years come from years, months, days and counts: periods for which they differ from a recount.
create function tests.recounted(from_date date, to_date date) returns jsonb language sql security definer as $$
  select coalesce(jsonb_agg(jsonb_build_array(question, tablet_id, score, n, flagged) order by question, tablet_id, score), '[]')
  from (
    select question, tablet_id, score, sum(n) as n, sum(n_flagged) as flagged from public.score_counts
    where org_id = '10000000-0000-4000-8000-000000000000' and local_hour >= from_date and local_hour < to_date + 1 group by 1, 2, 3
  ) as counts
$$;
create function tests.told(from_date date, to_date date) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_array(place ->> 'question', place ->> 'tablet', count -> 0, count -> 1, count -> 2)
    order by place ->> 'question', place ->> 'tablet', count -> 0), '[]')
  from jsonb_array_elements(public.report_places('10000000-0000-4000-8000-000000000000', from_date, to_date)::jsonb) as place
  cross join jsonb_array_elements(place -> 'counts') as count
$$;
create function tests.wrong() returns setof date language sql as $$
  select from_date from (values
    ('2024-11-15'::date, '2026-03-20'::date), ('2025-01-01', '2025-12-31'), ('2025-12-31', '2026-01-01'), ('2024-12-01', '2025-02-28'),
    ('2025-02-10', '2025-02-20'), ('2025-02-11', '2026-02-10'), ('2026-02-01', '2026-03-31'), ('2026-03-31', '2026-02-01')
  ) as period (from_date, to_date)
  where tests.told(from_date, to_date) is distinct from tests.recounted(from_date, to_date)
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n, n_flagged)
select '10000000-0000-4000-8000-000000000000', 'satisfaction', month + day * interval '1 day', '11000000-0000-4000-8000-000000000001', tablet,
  'csat', 1 + day % 5, day + 1, case when day = 9 then 3 else 0 end
from unnest(array['2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01', '2025-12-01', '2026-02-01']::timestamp[]) as month
cross join unnest(array[0, 9, 19, 26, 27]) as day
cross join unnest(array['12000000-0000-4000-8000-000000000001', '12000000-0000-4000-8000-000000000009']::uuid[]) as tablet;
select tests.become('owner');
select is_empty('select tests.wrong()', 'places over years are told from the counts');
select tests.roll_up(20);
select is_empty('select tests.wrong()', 'with days rolled up and no month');
do $$ begin while tests.roll_up() loop end loop; end $$;
select tests.become('database owner');
select results_eq(
  'select distinct year from public.score_years order by year', 'values (2024), (2025), (2026)', 'when every month is over, in years'
);
select tests.become('owner');
select is_empty('select tests.wrong()', 'and from those');
select tests.become('database owner');
update public.score_counts set n = n + 7, n_flagged = 5 where local_hour in ('2025-02-10', '2025-12-28', '2026-02-28');
select tests.become('owner');
select is_empty('select tests.wrong()', 'what changes late is told at once');
select tests.roll_up(1);
select is_empty('select tests.wrong()', 'and while its month waits');
do $$ begin while tests.roll_up() loop end loop; end $$;
select is_empty('select tests.wrong()', 'and when that is rolled up again');

select is(tests.counted(tests.report('11000000-0000-4000-8000-000000000001')), 3::bigint, 'one place, rolled up or not');
select tests.become('other owner');
select is_empty('select 1 from public.score_days where org_id = ''10000000-0000-4000-8000-000000000000''', 'another shop''s owner reads no rolled up day');
select is_empty('select 1 from public.changed_days where org_id = ''10000000-0000-4000-8000-000000000000''', 'nor which changed');
select throws_ok('select private.roll_up(''10000000-0000-4000-8000-000000000000'', 1)', '42501', null, 'nor rolls up');

select * from finish();
rollback;
