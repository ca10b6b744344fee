-- The shop's key, and records that come back as a file.
begin;
\ir fixtures/two-shops.psql
select plan(36);

create function tests.make_key(public_key text default repeat('A', 87) || '=', private_key text default repeat('B', 43) || '=') returns jsonb
language sql as $$
  select public.create_rescue_key('10000000-0000-4000-8000-000000000000', make_key.public_key, make_key.private_key)
$$;
create function tests.rescue(records text) returns jsonb language sql as $$
  select public.import_rescue('10000000-0000-4000-8000-000000000000', 'nonce', records)
$$;
create function tests.key() returns text language sql as $$
  select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #>> '{settings,rescue_key}'
$$;
create function tests.figures() returns text language sql security definer as $$
  select concat_ws(' ', made, received, waiting, quarantined) from public.pairings where id = '13000000-0000-4000-8000-000000000001'
$$;
create table tests.file as select jsonb_build_array(
  tests.record(1), tests.record(2, '{"score": 9}'), tests.record(3, '{"score": 3}', '{"occurredAt": "2025-07-08T09:00:00.000Z"}'),
  tests.record(4, '{"score": 4}', '{"pairing": "13000000-0000-4000-8000-000000000002", "seq": 1}'),
  tests.record(5, '{}', '{"pairing": "23000000-0000-4000-8000-000000000001"}'), 7
)::text as records;
grant select on tests.file to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;

-- The key.
select tests.become('anonymous');
select throws_ok('select tests.make_key()', '42501', null, 'anonymous makes no key');
select is(tests.key(), null, 'a tablet knows of none until there is one');
select tests.become('analyst');
select is(tests.make_key() ->> 'outcome', 'forbidden', 'nor does an analyst');
select tests.become('other owner');
select is(tests.make_key() ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select tests.become('stranger');
select is(tests.make_key() ->> 'outcome', 'forbidden', 'nor a stranger');
select tests.become('manager');
select is(tests.make_key(public_key, private_key) ->> 'outcome', 'malformed', format('%s is no key', what))
from (values (null, repeat('B', 43) || '=', 'half a pair'), (repeat('A', 87) || '=', '', 'an empty text'), ('nope', 'nope', 'a word'))
  as pair (public_key, private_key, what);
select is(tests.make_key() ->> 'outcome', 'created', 'a manager makes it');
select tests.become('owner');
select is(tests.make_key(repeat('C', 87) || '=') ->> 'outcome', 'exists', 'the first one stays');
select is((select public_key from public.rescue_keys), repeat('A', 87) || '=', 'for ever');
select is((select private_key from public.rescue_keys), repeat('B', 43) || '=', 'the owner reads both halves');
select tests.become('analyst');
select is_empty('select private_key from public.rescue_keys', 'an analyst reads neither');
select tests.become('other owner');
select is_empty('select private_key from public.rescue_keys', 'nor does another shop''s owner');
select tests.become('anonymous');
select is(tests.key(), repeat('A', 87) || '=', 'a tablet learns the public half');
select throws_ok('select private_key from public.rescue_keys', '42501', null, 'and cannot ask for the other');

-- The file.
select throws_ok('select tests.rescue(''[]'')', '42501', null, 'anonymous imports nothing');
select tests.become('analyst');
select is(tests.rescue('[]'), '{"outcome": "forbidden", "nonce": "nonce"}'::jsonb, 'nor does an analyst');
select tests.become('other owner');
select is(tests.rescue('[]') ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select tests.become('owner');
select is(tests.rescue(records) ->> 'outcome', outcome, format('%s is %s', what, outcome))
from (values (null, 'malformed', 'nothing'), ('{', 'malformed', 'a torn text'), ('{}', 'malformed', 'an object'), (rpad('[]', 1000001), 'too_large', 'too much'))
  as bad (records, outcome, what);
select is((select tests.rescue(jsonb_agg(7)::text) ->> 'outcome' from generate_series(1, 501)), 'too_large', 'a batch has its limit in records');

select tests.become('database owner');
update public.pairings set made = 3, waiting = 2, quarantined = 1, revoked_at = now(), gone_at = now()
where id = '13000000-0000-4000-8000-000000000001';
select tests.become('owner');
select bag_eq(
  $$ select entry ->> 'id', concat_ws(':', entry ->> 'outcome', entry ->> 'reason')
     from tests.file, jsonb_array_elements(tests.rescue(records) -> 'records') as entry $$,
  $$ values (tests.record(1) ->> 'id', 'stored'), (tests.record(2) ->> 'id', 'refused:off_scale'), (tests.record(3) ->> 'id', 'stored'),
    (tests.record(4) ->> 'id', 'stored'), (tests.record(5) ->> 'id', 'refused:foreign_pairing'), (null, 'refused:malformed') $$,
  'each is named, and only those of this shop''s pairings are taken'
);
select bag_eq(
  $$ select r.pairing_id, r.seq::integer, a.occurred_at < now() - interval '1 day' from public.received as r
     join public.answers as a on a.org_id = r.org_id and a.id = r.id $$,
  $$ values ('13000000-0000-4000-8000-000000000001'::uuid, 1, false), ('13000000-0000-4000-8000-000000000001', 3, true),
    ('13000000-0000-4000-8000-000000000002', 1, false) $$,
  'each under the pairing it was made with, revoked and gone ones too, at its own time'
);
select is(tests.figures(), '3 2 0 1', 'what has arrived waits no longer');
select is(
  public.missing_seqs('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001'), '[]'::jsonb, 'and is not missing'
);
select is((select count(*)::integer from public.quarantine), 1, 'what was refused is kept');
select is(
  (select string_agg(entry ->> 'outcome', ' ' order by entry ->> 'id') from tests.file, jsonb_array_elements(tests.rescue(records) -> 'records') as entry),
  'duplicate refused duplicate duplicate refused refused', 'the second time adds nothing'
);
select is(tests.figures(), '3 2 0 1', 'nor moves a figure');

-- A file made before a record was mended, or before the server could read it.
select is(
  public.resend_quarantined('10000000-0000-4000-8000-000000000000', id, tests.record(2, '{"score": 4}') ->> 'body') ->> 'outcome', 'stored',
  'the refused one is mended'
) from public.quarantine;
select is(
  (select tests.outcomes(tests.rescue(jsonb_build_array(tests.record(2, '{"score": 9}'))::text))), 'duplicate', 'and is here already'
);
select is(tests.figures(), '3 3 0 0', 'so the tablet is complete');
select tests.become('database owner');
insert into public.quarantine (org_id, pairing_id, record_id, outcome, reason, record, record_hash)
select '10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001', (record ->> 'id')::uuid, 'refused', 'unknown_survey',
  record::text, private.sha256_hex(record::text)
from (select tests.record(8)) as made (record);
select tests.become('owner');
select is(tests.outcomes(tests.rescue(jsonb_build_array(tests.record(8))::text)), 'stored', 'one refused before is taken now');
select is_empty('select 1 from public.quarantine where resolved_at is null', 'and needs nobody any more');

select * from finish();
rollback;
