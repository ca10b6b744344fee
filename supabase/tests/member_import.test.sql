-- What files tell of members: enrolments without a directory key, keys made after, and balances brought along.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(48);

create function tests.import(records jsonb) returns text language sql as $$
  select tests.outcomes(public.import_records(tests.bakery(), '11000000-0000-4000-8000-000000000001', 'nonce', records::text))
$$;
-- As a file tells of somebody: no tablet made it, so nobody made a key.
create function tests.row_of(n integer, phone text) returns jsonb language sql as $$
  select record || jsonb_build_object('body', body, 'sha256', encode(sha256(convert_to(body, 'UTF8')), 'hex'))
  from (select tests.enrolment(n, phone, '2020-05-01 08:00Z') as record) as made,
    lateral (select ((record ->> 'body')::jsonb - 'directoryKey')::text as body) as keyless
$$;
create function tests.balance(n integer, whom text, points integer) returns jsonb language sql as $$
  select jsonb_build_object('id', tests.id(n), 'points', points,
    case when whom like '+%' then 'phone' else 'member' end, whom)
$$;
create function tests.bring(variadic balances jsonb[]) returns text language sql as $$
  select tests.outcomes(public.import_balances(tests.bakery(), 'nonce', to_jsonb(balances)::text, 'Opening balance'))
$$;
create function tests.keyless(page integer default 500) returns text language sql as $$
  select coalesce(report ->> 'total', report ->> 'outcome') || coalesce(' ' || (
    select string_agg(entry ->> 'phone', ' ' order by entry ->> 'phone') from jsonb_array_elements(report -> 'members') as entry), '')
  from public.report_keyless_members(tests.bakery(), page) as report
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());

-- Members without a key
select tests.become('owner');
select is(tests.import(jsonb_build_array(tests.row_of(1, '+359881234567'), tests.row_of(2, '+359889999999'))), 'stored stored', 'a file''s members need no key');
select is(tests.import(jsonb_build_array(tests.row_of(1, '+359881234567'))), 'duplicate', 'once');
select is(tests.points('+359881234567'), 'welcome 50', 'and are members like others');
select tests.become('anonymous');
select is(
  jsonb_array_length(public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), 0) -> 'entries'), 0, 'whom no tablet holds yet');
select is(
  public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', tests.key('+359881234567')) ->> 'outcome',
  'found', 'but finds by asking');
select is(
  jsonb_array_length(public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), 0) -> 'entries'), 1, 'and then holds');

-- Keys that come after, by actor
select throws_ok('select public.report_keyless_members(tests.bakery())', '42501', null, 'anonymous learns of nobody');
select throws_ok($$ select public.keep_directory_keys(tests.bakery(), '[]') $$, '42501', null, 'nor keeps a key');
select tests.become('analyst');
select is(tests.keyless(), 'forbidden', 'an analyst learns no number');
select is(public.keep_directory_keys(tests.bakery(), '[]') ->> 'outcome', 'forbidden', 'nor keeps a key');
select tests.become('other owner');
select is(tests.keyless(), 'forbidden', 'nor does another shop''s owner');
select is(public.keep_directory_keys(tests.bakery(), '[]') ->> 'outcome', 'forbidden', 'who keeps none either');
select tests.become('manager');
select is(tests.keyless(), '1 +359889999999', 'a manager sees whose key is missing');
select is(tests.keyless(0), '1', 'or only how many');
select is(public.keep_directory_keys(tests.bakery(), '{') ->> 'outcome', 'malformed', 'a torn text is malformed');
select is(public.keep_directory_keys(tests.bakery(), rpad('[]', 100001)) ->> 'outcome', 'malformed', 'so is one that is too long');
select is(public.keep_directory_keys(tests.bakery(), null) ->> 'outcome', 'malformed', 'and none');
select is(
  public.keep_directory_keys(tests.bakery(), jsonb_build_array(
    jsonb_build_object('member', tests.member('+359889999999'), 'key', 'ab'), jsonb_build_object('member', tests.bakery(), 'key', repeat('a', 64)), 7,
    jsonb_build_object('member', tests.member('+359881234567'), 'key', repeat('a', 64)))::text),
  '{"outcome": "saved", "kept": 0}'::jsonb, 'no half key, none of nobody and no second one is kept');
create temp table remembered as select tests.member('+359889999999') as member, tests.key('+359889999999') as key;
select tests.become('owner');
select is(
  public.keep_directory_keys(tests.bakery(), jsonb_build_array(
    jsonb_build_object('member', tests.member('+359889999999'), 'key', tests.key('+359889999999')))::text),
  '{"outcome": "saved", "kept": 1}'::jsonb, 'the missing key is');
select is(tests.keyless(), '0', 'then none is missing');
select tests.become('anonymous');
select is(
  jsonb_array_length(public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), 0) -> 'entries'), 2, 'and tablets hold both');

-- What ids are made with, by actor
select throws_ok('select public.import_salts(tests.bakery())', '42501', null, 'anonymous learns no salt');
select tests.become('analyst');
select is(public.import_salts(tests.bakery()), '{"outcome": "forbidden"}'::jsonb, 'nor does an analyst, who reads ids');
select tests.become('other owner');
select is(public.import_salts(tests.bakery()) ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select is(public.import_salts('20000000-0000-4000-8000-000000000000') ->> 'outcome', 'no_programme', 'whose shop has none yet');
select tests.become('manager');
select matches(public.import_salts(tests.bakery()) ->> 'import', '^[0-9a-f]{64}$', 'a manager does');
select is(public.import_salts(tests.bakery()) ->> 'directory', directory_salt, 'with the one tablets know') from public.programmes where org_id = tests.bakery();
select tests.become('anonymous');

-- Balances, by actor
select throws_ok($$ select public.import_balances(tests.bakery(), 'nonce', '[]', 'x') $$, '42501', null, 'anonymous brings no points');
select tests.become('analyst');
select is(public.import_balances(tests.bakery(), 'nonce', '[]', 'x'), '{"outcome": "forbidden", "nonce": "nonce"}'::jsonb, 'nor does an analyst');
select tests.become('other owner');
select is(public.import_balances(tests.bakery(), 'nonce', '[]', 'x') ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select tests.become('stranger');
select is(public.import_balances(tests.bakery(), 'nonce', '[]', 'x') ->> 'outcome', 'forbidden', 'nor a stranger');
select tests.become('manager');
select is(public.import_balances(tests.bakery(), 'nonce', text, note) ->> 'outcome', outcome, format('%s: %s', description, outcome))
from (values
  ('[]', 'x', 'accepted', 'no balances'),
  ('{', 'x', 'malformed', 'a torn text'),
  ('{}', 'x', 'malformed', 'an object'),
  (null, 'x', 'malformed', 'nothing'),
  ('[]', ' ', 'bad_note', 'no note'),
  (rpad('[]', 1000001), 'x', 'too_large', 'a million bytes'),
  ((select jsonb_agg(7)::text from generate_series(1, 501)), 'x', 'too_large', '501 balances')
) as texts (text, note, outcome, description);

select is(tests.bring(
    tests.balance(31, '+359881234567', 120), tests.balance(32, tests.id(2)::text, -5), tests.balance(33, '+359880000000', 7),
    tests.balance(34, '+359881234567', 0), tests.balance(35, '+359881234567', 1000001), tests.balance(36, 'Anna', 5), '7',
    tests.balance(37, '+359881234567', 1) || '{"id": "x"}', tests.balance(38, '+359881234567', 1) || '{"points": 1.5}'),
  'stored stored refused:unknown_member refused:bad_points refused:bad_points refused:unknown_member refused:malformed refused:malformed refused:bad_points',
  'by number or by the id of an enrolment; what cannot be taken is named');
select is(tests.bring(tests.balance(31, '+359881234567', 120), tests.balance(32, tests.id(2)::text, -6)),
  'duplicate conflict:other_content', 'the second time adds nothing');
select is(tests.points('+359881234567'), 'correction 120, welcome 50', 'a balance is a correction');
select is(tests.points('+359889999999'), 'correction -5, welcome 50', 'below zero too');
select is(report #>> '{timeline,0,note}' || ' ' || (report #>> '{timeline,0,by}'), 'Opening balance manager@example.test', 'with its note and its author')
from public.report_member(tests.bakery(), tests.member('+359881234567')) as report;
select tests.become('anonymous');
select is(
  public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', tests.key('+359881234567')) #>> '{member,points}',
  '170', 'and tablets know');

-- The erased do not come back.
select tests.become('owner');
select public.erase_member(tests.bakery(), tests.member('+359889999999'));
select is(tests.bring(tests.balance(39, tests.id(2)::text, 5), tests.balance(32, tests.id(2)::text, -5)), 'refused:unknown_member duplicate', 'nobody brings points to the erased');
select is(tests.keyless(), '0', 'and nobody makes a key for them');
select is(public.keep_directory_keys(tests.bakery(), jsonb_build_array(jsonb_build_object('member', member, 'key', key))::text) ->> 'kept', '0', 'nor keeps one')
from remembered;
select is(tests.import(jsonb_build_array(tests.row_of(2, '+359889999999'))), 'duplicate', 'nor does the file again');

select * from finish();
rollback;
