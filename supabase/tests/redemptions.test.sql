-- What was given for points is always honoured, and the owner is shown what should not have been.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
\ir fixtures/rewards.psql
select plan(43);

insert into public.staff (org_id, id, name, pin_salt, pin_hash) values
  (tests.bakery(), '19000000-0000-4000-8000-000000000001', 'Vera', repeat('a', 32), repeat('b', 64));
select tests.terms('2026-01-01Z', '{"offline_budget": {"member": 60, "tablet": 90}}');
select tests.offer(1, '2026-01-01Z');
-- Anna has 50 points of welcome, Boris too, each with more to come.
create function tests.enrolments() returns jsonb language sql as $$
  select jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-01 08:00Z'), tests.enrolment(2, '+359889999999', '2026-03-01 08:00Z'))
$$;
create function tests.given(points integer) returns void language sql security definer as $$
  insert into public.point_entries (org_id, member_id, points, reason, note, created_at)
  select org_id, id, given.points, 'correction', 'A present', '2026-03-01 08:00Z' from public.members
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken
select tests.become('anonymous');
select is(tests.outcome(tests.redemption(1, tests.id(9), '2026-03-10 08:00Z', body)), outcome, format('a redemption with %s: %s', description, outcome))
from (values
  ('{"member": null}'::jsonb, 'refused:bad_member', 'nobody'),
  ('{"member": "Anna"}', 'refused:malformed', 'a name for an id'),
  ('{"reward": null}', 'refused:bad_reward', 'nothing'),
  ('{"cost": 0}', 'refused:bad_cost', 'a present'),
  ('{"cost": 1.5}', 'refused:bad_cost', 'half a point'),
  ('{"cost": "30"}', 'refused:bad_cost', 'a word for a number'),
  ('{"checked": null}', 'refused:bad_checked', 'no word on the server'),
  ('{"staff": "19000000-0000-4000-8000-00000000000f"}', 'refused:unknown_staff', 'nobody''s PIN')
) as bodies (body, outcome, description);
select is(tests.outcome(tests.redemption(1, tests.id(9), '2026-03-10 08:00Z', '{}', '{"v": 2}')), 'refused:unknown_version', 'a later version is refused by name');
select is(tests.flags(), null, 'none of it is kept');

-- One redemption
select tests.send(tests.enrolments());
select is(tests.outcome(tests.redemption(3, tests.id(1), '2026-03-10 08:00Z', '{"staff": "19000000-0000-4000-8000-000000000001"}')), 'stored', 'a redemption is stored');
select is(tests.outcome(tests.redemption(3, tests.id(1), '2026-03-10 08:00Z', '{"staff": "19000000-0000-4000-8000-000000000001"}')), 'duplicate', 'once');
select is(tests.points('+359881234567'), 'redemption -30, welcome 50', 'and costs what the customer was shown');
select tests.become('owner');
select results_eq(
  'select occurred_at, local_at, tablet_id, location_id, staff_id, reward_id, cost, checked, member_id, flags from public.redemptions',
  $$ select '2026-03-10 08:00Z'::timestamptz, '2026-03-10 10:00'::timestamp, '12000000-0000-4000-8000-000000000001'::uuid,
    '11000000-0000-4000-8000-000000000001'::uuid, '19000000-0000-4000-8000-000000000001'::uuid, tests.reward_id(1), 30, true,
    tests.member('+359881234567'), '{}'::text[] $$, 'with time, place and who gave it');
select is(
  (select redemption_id from public.point_entries where reason = 'redemption'), tests.id(3), 'the ledger names the record');
rollback to empty;

-- Whose it is
select tests.become('anonymous');
select is(tests.outcome(tests.redemption(3, tests.id(1), '2026-03-10 08:00Z')), 'stored', 'before its member is known it waits');
select is(tests.flags(), 'ok', 'and nobody overdraws');
select tests.send(tests.enrolments());
select is(tests.points('+359881234567'), 'redemption -30, welcome 50', 'and costs its points when they enrol');
select tests.become('database owner');
select is_empty('select id from private.waiting_records', 'then it waits no longer');
rollback to empty;

-- Enough points, by the time it happened
select tests.become('anonymous');
select tests.send(tests.enrolments() || tests.redemption(3, tests.id(1), '2026-03-10 08:00Z') || tests.redemption(4, tests.id(1), '2026-03-10 09:00Z'));
select is(tests.flags(), 'ok overdrawn', 'what there were no points for is flagged');
select is(tests.balance('+359881234567'), -10::bigint, 'and honoured');
select tests.send(jsonb_build_array(tests.visit(5, tests.id(1)::text, '2026-03-10 08:30Z')));
select is(tests.flags(), 'ok ok', 'until an earlier visit arrives that gave them');
select tests.send(jsonb_build_array(tests.redemption(6, tests.id(1), '2026-03-09 08:00Z')));
select is(tests.flags(), 'ok overdrawn overdrawn', 'an earlier one that arrives later is judged as if it had come first');
select tests.send(jsonb_build_array(tests.visit(7, tests.id(1)::text, '2026-03-11 08:30Z'), tests.visit(8, tests.id(1)::text, '2026-03-12 08:30Z'),
  tests.visit(9, tests.id(1)::text, '2026-03-13 08:30Z')));
select is(tests.flags(), 'ok overdrawn overdrawn', 'points that came later were not there');
rollback to empty;

-- The budget without the network
select tests.become('anonymous');
select tests.send(tests.enrolments());
select tests.given(500);
select tests.send(jsonb_agg(tests.redemption(n, tests.id(1), at, '{"checked": false}'))) from (values
  (3, '2026-03-10 08:00Z'), (4, '2026-03-10 09:00Z'), (5, '2026-03-10 10:00Z'), (6, '2026-03-10 22:30Z')) as four (n, at);
select is(tests.flags(), 'ok ok over_budget ok', 'a member has a budget for a day of the shop');
select tests.send(jsonb_build_array(tests.redemption(7, tests.id(1), '2026-03-10 07:00Z', '{"checked": false, "cost": 31}')));
select is(tests.flags(), 'not_offered over_budget over_budget over_budget ok', 'counted in the order it happened');
rollback to empty;
select tests.become('anonymous');
select tests.send(tests.enrolments());
select tests.given(500);
select tests.send(jsonb_build_array(
  tests.redemption(3, tests.id(1), '2026-03-10 08:00Z', '{"checked": false}'), tests.redemption(4, tests.id(2), '2026-03-10 09:00Z', '{"checked": false}'),
  tests.redemption(5, tests.id(1), '2026-03-10 10:00Z', '{"checked": false}'), tests.redemption(6, tests.id(2), '2026-03-10 11:00Z', '{"checked": false}'),
  tests.redemption(7, tests.id(2), '2026-03-10 12:00Z'),
  tests.redemption(8, tests.id(9), '2026-03-10 13:00Z', '{"checked": false}')));
select is(tests.flags(), 'ok ok ok over_budget ok over_budget', 'so has a tablet, whoever it was for; what the server was asked about is in no budget');
rollback to empty;
delete from public.programme_versions;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb - array['referral_points', 'tiers', 'expiry_months', 'offline_budget'], tests.bakery());
select tests.become('anonymous');
select tests.send(tests.enrolments() || tests.redemption(3, tests.id(1), '2026-03-10 08:00Z', '{"checked": false}'));
select is(tests.flags(), 'over_budget', 'a programme of before there was one has none');
rollback to empty;
select tests.terms('2026-03-11Z', '{"offline_budget": {"member": 10, "tablet": 90}}');
select tests.become('anonymous');
select tests.send(tests.enrolments());
select tests.given(500);
select tests.send(jsonb_build_array(tests.redemption(3, tests.id(1), '2026-03-10 08:00Z', '{"checked": false}'), tests.redemption(4, tests.id(1), '2026-03-12 08:00Z', '{"checked": false}')));
select is(tests.flags(), 'ok over_budget', 'the budget is that of its own time');
rollback to empty;

-- Stock
select tests.offer(2, '2026-03-01Z', '{"stock": 2}'), tests.offer(2, '2026-03-20Z', '{"stock": 1}');
select tests.become('anonymous');
select tests.send(tests.enrolments());
select tests.given(500);
select tests.send(jsonb_agg(tests.redemption(n, tests.id(1), at, jsonb_build_object('reward', tests.reward_id(2))))) from (values
  (3, '2026-03-10 08:00Z'), (4, '2026-03-11 08:00Z'), (5, '2026-03-12 08:00Z'), (6, '2026-03-20 08:00Z'), (7, '2026-03-21 08:00Z')) as five (n, at);
select is(tests.flags(), 'ok ok out_of_stock ok out_of_stock', 'each version has its stock');
select tests.send(jsonb_build_array(tests.redemption(8, tests.id(9), '2026-03-09 08:00Z', jsonb_build_object('reward', tests.reward_id(2)))));
select is(tests.flags(), 'ok ok out_of_stock out_of_stock ok out_of_stock', 'also counted in the order it happened');
rollback to empty;

-- What was offered. The rewards: 3 on two days in Sofia, then at another cost, then no more; nobody made 4.
select tests.offer(3, '2026-03-10Z', '{"from": "2026-03-12", "until": "2026-03-13"}'), tests.offer(3, '2026-03-20Z', '{"cost": 40}'), tests.offer(3, '2026-03-25Z', 'null');
select tests.become('anonymous');
select tests.send(tests.enrolments());
select tests.become('database owner');
create function tests.flagged(reward integer, cost integer, at text) returns text language plpgsql as $$
declare
  flags text;
begin
  begin
    perform tests.become('anonymous');
    perform tests.send(jsonb_build_array(tests.redemption(3, tests.id(1), at, jsonb_build_object('reward', tests.reward_id(reward), 'cost', cost))));
    flags := tests.flags();
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    perform tests.become('database owner');
    return flags;
  end;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
select is(tests.flagged(reward, cost, at), flags, format('reward %s for %s points at %s: %s', reward, cost, at, flags))
from (values
  (4, 30, '2026-03-12 08:00Z', 'not_offered'), (3, 30, '2026-03-09 23:59Z', 'not_offered'), (3, 30, '2026-03-11 21:59Z', 'not_offered'),
  (3, 30, '2026-03-11 22:00Z', 'ok'), (3, 30, '2026-03-13 21:59Z', 'ok'), (3, 30, '2026-03-13 22:00Z', 'not_offered'),
  (3, 29, '2026-03-12 08:00Z', 'not_offered'), (3, 40, '2026-03-20 00:00Z', 'ok'), (3, 40, '2026-03-25 23:59Z', 'ok'), (3, 40, '2026-03-26 00:00Z', 'not_offered')
) as cases (reward, cost, at, flags);
select tests.offer(1, '2026-03-10Z', '{"cost": 40}');
select tests.become('anonymous');
select tests.send(tests.enrolments());
select is(tests.flagged(1, 30, '2026-03-10 23:59Z'), 'ok', 'who was not told yet gives it at the old cost');
select is(tests.flagged(1, 30, '2026-03-11 00:00Z'), 'not_offered', 'for a day');

select * from finish();
rollback;
