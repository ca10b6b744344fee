-- Who is erased leaves counts and ids, and nothing that arrives later brings them back.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(29);

create table tests.remembered (member uuid);
grant select on tests.remembered to anon, authenticated;
-- Everything this shop's tables hold, as one text.
create function tests.everything() returns text language plpgsql as $$
declare
  part text;
  whole text := '';
  target record;
begin
  for target in select schemaname, tablename from pg_tables where schemaname in ('public', 'private') loop
    execute format('select coalesce(string_agg(t::text, '' ''), '''') from %I.%I as t', target.schemaname, target.tablename) into part;
    whole := whole || part;
  end loop;
  return whole;
end
$$;
create function tests.traces() returns text language sql as $$
  select string_agg(trace, ' ') from unnest(array['881234567', 'Анна', 'anna@', 'мокър', tests.key('+359881234567')]) as trace
  where position(trace in tests.everything()) > 0
$$;
-- Told in no language that the shop knows.
create function tests.complaint(n integer, whom uuid, phone text default null) returns jsonb language sql as $$
  select tests.told(n, 'case', '2026-03-10 08:07Z', jsonb_build_object('text', 'мокър', 'member', whom, 'phone', phone, 'firstName', null,
    'session', null, 'locale', 'xx', 'staff', null))
$$;
create function tests.rater(n integer, whom uuid, session uuid) returns jsonb language sql as $$
  select tests.told(n, 'rater', '2026-03-10 08:06Z', jsonb_build_object('member', whom, 'session', session, 'staff', null))
$$;
grant execute on all functions in schema tests to anon, authenticated;

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"email": "anna@example.test", "birthday": {"month": 2, "day": 3}, "consents": [{"purpose": "call", "version": 3, "locale": "ru"}]}'),
  tests.visit(2, tests.id(1)::text, '2026-03-10 08:05Z'),
  tests.enrolment(3, '+359881234567', '2026-03-10 08:00Z', '{"firstName": "Анна", "birthday": 5}'),
  tests.enrolment(4, '+359889999999', '2026-03-10 08:00Z', '{"firstName": "Boris"}'),
  -- Refused for what they lack, and each names her in another way: by her enrolment, by one that is still to come, by her session.
  tests.complaint(10, tests.id(1)), tests.complaint(11, tests.id(5)), tests.rater(12, tests.id(1), tests.id(900)),
  tests.told(13, 'answer', '2026-03-10 08:06Z', jsonb_build_object('session', tests.id(900), 'comment', 'мокър'))));
select tests.become('owner');
select public.correct_points(tests.bakery(), tests.member('+359881234567'), 5, 'Анна: мокър хляб');
select tests.become('database owner');
insert into tests.remembered select tests.member('+359881234567');
select is(tests.traces(), '881234567 Анна anna@ мокър ' || tests.key('+359881234567'), 'before, all of it is there');
create table tests.directory_before as
select public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), 0) as reply;
grant select on tests.directory_before to anon;

select tests.become('owner');
select is(public.erase_member(tests.bakery(), member) ->> 'outcome', 'erased', 'a member is erased') from tests.remembered;
select is(public.erase_member(tests.bakery(), member) ->> 'outcome', 'erased', 'once and for all') from tests.remembered;
select is(public.erase_member(tests.bakery(), tests.bakery()) ->> 'outcome', 'unknown_member', 'nobody is nobody');
select is(public.correct_points(tests.bakery(), member, 5, 'x') ->> 'outcome', 'unknown_member', 'then nobody corrects them') from tests.remembered;
select is(public.withdraw_consent(tests.bakery(), member, 'call') ->> 'outcome', 'unknown_member', 'or withdraws for them') from tests.remembered;
select is(tests.names, 'Boris', 'and they are on no list')
from (select string_agg(entry ->> 'first_name', ' ') as names from jsonb_array_elements(public.report_members(tests.bakery()) -> 'members') as entry) as tests;
select is(report ->> 'points', '65', 'the counts stay') from tests.remembered, public.report_member(tests.bakery(), member) as report;
select isnt(report ->> 'erased_at', null, 'with the moment of the erasure') from tests.remembered, public.report_member(tests.bakery(), member) as report;
select tests.become('database owner');
-- Of the enrolment that is still to come nobody knows yet whose it is.
select is(tests.traces(), 'мокър', 'no table holds a trace, the quarantine neither');
select is(string_agg(record_id::text, ' ' order by record_id), tests.id(11)::text, 'but what names somebody still to come')
from public.quarantine where position('мокър' in record) > 0;

select tests.become('anonymous');
select is(
  public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), (select max((reply ->> 'seq')::bigint) from tests.directory_before)) -> 'gone',
  jsonb_build_array(private_lookup), 'tablets are told to forget the entry'
) from (select left(encode(extensions.hmac(convert_to('verna.directory.lookup', 'UTF8'), decode(tests.key('+359881234567'), 'hex'), 'sha256'), 'hex'), 32) as private_lookup) as lookup;
select is(
  public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', tests.key('+359881234567')) ->> 'outcome', 'unknown', 'and find nobody'
);

-- What arrives later
select is(tests.outcome(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"email": "anna@example.test", "birthday": {"month": 2, "day": 3}, "consents": [{"purpose": "call", "version": 3, "locale": "ru"}]}')),
  'duplicate', 'the same record again is a duplicate');
select is(tests.outcome(tests.enrolment(3, '+359881234567', '2026-03-10 08:00Z', '{"firstName": "Анна", "birthday": 5}')), 'refused:bad_birthday', 'the refused one is refused again');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.enrolment(5, '+359881234567', '2026-03-12 08:00Z', '{"email": "anna@example.test", "consents": [{"purpose": "call", "version": 3, "locale": "bg"}]}', '{"pairing": "13000000-0000-4000-8000-000000000002"}'),
  tests.visit(6, '+359881234567', '2026-03-13 08:00Z'), tests.visit(7, tests.id(5)::text, '2026-03-14 08:00Z')))),
  'stored stored stored', 'what another tablet made before the erasure is taken');
select tests.become('database owner');
select is(tests.traces(), null, 'and leaves no trace, nor of what named them');
select is((select count(*)::integer from public.visits where member_id = member), 3, 'but in the counts') from tests.remembered;
select is((select count(*)::integer from public.members), 2, 'and makes nobody') from tests.remembered;
select tests.become('owner');
select is(report ->> 'points', '65', 'and gives nothing') from tests.remembered, public.report_member(tests.bakery(), member) as report;
select is(public.import_rescue(tests.bakery(), 'n', jsonb_build_array(
  tests.enrolment(3, '+359881234567', '2026-03-10 08:00Z', '{"firstName": "Анна", "birthday": 5}'))::text) #>> '{records,0,outcome}', 'duplicate', 'nor does a rescue file bring the refused one back');
select tests.become('database owner');
select is(tests.traces(), null, 'nor leave a trace of it');

-- Refused after the erasure
select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.complaint(14, tests.id(5)), tests.complaint(15, null, '+359881234567'),
  tests.told(16, 'answer', '2026-03-10 08:06Z', jsonb_build_object('session', tests.id(900), 'comment', 'мокър')),
  tests.told(17, 'case', '2026-03-10 08:06Z', '"no body at all"', '{"body": "{"}')))),
  'refused:bad_locale refused:bad_locale refused:unknown_question refused:hash_mismatch', 'what cannot be taken is refused as ever');
select tests.become('database owner');
select is(tests.traces(), null, 'and its words are not kept');

-- They may come again. This test's transaction began before the erasure, so that is moved back.
update public.members set erased_at = '2026-04-01Z' where erased_at is not null;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(8, '+359881234567', '2026-04-01 00:00:01Z')));
select tests.become('database owner');
select isnt(tests.member('+359881234567'), null, 'who enrols after the erasure is a member');
select isnt(tests.member('+359881234567'), member, 'another one than before') from tests.remembered;
select is(tests.points('+359881234567'), 'welcome 50', 'with a ledger of their own');
select tests.become('anonymous');
select is(
  public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', tests.key('+359881234567')) #>> '{member,points}', '50', 'whom tablets find'
);
select is(
  jsonb_array_length(public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), 0) -> 'gone'), 0, 'and hold again'
);

select * from finish();
rollback;
