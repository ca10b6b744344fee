-- Who may say who works here; the server never sees a PIN.
begin;
\ir fixtures/two-shops.psql
select plan(56);

create function tests.add(name text default 'Vera', salt text default repeat('a', 32), hash text default repeat('b', 64), org uuid default '10000000-0000-4000-8000-000000000000')
returns text language sql as $$
  select public.add_staff(org, add.name, salt, hash) ->> 'outcome'
$$;
create function tests.person(called text) returns uuid language sql security definer as $$
  select id from public.staff where name = called
$$;
create function tests.set_pin(called text, salt text default repeat('c', 32), hash text default repeat('d', 64), org uuid default '10000000-0000-4000-8000-000000000000')
returns text language sql as $$
  select public.set_staff_pin(org, tests.person(called), salt, hash) ->> 'outcome'
$$;
create function tests.remove(called text, org uuid default '10000000-0000-4000-8000-000000000000') returns text language sql as $$
  select public.remove_staff(org, tests.person(called)) ->> 'outcome'
$$;
create function tests.come_down() returns jsonb language sql as $$
  select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #> '{settings,staff}'
$$;
create function tests.all_rights() returns jsonb language sql as $$
  select '["case", "check_in", "enrol", "redeem", "rescue"]'::jsonb
$$;
create function tests.set_rights(called text, rights text, org uuid default '10000000-0000-4000-8000-000000000000') returns text language sql as $$
  select public.set_staff_rights(org, tests.person(called), rights) ->> 'outcome'
$$;
create function tests.rights(called text) returns jsonb language sql as $$
  select person -> 'rights' from jsonb_array_elements(tests.come_down()) as person where person ->> 'name' = called
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- add_staff
select tests.become('owner');
select is(tests.add(name), 'bad_name', format('%s is no name', description))
from (values (null, 'nothing'), ('', 'an empty text'), ('   ', 'a blank'), (repeat('я', 121), 'a novel')) as names (name, description);
select is(tests.add(salt => salt, hash => hash), 'bad_pin', format('%s is no salt and hash', description))
from (values
  (null, repeat('b', 64), 'no salt'), (repeat('a', 32), null, 'no hash'), (repeat('a', 30), repeat('b', 64), 'a short salt'),
  (repeat('a', 32), '482913', 'a PIN as it is typed'), (repeat('A', 32), repeat('b', 64), 'a salt in capitals')
) as pins (salt, hash, description);
select is_empty('select id from public.staff', 'nobody was added by that');
select is(tests.add('  Vera '), 'created', 'the owner adds somebody');
select is(tests.add('vera'), 'name_taken', 'whom the tablet would show twice');
select tests.become('manager');
select is(tests.add('Boris'), 'created', 'a manager may, too');
select tests.become('analyst');
select is(tests.add('Clara'), 'forbidden', 'an analyst may not');
select tests.become('other owner');
select is(tests.add('Clara'), 'forbidden', 'nor another shop''s owner');
select is(tests.add('Vera', org => '20000000-0000-4000-8000-000000000000'), 'created', 'whose own shop may have a Vera');
select tests.become('stranger');
select is(tests.add('Clara'), 'forbidden', 'nor a stranger with an account');
select tests.become('anonymous');
select throws_ok('select tests.add()', '42501', null, 'anonymous may not even ask');
select throws_ok($$ select tests.set_pin('Boris') $$, '42501', null, 'for a PIN neither');
select throws_ok($$ select tests.remove('Boris') $$, '42501', null, 'nor for somebody to be gone');

-- set_staff_pin and remove_staff
select tests.become('analyst');
select is(tests.set_pin('Boris'), 'forbidden', 'an analyst changes no PIN');
select is(tests.remove('Boris'), 'forbidden', 'and removes nobody');
select tests.become('other owner');
select is(tests.set_pin('Boris'), 'forbidden', 'another shop''s owner neither changes one');
select is(tests.set_pin('Boris', org => '20000000-0000-4000-8000-000000000000'), 'forbidden', 'by the name of their own shop neither');
select is(tests.remove('Boris', '20000000-0000-4000-8000-000000000000'), 'forbidden', 'nor removes anybody');
select tests.become('anonymous');
select is(
  tests.come_down(),
  (select jsonb_agg(jsonb_build_object('id', tests.person(name), 'name', name, 'pin_salt', repeat('a', 32), 'pin_hash', repeat('b', 64), 'rights', tests.all_rights()) order by name)
   from (values ('Boris')) as people (name))
  || jsonb_build_array(jsonb_build_object('id', (select tests.come_down() -> 1 ->> 'id'), 'name', 'Vera', 'pin_salt', repeat('a', 32), 'pin_hash', repeat('b', 64), 'rights', tests.all_rights())),
  'a paired tablet hears of its own shop''s people, salt and hash included'
);
select tests.become('manager');
select is(tests.set_pin('Boris', hash => '1234'), 'bad_pin', 'a PIN in plain is refused');
select is(tests.set_pin('Boris'), 'changed', 'a manager changes a PIN');
select is(public.set_staff_pin('10000000-0000-4000-8000-000000000000', gen_random_uuid(), repeat('a', 32), repeat('b', 64)) ->> 'outcome', 'forbidden', 'nobody has none');
select tests.become('anonymous');
select results_eq(
  $$ select person ->> 'pin_salt', person ->> 'pin_hash' from jsonb_array_elements(tests.come_down()) as person where person ->> 'name' = 'Boris' $$,
  $$ values (repeat('c', 32), repeat('d', 64)) $$, 'and the tablet hears of it'
);
select tests.become('owner');
select is(tests.remove('Boris'), 'removed', 'the owner removes somebody');
select is(tests.remove('Boris'), 'removed', 'twice is once');
select is(tests.set_pin('Boris'), 'forbidden', 'who is gone gets no PIN');
select results_eq(
  $$ select name, left_at is not null from public.staff order by name $$, $$ values ('Boris', true), ('Vera', false) $$,
  'the row stays, because records name it'
);
select tests.become('anonymous');
select is(jsonb_array_length(tests.come_down()), 1, 'but no tablet hears of it any more');
select tests.become('owner');
select is(tests.add('Boris'), 'created', 'and the name is free again');

-- report_staff
select results_eq(
  $$ select person ->> 'name', person -> 'last_unlock' from jsonb_array_elements(public.report_staff('10000000-0000-4000-8000-000000000000')) as person $$,
  $$ values ('Boris', 'null'::jsonb), ('Vera', 'null'::jsonb) $$, 'the owner sees who works here'
);
select is(
  (select array_agg(distinct key order by key) from jsonb_array_elements(public.report_staff('10000000-0000-4000-8000-000000000000')) as person, jsonb_object_keys(person) as key),
  array['last_unlock', 'name', 'rights', 'staff'], 'and nothing of their PINs'
);
select tests.become('analyst');
select is(jsonb_array_length(public.report_staff('10000000-0000-4000-8000-000000000000')), 2, 'so does an analyst');
select tests.become('other owner');
select is(public.report_staff('10000000-0000-4000-8000-000000000000'), '[]'::jsonb, 'another shop''s owner does not');

-- Rights
select tests.become('owner');
select is(public.add_staff('10000000-0000-4000-8000-000000000000', 'Dora', repeat('a', 32), repeat('b', 64), '["enrol"]') ->> 'outcome', 'created', 'somebody new may be let do only some things');
select is(tests.set_rights('Dora', rights), 'bad_rights', format('%s are no rights', description))
from (values (null, 'none said'), ('check_in', 'words'), ('{"case": true}', 'an object'), ('["case", "everything"]', 'more than there are'), ('[1]', 'numbers'), ('[null]', 'nothings')) as given (rights, description);
select is(tests.set_rights('Dora', '["case", "check_in", "case"]'), 'changed', 'the owner says what somebody may do');
select is(tests.set_rights('Nobody', '[]'), 'forbidden', 'nobody may do nothing');
select tests.become('anonymous');
select is(tests.rights('Dora'), '["case", "check_in"]'::jsonb, 'the tablet hears of it');
select tests.become('manager');
select is(tests.set_rights('Dora', '[]'), 'changed', 'a manager may say that it is nothing');
select is((select person -> 'rights' from jsonb_array_elements(public.report_staff('10000000-0000-4000-8000-000000000000')) as person where person ->> 'name' = 'Dora'), '[]'::jsonb, 'and the owner sees it');
select is(public.add_staff('10000000-0000-4000-8000-000000000000', 'Emil', repeat('a', 32), repeat('b', 64), 'all') ->> 'outcome', 'bad_rights', 'but not what is no right');
select tests.become('analyst');
select is(tests.set_rights('Dora', '["case"]'), 'forbidden', 'an analyst gives no rights');
select tests.become('other owner');
select is(tests.set_rights('Dora', '["case"]', '20000000-0000-4000-8000-000000000000'), 'forbidden', 'nor another shop''s owner');
select tests.become('anonymous');
select throws_ok($$ select tests.set_rights('Dora', '["case"]') $$, '42501', null, 'nor anonymous');

select * from finish();
rollback;
