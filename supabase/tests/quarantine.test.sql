-- The owner sees what was refused, mends it and sends it again, once; the tablet learns of it.
begin;
\ir fixtures/two-shops.psql
select plan(46);

create function tests.open(resolved boolean default false) returns jsonb language sql as $$
  select public.report_quarantine('10000000-0000-4000-8000-000000000000', open.resolved)
$$;
create function tests.body(answer jsonb) returns text language sql as $$ select tests.record(1, answer) ->> 'body' $$;
create function tests.told(quarantined integer default 1) returns jsonb language sql as $$
  select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64), jsonb_build_object('quarantined', quarantined)::text)
$$;
create function tests.figures() returns text language sql security definer as $$
  select concat_ws(' ', made, received, waiting, quarantined) from public.pairings where id = '13000000-0000-4000-8000-000000000001'
$$;

select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.record(1),
  tests.record(2, '{"score": 9}', '{"occurredAt": "2026-02-03T10:00:00.000Z"}'),
  tests.record(3, '{"survey": "15000000-0000-4000-8000-000000000009"}'),
  tests.record(4, '{"type": "comment", "question": "comment", "score": null, "text": ""}'),
  tests.record(5, '{"score": 7}', '{"seq": 1.5, "occurredAt": "never"}'),
  tests.record(1, '{"score": 2}')
))), 'stored refused:off_scale refused:unknown_survey refused:text_missing refused:off_scale conflict:other_content', 'five are set aside');
select tests.become('database owner');
update public.quarantine set received_at = received_at - (interval '1 hour' * (record::jsonb ->> 'monotonicMs')::integer);
create table tests.entries as
select id, case when outcome = 'conflict' then 1 else (record::jsonb ->> 'monotonicMs')::integer end as seq from public.quarantine;
insert into public.quarantine (org_id, pairing_id, outcome, reason, record, record_hash)
values ('20000000-0000-4000-8000-000000000000', '23000000-0000-4000-8000-000000000001', 'refused', 'malformed', '7', 'x');
insert into tests.entries select id, 20 from public.quarantine where record = '7';
create function tests.resend(seq integer, body text) returns jsonb language sql as $$
  select public.resend_quarantined('10000000-0000-4000-8000-000000000000', id, resend.body)
  from tests.entries where entries.seq = resend.seq
$$;
grant select on tests.entries to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;

-- Who sees, who mends.
select tests.become('anonymous');
select throws_ok('select tests.open()', '42501', null, 'anonymous sees no quarantine');
select throws_ok('select tests.resend(2, '''')', '42501', null, 'and sends nothing again');
select tests.become('stranger');
select is(tests.open(), '{"open": 0, "resolved": 0, "records": []}'::jsonb, 'a stranger sees nothing');
select is(tests.resend(2, '{}'), '{"outcome": "forbidden"}'::jsonb, 'and sends nothing again');
select tests.become('other owner');
select is(tests.open() ->> 'open', '0', 'another shop''s owner sees nothing');
select is(tests.resend(2, '{}') ->> 'outcome', 'forbidden', 'and sends nothing again');
select is(
  public.resend_quarantined('20000000-0000-4000-8000-000000000000', id, '{}') ->> 'outcome', 'forbidden',
  'not by naming their own shop either'
) from tests.entries where seq = 2;
select tests.become('analyst');
select is(tests.open() ->> 'open', '5', 'an analyst sees what is set aside');
select is(tests.resend(2, tests.body('{"score": 4}')) ->> 'outcome', 'forbidden', 'and mends nothing');

select tests.become('owner');
select is(
  (select string_agg(entry ->> 'reason', ' ' order by position) from jsonb_array_elements(tests.open() -> 'records') with ordinality as page (entry, position)),
  'other_content off_scale unknown_survey text_missing off_scale', 'the newest stands first'
);
select is(
  (tests.open() #>> '{records,1,record}')::jsonb ->> 'body', tests.record(2, '{"score": 9}') ->> 'body', 'the record is whole'
);
select is(tests.open() #>> '{records,1,tablet}', '12000000-0000-4000-8000-000000000001', 'and its tablet named');
select is(
  jsonb_array_length(public.report_quarantine('10000000-0000-4000-8000-000000000000', page_size => size) -> 'records'), least(size, 5),
  format('a page of %s', size)
) from unnest(array[0, 2, 1000]) as size;
select is(
  public.report_quarantine('10000000-0000-4000-8000-000000000000', false, (entry ->> 'received_at')::timestamptz, (entry ->> 'id')::uuid)
    #>> '{records,0,reason}', 'unknown_survey', 'the next page goes on after the last'
) from jsonb_array_elements(tests.open() -> 'records') with ordinality as page (entry, position) where position = 2;

-- Sent again.
select is(
  tests.resend(2, tests.body('{"score": 8}')), '{"outcome": "refused", "reason": "off_scale"}'::jsonb, 'a bad mend is refused by name'
);
select is(tests.resend(2, '{') ->> 'reason', 'malformed', 'so is a torn one');
select is(tests.resend(2, null) ->> 'outcome', 'refused', 'and none');
select is(tests.resend(2, rpad('{', 100001)) ->> 'outcome', 'too_large', 'a body has its limit');
select is(tests.open() ->> 'open', '5', 'and nothing has changed');
select is(tests.resend(2, tests.body('{"score": 4}')) ->> 'outcome', 'stored', 'a good one is stored');
select is(tests.resend(2, tests.body('{"score": 4}')) ->> 'outcome', 'resolved', 'once');
select is(
  tests.resend(3, tests.record(3, '{"survey": "15000000-0000-4000-8000-000000000009"}') ->> 'body') ->> 'reason', 'unknown_survey',
  'what is unknown still is refused'
);
select tests.become('database owner');
insert into public.survey_versions (org_id, id, survey_id, number, definition)
select org_id, '15000000-0000-4000-8000-000000000009', survey_id, 2, definition from public.survey_versions
where id = '15000000-0000-4000-8000-000000000000';
select tests.become('manager');
select is(
  tests.resend(3, tests.record(3, '{"survey": "15000000-0000-4000-8000-000000000009"}') ->> 'body') ->> 'outcome', 'stored',
  'and taken unchanged once it is known'
);
select is(tests.resend(5, tests.body('{"score": 1}')) ->> 'outcome', 'stored', 'a number that is none costs no answer');
select is(tests.resend(1, tests.body('{"score": 2}')) ->> 'outcome', 'stored', 'of a conflict both count');
select is(tests.resend(1, tests.body('{"score": 2}')) ->> 'outcome', 'resolved', 'each once');
select results_eq(
  $$ select r.seq::integer, a.score::integer, a.occurred_at, a.tablet_id
     from public.answers as a join public.received as r on r.org_id = a.org_id and r.id = a.id where a.occurred_at < now() - interval '1 day' $$,
  $$ values (2, 4, '2026-02-03T10:00Z'::timestamptz, '12000000-0000-4000-8000-000000000001'::uuid) $$,
  'with its number, at the time it happened, of its own tablet'
);
select is(
  (select occurred_at::text from public.answers where score = 1), (now() - interval '5 hours')::text,
  'without a time of its own, at the time it first came'
);
select results_eq(
  $$ select a.id, r.seq from public.answers as a join public.received as r on r.org_id = a.org_id and r.id = a.id where score = 2 $$,
  $$ select id, null::bigint from tests.entries where seq = 1 $$, 'the second of a conflict has an id of its own and no number'
);
select is(
  tests.counted(public.report_answers('10000000-0000-4000-8000-000000000000', '2026-02-01', '2026-02-28')), 1::bigint, 'it is counted'
);
select is(tests.open() ->> 'open', '1', 'one is still open');
select is(tests.open(true) ->> 'resolved', '4', 'four are settled');
select results_eq(
  $$ select reason, record::jsonb ->> 'sha256', resolved_at = now(), resolved_by from public.quarantine
     join tests.entries using (id) where seq = 2 $$,
  $$ select 'off_scale', tests.record(2, '{"score": 9}') ->> 'sha256', true, id from tests.people where name = 'owner' $$,
  'the row stays as it was, with who settled it'
);

-- The tablet.
select tests.become('anonymous');
select bag_eq(
  $$ select jsonb_array_elements_text(tests.told() -> 'settled') $$,
  $$ select tests.record(n) ->> 'id' from unnest(array[2, 3, 5]) as n $$,
  'the tablet is told which of its refused records it may forget'
);
select ok(not tests.told(0) ? 'settled', 'and nothing of it when it keeps none');
select is(
  public.pull('13000000-0000-4000-8000-000000000002', repeat('b', 64), '{"quarantined": 1}') -> 'settled', '[]'::jsonb,
  'nor is another tablet'
);
select is(
  public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64), '{"quarantined": "many"}') ? 'settled', false, 'nor one that cannot count'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(2, '{"score": 9}', '{"occurredAt": "2026-02-03T10:00:00.000Z"}')))),
  'conflict:other_content', 'a tablet restored from an old copy sends it again'
);
select tests.become('owner');
select is(tests.open() ->> 'open', '1', 'which opens nothing anew');

-- Told counts never hide what has arrived.
select is(tests.resend(4, tests.body('{"type": "comment", "question": "comment", "score": null, "text": "Добре"}')) ->> 'outcome', 'stored', 'the last is mended');
select is(tests.figures(), '4 4 0 0', 'nothing is said to lie aside any more');
select is(
  tests.counted(public.report_answers('10000000-0000-4000-8000-000000000000', '2020-01-01', '2030-01-01')), 5::bigint, 'every score is counted once'
);
select is((select count(*)::integer from public.quarantine), 5, 'and no row was ever dropped');

select * from finish();
rollback;
