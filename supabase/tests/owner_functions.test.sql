-- What people do to their shop, and who may not.
begin;
\ir fixtures/two-shops.psql
select plan(64);

create function tests.create_shop(
  name text default 'Shop', default_locale text default 'en', location text default 'Centre', time_zone text default 'Europe/Sofia',
  survey text default '{"questions": []}'
) returns text language sql as $$
  select public.create_organization(create_shop.name, create_shop.default_locale, create_shop.location, create_shop.time_zone, create_shop.survey) ->> 'outcome'
$$;
create function tests.outcome_as(person text, call text) returns text language plpgsql as $$
declare
  outcome text;
begin
  perform tests.become(person);
  execute 'select (' || call || ') ->> ''outcome''' into outcome;
  return outcome;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- create_organization
select tests.become('stranger');
select is(tests.create_shop(name => ''), 'bad_name', 'a shop has a name');
select is(tests.create_shop(name => '   '), 'bad_name', 'not blanks');
select is(tests.create_shop(name => null), 'bad_name', 'not null');
select is(tests.create_shop(name => repeat('я', 121)), 'bad_name', 'not a novel');
select is(tests.create_shop(location => ''), 'bad_name', 'a place has a name');
select is(tests.create_shop(time_zone => zone), 'bad_time_zone', coalesce(zone, 'no zone') || ' is no time zone')
from (values (null), (''), ('Europe/Nowhere'), ('+03:00'), ('EET'), ('Foo/Bar+3'), ('europe/sofia')) as zones (zone);
select is(tests.create_shop(default_locale => 'de'), 'bad_locale', 'a language the kiosk does not speak');
select is(tests.create_shop(default_locale => null), 'bad_locale', 'no language');
select is(tests.create_shop(survey => text), 'bad_survey', left(coalesce(text, 'null'), 20) || ' is no survey')
from (values
  (null), (''), ('{'), ('7'), ('[]'), ('{"questions": {}}'), (repeat('[', 50000) || repeat(']', 50000)),
  ('{"questions": [], "name": "' || repeat('x', 100000) || '"}')
) as surveys (text);
select is_empty('select id from public.organizations', 'nothing of that has made a shop');
select is(tests.create_shop(time_zone => 'UTC'), 'created', 'UTC is a time zone');
select is(tests.create_shop(name => repeat('я', 120), location => repeat('я', 120)), 'created', '120 characters in any script are a name');
select is(
  public.create_organization(' Cheese ', 'bg', ' Centre ', 'America/Argentina/Buenos_Aires', '{"questions": [1]}', true) ->> 'outcome', 'created',
  'a shop is created'
);
select results_eq(
  $$ select organizations.name, organizations.default_locale, organizations.is_demo, locations.name, locations.time_zone, versions.number, versions.definition
     from public.organizations
     join public.locations on locations.org_id = organizations.id
     join public.survey_versions as versions on versions.org_id = organizations.id and versions.survey_id = locations.survey_id
     where organizations.is_demo $$,
  $$ values ('Cheese', 'bg', true, 'Centre', 'America/Argentina/Buenos_Aires', 1, '{"questions": [1]}'::jsonb) $$,
  'with its place and survey, names trimmed'
);
select results_eq(
  'select distinct user_id, role from public.team_members',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000005'::uuid, 'owner') $$, 'its maker owns it'
);
select tests.become('anonymous');
select throws_ok('select tests.create_shop()', '42501', null, 'anonymous creates none');
select tests.become('database owner');
select set_config('role', 'authenticated', true);
select is(tests.create_shop(), 'forbidden', 'a session without a person creates none');

-- add_location
select is(
  tests.outcome_as(person, $$ public.add_location('10000000-0000-4000-8000-000000000000', 'Second', 'Europe/Sofia') $$), 'forbidden', person || ' adds no place'
) from (values ('analyst'), ('other owner'), ('stranger')) as people (person);
select tests.become('manager');
select is(public.add_location('10000000-0000-4000-8000-000000000000', 'Sofia', 'Europe/Sofia') ->> 'outcome', 'name_taken', 'a place''s name is its own');
select is(public.add_location('10000000-0000-4000-8000-000000000000', ' ', 'Europe/Sofia') ->> 'outcome', 'bad_name', 'a place has a name');
select is(public.add_location('10000000-0000-4000-8000-000000000000', 'Second', 'Mars/Base') ->> 'outcome', 'bad_time_zone', 'and an hour');
select is(public.add_location('10000000-0000-4000-8000-000000000000', ' Second ', 'Europe/Sofia', repeat('r', 200)) ->> 'outcome', 'created', 'the manager adds a place');
select results_eq(
  $$ select survey_id, char_length(region) from public.locations where name = 'Second' $$,
  $$ values ('14000000-0000-4000-8000-000000000000'::uuid, 120) $$, 'it asks the shop''s survey'
);

-- add_tablet
select is(
  tests.outcome_as(person, $$ public.add_tablet('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', 'New') $$), 'forbidden', person || ' adds no tablet'
) from (values ('analyst'), ('other owner'), ('stranger')) as people (person);
select tests.become('owner');
select is(public.add_tablet('10000000-0000-4000-8000-000000000000', '21000000-0000-4000-8000-000000000001', 'New') ->> 'outcome', 'forbidden', 'nobody adds one in another shop''s place');
select is(public.add_tablet('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', 'Counter') ->> 'outcome', 'name_taken', 'a tablet''s name is its own in its place');
select is(public.add_tablet('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000002', 'Counter') ->> 'outcome', 'created', 'and free in another');
select is(public.add_tablet('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', null) ->> 'outcome', 'bad_name', 'a tablet has a name');

-- create_pairing_code
select is(
  tests.outcome_as(person, $$ public.create_pairing_code('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001') $$), 'forbidden', person || ' makes no code'
) from (values ('analyst'), ('other owner'), ('stranger')) as people (person);
select tests.become('owner');
select is(public.create_pairing_code('10000000-0000-4000-8000-000000000000', '22000000-0000-4000-8000-000000000001') ->> 'outcome', 'forbidden', 'nobody makes one for another shop''s tablet');
create temp table codes as
select public.create_pairing_code('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001') as made;
insert into codes values (public.create_pairing_code('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001'));
select is((select (made ->> 'expires_at')::timestamptz from codes limit 1), now() + interval '15 minutes', 'a code lives for 15 minutes');
grant select on codes to anon;
select tests.become('anonymous');
select bag_eq(
  $$ select public.pair(made ->> 'code', gen_random_uuid(), repeat('e', 64)) ->> 'outcome' from codes $$,
  array['expired_code', 'paired'], 'an older code of the same tablet stops working'
);
select tests.become('database owner');
select is_empty(
  $$ select 1 from public.pairing_codes, codes where code_hash = made ->> 'code' or code_hash !~ '^[0-9a-f]{64}$' $$,
  'codes are kept hashed'
);

-- revoke_pairing
select is(
  tests.outcome_as(person, $$ public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001') $$), 'forbidden', person || ' revokes nothing'
) from (values ('analyst'), ('other owner'), ('stranger')) as people (person);
select tests.become('owner');
select is(public.revoke_pairing('10000000-0000-4000-8000-000000000000', '23000000-0000-4000-8000-000000000001') ->> 'outcome', 'forbidden', 'nobody revokes another shop''s tablet');
select is(public.revoke_pairing('20000000-0000-4000-8000-000000000000', '23000000-0000-4000-8000-000000000001') ->> 'outcome', 'forbidden', 'by its own shop''s id neither');
select is(public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001') ->> 'outcome', 'revoked', 'the owner revokes a tablet');
select is(public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001') ->> 'outcome', 'revoked', 'twice is once');
select is((select count(*)::integer from public.pairings where revoked_at = now()), 1, 'and only that one');

-- Survey versions
select tests.become('database owner');
select throws_ok('update public.survey_versions set number = 7', '23001', null, 'a survey version never changes, whoever asks');
select throws_ok(
  $$ insert into public.survey_versions (org_id, survey_id, number, definition)
     values ('10000000-0000-4000-8000-000000000000', '14000000-0000-4000-8000-000000000000', 1, '{"questions": []}') $$,
  '23505', null, 'its number is taken once'
);

-- setup_state
select tests.become('anonymous');
select is(public.setup_state(), '{"fresh": false}'::jsonb, 'with a shop nothing is fresh');
select tests.become('database owner');
delete from public.organizations;
select tests.become('anonymous');
select is(public.setup_state(), '{"fresh": true}'::jsonb, 'without one it is');

select * from finish();
rollback;
