-- The hour an answer is counted in, and the counts themselves.
begin;
\ir fixtures/two-shops.psql
select plan(24);

select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(n, '{}', clock::jsonb)))), 'stored', description)
from (values
  (1, '{"occurredAt": "2026-03-10T10:59:59.500Z", "serverOffsetMs": null}', 'a clock that was never compared'),
  (2, '{"occurredAt": "2026-03-10T10:59:59.500Z", "serverOffsetMs": 0}', 'a right clock'),
  (3, '{"occurredAt": "2026-03-10T10:59:59.500Z", "serverOffsetMs": 500}', 'a clock half a second slow'),
  (4, '{"occurredAt": "2019-01-01T00:00:00.000Z", "serverOffsetMs": 226821600000}', 'a clock years slow'),
  (5, '{"occurredAt": "1999-12-31T23:59:59.999Z"}', 'a clock of another century'),
  (6, '{"occurredAt": "2999-01-01T00:00:00.000Z"}', 'a clock of the far future'),
  (7, '{"occurredAt": "garbage"}', 'a clock that says nothing'),
  (8, '{"occurredAt": null}', 'no clock'),
  (9, '{"serverOffsetMs": "NaN"}', 'an offset that is no number'),
  (10, '{"serverOffsetMs": 1e300}', 'an offset beyond time'),
  (11, '{"occurredAt": "infinity"}', 'an hour beyond time'),
  (12, '{"serverOffsetMs": 60000}', 'a minute in the future')
) as record (n, clock, description);

select tests.become('owner');
select results_eq(
  $$ select occurred_at, clock, local_at from public.answers where id::text ~ '^0190000[1-4]' order by id $$,
  $$ values ('2026-03-10 10:59:59.5Z'::timestamptz, 'tablet', '2026-03-10 12:59:59.5'::timestamp),
    ('2026-03-10 10:59:59.5Z', 'server', '2026-03-10 12:59:59.5'), ('2026-03-10 11:00:00Z', 'server', '2026-03-10 13:00:00'),
    ('2026-03-10 06:00:00Z', 'server', '2026-03-10 08:00:00') $$,
  'a known offset corrects the tablet''s clock, and the hour is the shop''s'
);
select results_eq(
  $$ select distinct occurred_at = now(), clock from public.answers where id::text ~ '^019000(0[5-9]|1[01])' $$,
  $$ values (true, 'receipt') $$, 'a clock that makes no sense gives way to the time of receipt'
);
select results_eq(
  $$ select occurred_at = now(), clock from public.answers where id::text ~ '^01900012' $$,
  $$ values (true, 'server') $$, 'a few minutes in the future are now'
);

-- The night summer time ends in Sofia: 03:30 comes twice, and both answers count in the hour from three to four.
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.record(20, '{}', '{"occurredAt": "2025-10-26T00:30:00.000Z"}'), tests.record(21, '{}', '{"occurredAt": "2025-10-26T01:30:00.000Z"}'),
  tests.record(22, '{}', '{"occurredAt": "2025-10-25T20:59:59.999Z"}'), tests.record(23, '{}', '{"occurredAt": "2025-10-25T21:00:00.000Z"}')));
select tests.become('owner');
select results_eq(
  $$ select local_hour, n from public.score_counts where local_hour < '2026-01-01' order by local_hour $$,
  $$ values ('2025-10-25 23:00'::timestamp, 1), ('2025-10-26 00:00', 1), ('2025-10-26 03:00', 2) $$,
  'local hours hold across the end of summer time'
);

-- Counts of everything, made of many batches with doubles and refusals among them.
select tests.become('anonymous');
select tests.send((
  select jsonb_agg(case n % 4
    when 0 then tests.record(n, jsonb_build_object('score', n % 7), at)
    when 1 then tests.record(n, jsonb_build_object('type', 'nps', 'question', 'recommend', 'score', n % 11), at)
    when 2 then tests.record(n, jsonb_build_object('type', 'expectation', 'question', 'expectation', 'score', n % 3 - 1), at)
    else tests.record(n, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick", "fair_price", "quick"]}', at)
  end)
  from generate_series(batch * 40, batch * 40 + 60) as n,
  lateral (select jsonb_build_object('occurredAt', to_char('2026-01-01'::timestamp + n * interval '7 hours', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as at) as moment
)) from generate_series(3, 12) as batch;
select tests.become('owner');
select cmp_ok((select count(*) from public.answers), '>', 400::bigint, 'many answers are in');
select cmp_ok((select count(*) from public.quarantine), '>', 10::bigint, 'some were refused');
select results_eq(
  $$ select question, local_hour, location_id, tablet_id, type, score, n::bigint, n_flagged::bigint from public.score_counts
     order by 1, 2, 3, 4, 5, 6 $$,
  $$ select question, date_trunc('hour', local_at), location_id, tablet_id, type, score, count(*), count(flag) from public.answers
     where score is not null group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 $$,
  'the counts of scores equal a recount'
);
select results_eq(
  $$ select question, local_hour, location_id, tablet_id, choice, n::bigint, n_flagged::bigint from public.choice_counts
     order by 1, 2, 3, 4, 5 $$,
  $$ select question, date_trunc('hour', local_at), location_id, tablet_id, choice, count(*), count(flag)
     from public.answers, unnest(choices) as choice group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 $$,
  'the counts of reasons equal a recount'
);
select results_eq(
  'select distinct choices from public.answers where choices is not null', $$ values (array['fair_price', 'quick']) $$,
  'a reason given twice in one answer counts once'
);
select is(
  (select received from public.pairings where id = '13000000-0000-4000-8000-000000000001'), (select count(*) from public.answers),
  'received counts what is stored'
);
select results_eq(
  'select id from public.received order by id', 'select id from public.answers order by id', 'the ledger and the answers agree'
);
select tests.become('database owner');
select is_empty(
  'select id from only public.answers', 'every answer is in a partition'
);

select * from finish();
rollback;
