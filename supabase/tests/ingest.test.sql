-- What the server says of each record, and what it keeps.
begin;
\ir fixtures/two-shops.psql
select plan(53);
select tests.become('anonymous');

select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(1)))), 'stored', 'a new record is stored');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(1)))), 'duplicate', 'the same record again is a duplicate');
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(1, '{"score": 4}')))), 'conflict:other_content',
  'the same id with other content is a conflict'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(2), tests.record(2)))), 'stored duplicate',
  'twice in one batch is stored once'
);
select is(
  tests.send(jsonb_build_array(tests.record(1))) #- '{server_time}',
  '{"outcome": "accepted", "nonce": "nonce", "records": [{"id": "01900001-0000-7000-8000-000000000001", "outcome": "duplicate"}]}'::jsonb,
  'the reply names its nonce and every id'
);
select is(
  public.ingest('13000000-0000-4000-8000-000000000001', repeat('a', 64), repeat('n', 101), '[]') ->> 'nonce', repeat('n', 100),
  'a nonce is cut at 100 characters'
);

-- The refusals, each by its name.
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(10, '{}', replacement::jsonb)))), 'refused:' || reason, description
) from (values
  ('{"kind": "voucher"}', 'unknown_kind', 'a kind of tomorrow'),
  ('{"kind": null}', 'unknown_kind', 'no kind'),
  ('{"v": 2}', 'unknown_version', 'a version of tomorrow'),
  ('{"v": null}', 'unknown_version', 'no version'),
  ('{"v": "one"}', 'malformed', 'a version that is no number'),
  ('{"sha256": "0000000000000000000000000000000000000000000000000000000000000000"}', 'hash_mismatch', 'a hash of something else'),
  ('{"sha256": null}', 'hash_mismatch', 'no hash'),
  ('{"body": null}', 'hash_mismatch', 'no body'),
  ('{"body": null, "sha256": null}', 'malformed', 'neither body nor hash'),
  ('{"pairing": "23000000-0000-4000-8000-000000000001"}', 'foreign_pairing', 'the pairing of another shop'),
  ('{"pairing": "7"}', 'foreign_pairing', 'a pairing that is none'),
  ('{"pairing": null}', 'foreign_pairing', 'no pairing'),
  ('{"id": "nope"}', 'malformed', 'an id that is none'),
  ('{"id": null}', 'malformed', 'no id'),
  ('{"seq": 0}', 'malformed', 'a seq below one'),
  ('{"seq": 1.5}', 'malformed', 'a seq between two'),
  ('{"seq": 9007199254740992}', 'malformed', 'a seq no tablet could count to'),
  ('{"seq": 9223372036854775808}', 'malformed', 'a seq beyond every integer')
) as refusal (replacement, reason, description);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(10, replacement::jsonb)))), 'refused:' || reason, description
) from (values
  ('{"score": 0}', 'off_scale', 'a csat below 1'),
  ('{"score": 6}', 'off_scale', 'a csat above 5'),
  ('{"score": 4.5}', 'off_scale', 'half a point'),
  ('{"score": 1e300}', 'off_scale', 'an enormous score'),
  ('{"score": "5"}', 'off_scale', 'a score as text'),
  ('{"score": null}', 'off_scale', 'no score'),
  ('{"type": "nps", "question": "recommend", "score": 11}', 'off_scale', 'an nps above 10'),
  ('{"type": "nps", "question": "recommend", "score": -1}', 'off_scale', 'an nps below 0'),
  ('{"type": "expectation", "question": "expectation", "score": 2}', 'off_scale', 'an expectation beyond better'),
  ('{"type": "comment", "question": "comment", "text": ""}', 'text_missing', 'an empty comment'),
  ('{"type": "comment", "question": "comment"}', 'text_missing', 'a comment without text'),
  ('{"survey": "25000000-0000-4000-8000-000000000000"}', 'unknown_survey', 'the survey of another shop'),
  ('{"survey": null}', 'unknown_survey', 'no survey'),
  ('{"survey": "nope"}', 'malformed', 'a survey that is none'),
  ('{"question": "weather"}', 'unknown_question', 'a question that was not asked'),
  ('{"question": "recommend"}', 'unknown_question', 'a question of another type'),
  ('{"type": "stars"}', 'unknown_question', 'a type that is none'),
  ('{"type": "reasons", "question": "reasons", "choices": []}', 'unknown_choice', 'no reason'),
  ('{"type": "reasons", "question": "reasons", "choices": "quick"}', 'unknown_choice', 'reasons that are no list'),
  ('{"type": "reasons", "question": "reasons", "choices": ["Quick!"]}', 'unknown_choice', 'a reason that is no key'),
  ('{"type": "reasons", "question": "reasons", "choices": [1]}', 'unknown_choice', 'a reason that is a number'),
  ('{"session": "nope"}', 'malformed', 'a session that is none'),
  ('{"session": null}', 'malformed', 'no session')
) as refusal (replacement, reason, description);
select is(
  tests.outcomes(tests.send(jsonb_build_array(
    tests.record(11, jsonb_build_object('type', 'comment', 'question', 'comment', 'text', repeat('я', 2001)))))),
  'refused:text_too_long', 'a comment of 2001 characters'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(12,
    jsonb_build_object('type', 'comment', 'question', 'comment', 'score', null, 'text', repeat('я', 2000)))))),
  'stored', 'a comment of 2000 characters in any script is stored'
);
select is(
  tests.outcomes(tests.send('[7, null, "text", []]')),
  'refused:malformed refused:malformed refused:malformed refused:malformed', 'what is no record at all'
);

select is(
  tests.outcomes(tests.send(jsonb_build_array(
    tests.record(21), tests.record(22, '{"score": 9}'), 7, tests.record(23, '{}', '{"id": "nope"}'), tests.record(24)))),
  'stored refused:off_scale refused:malformed refused:malformed stored',
  'good records beside bad ones are stored'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(25, '{"score": 5.0}')))), 'stored', '5.0 is 5'
);

select tests.become('database owner');
select bag_eq(
  $$ select id, score::integer from public.answers where question = 'satisfaction' $$,
  $$ values ('01900001-0000-7000-8000-000000000001'::uuid, 5), ('01900021-0000-7000-8000-000000000021', 5),
    ('01900024-0000-7000-8000-000000000024', 5), ('01900025-0000-7000-8000-000000000025', 5),
    ('01900002-0000-7000-8000-000000000002', 5) $$,
  'exactly the stored ones are there, and a conflict left the first as it was'
);
select * from finish();
rollback;
