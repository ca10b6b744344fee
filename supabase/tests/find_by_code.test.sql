-- What a tablet learns of a member whose code it reads.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(12);

create function tests.named(member uuid, secret text default repeat('a', 64)) returns jsonb language sql as $$
  select public.find_member_by_code('13000000-0000-4000-8000-000000000001', secret, member)
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"consents": [{"purpose": "programme", "version": 1, "locale": "bg"}]}'),
  tests.visit(2, '+359881234567', '2026-03-10 09:00Z')));
savepoint enrolled;

select is(tests.named(tests.id(1), repeat('f', 64)), '{"outcome": "unknown_pairing"}'::jsonb, 'a wrong secret finds nobody');
select is(tests.named(tests.id(1), null), '{"outcome": "unknown_pairing"}'::jsonb, 'nor does none');
select is(tests.named(tests.id(1)) ->> 'outcome', 'found', 'a tablet finds a member by the id of their enrolment');
select is(
  tests.named(tests.id(1)) -> 'member', tests.named(tests.member('+359881234567')) -> 'member', 'and by the member''s own, who is the same'
);
select is(tests.named(tests.id(1)) #>> '{member,points}', '60', 'with their points');
select ok(tests.named(tests.id(1))::text not like '%881234567%', 'and without their number');
select is(tests.named(tests.id(2)), '{"outcome": "unknown"}'::jsonb, 'by the id of something else it finds nobody');
select is(tests.named(null), '{"outcome": "unknown"}'::jsonb, 'nor by none');
select is(
  public.find_member_by_code('23000000-0000-4000-8000-000000000001', repeat('c', 64), tests.id(1)), '{"outcome": "unknown"}'::jsonb,
  'another shop''s tablet finds nobody'
);
select tests.send(jsonb_build_array(tests.consent(3, tests.id(1), '2026-03-11 08:00Z', '{"purpose": "programme", "granted": false}')));
select is(tests.named(tests.id(1)), '{"outcome": "unknown"}'::jsonb, 'who has left the programme is not found');
rollback to enrolled;

select tests.become('database owner');
update public.pairings set revoked_at = now() where id = '13000000-0000-4000-8000-000000000001';
select tests.become('anonymous');
select is(tests.named(tests.id(1)), '{"outcome": "revoked"}'::jsonb, 'a revoked pairing finds nobody');
rollback to enrolled;

select tests.named(tests.id(1)) from generate_series(1, 15);
select public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', null) from generate_series(1, 15);
select matches(tests.named(tests.id(1))::text, '"outcome": "throttled", "retry_after_s": [1-6]?\d', 'thirty codes and numbers a minute, and no more');

select * from finish();
rollback;
