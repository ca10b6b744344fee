-- Dated changes and the targets of questions: who notes them, who reads them, what is refused.
begin;
\ir fixtures/two-shops.psql
select plan(48);

create function tests.bakery() returns uuid language sql as $$ select '10000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.sofia() returns uuid language sql as $$ select '11000000-0000-4000-8000-000000000001'::uuid $$;
create function tests.plovdiv() returns uuid language sql as $$ select '21000000-0000-4000-8000-000000000001'::uuid $$;
create function tests.note(
  name text default 'Second till', happened_on date default '2026-03-02', question text default 'satisfaction', hoped integer default 5,
  location uuid default null, note text default null, ended_on date default null, improvement uuid default null
) returns text language sql as $$
  select public.save_improvement(tests.bakery(), improvement, name, happened_on, question, hoped, location, note, ended_on) ->> 'outcome'
$$;
create function tests.target(target integer, question text default 'satisfaction', location uuid default null) returns text language sql as $$
  select public.set_target(tests.bakery(), question, location, target) ->> 'outcome'
$$;
create function tests.noted() returns uuid language sql security definer as $$ select id from public.improvements $$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who
select tests.become('anonymous');
select throws_ok('select tests.note()', '42501', null, 'anonymous notes nothing');
select throws_ok('select public.remove_improvement(tests.bakery(), tests.bakery())', '42501', null, 'removes nothing');
select throws_ok('select tests.target(80)', '42501', null, 'sets no target');
select throws_ok('select name from public.improvements', '42501', null, 'reads no change');
select throws_ok('select target from public.targets', '42501', null, 'and no target');
select tests.become('stranger');
select is(tests.note(), 'forbidden', 'a stranger notes nothing');
select tests.become('other owner');
select is(tests.note(), 'forbidden', 'nor does another shop''s owner');
select is(tests.target(80), 'forbidden', 'who sets no target either');
select tests.become('analyst');
select is(tests.note(), 'forbidden', 'an analyst reads and does not note');
select is(tests.target(80), 'forbidden', 'nor sets a target');
select tests.become('manager');
select is(tests.note(name => '  Second till at noon  ', location => tests.sofia(), note => '  Two people  '), 'saved', 'a manager notes a change');
select results_eq(
  'select name, happened_on, ended_on, question, location_id, hoped_change, note, created_by, removed_at from public.improvements',
  $$ values ('Second till at noon', '2026-03-02'::date, null::date, 'satisfaction', tests.sofia(), 5::smallint, 'Two people',
    'manager@example.test', null::timestamptz) $$,
  'as it was told, but for the blanks around it, and by whom'
);
select tests.become('analyst');
select is((select count(*)::integer from public.improvements), 1, 'the analyst reads it');
select is(public.remove_improvement(tests.bakery(), tests.noted()) ->> 'outcome', 'forbidden', 'and does not remove it');
select tests.become('other owner');
select is_empty('select name from public.improvements', 'another shop''s owner does not read it');
select is(public.remove_improvement('20000000-0000-4000-8000-000000000000', tests.noted()) ->> 'outcome', 'unknown_improvement', 'nor finds it in their own shop');

-- What
select tests.become('owner');
select is(tests.note(name => '   '), 'bad_name', 'a change has a name');
select is(tests.note(name => repeat('x', 121)), 'bad_name', 'of 120 characters at most');
select is(tests.note(happened_on => null), 'bad_date', 'and a day');
select is(tests.note(happened_on => '1999-12-31'), 'bad_date', 'not in another century');
select is(tests.note(happened_on => current_date + 367), 'bad_date', 'nor years ahead');
select is(tests.note(ended_on => '2026-03-02'), 'bad_end', 'it ends after it began');
select is(tests.note(ended_on => '3026-03-02'), 'bad_end', 'and not in a thousand years');
select is(tests.note(question => 'weather'), 'bad_question', 'its question is one that was asked');
select is(tests.note(question => 'comment'), 'bad_question', 'and that takes a score');
select is(tests.note(question => null), 'bad_question', 'it has one');
select is(tests.note(hoped => 0), 'bad_hope', 'a hope is a rise');
select is(tests.note(hoped => 101), 'bad_hope', 'within the scale');
select is(tests.note(hoped => null), 'bad_hope', 'and a number');
select is(tests.note(note => repeat('x', 1001)), 'bad_note', 'a note has 1,000 characters at most');
select is(tests.note(location => tests.plovdiv()), 'unknown_location', 'the place is one of the shop''s');
select is(tests.note(improvement => tests.bakery()), 'unknown_improvement', 'only what was noted is corrected');
select is(tests.note(name => 'Third till', ended_on => '2026-05-01', improvement => tests.noted()), 'saved', 'the owner corrects it');
select results_eq(
  'select name, ended_on, location_id, note, created_by from public.improvements',
  $$ values ('Third till', '2026-05-01'::date, null::uuid, null::text, 'manager@example.test') $$,
  'whole, and it stays the manager''s'
);
select is(public.remove_improvement(tests.bakery(), tests.noted()) ->> 'outcome', 'removed', 'and removes it');
select is(public.remove_improvement(tests.bakery(), tests.noted()) ->> 'outcome', 'unknown_improvement', 'once');
select is(tests.note(improvement => tests.noted()), 'unknown_improvement', 'what is removed is not corrected');
select is((select removed_by from public.improvements), 'owner@example.test', 'it is kept, with who removed it');

-- Targets
select is(tests.target(0), 'bad_target', 'a share of nothing is no target');
select is(tests.target(101), 'bad_target', 'nor is more than all');
select is(tests.target(-101, 'recommend'), 'bad_target', 'an NPS has an end too');
select is(tests.target(80, 'reasons'), 'bad_question', 'only what takes a score has a target');
select is(tests.target(80, location => tests.plovdiv()), 'unknown_location', 'and only places of the shop');
select is(tests.target(80) || ' ' || tests.target(85) || ' ' || tests.target(90, location => tests.sofia()) || ' ' || tests.target(-20, 'recommend'),
  'saved saved saved saved', 'the owner sets them');
select results_eq(
  'select question, location_id is null, target::integer, set_by from public.targets order by 1, 2, 3',
  $$ values ('recommend', true, -20, 'owner@example.test'), ('satisfaction', false, 90, 'owner@example.test'), ('satisfaction', true, 85, 'owner@example.test') $$,
  'one for each question and place, the last one said'
);
select is(tests.target(null), 'saved', 'and takes one away');
select is(
  (select string_agg(target::text, ' ' order by target) from public.targets), '-20 90', 'but not that of a place'
);
select tests.become('other owner');
select is_empty('select target from public.targets', 'which another shop''s owner does not read');

select * from finish();
rollback;
