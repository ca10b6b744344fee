-- Money given back, and sales of nobody.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(20);

create function tests.sale(n integer, whom text, at text, cents bigint) returns jsonb language sql as $$
  select tests.visit(n, whom, at, jsonb_build_object('sale', jsonb_build_object('amount', cents, 'currency', 'EUR'))
    || case when whom = '' then '{"member": null, "phone": null}' else '{}'::jsonb end)
$$;
create function tests.revenue() returns bigint language sql security definer as $$
  select sum(amount)::bigint from public.visits where org_id = tests.bakery()
$$;
-- The ledger of the number by sale, as '5 -3'.
create function tests.by_sale(phone text) returns text language sql security definer as $$
  select string_agg(points::text, ' ' order by occurred_at) from (
    select v.occurred_at, sum(p.points) as points from public.point_entries as p
    join public.visits as v on v.org_id = p.org_id and v.id = p.visit_id
    where p.member_id = tests.member(phone) and p.reason = 'amount' group by v.id, v.occurred_at having sum(p.points) <> 0
  ) as sales
$$;
-- Every visit in its order, as 'counts cooldown refund'.
create function tests.kinds() returns text language sql security definer as $$
  select string_agg(coalesce(refused, 'counts'), ' ' order by occurred_at, id) from public.visits
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');

select is(tests.outcome(tests.sale(1, '+359881234567', '2026-03-01 08:00Z', -1000000001)), 'refused:bad_sale', 'a refund has a limit');
select is(tests.outcome(tests.sale(2, '+359881234567', '2026-03-01 08:00Z', -1000000000)), 'stored', 'which it may reach');
select is(tests.outcome(tests.visit(3, '+359881234567', '2026-03-01 08:00Z', '{"member": "01900002-0000-7000-8000-000000000002"}')),
  'refused:bad_member', 'a visit is not of two');
select tests.become('database owner');
select is(tests.visits(), 'nobody''s', 'a refund waits for its member as visits do');
select is((select refused from public.visits), 'refund', 'and is no visit meanwhile');

-- A sale, part of it back, another sale within the cooldown, and all of it back.
savepoint before_anna;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(10, '+359889999999', '2026-03-01 07:00Z'),
  tests.sale(11, '+359889999999', '2026-03-10 08:00Z', 550), tests.sale(12, '+359889999999', '2026-03-10 09:00Z', -320)));
select tests.become('database owner');
select is(tests.points('+359889999999'), 'amount 2, visit 10, welcome 50', 'a refund takes back what its part of the sale gave');
select is(tests.by_sale('+359889999999'), '5 -3', 'under its own name');
select is(private.known_member(tests.bakery(), tests.member('+359889999999')) ->> 'last_visit', '2026-03-10T08:00:00.000Z', 'and is nobody''s last visit');
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.sale(13, '+359889999999', '2026-03-10 12:30Z', 700), tests.sale(14, '+359889999999', '2026-03-10 13:00Z', 900),
  tests.sale(15, '+359889999999', '2026-03-11 09:00Z', -5000), tests.sale(16, '+359889999999', '2026-03-12 09:00Z', -100)));
select tests.become('database owner');
select is(tests.points('+359889999999'), 'visit 20, welcome 50', 'refunds take no more than all sales gave: the one within the cooldown gave nothing');
select is(tests.by_sale('+359889999999'), '5 -3 7 -9', 'the earlier refund first');
select is(tests.kinds(), 'refund counts refund counts cooldown refund refund',
  'a refund begins no cooldown and ends none');
select is(private.known_member(tests.bakery(), tests.member('+359889999999')) ->> 'points', '70', 'the balance follows');

-- In another order
rollback to before_anna;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.sale(16, '+359889999999', '2026-03-12 09:00Z', -100), tests.sale(15, '+359889999999', '2026-03-11 09:00Z', -5000),
  tests.sale(14, '+359889999999', '2026-03-10 13:00Z', 900), tests.sale(12, '+359889999999', '2026-03-10 09:00Z', -320)));
select tests.send(jsonb_build_array(
  tests.enrolment(10, '+359889999999', '2026-03-01 07:00Z'),
  tests.sale(13, '+359889999999', '2026-03-10 12:30Z', 700), tests.sale(11, '+359889999999', '2026-03-10 08:00Z', 550)));
select tests.become('database owner');
select is(tests.by_sale('+359889999999'), '5 -3 7 -9', 'any order gives the same');

-- Nobody
select tests.become('anonymous');
select is(tests.outcome(tests.sale(20, '', '2026-03-15 08:00Z', 4000)), 'stored', 'a sale of nobody is taken');
select is(tests.outcome(tests.sale(21, '', '2026-03-15 09:00Z', -1500)), 'stored', 'and a refund of nobody');
select is(tests.outcome(tests.sale(20, '', '2026-03-15 08:00Z', 4000)), 'duplicate', 'once');
select tests.become('database owner');
select is((select count(*)::integer from private.waiting_records), 1, 'neither waits for a member: only the first refund does');
select is((select count(*)::integer from public.members), 1, 'nor makes one');
select is(tests.revenue(), -1000000000::bigint + 550 - 320 + 700 + 900 - 5000 - 100 + 4000 - 1500, 'and both are in the revenue');
select throws_ok(
  $$ update public.visits set refused = null where amount < 0 $$, '23514', null, 'no refund can come to count as a visit'
);

select * from finish();
rollback;
