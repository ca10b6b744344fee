-- Who invited whom, and that both are rewarded once.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
\ir fixtures/rewards.psql
select plan(31);

select tests.terms('2026-01-01Z', '{"referral_points": 15}');
-- Anna enrols as record 1; her code is that of its id.
create function tests.code(n integer) returns jsonb language sql as $$
  select jsonb_build_object('referralCode', lpad(n::text, 8, '0'))
$$;
create function tests.anna() returns jsonb language sql as $$ select tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z') $$;
create function tests.boris(n integer default 2, at text default '2026-03-10 08:00Z', code jsonb default tests.code(1)) returns jsonb language sql as $$
  select tests.enrolment(n, '+359889999999', at, code)
$$;
create function tests.visit_of_boris(n integer default 3, at text default '2026-03-10 08:05Z') returns jsonb language sql as $$
  select tests.visit(n, '+359889999999', at)
$$;
-- What invitations gave somebody, and Anna and Boris.
create function tests.referred(phone text) returns text language sql security definer as $$
  select coalesce(sum(points), 0)::text from public.point_entries where member_id = tests.member(phone) and reason = 'referral'
$$;
create function tests.rewarded() returns text language sql security definer as $$
  select concat_ws(' ', tests.referred('+359881234567'), tests.referred('+359889999999'))
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- Codes
select is(private.referral_code(id::uuid), code, format('%s goes by %s', id, code))
from (values
  ('01900001-0000-7000-8000-000000000001', '00000001'), ('00000000-0000-4000-8000-12abcdef0123', 'NF6YY093'),
  ('00000000-0000-4000-8000-00ffffffffff', 'ZZZZZZZZ')
) as codes (id, code);
select tests.become('anonymous');
select is(tests.outcome(tests.boris(code => body)), outcome, format('a code that is %s: %s', description, outcome))
from (values
  ('{"referralCode": "abcdefgh"}'::jsonb, 'refused:bad_referral_code', 'in small letters'), ('{"referralCode": "OOOOOOOO"}', 'refused:bad_referral_code', 'no digits'),
  ('{"referralCode": "1234567"}', 'refused:bad_referral_code', 'short'), ('{"referralCode": 12345678}', 'stored', 'a number')
) as bodies (body, outcome, description);
rollback to empty;

-- Both, once, at the first visit, in any order
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris()));
select is(tests.rewarded(), '0 0', 'who was invited and did not come gives nothing');
select tests.send(jsonb_build_array(tests.visit_of_boris()));
select is(tests.rewarded(), '15 15', 'the first visit rewards both');
select tests.become('database owner');
select is(count(distinct visit_id)::integer, 1, 'and both entries name it') from public.point_entries where reason = 'referral' and visit_id = tests.id(3);
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.visit_of_boris(4, '2026-03-12 08:00Z'), tests.boris(5, '2026-03-12 08:00Z'), tests.anna()));
select is(tests.rewarded(), '15 15', 'no other does');
select is(tests.points('+359889999999'), 'referral 15, visit 20, welcome 50', 'beside what it gives');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.visit_of_boris(), tests.boris()));
select is(tests.rewarded(), '0 0', 'a code that nobody goes by gives nothing');
select tests.send(jsonb_build_array(tests.anna()));
select is(tests.rewarded(), '15 15', 'until its member arrives');
select is(
  public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), phone, null) #>> '{member,points}', points, format('which tablets are told of %s', phone))
from (values ('+359881234567', '65'), ('+359889999999', '75')) as told (phone, points);
select tests.become('database owner');
select ok(
  (select bool_and(d.sealed = private.seal_entry(d.directory_key, private.known_member(d.org_id, d.member_id)::text)) from private.directory_entries as d),
  'in the directory too');
rollback to empty;

-- What counts
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(), tests.visit_of_boris(), tests.visit_of_boris(4, '2026-03-09 08:00Z')));
select is(tests.rewarded(), '0 0', 'who had been coming before the day they told the code was not invited');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(), tests.visit_of_boris(4, '2026-03-10 07:00Z')));
select is(tests.rewarded(), '15 15', 'earlier on that day they may have come');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.enrolment(6, '+359887777777', '2026-03-01 08:00Z'),
  tests.boris(7, '2026-03-10 09:00Z', tests.code(6)), tests.visit_of_boris(3, '2026-03-10 10:00Z')));
select is(tests.rewarded() || ' ' || tests.referred('+359887777777'), '0 15 15', 'one code is told');
select tests.send(jsonb_build_array(tests.boris()));
select is(tests.rewarded() || ' ' || tests.referred('+359887777777'), '15 15 0', 'of two the earlier one counts');
select is(tests.points('+359887777777'), 'welcome 50', 'and the other member has nothing of it');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z', tests.code(1)), tests.visit(2, '+359881234567', '2026-03-01 08:00Z')));
select is(tests.points('+359881234567'), 'visit 10, welcome 50', 'nobody invites themselves');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(), tests.visit_of_boris()));
select tests.send(jsonb_build_array(tests.enrolment(8, '+359887777777', '2026-03-20 08:00Z', '{}', '{"id": "01900008-0000-7000-8000-770000000001"}')));
select is(tests.rewarded(), '0 0', 'a code that two members go by is nobody''s');
select is(tests.points('+359881234567'), 'welcome 50', 'and what it gave is taken back');
rollback to empty;
select tests.terms('2026-03-10 08:03Z', '{"referral_points": 40}'), tests.terms('2026-03-11Z', '{}');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(), tests.visit_of_boris()));
select is(tests.rewarded(), '40 40', 'the programme of that visit says how much');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(code => '{"referralCode": null}'), tests.visit_of_boris()));
select is(tests.rewarded(), '0 0', 'who was not invited rewards nobody');
rollback to empty;

-- Erasure
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris(), tests.visit_of_boris()));
select tests.become('owner');
select public.erase_member(tests.bakery(), tests.member('+359889999999'));
select is_empty('select referral_code from public.enrolments where referral_code is not null', 'with whoever is erased goes the code they told');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.visit(4, '+359881234567', '2026-03-12 08:00Z'), tests.boris(5, '2026-03-09 08:00Z'), tests.visit(6, tests.id(5)::text, '2026-03-09 08:00Z')));
select is(tests.points('+359881234567'), 'referral 15, visit 10, welcome 50', 'what they gave who invited them stays');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.boris()));
select tests.become('database owner');
create table tests.remembered as select tests.member('+359881234567') as member;
grant select on tests.remembered to anon, authenticated;
select tests.become('owner');
select public.erase_member(tests.bakery(), member) from tests.remembered;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.visit_of_boris()));
select is(tests.referred('+359889999999'), '15', 'who was invited by somebody erased since has theirs');
select tests.become('database owner');
select is(sum(points)::integer, 50, 'the erased one gets nothing more') from public.point_entries, tests.remembered where member_id = member;

select * from finish();
rollback;
