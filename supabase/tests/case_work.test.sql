-- What is done about a case: who has it, why it came to it, what was promised, how it ended; and how fast.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(75);

create function tests.complaint(n integer, at text, envelope jsonb default '{}') returns jsonb language sql as $$
  select tests.told(n, 'case', at, jsonb_build_object('text', 'The bread was wet', 'member', null, 'phone', null, 'firstName', null,
    'session', null, 'locale', 'bg', 'staff', null), envelope)
$$;
create function tests.resolve(n integer, cause text, would_return text default null, note text default null) returns text language sql as $$
  select public.resolve_case(tests.bakery(), tests.id(n), cause, would_return, note) ->> 'outcome'
$$;
create function tests.assign(n integer, person uuid default null, name text default null) returns text language sql as $$
  select public.assign_case(tests.bakery(), tests.id(n), person, name) ->> 'outcome'
$$;
create function tests.promise(n integer, promise text default 'A fresh loaf', due timestamptz default now() + interval '1 day') returns text
language sql as $$
  select public.promise_in_case(tests.bakery(), tests.id(n), promise, due) ->> 'outcome'
$$;
create function tests.settle(n integer, kept boolean, note text default null) returns text language sql as $$
  select public.settle_promise(tests.bakery(), tests.id(n), kept, note) ->> 'outcome'
$$;
create function tests.rerate(n integer, score integer, would_return text default null, note text default null) returns text language sql as $$
  select public.rerate_case(tests.bakery(), tests.id(n), score, would_return, note) ->> 'outcome'
$$;
create function tests.move(n integer, state text) returns text language sql as $$
  select public.set_case_state(tests.bakery(), tests.id(n), state) ->> 'outcome'
$$;
-- Everything that changes a case, as '{forbidden}'.
create function tests.all_of_it(n integer) returns text[] language sql as $$
  select array_agg(distinct outcome) from unnest(array[tests.resolve(n, 'price'), tests.assign(n), tests.promise(n), tests.settle(n, true),
    tests.rerate(n, 5), tests.move(n, 'open')]) as outcome
$$;
create function tests.ids(cases jsonb) returns text language sql as $$
  select string_agg((right(told ->> 'case', 2))::integer::text, ' ' order by place)
  from jsonb_array_elements(cases -> 'cases') with ordinality as told (told, place)
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.complaint(1, '2026-03-10 08:00Z'), tests.complaint(2, '2026-03-11 08:00Z'),
  tests.complaint(3, '2026-03-12 12:00Z', '{"pairing": "13000000-0000-4000-8000-000000000002"}'), tests.complaint(4, '2026-03-13 08:00Z')));
savepoint told;

-- Whose it is
select tests.become('owner');
select results_eq(
  $$ select person ->> 'email', person ->> 'role', (person ->> 'is_you')::boolean
     from jsonb_array_elements(public.report_team(tests.bakery()) -> 'team') as person order by 1 $$,
  $$ values ('analyst@example.test', 'analyst', false), ('manager@example.test', 'manager', false), ('owner@example.test', 'owner', true) $$,
  'a case can be given to the shop''s own people');
select is(tests.assign(1, 'aaaaaaaa-0000-4000-8000-000000000002'), 'saved', 'the manager has one');
select is(tests.assign(2, null, ' Vera '), 'saved', 'somebody without an account another');
select is(tests.assign(3, 'aaaaaaaa-0000-4000-8000-000000000001'), 'saved', 'the owner a third');
select is(tests.assign(4, 'aaaaaaaa-0000-4000-8000-000000000004'), 'unknown_person', 'another shop''s owner none');
select is(tests.assign(4, null, repeat('a', 61)), 'bad_name', '61 letters are no name');
select is(tests.assign(9), 'unknown_case', 'what nobody told is nobody''s');
select results_eq('select assignee from public.cases order by id', array['manager@example.test', 'Vera', 'owner@example.test', null],
  'it is said whose each is');
select is(tests.ids(public.report_cases(tests.bakery(), only_mine => true)), '3', 'the owner asks for their own');
select is((public.report_cases(tests.bakery()) ->> 'mine')::integer, 1, 'and is told how many');
select is(public.report_case(tests.bakery(), tests.id(3)) ->> 'is_mine', 'true', 'that it is theirs');
select is(tests.assign(3), 'saved', 'it may be given back');
select is(tests.ids(public.report_cases(tests.bakery(), only_mine => true)), null, 'and is nobody''s then');
select results_eq('select what, state, assignee, created_by from public.case_events order by at',
  $$ values ('assignee', 'open', 'manager@example.test', 'owner@example.test'), ('assignee', 'open', 'Vera', 'owner@example.test'),
    ('assignee', 'open', 'owner@example.test', 'owner@example.test'), ('assignee', 'open', null, 'owner@example.test') $$,
  'who gave it to whom stays');
select is((select count(contacted_at)::integer from public.cases), 0, 'to be given to somebody is not to be answered');
rollback to told;

-- Why, and whether they would come back
select tests.become('owner');
select is(tests.resolve(1, null), 'bad_cause', 'nobody resolves a case without its cause');
select is(tests.resolve(1, 'weather'), 'bad_cause', 'the weather is none');
select is(tests.resolve(1, 'price', 'maybe'), 'bad_return', 'maybe is no answer');
select is(tests.resolve(1, 'price', 'yes', repeat('a', 1001)), 'bad_note', '1001 letters are no note');
select is(tests.resolve(9, 'price'), 'unknown_case', 'what nobody told cannot be resolved');
select is(tests.resolve(1, 'product', 'yes', ' A fresh loaf '), 'saved', 'it was the product');
select results_eq('select state, cause, would_return, contacted_at is not null, resolved_at is not null from public.cases where id = tests.id(1)',
  $$ values ('resolved', 'product', 'yes', true, true) $$, 'to resolve is to have answered');
create temporary table resolved as select contacted_at, resolved_at from public.cases where id = tests.id(1);
select is(tests.resolve(1, 'treatment'), 'saved', 'what was understood later is kept, too');
select results_eq('select cause, would_return from public.cases where id = tests.id(1)', $$ values ('treatment', 'yes') $$, 'what nobody asked again stays');
select results_eq('select contacted_at, resolved_at from public.cases where id = tests.id(1)', 'select * from resolved', 'when it was resolved stays');
select is(tests.move(1, 'open'), 'saved', 'it may be opened again');
select is((select resolved_at from public.cases where id = tests.id(1)), null, 'and is resolved no more');
select is((select contacted_at from public.cases where id = tests.id(1)), (select contacted_at from resolved), 'though they were answered');
select is(tests.move(2, 'resolved'), 'saved', 'a page that knows no cause resolves without');
select is((select cause from public.cases where id = tests.id(2)), null, 'and claims none');
rollback to told;

-- What was promised
select tests.become('owner');
select is(tests.settle(1, true), 'no_promise', 'what was not promised is not kept');
select is(tests.promise(1, ' '), 'bad_promise', 'blanks promise nothing');
select is(tests.promise(1, repeat('a', 1001)), 'bad_promise', '1001 letters are too many');
select is(tests.promise(1, due => null), 'bad_due', 'a promise has its day');
select is(tests.promise(1, due => now() + interval '101 years'), 'bad_due', 'before everybody has forgotten');
select is(tests.promise(9), 'unknown_case', 'nothing is promised about what nobody told');
select is(tests.promise(1, ' A fresh loaf '), 'saved', 'a loaf is promised');
select is(tests.settle(1, null), 'no_promise', 'it is kept or not');
select is(tests.settle(9, true), 'unknown_case', 'of a case that is none nothing is said');
select is(tests.settle(1, false, repeat('a', 1001)), 'bad_note', 'with a short note');
select is(tests.settle(1, false, 'We were closed'), 'saved', 'the promise was broken');
select is((select promise_kept from public.cases where id = tests.id(1)), false, 'and is known to be');
select is(tests.promise(1, 'Two loaves'), 'saved', 'another stands for it');
select results_eq('select promise_kept, promise_due_at = now() + interval ''1 day'' from public.cases where id = tests.id(1)', 'values (null::boolean, true)',
  'of which nobody has said anything yet');
select is(tests.settle(1, true), 'saved', 'it is kept');
select is(
  (select string_agg(concat_ws(' ', event ->> 'what', event ->> 'note', event ->> 'promise_kept'), ', ' order by place)
   from jsonb_array_elements(public.report_case(tests.bakery(), tests.id(1)) -> 'events') with ordinality as events (event, place)),
  'promise A fresh loaf, kept We were closed false, promise Two loaves, kept true', 'the whole story stays');

-- How they rate it after
select is(tests.rerate(1, 0), 'bad_score', 'no face is 0');
select is(tests.rerate(1, 6), 'bad_score', 'nor 6');
select is(tests.rerate(1, 5, 'maybe'), 'bad_return', 'maybe is no answer');
select is(tests.rerate(1, 5, 'yes', repeat('a', 1001)), 'bad_note', '1001 letters are no note');
select is(tests.rerate(9, 5), 'unknown_case', 'what nobody told is not rated');
select is(tests.rerate(1, 4, 'yes', 'Much better'), 'saved', 'they are content');
select results_eq('select rerating, would_return, state from public.cases where id = tests.id(1)', $$ values (4::smallint, 'yes', 'open') $$, 'which closes nothing by itself');
rollback to told;

-- Which are shown
select tests.become('owner');
select tests.resolve(1, 'price'), tests.resolve(2, 'product'), tests.move(3, 'contacted');
select is(tests.ids(public.report_cases(tests.bakery(), 'resolved', cause => 'price')), '1', 'those of one cause');
select is(tests.ids(public.report_cases(tests.bakery(), location => '11000000-0000-4000-8000-000000000002')), '3', 'those of one place');
select is(tests.ids(public.report_cases(tests.bakery(), only_overdue => true)), '4', 'those that nobody answered in time');
select is(tests.ids(public.report_cases(tests.bakery(), page => 1)), '3', 'the oldest due first');
select is(tests.ids(public.report_cases(tests.bakery(), page => 1, location => '11000000-0000-4000-8000-000000000001')), '4', 'page by page, filtered');
rollback to told;

-- How fast: 48, 6 and 4 hours, one never; told late by one, two and three hours
select tests.become('database owner');
update public.cases as c set received_at = occurred_at + interval '1 hour' * n, contacted_at = occurred_at + interval '1 hour' * contact,
  resolved_at = occurred_at + interval '1 hour' * contact * 2, state = case when contact is null then 'open' else 'resolved' end,
  cause = case when contact is not null then 'treatment' end, would_return = told.would_return, promise_due_at = now() - interval '1 day', promise_kept = kept,
  rerating = n
from (values (1, 50, 'yes', true), (2, 6, 'no', true), (3, 4, 'unknown', null), (4, null, null, null)) as told (n, contact, would_return, kept)
where c.id = tests.id(n);
create function tests.times(from_date date default '2026-03-01', to_date date default '2026-03-31', location uuid default null) returns jsonb
language sql as $$ select public.report_case_times(tests.bakery(), from_date, to_date, location) $$;
grant execute on function tests.times(date, date, uuid) to authenticated, anon;
select tests.become('analyst');
select is(tests.times() -> 'contact', '{"n": 3, "median_s": 21600, "p90_s": 148320}', 'time to the first contact, from the telling');
select is(tests.times() -> 'resolution', '{"n": 3, "median_s": 43200, "p90_s": 296640}', 'and to the resolution');
select is(tests.times() -> 'lost', '{"n": 3, "median_s": 10800, "p90_s": 13680}', 'more than an hour lost to sync is told apart');
select is(tests.times() -> 'in_time', '{"n": 4, "k": 2}', 'two of four were answered in time');
select is(tests.times() -> 'promises', '{"n": 2, "k": 2, "unsettled": 2}', 'of two promises nobody said whether they were kept');
select is(tests.times() -> 'returning', '{"n": 2, "k": 1}', 'who does not know is not counted');
select is(tests.times() -> 'rerated', '{"n": 4, "k": 1}', 'one is content after');
select is(tests.times() -> 'causes', '{"none": 0, "moved": 0, "price": 0, "product": 0, "treatment": 3}', 'why it came to it');
select is((tests.times('2026-03-13', '2026-03-13') ->> 'n')::integer, 2, 'a day is the shop''s own day, on the other side of the world too');
select is((tests.times(location => '11000000-0000-4000-8000-000000000002') ->> 'n')::integer, 1, 'one place');
select is(tests.times('2027-01-01', '2027-01-31') -> 'contact', '{"n": 0, "median_s": null, "p90_s": null}', 'of nothing there is no median');

-- Who may
select is(tests.all_of_it(1), array['forbidden'], 'an analyst changes none of it');
select is(public.report_team(tests.bakery()) ->> 'outcome', 'forbidden', 'nor learns the others'' addresses');
select tests.become('other owner');
select is(tests.all_of_it(1), array['forbidden'], 'another shop''s owner changes none of it');
select is(array[tests.times() ->> 'outcome', public.report_team(tests.bakery()) ->> 'outcome'], array['forbidden', 'forbidden'], 'nor learns how it went');
select tests.become('manager');
select is(tests.assign(1), 'saved', 'a manager does all of it');
select tests.become('anonymous');
select throws_ok(format('select %s', call), '42501', null, format('anonymous may not even ask: %s', call))
from unnest(array['tests.resolve(1, ''price'')']) as call;
select * from finish();
rollback;
