-- Complaints: told by tablets in any order, entered by the owner, closed step by step, and gone with who is erased.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(72);

insert into public.staff (org_id, id, name, pin_salt, pin_hash) values
  ('10000000-0000-4000-8000-000000000000', '19000000-0000-4000-8000-000000000001', 'Vera', repeat('a', 32), repeat('b', 64)),
  ('20000000-0000-4000-8000-000000000000', '29000000-0000-4000-8000-000000000001', 'Clara', repeat('a', 32), repeat('b', 64));

create function tests.complaint(n integer, body jsonb default '{}', at text default '2026-03-10 08:00Z', envelope jsonb default '{}') returns jsonb
language sql as $$
  select tests.told(n, 'case', at, jsonb_build_object('text', 'The bread was wet', 'member', null, 'phone', null, 'firstName', null,
    'session', null, 'locale', 'bg', 'staff', null) || body, envelope)
$$;
-- The page of cases as 'open Anna +359…: the bread, …'.
create function tests.page(state text default 'waiting') returns text language sql as $$
  select string_agg(concat_ws(' ', told ->> 'state', told ->> 'first_name', told ->> 'phone', told ->> 'text'), ', ' order by place)
  from jsonb_array_elements(public.report_cases(tests.bakery(), state) -> 'cases') with ordinality as cases (told, place)
$$;
create function tests.move(n integer, state text, note text default null, org uuid default tests.bakery()) returns text language sql as $$
  select public.set_case_state(org, tests.id(n), state, note) ->> 'outcome'
$$;
create function tests.enter(text text default 'By telephone', locale text default 'ru', member uuid default null, phone text default null,
  first_name text default null, org uuid default tests.bakery()) returns text language sql as $$
  select public.open_case(org, text, locale, member, phone, first_name) ->> 'outcome'
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken
select tests.become('anonymous');
select is(tests.outcome(tests.complaint(1, body)), 'refused:' || reason, format('a complaint with %s: %s', description, reason))
from (values
  ('{"text": null}'::jsonb, 'text_missing', 'no words'),
  ('{"text": "  "}', 'text_missing', 'blanks for words'),
  (jsonb_build_object('text', repeat('я', 2001)), 'text_too_long', '2001 letters'),
  ('{"phone": "0881234567"}', 'bad_phone', 'a number without its country'),
  ('{"firstName": " "}', 'bad_name', 'a blank name'),
  (jsonb_build_object('firstName', repeat('a', 61)), 'bad_name', '61 letters of name'),
  ('{"locale": null}', 'bad_locale', 'no language'),
  ('{"locale": "fr"}', 'bad_locale', 'a language nobody speaks here'),
  ('{"member": "Anna"}', 'malformed', 'a name for a member'),
  ('{"session": "this one"}', 'malformed', 'words for a session'),
  ('{"staff": "29000000-0000-4000-8000-000000000001"}', 'unknown_staff', 'another shop''s person')
) as bodies (body, reason, description);
select is(tests.outcome(tests.complaint(1, '{}', '2026-03-10 08:00Z', '{"v": 2}')), 'refused:unknown_version', 'a later version is refused by name');
select tests.become('database owner');
select is_empty('select id from public.cases', 'none of it makes a case');

-- One complaint
select tests.become('anonymous');
select is(tests.outcome(tests.complaint(1, '{"text": " The bread was wet ", "phone": "+359881234567", "firstName": " Anna ", "session": "18000000-0000-4000-8000-000000000009",
  "staff": "19000000-0000-4000-8000-000000000001"}')), 'stored', 'a complaint is stored');
select is(tests.outcome(tests.complaint(1)), 'conflict:other_content', 'and is never another one');
select tests.become('owner');
select results_eq(
  'select id, occurred_at, clock, local_at, due_at, tablet_id, location_id, staff_id, session_id, phone, first_name, text, locale, state, opened_by from public.cases',
  $$ values (tests.id(1), '2026-03-10 08:00Z'::timestamptz, 'server', '2026-03-10 10:00'::timestamp, '2026-03-12 08:00Z'::timestamptz,
    '12000000-0000-4000-8000-000000000001'::uuid, '11000000-0000-4000-8000-000000000001'::uuid, '19000000-0000-4000-8000-000000000001'::uuid,
    '18000000-0000-4000-8000-000000000009'::uuid, '+359881234567', 'Anna', 'The bread was wet', 'bg', 'open', null::text) $$,
  'it is due two days after it was told, wherever the network was'
);
select ok(received_at > '2026-03-10 08:00Z', 'when it arrived is kept beside') from public.cases;
select is((public.report_cases(tests.bakery()) ->> 'overdue')::integer, 1, 'and it is overdue by now');
rollback to empty;

-- Whose it is
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
create function tests.four_complaints() returns setof jsonb language sql as $$
  select tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z')
  union all select tests.complaint(2, jsonb_build_object('member', tests.id(1), 'text', 'By enrolment'), '2026-03-10 09:00Z')
  union all select tests.complaint(3, '{"phone": "+359881234567", "firstName": "Ann", "text": "By number"}', '2026-03-10 10:00Z', '{"pairing": "13000000-0000-4000-8000-000000000002"}')
  union all select tests.complaint(4, '{"phone": "+359889999999", "firstName": "Boris", "text": "No member"}', '2026-03-10 11:00Z')
  union all select tests.complaint(5, '{"text": "Nobody said"}', '2026-03-10 12:00Z')
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint programme;
select tests.become('anonymous');
select tests.send(jsonb_agg(record)) from tests.four_complaints() as record;
select tests.become('owner');
select is(tests.page(), 'open Анна +359881234567 By enrolment, open Анна +359881234567 By number, open Boris +359889999999 No member, open Nobody said',
  'a case is the member''s whom the tablet named by enrolment or number, and else of who was told');
select is(
  (select array_agg(event ->> 'text' order by at) from private.case_events_of(tests.bakery(), tests.member('+359881234567'))),
  array['By enrolment', 'By number'], 'and is among what happened with them');
rollback to programme;
select tests.become('anonymous');
select tests.send(jsonb_build_array(record)) from (select record from tests.four_complaints() as record order by record ->> 'id' desc) as backwards;
select tests.become('owner');
select is(tests.page(), 'open Анна +359881234567 By enrolment, open Анна +359881234567 By number, open Boris +359889999999 No member, open Nobody said',
  'in whatever order it arrived');

-- Pages
select is(
  (with recursive pages (told, after) as (
    select first.page #>> '{cases,0,text}', first.page ->> 'next' from (select public.report_cases(tests.bakery(), 'waiting', null, 1) as page) as first
    union all
    select following.page #>> '{cases,0,text}', following.page ->> 'next' from pages
    cross join lateral (select public.report_cases(tests.bakery(), 'waiting', pages.after, 1) as page) as following where pages.after is not null
  ) select string_agg(told, ', ') from pages),
  'By enrolment, By number, No member, Nobody said', 'page by page nobody is left out or told twice');
select is(jsonb_array_length(public.report_cases(tests.bakery(), 'waiting', 'nonsense') -> 'cases'), 4, 'a place that is none is the beginning');

-- What is done about it
select is(tests.move(2, 'contacted', '  Called her, she comes on Friday '), 'saved', 'the owner has called');
select is(tests.move(3, 'resolved'), 'saved', 'and resolved another');
select is(tests.move(3, 'resolved'), 'saved', 'twice is once');
select is(tests.move(4, 'contacted', 'No answer'), 'saved', 'one was tried');
select is(tests.move(4, 'contacted', 'No answer again'), 'saved', 'and tried again');
select is(tests.move(5, 'done'), 'bad_state', 'done is no state');
select is(tests.move(5, null), 'bad_state', 'nor is nothing');
select is(tests.move(5, 'resolved', repeat('a', 1001)), 'bad_note', '1001 letters are no note');
select is(tests.move(9, 'resolved'), 'unknown_case', 'what nobody told cannot be resolved');
select is(tests.page(), 'contacted Анна +359881234567 By enrolment, contacted Boris +359889999999 No member, open Nobody said', 'what is resolved waits no longer');
select is(tests.page('resolved'), 'resolved Анна +359881234567 By number', 'and is found among the resolved');
select is(tests.page('open'), 'open Nobody said', 'the others by their state');
select is((public.report_cases(tests.bakery()) ->> 'waiting')::integer, 3, 'three wait');
select is((public.report_cases(tests.bakery()) ->> 'overdue')::integer, 1, 'who was called is answered');
select is(
  (select string_agg(concat_ws(' ', event ->> 'state', event ->> 'note', event ->> 'by'), ', ' order by place)
   from jsonb_array_elements(public.report_case(tests.bakery(), tests.id(4)) -> 'events') with ordinality as events (event, place)),
  'contacted No answer owner@example.test, contacted No answer again owner@example.test', 'who did what stays');
select is(jsonb_array_length(public.report_case(tests.bakery(), tests.id(3)) -> 'events'), 1, 'what changed nothing does not');
select is(tests.move(3, 'open', 'It happened again'), 'saved', 'a case may be opened again');
select is(public.report_case(tests.bakery(), tests.id(9)), null, 'no case is told of an id that is none');
select tests.become('manager');
select is(tests.move(5, 'contacted'), 'saved', 'a manager may do it, too');
select tests.become('analyst');
select is(tests.move(5, 'resolved'), 'forbidden', 'an analyst may not');
select is(tests.page(), null, 'nor see what was complained of');
select is(public.report_case(tests.bakery(), tests.id(2)), null, 'or one of them');
select is_empty($$ select event from private.case_events_of(tests.bakery(), '19000000-0000-4000-8000-000000000001') $$, 'or what happened with anybody');
select tests.become('other owner');
select is(tests.move(5, 'resolved'), 'forbidden', 'another shop''s owner may not');
select is(tests.move(5, 'resolved', null, '20000000-0000-4000-8000-000000000000'), 'unknown_case', 'by the name of their own shop neither');
select is(tests.page(), null, 'nor see any');
select tests.become('stranger');
select is(tests.move(5, 'resolved'), 'forbidden', 'a stranger may not');
select tests.become('anonymous');
select throws_ok($$ select tests.move(5, 'resolved') $$, '42501', null, 'anonymous may not even ask');
select throws_ok('select tests.page()', '42501', null, 'nor for the list');
select throws_ok('select tests.enter()', '42501', null, 'nor enter one');
select tests.become('database owner');
select throws_ok('update public.case_events set created_by = ''nobody''', '23001', null, 'what was done is not written anew');
select throws_ok('delete from public.case_events', '23001', null, 'nor taken back');

-- What the customer had answered
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(20, '{"score": 1}'),
  tests.complaint(21, '{"session": "18000000-0000-4000-8000-000000000020"}')));
select tests.become('owner');
select is(public.report_case(tests.bakery(), tests.id(21)) #>> '{answers,0,score}', '1', 'a case from the kiosk shows what was answered there');
select is(public.report_case(tests.bakery(), tests.id(2)) -> 'answers', '[]'::jsonb, 'another shows none');

-- By hand
select is(tests.enter(text, locale, member, phone, first_name), outcome, format('%s: %s', description, outcome))
from (values
  (null, 'ru', null::uuid, null, null, 'text_missing', 'no words'),
  ('x', 'fr', null, null, null, 'bad_locale', 'no language'),
  ('x', 'ru', null, '0881234567', null, 'bad_phone', 'half a number'),
  ('x', 'ru', null, null, ' ', 'bad_name', 'a blank name'),
  ('x', 'ru', '19000000-0000-4000-8000-000000000001', null, null, 'unknown_member', 'nobody''s member')
) as entries (text, locale, member, phone, first_name, outcome, description);
select is(tests.enter('By telephone', 'ru', tests.member('+359881234567')), 'created', 'the owner enters what a member said');
select results_eq(
  $$ select due_at - occurred_at, opened_by, tablet_id, locale from public.cases where opened_by is not null $$,
  $$ values (interval '48 hours', 'owner@example.test', null::uuid, 'ru') $$, 'due in two days, signed');
select tests.become('analyst');
select is(tests.enter(), 'forbidden', 'an analyst enters none');
select tests.become('other owner');
select is(tests.enter(), 'forbidden', 'nor does another shop''s owner');

-- Erasure
select tests.become('database owner');
create table tests.remembered (member uuid);
grant select on tests.remembered to authenticated, anon;
insert into tests.remembered select tests.member('+359881234567');
select tests.become('owner');
select is(public.erase_member(tests.bakery(), member) ->> 'outcome', 'erased', 'the member is erased') from tests.remembered;
select is(
  (select count(*)::integer from public.cases where num_nonnulls(text, phone, first_name) > 0 and alias in (select member from tests.remembered union all select tests.id(1))),
  0, 'and their words, number and name with them');
select is((select string_agg(note, ', ' order by note) from public.case_events), 'No answer, No answer again', 'the notes about them, too, and nobody else''s');
select is(tests.page('contacted'), 'contacted, contacted Boris +359889999999 No member, contacted Nobody said', 'the cases stay, of nobody');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.complaint(30, '{"phone": "+359881234567", "text": "Too late"}', '2026-03-11 08:00Z'),
  tests.complaint(31, jsonb_build_object('member', tests.id(32), 'text', 'Too late as well'), '2026-03-11 08:00Z')));
select tests.send(jsonb_build_array(tests.enrolment(32, '+359881234567', '2026-03-11 08:00Z')));
select tests.become('database owner');
select is_empty($$ select id from public.cases where text like 'Too late%' $$, 'what they said before and arrives after leaves no trace, by number or by a name that came later still');
delete from public.organizations where id = tests.bakery();
select is_empty('select id from public.case_events', 'all of it goes with the shop');

select * from finish();
rollback;
