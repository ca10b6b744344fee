-- A member's low score opens a case by itself, in whatever order it is told, once, and never about somebody who was erased.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(30);

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());

create function tests.session() returns uuid language sql as $$ select '18000000-0000-4000-8000-000000000001'::uuid $$;
create function tests.tap(n integer, score integer, at text default '2026-03-10 08:00') returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('session', tests.session(), 'score', score, 'locale', 'ru'),
    jsonb_build_object('occurredAt', replace(at, ' ', 'T') || ':00.000Z'))
$$;
create function tests.words(n integer, words text) returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('session', tests.session(), 'type', 'comment', 'question', 'comment', 'score', null, 'text', words),
    '{"occurredAt": "2026-03-10T08:01:00.000Z"}')
$$;
create function tests.rater(n integer, member uuid default tests.id(1)) returns jsonb language sql as $$
  select tests.told(n, 'rater', '2026-03-10 08:02Z', jsonb_build_object('member', member, 'session', tests.session()))
$$;
create function tests.joined(n integer default 1, phone text default '+359881234567', purposes text[] default '{call}') returns jsonb language sql as $$
  select tests.enrolment(n, phone, '2026-03-10 07:00Z', jsonb_build_object('consents', (
    select coalesce(jsonb_agg(jsonb_build_object('purpose', purpose, 'version', 1, 'locale', 'bg')), '[]') from unnest(purposes) as purpose)))
$$;
create function tests.complaint(n integer, body jsonb default '{}') returns jsonb language sql as $$
  select tests.told(n, 'case', '2026-03-10 08:05Z', jsonb_build_object('text', 'The bread was wet', 'member', null, 'phone', null,
    'firstName', null, 'session', tests.session(), 'locale', 'bg', 'staff', null) || body)
$$;
-- The cases as '1 Анна The bread was wet, …'.
create function tests.opened() returns text language sql security definer as $$
  select string_agg(concat_ws(' ', told ->> 'score', told ->> 'first_name', told ->> 'text'), ', ' order by told ->> 'occurred_at')
  from public.cases as c, private.case_told(c) as told
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- In any order
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.tap(2, 1), tests.words(3, 'Wet'), tests.rater(4)));
select is(tests.opened(), '1 Анна Wet', 'whose it was comes last, and opens a case with their words');
select tests.become('owner');
select results_eq(
  'select occurred_at, clock, local_at, due_at, tablet_id, location_id, session_id, locale, state, score, text, opened_by from public.cases',
  $$ values ('2026-03-10 08:00Z'::timestamptz, 'server', '2026-03-10 10:00'::timestamp, '2026-03-12 08:00Z'::timestamptz,
    '12000000-0000-4000-8000-000000000001'::uuid, '11000000-0000-4000-8000-000000000001'::uuid, tests.session(), 'ru', 'open', 1::smallint,
    null::text, null::text) $$,
  'due two days after the tap, in the language of the answer');
select is(public.report_cases(tests.bakery()) #>> '{cases,0,is_erased}', 'false', 'that it has no words of its own is no erasure');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.rater(4), tests.tap(2, 2), tests.joined()));
select is(tests.opened(), '2 Анна', 'who they are comes last');
select tests.send(jsonb_build_array(tests.tap(5, 1, '2026-03-10 08:01'), tests.rater(6, tests.id(1)), tests.joined(7)));
select is(tests.opened(), '2 Анна', 'a session makes one case');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.rater(4)));
select is(tests.opened(), null, 'a member alone makes none');
select tests.send(jsonb_build_array(tests.tap(2, 3)));
select is(tests.opened(), null, 'nor does a middling score');
select tests.send(jsonb_build_array(tests.tap(3, 2)));
select is(tests.opened(), '2 Анна', 'the score comes last');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(purposes => '{messages}'), tests.rater(4), tests.tap(2, 1)));
select is(tests.opened(), null, 'who did not agree to be called is not');
select tests.send(jsonb_build_array(tests.consent(5, tests.id(1), '2026-03-11 08:00Z', '{"purpose": "call"}')));
select is(tests.opened(), '1 Анна', 'until they do, while there is time to answer');
select tests.send(jsonb_build_array(tests.consent(6, tests.id(1), '2026-03-11 09:00Z', '{"purpose": "call", "granted": false}')));
select is(tests.opened(), '1 Анна', 'what they say later undoes nothing');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(purposes => '{}'), tests.rater(4), tests.tap(2, 1),
  tests.consent(5, tests.id(1), '2026-04-11 08:00Z', '{"purpose": "call"}')));
select is(tests.opened(), null, 'a yes of next month is none about today');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.consent(5, tests.id(1), '2026-03-10 07:30Z', '{"purpose": "call", "granted": false}'),
  tests.rater(4), tests.tap(2, 1)));
select is(tests.opened(), null, 'a yes that was taken back is none');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.consent(5, tests.id(1), '2026-03-10 07:30Z', '{"purpose": "call"}'), tests.rater(4), tests.tap(2, 1),
  tests.joined(purposes => '{}')));
select is(tests.opened(), '1 Анна', 'a yes that came before whoever said it counts');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.joined(8, '+359889999999', '{}'), tests.rater(4, tests.id(8)), tests.tap(2, 1)));
select is(tests.opened(), null, 'another member''s yes is none');
select tests.become('owner');
select is(public.merge_members(tests.bakery(), tests.member('+359889999999'), tests.member('+359881234567')) ->> 'outcome', 'merged', 'unless the two are one');
select is(tests.opened(), '1 Анна', 'and then it is');
rollback to empty;

-- Beside what staff were told
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.tap(2, 1), tests.rater(4), tests.complaint(5)));
select is(tests.opened(), '1 Анна The bread was wet', 'what staff were told of the same session joins its case');
select tests.send(jsonb_build_array(tests.complaint(6, '{"text": "And the coffee cold"}')));
select is(tests.opened(), '1 Анна The bread was wet, And the coffee cold', 'once');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.complaint(5), tests.joined(), tests.tap(2, 1), tests.rater(4)));
select is(tests.opened(), 'Анна The bread was wet', 'told before the score it stays the one case, and is known to be theirs');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.tap(2, 1), tests.rater(4),
  tests.complaint(5, '{"phone": "+359887777777", "firstName": "Boris"}')));
select is(tests.opened(), '1 Анна, Boris The bread was wet', 'somebody else''s words stay a case of their own');
rollback to empty;

-- Erased
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined(), tests.tap(2, 1), tests.words(3, 'Wet, says Anna'), tests.rater(4)));
create temporary table them as select tests.member('+359881234567') as id;
grant select on them to anon, authenticated;
select tests.become('owner');
select is(public.set_case_state(tests.bakery(), (select id from public.cases), 'contacted', 'Called Anna') ->> 'outcome', 'saved', 'they are called');
select is(public.promise_in_case(tests.bakery(), (select id from public.cases), 'A loaf for Anna', now()) ->> 'outcome', 'saved', 'and promised something');
select is(public.erase_member(tests.bakery(), (select id from them)) ->> 'outcome', 'erased', 'who complained is erased');
select is(tests.opened(), '1', 'the case stays, of nobody and without a word');
select is((select count(note)::integer from public.case_events), 0, 'no note or promise names them any more');
select is(public.report_cases(tests.bakery(), 'contacted') #>> '{cases,0,is_erased}', 'true', 'and it says so');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.complaint(6, '{"text": "Says Anna"}')));
select is(tests.opened(), '1, Says Anna', 'words that nobody signed are not made theirs');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.joined()));
select tests.become('owner');
select public.erase_member(tests.bakery(), tests.member('+359881234567'));
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.tap(2, 1), tests.rater(4), tests.joined(7)));
select is(tests.opened(), null, 'what arrives after brings nobody back');
select tests.become('owner');
select is((public.report_cases(tests.bakery()) ->> 'waiting')::integer, 0, 'and nobody waits');
select * from finish();
rollback;
