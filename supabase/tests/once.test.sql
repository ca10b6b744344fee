-- Once means once by the ledger's own keys, whoever writes to it and however many do so at the same moment: the lock
-- and the look beforehand in ingest only spare work.
begin;
\ir fixtures/two-shops.psql
select plan(5);

create function tests.enter(id text, seq bigint) returns void language sql as $$
  insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
  values ('10000000-0000-4000-8000-000000000000', id::uuid, '13000000-0000-4000-8000-000000000001', seq, 'answer', 1, repeat('0', 64))
$$;

select lives_ok($$select tests.enter('01900001-0000-7000-8000-000000000001', 1)$$, 'a record is entered');
select throws_ok(
  $$select tests.enter('01900001-0000-7000-8000-000000000001', 2)$$, '23505',
  'duplicate key value violates unique constraint "received_pkey"', 'its id is not entered again under another seq'
);
select throws_ok(
  $$select tests.enter('01900001-0000-7000-8000-000000000001', null)$$, '23505',
  'duplicate key value violates unique constraint "received_pkey"', 'nor under none'
);
select throws_ok(
  $$select tests.enter('01900001-0000-7000-8000-000000000002', 1)$$, '23505',
  'duplicate key value violates unique constraint "received_org_id_pairing_id_seq_key"', 'its seq is not given to another record'
);
select lives_ok($$select tests.enter('01900001-0000-7000-8000-000000000002', 2)$$, 'the next record is entered');

select * from finish();
rollback;
