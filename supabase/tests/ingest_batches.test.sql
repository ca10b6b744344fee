-- A batch as a whole: who may send it, how large it may be, and what is kept of what could not be stored.
begin;
\ir fixtures/two-shops.psql
select plan(37);

select tests.become('anonymous');
select is(
  tests.send(jsonb_build_array(tests.record(1)), secret => repeat('f', 64)),
  '{"outcome": "unknown_pairing", "nonce": "nonce"}'::jsonb, 'a wrong secret opens nothing'
);
select is(
  tests.send(jsonb_build_array(tests.record(1)), secret => null) ->> 'outcome', 'unknown_pairing', 'nor does no secret'
);
select is(
  tests.send(jsonb_build_array(tests.record(1)), secret => repeat('b', 64)) ->> 'outcome', 'unknown_pairing',
  'nor does the secret of another tablet'
);
select is(
  tests.send(jsonb_build_array(tests.record(1)), pairing => gen_random_uuid()) ->> 'outcome', 'unknown_pairing',
  'nor does a pairing that never was'
);
select is(
  public.ingest('13000000-0000-4000-8000-000000000001', repeat('a', 64), 'nonce', records),
  '{"outcome": "malformed", "nonce": "nonce"}'::jsonb, description
) from (values
  (null, 'no records are malformed'), ('', 'an empty text is malformed'), ('{', 'a torn text is malformed'),
  ('{}', 'an object is malformed'), ('"text"', 'a string is malformed'), ('["\u0000"]', 'a zero character is malformed'),
  (repeat('[', 100000) || repeat(']', 100000), 'a list 100,000 deep is malformed and brings nobody down')
) as batch (records, description);
select is(
  tests.outcomes(tests.send(jsonb_build_array(jsonb_build_object(
    'id', '01900001-0000-7000-8000-000000000001', 'pairing', '13000000-0000-4000-8000-000000000001', 'seq', 1,
    'body', deep.body, 'sha256', encode(sha256(convert_to(deep.body, 'UTF8')), 'hex'))))),
  'refused:malformed', 'so is a body 100,000 deep'
) from (values (repeat('[', 100000) || repeat(']', 100000))) as deep (body);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(2, jsonb_build_object(
    'type', 'comment', 'question', 'comment', 'score', null, 'text', repeat('[{', 1000)))))),
  'stored', 'a comment may consist of brackets'
);
select is(tests.send('[]') ->> 'outcome', 'accepted', 'an empty list is accepted');
select is(
  (select tests.send(jsonb_agg(7)) ->> 'outcome' from generate_series(1, 500)), 'accepted', '500 records are a batch'
);
select is(
  (select tests.send(jsonb_agg(7)) #- '{records}' from generate_series(1, 501)),
  '{"outcome": "too_large", "nonce": "nonce"}'::jsonb, '501 records are too many'
);
select is(
  public.ingest('13000000-0000-4000-8000-000000000001', repeat('a', 64), 'nonce', rpad('[]', 1000000)) ->> 'outcome',
  'accepted', '1,000,000 bytes are a batch'
);
select is(
  public.ingest('13000000-0000-4000-8000-000000000001', repeat('a', 64), 'nonce', rpad('[]', 1000001)) ->> 'outcome',
  'too_large', '1,000,001 bytes are too many'
);
select is(
  public.ingest('13000000-0000-4000-8000-000000000001', repeat('a', 64), 'nonce', '["' || repeat('я', 499999) || '"]') ->> 'outcome',
  'too_large', 'bytes are counted, not characters'
);

-- What is kept.
select tests.become('database owner');
delete from public.quarantine;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(3)));
select tests.send(jsonb_build_array(
  tests.record(3, '{"score": 1}'), tests.record(4, '{"score": 9}'), tests.record(5, '{}', '{"id": "nope"}'), 7));
select tests.send(jsonb_build_array(tests.record(3, '{"score": 1}'), tests.record(4, '{"score": 9}')));
select tests.become('owner');
select bag_eq(
  $$ select record_id, outcome, reason from public.quarantine $$,
  $$ values ('01900003-0000-7000-8000-000000000003'::uuid, 'conflict', 'other_content'),
    ('01900004-0000-7000-8000-000000000004', 'refused', 'off_scale'), (null, 'refused', 'malformed'),
    (null, 'refused', 'malformed') $$,
  'the owner finds what could not be stored, each once however often it is sent'
);
select is(
  (select record::jsonb from public.quarantine where outcome = 'conflict'), tests.record(3, '{"score": 1}'),
  'a conflict is kept whole'
);
select is(
  (select score::integer from public.answers where id = '01900003-0000-7000-8000-000000000003'), 5,
  'beside the answer that came first'
);
select tests.become('other owner');
select is_empty('select id from public.quarantine', 'another shop sees none of it');

-- Ids of another shop.
select tests.become('anonymous');
select is(
  tests.outcomes(tests.send(
    jsonb_build_array(tests.record(3, '{"survey": "25000000-0000-4000-8000-000000000000"}',
      '{"pairing": "23000000-0000-4000-8000-000000000001"}')),
    '23000000-0000-4000-8000-000000000001', repeat('c', 64))),
  'stored', 'an id that another shop has used is free in this one'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(6)), '23000000-0000-4000-8000-000000000001', repeat('c', 64))),
  'refused:foreign_pairing', 'a record of another shop''s tablet is refused'
);
select tests.become('database owner');
select is(
  (select count(*)::integer from public.answers where id = '01900003-0000-7000-8000-000000000003'), 2,
  'each shop has its own'
);

-- A tablet paired anew sends what it made before.
select tests.become('anonymous');
select is(
  tests.outcomes(tests.send(jsonb_build_array(
    tests.record(30, '{}', '{"pairing": "13000000-0000-4000-8000-000000000002", "seq": 1}'), tests.record(31),
    tests.record(32, '{}', '{"pairing": "13000000-0000-4000-8000-000000000002", "seq": 2}')))),
  'stored stored stored', 'records of an earlier pairing of the shop are stored'
);
select tests.become('owner');
select results_eq(
  $$ select id, tablet_id from public.answers where id::text like '019000%3_' order by id $$,
  $$ values ('01900030-0000-7000-8000-000000000030'::uuid, '12000000-0000-4000-8000-000000000002'::uuid),
    ('01900031-0000-7000-8000-000000000031', '12000000-0000-4000-8000-000000000001'),
    ('01900032-0000-7000-8000-000000000032', '12000000-0000-4000-8000-000000000002') $$,
  'each under the tablet that made it'
);
select results_eq(
  $$ select made, received from public.pairings where id = '13000000-0000-4000-8000-000000000002' $$,
  $$ values (2::bigint, 2::bigint) $$, 'made and received are counted for the pairing that made them'
);
select results_eq(
  $$ select made, received, seq_clashes, last_received_at is not null from public.pairings
     where id = '13000000-0000-4000-8000-000000000001' $$,
  $$ values (31::bigint, 3::bigint, 0::bigint, true) $$, 'and for the sender: three stored, the highest seq 31'
);

-- A clone.
select tests.become('anonymous');
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(40), tests.record(41, '{}', '{"seq": 40}'), tests.record(42, '{}', '{"seq": 40}')))),
  'stored stored stored', 'a seq that is taken does not cost an answer'
);
select tests.become('owner');
select results_eq(
  $$ select seq_clashes, received from public.pairings where id = '13000000-0000-4000-8000-000000000001' $$,
  $$ values (2::bigint, 6::bigint) $$, 'but the clashes are counted'
);
select is(
  (select count(*)::integer from public.received where seq is null), 2, 'and the ledger leaves their seq open'
);
select tests.become('anonymous');
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(41, '{}', '{"seq": 40}')))), 'duplicate',
  'sent again, a clash is a duplicate'
);

select tests.become('owner');
select public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001');
select tests.become('anonymous');
select is(
  tests.send(jsonb_build_array(tests.record(50))), '{"outcome": "revoked", "nonce": "nonce"}'::jsonb,
  'a revoked tablet is told so'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(51)), '13000000-0000-4000-8000-000000000002', repeat('b', 64))),
  'stored', 'what it made before may still come through another tablet of the shop'
);
select tests.become('database owner');
select is_empty(
  $$ select 1 from public.received where id = '01900050-0000-7000-8000-000000000050' $$, 'and stores nothing itself'
);

select * from finish();
rollback;
