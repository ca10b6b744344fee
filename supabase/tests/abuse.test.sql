-- Answers that are no customer's opinion: kept, flagged, and counted apart.
begin;
\ir fixtures/two-shops.psql
select plan(37);

-- Record n as tests.record makes it, tapped so many seconds after ten o'clock in Sofia on a Tuesday.
create function tests.tap(n integer, seconds numeric, score integer, answer jsonb default '{}', envelope jsonb default '{}') returns jsonb
language sql as $$
  select tests.record(n, jsonb_build_object('score', score) || answer, jsonb_build_object(
    'occurredAt', to_char('2026-03-10 08:00'::timestamp + seconds * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || envelope)
$$;
-- What the session of another record says later.
create function tests.follow_up(n integer, of_session integer, seconds numeric, answer jsonb) returns jsonb
language sql as $$
  select tests.tap(n, seconds, 0, answer || jsonb_build_object('session', format('18000000-0000-4000-8000-%s', lpad(of_session::text, 12, '0'))))
$$;
-- The flags of records first to last, in their order, one letter each; a dash where there is none.
create function tests.flags(first integer, last integer) returns text
language sql as $$
  select string_agg(coalesce(left(flag, 1), '-'), '' order by id) from public.answers
  where substr(id::text, 5, 4)::integer between first and last
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- burst: six within ten seconds
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.tap(n, n * 2, 1 + n % 2))) from generate_series(1, 5) as n;
select tests.become('database owner');
select is(tests.flags(1, 5), '-----', 'five ratings in eight seconds are a busy counter');
select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.tap(6, 12, 1)))), 'stored', 'the sixth is stored like any other');
select tests.become('database owner');
select is(tests.flags(1, 6), 'bbbbbb', 'and with it the five before it are a burst');
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.tap(n, 100 + (n - 10) * 2.001, 3 + n % 2)) || jsonb_build_array(tests.tap(16, 120, 5)))
from generate_series(10, 15) as n;
select tests.become('database owner');
select is(tests.flags(10, 16), '-------', 'six within ten seconds and five thousandths are none');
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.tap(n, 200 + (26 - n) * 2, 1 + n % 3) order by n)) from generate_series(20, 26) as n;
select tests.become('database owner');
select is(tests.flags(20, 26), 'bbbbbbb', 'whatever order they arrive in');
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.tap(n, 300, 5)) from generate_series(30, 34) as n));
select tests.send(jsonb_build_array(
  tests.tap(35, 300, 5, '{}', '{"pairing": "13000000-0000-4000-8000-000000000002"}')),
  '13000000-0000-4000-8000-000000000002', repeat('b', 64));
select tests.become('database owner');
select is(tests.flags(30, 35), '------', 'another tablet''s rating does not complete a burst');

-- streak: ten in a row with the same score, each less than four seconds after the last
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.tap(n, 1000 + (n - 40) * 3.9, 5))) from generate_series(40, 48) as n;
select tests.become('database owner');
select is(tests.flags(40, 48), '---------', 'nine fives, one every four seconds, may be a good day');
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.tap(n, 1000 + (n - 40) * 3.9, 5))) from generate_series(49, 50) as n;
select tests.become('database owner');
select is(tests.flags(40, 50), 'sssssssssss', 'ten and more are a streak');
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.tap(n, 2000 + (n - 60) * 4, 5)) from generate_series(60, 75) as n));
select tests.send((select jsonb_agg(tests.tap(n, 3000 + (n - 80) * 3.9, case n when 85 then 4 else 5 end)) from generate_series(80, 93) as n));
select tests.become('database owner');
select is(tests.flags(60, 75), repeat('-', 16), 'one every four seconds, however many, is none');
select is(tests.flags(80, 93), repeat('-', 14), 'another score between them ends a streak');

-- hammering: eight in a row, each less than five seconds after the last and with another score
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.tap(n, 4000 + (n - 100) * 4.9, 1 + 4 * (n % 2))) from generate_series(100, 106) as n));
select tests.become('database owner');
select is(tests.flags(100, 106), '-------', 'seven ratings to and fro are none');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.tap(107, 4000 + 7 * 4.9, 5)));
select tests.send((select jsonb_agg(tests.tap(n, 5000 + (n - 110) * 5, 1 + 4 * (n % 2))) from generate_series(110, 120) as n));
select tests.send((select jsonb_agg(tests.tap(n, 6000 + (n - 130) * 4.9, 1 + (n / 2) % 2 * 4)) from generate_series(130, 140) as n));
select tests.become('database owner');
select is(tests.flags(100, 107), 'hhhhhhhh', 'eight are a child at play');
select is(tests.flags(110, 120), repeat('-', 11), 'with five seconds between them they are none');
select is(tests.flags(130, 140), repeat('-', 11), 'nor with every score given twice');

-- All that a session says shares its flag, said before or after.
select tests.become('anonymous');
select tests.send(
  (select jsonb_agg(tests.tap(n, 7000 + (n - 150) * 1.5, 2)) from generate_series(150, 154) as n)
  || tests.follow_up(160, 154, 7007, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick", "fair_price"]}'));
select tests.become('database owner');
select is(tests.flags(150, 160), '------', 'before the sixth rating nothing is flagged');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.tap(155, 7007.5, 2)));
select tests.send(jsonb_build_array(
  tests.follow_up(161, 155, 7020, '{"type": "nps", "question": "recommend", "score": 3}'),
  tests.follow_up(162, 155, 7030, '{"type": "comment", "question": "comment", "score": null, "text": "mine!"}'),
  tests.follow_up(163, 6, 600, '{"type": "nps", "question": "recommend", "score": 9}')));
select tests.become('database owner');
select is(tests.flags(150, 163), 'bbbbbbbbbb', 'the sixth flags the reasons given before it, and what its own session says later');
select results_eq(
  $$ select type, score, n::integer, n_flagged::integer from public.score_counts where local_hour = '2026-03-10 11:00' and question = 'recommend' $$,
  $$ values ('nps', 3::smallint, 1, 1) $$, 'n counts it, n_flagged too'
);
select results_eq(
  $$ select choice, n, n_flagged from public.choice_counts order by choice $$,
  $$ values ('fair_price', 1, 1), ('quick', 1, 1) $$, 'reasons as well as scores'
);

-- closed: more than half an hour outside the opening hours
select tests.become('owner');
create temp table tried on commit drop as select hours, public.set_opening_hours(
  '10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', hours) ->> 'outcome' as outcome
from (values
  ('{}'), ('{"2": []}'), ('{"2": [["09:00", "24:00"]], "7": [["00:00", "02:00"], ["22:30", "23:59"]]}'),
  (''), ('no JSON'), ('null'), ('[]'), ('{"0": []}'), ('{"8": []}'), ('{"mon": []}'), ('{"2": null}'), ('{"2": {}}'), ('{"2": ["09:00"]}'),
  ('{"2": [["09:00"]]}'), ('{"2": [["09:00", null]]}'), ('{"2": [[9, 18]]}'), ('{"2": [["9:00", "18:00"]]}'), ('{"2": [["09:00", "24:01"]]}'),
  ('{"2": [["18:00", "09:00"]]}'), ('{"2": [["09:00", "09:00"]]}'), ('{"2": [[], [], [], [], []]}'), ('{"2": [["09:00", "18:00", "20:00"]]}'),
  (repeat(' ', 4000) || '{}')
) as given (hours);
select is((select count(*)::integer from tried where outcome = 'saved'), 3, 'hours are times of weekdays');
select is((select count(*)::integer from tried where outcome = 'bad_hours'), 20, 'anything else is refused');
select is(
  public.set_opening_hours('10000000-0000-4000-8000-000000000000', '21000000-0000-4000-8000-000000000001', '{}') ->> 'outcome',
  'forbidden', 'another shop''s location is not theirs'
);
select tests.become('analyst');
select is(
  public.set_opening_hours('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', '{}') ->> 'outcome',
  'forbidden', 'an analyst changes nothing'
);
select tests.become('other owner');
select is(
  public.set_opening_hours('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', '{}') ->> 'outcome',
  'forbidden', 'another shop''s owner neither'
);
select tests.become('manager');
select is(
  public.set_opening_hours('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001',
    '{"2": [["09:00", "12:00"], ["14:00", "18:00"]], "3": []}') ->> 'outcome', 'saved', 'a manager sets the hours'
);
select tests.become('database owner');
select throws_ok(
  $$ update public.locations set opening_hours = '{"2": 9}' $$, '23514', null, 'the table itself takes nothing else'
);
select tests.become('anonymous');
select tests.send(jsonb_agg(tests.record(n, '{}', jsonb_build_object('occurredAt', at)))) from (values
  (200, '2026-02-10T06:29:59.000Z'), (201, '2026-02-10T06:30:00.000Z'), (202, '2026-02-10T10:30:00.000Z'), (203, '2026-02-10T11:00:00.000Z'),
  (204, '2026-02-10T16:30:00.000Z'), (205, '2026-02-10T16:30:01.000Z'), (206, '2026-02-11T10:00:00.000Z'), (207, '2026-02-12T10:00:00.000Z')
) as tap (n, at);
select tests.send(jsonb_build_array(
  tests.record(208, '{}', '{"occurredAt": "2026-02-11T10:00:00.000Z", "serverOffsetMs": null}'),
  tests.record(209, '{}', '{"occurredAt": "garbage"}'),
  tests.follow_up(210, 206, -27 * 86400 + 7260, '{"type": "comment", "question": "comment", "score": null, "text": "Hi"}')));
select tests.become('database owner');
select is(tests.flags(200, 207), 'c--c-ccc', 'open is half an hour before to half an hour after; a day without hours is closed');
select is(tests.flags(208, 209), '--', 'a clock that was never compared cannot tell');
select is(tests.flags(210, 210), 'c', 'a comment made while the shop was closed is flagged too');
select is(
  (select n_flagged from public.score_counts where local_hour = '2026-02-11 12:00'), 1,
  'the count knows one of the two that day as flagged'
);
select tests.become('owner');
select is(
  public.set_opening_hours('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', null) ->> 'outcome',
  'saved', 'hours can be forgotten'
);
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(211, '{}', '{"occurredAt": "2026-02-11T01:00:00.000Z"}')));
select tests.become('database owner');
select is(tests.flags(211, 211), '-', 'and then nothing is outside them');
select is(tests.flags(200, 207), 'c--c-ccc', 'what was flagged stays flagged');

-- What only looks like a pattern.
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.record(n, '{}', '{"occurredAt": "garbage"}')) from generate_series(220, 240) as n));
select tests.become('database owner');
select is(tests.flags(220, 240), repeat('-', 21), 'a queue that has only its receipt for an hour is no burst');
select tests.become('owner');
select public.import_records('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', 'nonce',
  (select jsonb_agg(tests.tap(n, 9000, 5)) from generate_series(250, 270) as n)::text);
select tests.become('database owner');
select is(tests.flags(250, 270), repeat('-', 21), 'rows of a file that all have one hour are no burst');
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.tap(n, 9100 + n * 0.1, 5, '{"type": "nps", "question": "recommend"}')) from generate_series(280, 300) as n));
select tests.become('database owner');
select is(tests.flags(280, 300), repeat('-', 21), 'only ratings are looked at');

-- The owner reads both.
select tests.become('owner');
select results_eq(
  $$ select sum((entry ->> 'n')::integer)::integer, sum((entry ->> 'flagged')::integer)::integer
     from jsonb_array_elements(public.report_answers('10000000-0000-4000-8000-000000000000', '2026-03-10', '2026-03-10') -> 'scores') as entry $$,
  $$ select count(*)::integer, count(flag)::integer from public.answers
     where org_id = '10000000-0000-4000-8000-000000000000' and score is not null and local_at::date = '2026-03-10' $$,
  'the report counts all, and the flagged ones apart'
);
select results_eq(
  $$ select question, local_hour, location_id, tablet_id, score, n::bigint, n_flagged::bigint from public.score_counts order by 1, 2, 3, 4, 5 $$,
  $$ select question, date_trunc('hour', local_at), location_id, tablet_id, score, count(*), count(flag) from public.answers
     where score is not null group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 $$,
  'after all this the counts equal a recount'
);

select * from finish();
rollback;
