-- What a thief can do with a tablet's pairing and secret, before its pairing is revoked and after.
begin;
\ir fixtures/two-shops.psql
select plan(14);

select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(1)))), 'stored', 'the secret adds answers of its own tablet');
select is(
  (select array_agg(key order by key) from jsonb_object_keys(
    public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) -> 'settings') as key),
  array['location', 'membership', 'organization', 'pulse_months', 'rescue_key', 'staff', 'survey', 'tablet'], 'and reads what the screen needs: no answer, no customer'
);
select is(
  (select array_agg(key order by key) from jsonb_each(
    public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) -> 'settings') as parts (part, fields), jsonb_object_keys(fields) as key
    where jsonb_typeof(fields) = 'object'),
  array['accent', 'default_locale', 'id', 'id', 'id', 'id', 'name', 'name', 'name', 'survey', 'time_zone'], 'names, look and survey, nothing else'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(
    tests.record(2, '{"survey": "25000000-0000-4000-8000-000000000000"}', '{"pairing": "23000000-0000-4000-8000-000000000001"}')))),
  'refused:foreign_pairing', 'it writes nothing into another shop'
);
select is(
  tests.outcomes(tests.send(jsonb_build_array(tests.record(1, '{"score": 1}')))), 'conflict:other_content', 'it changes nothing that is stored'
);
select throws_ok('select id from public.answers', '42501', null, 'it reads no answer');
select throws_ok('select id from public.quarantine', '42501', null, 'not even its own that were refused');
select throws_ok(
  $$ select public.report_answers('10000000-0000-4000-8000-000000000000', '2026-01-01', '2026-12-31') $$, '42501', null, 'no report'
);
select throws_ok(
  $$ select public.create_pairing_code('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001') $$, '42501', null,
  'and makes no code for another tablet'
);

select tests.become('owner');
select is((select score::integer from public.answers), 5, 'the one answer is as it was given');
select is(
  public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001') ->> 'outcome', 'revoked', 'the owner revokes it'
);
select tests.become('anonymous');
select is(
  tests.send(jsonb_build_array(tests.record(3))), '{"outcome": "revoked", "nonce": "nonce"}'::jsonb, 'from that moment it adds nothing'
);
select is(
  public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)), '{"outcome": "revoked"}'::jsonb, 'and learns nothing'
);
select tests.become('owner');
select is((select count(*)::integer from public.answers), 1, 'what it sent is not there');

select * from finish();
rollback;
