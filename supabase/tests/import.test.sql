-- Rows of a file enter by the same door, once however often the file is read.
begin;
\ir fixtures/two-shops.psql
select plan(39);

create function tests.import(records text, location uuid default '11000000-0000-4000-8000-000000000001') returns jsonb language sql as $$
  select public.import_records('10000000-0000-4000-8000-000000000000', import.location, 'nonce', import.records)
$$;
create function tests.open(value text, location uuid default '11000000-0000-4000-8000-000000000001') returns jsonb language sql as $$
  select public.open_import_source('10000000-0000-4000-8000-000000000000', open.location, '1d000000-0000-4000-8000-000000000001', open.value)
$$;
create function tests.import_from(value text, records text) returns jsonb language sql as $$
  select public.import_source_records('10000000-0000-4000-8000-000000000000', (tests.open(import_from.value) ->> 'source')::uuid, 'nonce', import_from.records)
$$;
insert into public.dimensions (org_id, id, name, created_by) values
  ('10000000-0000-4000-8000-000000000000', '1d000000-0000-4000-8000-000000000001', 'Till', 'somebody');
insert into public.dimension_values (org_id, dimension_id, name, position, removed_at) values
  ('10000000-0000-4000-8000-000000000000', '1d000000-0000-4000-8000-000000000001', 'First', 1, null),
  ('10000000-0000-4000-8000-000000000000', '1d000000-0000-4000-8000-000000000001', 'Second', 2, now());
create table tests.file as select jsonb_build_array(
  tests.record(1, '{"score": 4}', '{"occurredAt": "2017-12-11T19:36:00.000Z", "serverOffsetMs": null}') - array['pairing', 'seq', 'boot'],
  tests.record(2, '{"score": 9}') - array['pairing', 'seq', 'boot'],
  tests.record(3, '{"type": "comment", "question": "comment", "score": null, "text": "Найс"}',
    '{"occurredAt": "2017-12-31T22:30:00.000Z", "serverOffsetMs": null}') - array['pairing', 'seq', 'boot']
)::text as records;
grant select on tests.file to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select throws_ok('select tests.import(''[]'')', '42501', null, 'anonymous may not import');
select tests.become('analyst');
select is(tests.import('[]'), '{"outcome": "forbidden", "nonce": "nonce"}'::jsonb, 'an analyst may not import');
select tests.become('other owner');
select is(tests.import('[]') ->> 'outcome', 'forbidden', 'nor may another shop''s owner');
select tests.become('stranger');
select is(tests.import('[]') ->> 'outcome', 'forbidden', 'nor a stranger');
select tests.become('owner');
select is(
  tests.import('[]', '21000000-0000-4000-8000-000000000001') ->> 'outcome', 'forbidden', 'nobody imports into another shop''s place'
);
select is(tests.import(null) ->> 'outcome', 'malformed', 'no records are malformed');
select is(tests.import('{') ->> 'outcome', 'malformed', 'a torn text is malformed');
select is(tests.import('{}') ->> 'outcome', 'malformed', 'an object is malformed');
select is(tests.import(rpad('[]', 1000001)) ->> 'outcome', 'too_large', 'a batch has its limit in bytes');
select is(
  (select tests.import(jsonb_agg(7)::text) ->> 'outcome' from generate_series(1, 501)), 'too_large', 'and in records'
);

select is(tests.outcomes(tests.import(records)), 'stored refused:off_scale stored', 'rows are stored, bad ones named') from tests.file;
select is(tests.outcomes(tests.import(records)), 'duplicate refused:off_scale duplicate', 'the second time adds nothing') from tests.file;
select tests.become('manager');
select is(tests.outcomes(tests.import(records)), 'duplicate refused:off_scale duplicate', 'nor by the manager') from tests.file;
select is(
  tests.outcomes(tests.import(records, '11000000-0000-4000-8000-000000000002')), 'duplicate refused:off_scale duplicate',
  'nor into another place'
) from tests.file;
select is(tests.outcomes(tests.import('[7]')), 'refused:malformed', 'what is no record is named too');
select is(
  tests.outcomes(tests.import(jsonb_build_array(tests.record(9, '{}', '{"pairing": "13000000-0000-4000-8000-000000000001", "seq": 9}'))::text)),
  'stored', 'a row cannot pretend to come from a tablet'
);

select results_eq(
  $$ select tablets.name, tablets.kind, answers.occurred_at, answers.local_at, answers.clock
     from public.answers join public.tablets on tablets.org_id = answers.org_id and tablets.id = answers.tablet_id
     where answers.occurred_at < '2018-01-01' order by answers.id $$,
  $$ values ('Import', 'import', '2017-12-11 19:36Z'::timestamptz, '2017-12-11 21:36'::timestamp, 'tablet'),
    ('Import', 'import', '2017-12-31 22:30Z', '2018-01-01 00:30', 'tablet') $$,
  'rows keep their hour and name the import as their source'
);
select is(
  tests.counted(public.report_answers('10000000-0000-4000-8000-000000000000', '2017-12-11', '2017-12-11')), 1::bigint, 'and are counted'
);
select is(
  (select count(*)::integer from public.tablets where kind = 'import'), 2, 'there is one source a place'
);
select is(
  (select count(*)::integer from public.received where seq is null), 3, 'rows have no seq'
);
select is(
  (select count(*)::integer from public.quarantine), 3, 'refused rows are kept once a source'
);
select is(
  public.revoke_pairing('10000000-0000-4000-8000-000000000000', id) ->> 'outcome', 'forbidden', 'a source cannot be revoked'
) from public.tablets where kind = 'import' and location_id = '11000000-0000-4000-8000-000000000001';
select is(
  public.create_pairing_code('10000000-0000-4000-8000-000000000000', id) ->> 'outcome', 'forbidden', 'nor paired'
) from public.tablets where kind = 'import' and location_id = '11000000-0000-4000-8000-000000000001';
select tests.become('database owner');
create table tests.source as select id from public.tablets where kind = 'import' and location_id = '11000000-0000-4000-8000-000000000001';
grant select on tests.source to anon;
select tests.become('anonymous');
select is(
  public.ingest(id, secret, 'nonce', '[]') ->> 'outcome', 'unknown_pairing', 'a source has no secret to send with'
) from tests.source, (values (''), (null)) as secrets (secret);

-- By a dimension
select throws_ok('select tests.open(''First'')', '42501', null, 'anonymous opens no source');
select tests.become('analyst');
select is(tests.open('First'), '{"outcome": "forbidden"}'::jsonb, 'nor does an analyst');
select tests.become('other owner');
select is(tests.open('First') ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select tests.become('manager');
select is(tests.open('First', '21000000-0000-4000-8000-000000000001') ->> 'outcome', 'forbidden', 'nor anybody at another shop''s place');
select is(tests.open(' ') ->> 'outcome', 'bad_value', 'a value has a name');
select is(
  (tests.open('first') ->> 'outcome', tests.open('Second') ->> 'outcome', tests.open(' Third ') ->> 'outcome')::text,
  '(ready,ready,ready)', 'sources of values there are, were and come to be'
);
select is(tests.open('FIRST'), tests.open('First'), 'one source a value');
select is(
  (select string_agg(name, ', ' order by position) from public.dimension_values where removed_at is null), 'First, Second, Third',
  'a removed value is back, a new one comes last'
);
select results_eq(
  $$ select tablets.name, dimension_values.name, tablet_values.since from public.tablet_values
     join public.tablets on tablets.id = tablet_values.tablet_id
     join public.dimension_values on dimension_values.id = tablet_values.value_id order by 1 $$,
  $$ values ('Import: First', 'First', '2000-01-01'::date), ('Import: Second', 'Second', '2000-01-01'), ('Import: Third', 'Third', '2000-01-01') $$,
  'each stands for its value ever since'
);
create temporary table more as select jsonb_build_array(
  tests.record(21, '{"score": 5}', '{"occurredAt": "2017-12-20T10:00:00.000Z", "serverOffsetMs": null}') - array['pairing', 'seq', 'boot']
)::text as records;
select is(tests.outcomes(tests.import_from('First', records)), 'stored', 'rows come from a value''s source') from more;
select is(tests.outcomes(tests.import_from('First', records)), 'duplicate', 'once') from more;
select is(
  (
    select jsonb_agg(cell -> 'counts') from jsonb_array_elements(public.report_own_split(
      '10000000-0000-4000-8000-000000000000', '1d000000-0000-4000-8000-000000000001', '2017-12-20', '2017-12-20', 'satisfaction')) as cell
    where cell ->> 'value' = (select id::text from public.dimension_values where name = 'First')
  ), '[[[5, 1, 0]]]'::jsonb, 'and every figure splits by it'
);
select is(
  public.import_source_records('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001', 'nonce', '[]') ->> 'outcome',
  'forbidden', 'a tablet on a counter is no source of files'
);
select is(
  public.import_source_records('20000000-0000-4000-8000-000000000000', (tests.open('First') ->> 'source')::uuid, 'nonce', '[]') ->> 'outcome',
  'forbidden', 'nor another shop''s'
);

select * from finish();
rollback;
