-- What tablets tell of members makes the same members whatever order it comes in.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(82);

insert into public.staff (org_id, id, name, pin_salt, pin_hash) values
  ('10000000-0000-4000-8000-000000000000', '19000000-0000-4000-8000-000000000001', 'Vera', repeat('a', 32), repeat('b', 64)),
  ('20000000-0000-4000-8000-000000000000', '29000000-0000-4000-8000-000000000001', 'Clara', repeat('a', 32), repeat('b', 64));
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
-- Three enrolments of one number at two tablets, and one of another.
create function tests.enrolments() returns setof jsonb language sql as $$
  select tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"email": "anna@example.test", "consents": [{"purpose": "call", "version": 1, "locale": "bg"}]}')
  union all select tests.enrolment(2, '+359881234567', '2026-03-11 08:00Z', '{"firstName": "Аня", "birthday": {"month": 5, "day": 1}}', '{"pairing": "13000000-0000-4000-8000-000000000002"}')
  union all select tests.enrolment(3, '+359881234567', '2026-03-09 08:00Z', '{"firstName": "Ann", "locale": "en", "email": "ann@example.test"}')
  union all select tests.enrolment(4, '+359889999999', '2026-03-09 08:00Z', '{"firstName": "Boris"}')
$$;
create function tests.people_known() returns text language sql security definer as $$
  select string_agg(concat_ws(' ', first_name, locale, email, birthday_day, enrolled_at at time zone 'UTC',
    (select count(*) from public.member_aliases as a where a.member_id = m.id), tests.points(phone)), '; ' order by phone) from public.members as m
$$;
-- What becomes of one visit, in programmes that begin in January, April and July; the last has ended the programme.
create function tests.programmes_of_the_year() returns void language sql security definer as $$
  insert into public.programme_versions (org_id, valid_from, programme, created_by) values
    (tests.bakery(), '2026-04-01Z', tests.programme('{"points_per_visit": 7, "points_per_amount": null, "cooldown_hours": 0}')::jsonb, tests.bakery()),
    (tests.bakery(), '2026-07-01Z', null, tests.bakery())
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken
select tests.become('anonymous');
select is(tests.outcome(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', body)), outcome, format('an enrolment with %s: %s', description, outcome))
from (values
  ('{"phone": "0881234567"}'::jsonb, 'refused:bad_phone', 'a number without its country'),
  ('{"phone": "+3598812345678901"}', 'refused:bad_phone', 'sixteen digits'),
  ('{"phone": null}', 'refused:bad_phone', 'no number'),
  ('{"directoryKey": "ab"}', 'refused:bad_directory_key', 'half a key'),
  ('{"directoryKey": null}', 'refused:bad_directory_key', 'no key'),
  ('{"firstName": "  "}', 'refused:bad_name', 'blanks for a name'),
  ('{"firstName": null}', 'refused:bad_name', 'no name'),
  (jsonb_build_object('firstName', repeat('a', 61)), 'refused:bad_name', '61 letters'),
  ('{"email": "anna"}', 'refused:bad_email', 'no address'),
  ('{"birthday": {"month": 2, "day": 30}}', 'refused:bad_birthday', '30 February'),
  ('{"birthday": {"month": 13, "day": 1}}', 'refused:bad_birthday', 'a thirteenth month'),
  ('{"birthday": {"month": 5}}', 'refused:bad_birthday', 'half a birthday'),
  ('{"birthday": "1 May"}', 'refused:bad_birthday', 'a birthday in words'),
  ('{"locale": "fr"}', 'refused:bad_locale', 'a language nobody speaks here'),
  ('{"consents": null}', 'refused:bad_consent', 'no list of consents'),
  ('{"consents": [{"purpose": "all", "version": 1, "locale": "bg"}]}', 'refused:bad_consent', 'a consent to everything'),
  ('{"consents": [{"purpose": "call", "version": 0, "locale": "bg"}]}', 'refused:bad_consent', 'a consent to no text'),
  ('{"staff": "29000000-0000-4000-8000-000000000001"}', 'refused:unknown_staff', 'another shop''s person'),
  ('{"staff": "Vera"}', 'refused:malformed', 'a name for an id')
) as bodies (body, outcome, description);
select is(tests.outcome(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{}', '{"v": 2}')), 'refused:unknown_version', 'a later version is refused by name');
select is(tests.outcome(tests.visit(1, '+359881234567', '2026-03-10 08:00Z', body)), outcome, format('a visit with %s: %s', description, outcome))
from (values
  ('{"member": "01900002-0000-7000-8000-000000000002"}'::jsonb, 'refused:bad_member', 'two names'),
  ('{"phone": "359881234567"}', 'refused:bad_phone', 'a number without plus'),
  ('{"phone": null, "member": "Anna"}', 'refused:malformed', 'a name for an id'),
  ('{"sale": {"amount": -1000000001, "currency": "EUR"}}', 'refused:bad_sale', 'a refund of more than ten million'),
  ('{"sale": {"amount": 1.5, "currency": "EUR"}}', 'refused:bad_sale', 'half a cent'),
  ('{"sale": {"amount": 100, "currency": "euro"}}', 'refused:bad_sale', 'no currency'),
  ('{"staff": "19000000-0000-4000-8000-00000000000f"}', 'refused:unknown_staff', 'nobody''s PIN')
) as bodies (body, outcome, description);
select is(tests.outcome(tests.consent(1, tests.id(2), '2026-03-10 08:00Z', body)), outcome, format('a consent with %s: %s', description, outcome))
from (values
  ('{"member": null}'::jsonb, 'refused:bad_member', 'nobody'),
  ('{"granted": "yes"}', 'refused:bad_consent', 'a word for yes'),
  ('{"version": 1.5}', 'refused:bad_consent', 'half a version'),
  ('{"purpose": null}', 'refused:bad_consent', 'no purpose'),
  ('{"staff": "19000000-0000-4000-8000-00000000000f"}', 'refused:unknown_staff', 'nobody''s PIN')
) as bodies (body, outcome, description);
select tests.become('database owner');
select is_empty('select id from public.members', 'none of it makes a member');
select is_empty('select id from public.received', 'or is in the ledger of records');
rollback to empty;

-- One enrolment
select tests.become('anonymous');
select is(tests.outcome(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z',
  '{"firstName": " Анна ", "email": "anna@example.test", "birthday": {"month": 2, "day": 29}, "staff": "19000000-0000-4000-8000-000000000001",
    "consents": [{"purpose": "messages", "version": 1, "locale": "ru"}, {"purpose": "programme", "version": 2, "locale": "bg"}]}')), 'stored', 'an enrolment is stored');
select is(tests.outcome(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z')), 'conflict:other_content', 'and is never another one');
select tests.become('owner');
select results_eq(
  'select phone, first_name, email, birthday_month, birthday_day, locale, enrolled_at, erased_at from public.members',
  $$ values ('+359881234567', 'Анна', 'anna@example.test', 2::smallint, 29::smallint, 'bg', '2026-03-10 08:00Z'::timestamptz, null::timestamptz) $$,
  'it makes a member'
);
select results_eq(
  'select purpose, granted, version, locale, occurred_at, tablet_id, location_id, staff_id from public.consents order by purpose',
  $$ values
    ('messages', true, 1, 'ru', '2026-03-10 08:00Z'::timestamptz, '12000000-0000-4000-8000-000000000001'::uuid, '11000000-0000-4000-8000-000000000001'::uuid, '19000000-0000-4000-8000-000000000001'::uuid),
    ('programme', true, 2, 'bg', '2026-03-10 08:00Z', '12000000-0000-4000-8000-000000000001', '11000000-0000-4000-8000-000000000001', '19000000-0000-4000-8000-000000000001') $$,
  'each consent is kept with its text''s version and language, time and place'
);
select is(tests.points('+359881234567'), 'welcome 50', 'who comes in is welcomed');
rollback to empty;

-- Two tablets enrol one number
select tests.become('anonymous');
select tests.send(jsonb_agg(record)) from tests.enrolments() as record;
select is(tests.people_known(), 'Аня bg anna@example.test 1 2026-03-09 08:00:00 3 welcome 50; Boris bg 2026-03-09 08:00:00 1 welcome 50',
  'two tablets make one member, with what was told last of each field, welcomed once');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(record)) from (
  select record from tests.enrolments() as record union all select record from tests.enrolments() as record
) as repeated order by record ->> 'id' desc;
select is(tests.people_known(), 'Аня bg anna@example.test 1 2026-03-09 08:00:00 3 welcome 50; Boris bg 2026-03-09 08:00:00 1 welcome 50',
  'in the other order, twice and one by one the same');
rollback to empty;

-- Whose visit it is
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z')));
select tests.send(jsonb_build_array(
  tests.visit(2, '+359881234567', '2026-03-10 08:00Z'), tests.visit(3, tests.id(1)::text, '2026-03-11 08:00Z'),
  tests.visit(4, tests.member('+359881234567')::text, '2026-03-12 08:00Z'), tests.visit(5, '+359889999999', '2026-03-13 08:00Z'),
  tests.visit(6, tests.id(9)::text, '2026-03-14 08:00Z')));
select is(tests.visits(), 'counts counts counts nobody''s nobody''s', 'a visit is told by number, by enrolment or by member; of whom nobody knows it waits');
select tests.become('owner');
select throws_ok('select phone from private.waiting_records', '42501', null, 'whose number waits not even the owner reads');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(9, '+359889999999', '2026-03-20 08:00Z')));
select is(tests.visits(), 'counts counts counts counts counts', 'until the enrolment comes');
select is(tests.points('+359889999999'), 'visit 20, welcome 50', 'then it gives what it would have given');
select tests.become('database owner');
select is_empty('select id from private.waiting_records', 'and the number waits no longer');
rollback to empty;

-- The cooldown goes by the time of the visit
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z'),
  tests.visit(2, tests.id(1)::text, '2026-03-10 08:00Z'), tests.visit(3, tests.id(1)::text, '2026-03-10 11:59:59.999Z'),
  tests.visit(4, tests.id(1)::text, '2026-03-10 12:00Z'), tests.visit(5, tests.id(1)::text, '2026-03-10 15:00Z')));
select is(tests.visits(), 'counts cooldown counts cooldown', 'within four hours of the last that counted is too soon, four hours is not');
select is(tests.points('+359881234567'), 'visit 20, welcome 50', 'what came too soon gives nothing');
select tests.send(jsonb_build_array(tests.visit(6, tests.id(1)::text, '2026-03-10 07:00Z')));
select is(tests.visits(), 'counts cooldown counts cooldown cooldown', 'an earlier one that arrives later is judged as if it had come first');
select is(tests.points('+359881234567'), 'visit 20, welcome 50', 'and so are the points');
select tests.become('database owner');
select is(count(*)::integer, 2, 'what was given before is taken back by entries of their own') from public.point_entries where points = -10;
rollback to empty;

-- What a visit gives
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z'),
  tests.visit(2, tests.id(1)::text, '2026-03-10 08:00Z', '{"sale": {"amount": 1299, "currency": "EUR"}}'),
  tests.visit(3, tests.id(1)::text, '2026-03-11 08:00Z', '{"sale": {"amount": 99, "currency": "EUR"}}'),
  tests.visit(4, tests.id(1)::text, '2026-03-12 08:00Z', '{"sale": {"amount": 5000, "currency": "BGN"}}')));
select is(tests.points('+359881234567'), 'amount 12, visit 30, welcome 50', 'every full euro gives a point, other money none');
rollback to empty;
select tests.programmes_of_the_year();
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2025-03-01 08:00Z'),
  tests.visit(2, tests.id(1)::text, at, '{"sale": {"amount": 1000, "currency": "EUR"}}'))) from (values ('2026-03-31 23:59Z')) as times (at);
select is(tests.points('+359881234567'), 'amount 10, visit 10, welcome 50', 'a visit is judged by the programme of its own day, the first also by what came before it');
select tests.send(jsonb_build_array(tests.visit(3, tests.id(1)::text, '2026-04-01 00:00Z', '{"sale": {"amount": 1000, "currency": "EUR"}}')));
select is(tests.points('+359881234567'), 'amount 10, visit 17, welcome 50', 'the next from its first moment');
select tests.send(jsonb_build_array(tests.visit(4, tests.id(1)::text, '2026-07-01 00:00Z')));
select is(tests.points('+359881234567'), 'amount 10, visit 17, welcome 50', 'and an ended one gives nothing');
select tests.send(jsonb_build_array(tests.enrolment(5, '+359889999999', '2026-07-02 00:00Z')));
select is(tests.points('+359889999999'), null, 'no welcome either');
rollback to empty;
delete from public.programme_versions;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z'), tests.visit(2, tests.id(1)::text, '2026-03-01 08:00Z')));
select is(tests.points('+359881234567'), null, 'a shop without a programme gives nothing');
select tests.become('owner');
select public.set_programme(tests.bakery(), tests.programme());
select is(tests.points('+359881234567'), 'visit 10, welcome 50', 'its first programme also covers what came before');
rollback to empty;

-- Birthdays: known since when, visited when (in Sofia), and whether that is rewarded
create function tests.rewarded(birthday text, known_at text, visited_at text) returns boolean language plpgsql as $$
declare
  points text;
begin
  begin
    perform tests.become('anonymous');
    perform tests.send(jsonb_build_array(tests.visit(2, '+359881234567', visited_at), tests.enrolment(1, '+359881234567', known_at,
      jsonb_build_object('birthday', jsonb_build_object('month', split_part(birthday, '-', 1)::integer, 'day', split_part(birthday, '-', 2)::integer)))));
    points := tests.points('+359881234567');
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    perform tests.become('database owner');
    return points like 'birthday 100, %';
  end;
end
$$;
select is(tests.rewarded(birthday, known_at, visited_at), rewarded, format('a birthday on %s known since %s and visited on %s: %s', birthday, known_at, visited_at, rewarded))
from (values
  ('5-10', '2026-03-01 12:00Z', '2026-05-10 09:00Z', true), ('5-10', '2026-03-01 12:00Z', '2026-05-03 09:00Z', true),
  ('5-10', '2026-03-01 12:00Z', '2026-05-02 09:00Z', false), ('5-10', '2026-03-01 12:00Z', '2026-05-17 09:00Z', true),
  ('5-10', '2026-03-01 12:00Z', '2026-05-18 09:00Z', false), ('5-10', '2026-03-01 12:00Z', '2026-05-02 21:30Z', true),
  ('5-10', '2026-04-10 12:00Z', '2026-05-10 09:00Z', true), ('5-10', '2026-04-11 12:00Z', '2026-05-10 09:00Z', false),
  ('5-10', '2025-05-12 12:00Z', '2025-05-13 09:00Z', false), ('5-10', '2025-04-11 12:00Z', '2026-05-10 09:00Z', true),
  ('2-29', '2024-01-01 12:00Z', '2024-03-07 09:00Z', true), ('2-29', '2024-01-01 12:00Z', '2025-03-07 09:00Z', true),
  ('2-29', '2024-01-01 12:00Z', '2025-03-08 09:00Z', false), ('12-31', '2024-01-01 12:00Z', '2025-01-03 09:00Z', true),
  ('1-2', '2024-06-01 12:00Z', '2024-12-28 09:00Z', true)
) as cases (birthday, known_at, visited_at, rewarded);
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2024-01-01 08:00Z', '{"birthday": {"month": 5, "day": 10}}'),
  tests.visit(2, tests.id(1)::text, '2025-05-05 08:00Z'), tests.visit(3, tests.id(1)::text, '2025-05-12 08:00Z')));
select is(tests.points('+359881234567'), 'birthday 100, visit 20, welcome 50', 'once a year');
select tests.send(jsonb_build_array(tests.enrolment(4, '+359881234567', '2025-06-01 08:00Z', '{"birthday": {"month": 9, "day": 10}}'),
  tests.visit(5, tests.id(1)::text, '2025-09-10 08:00Z')));
select is(tests.points('+359881234567'), 'birthday 100, visit 30, welcome 50', 'also for who has another birthday now');
select tests.send(jsonb_build_array(tests.visit(6, tests.id(1)::text, '2026-05-10 08:00Z'), tests.visit(7, tests.id(1)::text, '2026-09-10 08:00Z')));
select is(tests.points('+359881234567'), 'birthday 200, visit 50, welcome 50', 'and the next year on that day');
rollback to empty;

-- Consents: of each purpose the latest holds
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.consent(3, tests.id(1), '2026-03-12 08:00Z', '{"granted": false}'), tests.consent(2, tests.id(1), '2026-03-11 08:00Z'),
  tests.consent(4, tests.id(1), '2026-03-11 08:00Z', '{"purpose": "call", "version": 3}'),
  tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"consents": [{"purpose": "messages", "version": 1, "locale": "bg"}]}')));
select tests.become('owner');
select is(
  (select string_agg(concat_ws(' ', consent ->> 'purpose', consent ->> 'granted', consent ->> 'version'), ', ')
   from jsonb_array_elements(public.report_member(tests.bakery(), tests.member('+359881234567')) -> 'consents') as consent),
  'call true 3, messages false 1', 'told before the enrolment came, and in the wrong order'
);
rollback to empty;

-- The ledger
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z')));
select tests.become('database owner');
select throws_ok('update public.point_entries set points = 1000', '23001', null, 'no entry of the ledger changes');
select throws_ok('update public.point_entries set note = ''more''', '23001', null, 'not even its note');
select throws_ok('delete from public.point_entries', '23001', null, 'or goes');
select throws_ok('update public.programme_versions set programme = null', '23001', null, 'nor does a version of the programme change');
delete from public.organizations where id = tests.bakery();
select is_empty('select id from public.point_entries', 'a shop that is deleted takes its ledger with it');

select * from finish();
rollback;
