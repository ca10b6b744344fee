-- Points lapse when nobody came for long enough, by the clock alone, and what arrives later undoes it. And tiers.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
\ir fixtures/rewards.psql
select plan(42);

select tests.terms('2024-01-01Z', '{"expiry_months": 6}');
create function tests.anna(at text default '2025-01-31 08:00Z', body jsonb default '{}') returns jsonb language sql as $$
  select tests.enrolment(1, '+359881234567', at, body)
$$;
create function tests.came(n integer, at text) returns jsonb language sql as $$ select tests.visit(n, '+359881234567', at) $$;
-- What the clock does until then.
create function tests.until(as_of text) returns text language plpgsql security definer as $$
begin
  perform private.expire_points(tests.bakery(), as_of::timestamptz);
  return tests.points('+359881234567');
end
$$;
create function tests.due_at() returns text language sql security definer as $$
  select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from private.due_members where member_id = tests.member('+359881234567')
$$;
create function tests.tier() returns text language sql security definer as $$
  select private.known_member(tests.bakery(), tests.member('+359881234567')) ->> 'tier'
$$;
create function tests.pulled() returns text language sql as $$
  select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) ->> 'outcome'
$$;
create function tests.is_told() returns boolean language sql security definer as $$
  select bool_and(d.sealed = private.seal_entry(d.directory_key, private.known_member(d.org_id, d.member_id)::text))
  from private.directory_entries as d
$$;
-- Far enough ahead that nothing is due by the clock that runs while this is tested.
create function tests.ahead(distance interval) returns text language sql stable as $$
  select to_char((now() + distance) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS"Z"')
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- By what arrives
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-03-10 08:00Z')));
select is(tests.points('+359881234567'), 'expiry -60, visit 10, welcome 50', 'what nobody came for in six months is gone');
select is(tests.balance('+359881234567'), 0::bigint, 'all of it');
select is(tests.due_at(), null, 'and nothing more will go');
select tests.send(jsonb_build_array(tests.came(3, '2025-09-09 08:00Z')));
select is(tests.points('+359881234567'), 'expiry -70, visit 20, welcome 50', 'a visit the day before undoes it, and begins anew');
select tests.send(jsonb_build_array(tests.came(4, '2025-09-10 08:00Z'), tests.came(5, '2026-03-09 07:59Z')));
select is(tests.balance('+359881234567'), 0::bigint, 'always from the last');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-07-31 07:59Z'), tests.came(3, '2026-01-31 08:00Z'), tests.came(4, tests.ahead('-1 month'))));
select is(tests.points('+359881234567'), 'expiry -70, visit 30, welcome 50', 'what was gained after a lapse is not in it');
select is(tests.balance('+359881234567'), 10::bigint, 'and is there');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-03-10 08:00Z'), tests.came(3, '2025-03-10 09:00Z')));
select is(tests.points('+359881234567'), 'expiry -60, visit 10, welcome 50', 'a visit that does not count keeps nothing');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna('2025-08-31 08:00Z'), tests.came(2, '2026-02-28 07:59Z')));
select is(tests.points('+359881234567'), 'expiry -60, visit 10, welcome 50', 'six months from 31 August end with February');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-07-31 08:00Z'), tests.came(3, tests.ahead('-5 months'))));
select is(tests.points('+359881234567'), 'expiry -60, visit 20, welcome 50', 'a visit at the very moment comes in time, one after six months more does not');
rollback to empty;

-- With redemptions
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.redemption(2, tests.id(1), '2025-02-10 08:00Z'), tests.redemption(3, tests.id(1), '2025-10-10 08:00Z')));
select is(tests.points('+359881234567'), 'expiry -20, redemption -60, welcome 50', 'what was redeemed does not lapse');
select matches(tests.flags(), 'overdrawn', 'what lapsed is not redeemed');
select is(tests.balance('+359881234567'), -30::bigint, 'but honoured');
select tests.send(jsonb_build_array(tests.redemption(4, tests.id(1), '2025-03-10 08:00Z')));
select is(tests.points('+359881234567'), 'redemption -90, welcome 50', 'an earlier one that arrives later leaves nothing to lapse, and no debt does');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna()));
select tests.become('owner');
select public.correct_points(tests.bakery(), tests.member('+359881234567'), 7, 'A present');
select is(tests.balance('+359881234567'), 7::bigint, 'a present after the lapse stays');
rollback to empty;

-- By the clock
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna('2025-08-31 08:00Z'), tests.came(2, tests.ahead('-1 day'))));
select is(tests.points('+359881234567'), 'expiry -50, visit 10, welcome 50', 'with somebody who was here yesterday nothing is due yet');
select tests.become('database owner');
select is(tests.due_at(), to_char((now() - interval '1 day' + interval '6 months') at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'it is known when it will be') where extract(day from now() - interval '1 day') <= 28;
select is(tests.until(tests.ahead('5 months')), 'expiry -50, visit 10, welcome 50', 'before that the clock changes nothing');
select is(tests.until(tests.ahead('7 months')), 'expiry -60, visit 10, welcome 50', 'then it does');
select is(tests.due_at(), null, 'once');
select ok(tests.is_told(), 'and tablets are told');
rollback to empty;

-- Rules that change
select tests.terms('2025-07-01Z', '{"expiry_months": 6, "points_per_visit": 5}');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-08-01 08:00Z')));
select is(tests.points('+359881234567'), 'expiry -55, visit 5, welcome 50', 'a change of something else begins no new time');
rollback to empty;
delete from public.programme_versions;
select tests.terms('2024-01-01Z', '{}'), tests.terms('2025-09-01Z', '{"expiry_months": 3}');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(), tests.came(2, '2025-11-30 08:00Z'), tests.came(3, '2026-02-27 08:00Z'), tests.came(4, '2026-05-27 08:00Z')));
select is(tests.points('+359881234567'), 'expiry -80, visit 30, welcome 50', 'months before a rule are not counted against anybody');
rollback to empty;
select tests.terms('2025-06-01Z', '{}');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna()));
select is(tests.points('+359881234567'), 'welcome 50', 'a rule that ended takes nothing');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(tests.ahead('-5 months'))));
select tests.become('owner');
select public.set_programme(tests.bakery(), tests.programme('{"expiry_months": 12}'));
select tests.become('database owner');
select ok(tests.due_at() <= to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'another rule makes everybody due');
select is(tests.until(tests.ahead('7 months')), 'welcome 50', 'and then the new one holds');
select is(tests.until(tests.ahead('13 months')), 'expiry -50, welcome 50', 'from when it began');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna()));
select tests.become('owner');
select public.set_programme(tests.bakery(), tests.programme('{"expiry_months": 6, "points_per_visit": 9}'));
select is(tests.due_at(), null, 'a change of something else makes nobody due');
rollback to empty;

-- Tiers, and the birthday that tablets are told
delete from public.programme_versions;
select tests.terms('2024-01-01Z', '{"expiry_months": 6, "tiers": [{"from": 60, "name": {}}, {"from": 80, "name": {}}]}');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna(body => '{"birthday": {"month": 6, "day": 9}}')));
select is(tests.tier(), null, 'below the first tier there is none');
select is(public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), '+359881234567', null) #> '{member,birthday}', '"06-09"', 'tablets learn the day of the birthday');
select tests.send(jsonb_build_array(tests.came(2, '2025-02-10 08:00Z')));
select is(tests.tier(), '1', 'at its points the first is reached');
select tests.send(jsonb_build_array(tests.came(3, '2025-02-11 08:00Z'), tests.came(4, '2025-02-12 08:00Z'), tests.redemption(5, tests.id(1), '2025-02-13 08:00Z')));
select is(tests.tier(), '2', 'what was redeemed, or lapsed, was earned');
select tests.become('owner');
select public.correct_points(tests.bakery(), tests.member('+359881234567'), -80, 'A mistake');
select is(tests.tier(), '2', 'what was corrected as well');
select public.set_programme(tests.bakery(), tests.programme('{"tiers": [{"from": 81, "name": {"en": "A", "ru": "A", "bg": "A"}}]}'));
select is(tests.tier(), null, 'the tiers are those of today');
select ok(not tests.is_told(), 'which tablets are not told at once');
select tests.become('anonymous');
select tests.pulled();
select ok(tests.is_told(), 'but when one of them asks');
rollback to empty;

-- Housekeeping
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.anna()));
select tests.become('database owner');
insert into private.due_members select tests.bakery(), tests.member('+359881234567'), now();
select is(tests.pulled(), 'ok', 'a tablet that asks for its settings');
select is(tests.due_at(), null, 'keeps the house');
insert into private.due_members select tests.bakery(), tests.member('+359881234567'), now();
select tests.pulled();
select isnt(tests.due_at(), null, 'not more than once an hour');
update private.housekeeping_runs set next_at = clock_timestamp();
select public.pull('23000000-0000-4000-8000-000000000001', repeat('c', 64));
select isnt(tests.due_at(), null, 'each shop''s its own');
select tests.pulled();
select is(tests.due_at(), null, 'then again');
create or replace function private.housekeeping(org uuid) returns void language plpgsql volatile set search_path = '' as $$ begin perform 1 / 0; end $$;
update private.housekeeping_runs set next_at = clock_timestamp();
select is(tests.pulled(), 'ok', 'and is answered whatever went wrong in it');

select * from finish();
rollback;
