-- What the owner reads of one member: what was given for points, what they ever earned, and where two turned out to be one.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(21);

create table tests.remembered (anna uuid, boris uuid, coffee uuid);
grant select on tests.remembered to anon, authenticated;
create function tests.events(report jsonb, what text) returns text language sql as $$
  select string_agg((event - array['at', 'what', 'tablet', 'location', 'staff', 'reward'])::text, '; ' order by position)
  from jsonb_array_elements(report -> 'timeline') with ordinality as events (event, position) where event ->> 'what' = events.what
$$;
grant execute on all functions in schema tests to anon, authenticated;

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z'), tests.enrolment(2, '+359889999999', '2026-03-11 08:00Z', '{"firstName": "Борис"}'),
  tests.visit(3, '+359881234567', '2026-03-12 08:00Z', '{"sale": {"amount": 1250, "currency": "EUR"}}'),
  tests.visit(4, '+359881234567', '2026-03-12 09:00Z')));
select tests.become('database owner');
insert into public.rewards (org_id) values (tests.bakery());
insert into tests.remembered select tests.member('+359881234567'), tests.member('+359889999999'), id from public.rewards;
insert into public.reward_versions (org_id, reward_id, valid_from, reward, created_by)
select tests.bakery(), coffee, since::timestamptz, jsonb_build_object('name', jsonb_build_object('en', name), 'cost', 30), tests.bakery()
from tests.remembered, (values ('2026-03-01Z', 'Coffee'), ('2026-04-01Z', 'Espresso')) as versions (since, name);
insert into public.reward_versions (org_id, reward_id, valid_from, created_by)
select tests.bakery(), coffee, '2026-05-01Z', tests.bakery() from tests.remembered;
insert into public.redemptions (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, reward_id, cost, checked, member_id, flags)
select tests.bakery(), tests.id(n), at::timestamptz, 'server', at::timestamp, '12000000-0000-4000-8000-000000000001', '11000000-0000-4000-8000-000000000001',
  coffee, 30, true, anna, flags::text[]
from tests.remembered, (values (11, '2026-02-01', '{not_offered}'), (12, '2026-03-15', '{}'), (13, '2026-06-01', '{overdrawn,not_offered}')) as given (n, at, flags);
insert into public.point_entries (org_id, member_id, points, reason, note, redemption_id)
select tests.bakery(), anna, points, reason, note, redemption_id
from tests.remembered, (values
  (-30, 'redemption', null, tests.id(12)), (20, 'referral', null, null), (5, 'correction', 'A wet loaf', null), (-10, 'expiry', null, null), (7, 'merge', null, null)
) as entries (points, reason, note, redemption_id);

select is(private.reward_name(tests.bakery(), coffee, at::timestamptz) ->> 'en', name, format('on %s it was called %s', at, name))
from tests.remembered, (values ('2026-02-01Z', 'Coffee'), ('2026-03-01Z', 'Coffee'), ('2026-04-15Z', 'Espresso'), ('2026-06-01Z', 'Espresso')) as names (at, name);
select is(private.reward_name(tests.bakery(), tests.bakery(), now()), null, 'what never was has no name');

select tests.become('owner');
select is(tests.events(report, 'redemption'),
  '{"name": {"en": "Espresso"}, "flags": ["overdrawn", "not_offered"], "points": -30}; {"name": {"en": "Coffee"}, "flags": [], "points": -30}; '
  || '{"name": {"en": "Coffee"}, "flags": ["not_offered"], "points": -30}', 'the timeline tells what was given by the name it had then')
from tests.remembered, public.report_member(tests.bakery(), anna) as report;
select is(report -> 'points', '64'::jsonb, 'the balance is the sum of all entries') from tests.remembered, public.report_member(tests.bakery(), anna) as report;
select is(report -> 'earned', '92'::jsonb, 'what they ever earned is what the rules gave, whatever was spent, lapsed or corrected') from tests.remembered, public.report_member(tests.bakery(), anna) as report;
select is(report ->> 'visits' || ' ' || (report ->> 'last_visit')::timestamptz, '1 ' || '2026-03-12 08:00Z'::timestamptz, 'a visit within the cooldown is none')
from tests.remembered, public.report_member(tests.bakery(), anna) as report;

select tests.become('analyst');
select is(public.report_member(tests.bakery(), anna), null, 'the analyst learns of nobody') from tests.remembered;
select tests.become('other owner');
select is(public.report_member(tests.bakery(), anna), null, 'nor does another shop''s owner') from tests.remembered;
select tests.become('database owner');
update public.enrolments set referral_code = '0000000R' where id = tests.id(2);
select tests.become('owner');
select is(tests.events(report, 'enrolment'), '{"referral_code": "0000000R"}', 'whose code was told is there') from tests.remembered, public.report_member(tests.bakery(), boris) as report;

select is(public.merge_members(tests.bakery(), boris, anna) ->> 'outcome', 'merged', 'two turn out to be one') from tests.remembered;
select tests.become('manager');
select is(report - (select array_agg(key) from jsonb_object_keys(report) as key where key not in ('member', 'phone', 'other_phones')),
  jsonb_build_object('member', anna, 'phone', '+359881234567', 'other_phones', '["+359889999999"]'::jsonb), 'who was merged is read as the one they are, with both numbers')
from tests.remembered, public.report_member(tests.bakery(), boris) as report;
select is(tests.events(report, 'enrolment'), '{"referral_code": "0000000R"}; {"referral_code": null}', 'and both histories') from tests.remembered, public.report_member(tests.bakery(), boris) as report;
select is(tests.events(report, 'merge'), '{"by": "owner@example.test", "phone": "+359889999999"}', 'with the moment they became one, and who found it') from tests.remembered, public.report_member(tests.bakery(), anna) as report;


-- What a page may ask of whoever looks at it.
select tests.become('database owner');
create function tests.role_of(actor text) returns text language plpgsql as $$
declare
  said text;
begin
  perform tests.become(actor);
  said := public.my_role(tests.bakery());
  perform tests.become('database owner');
  return said;
end
$$;
select is(tests.role_of(actor), role, format('the %s is %s here', actor, coalesce(role, 'nobody')))
from (values ('owner', 'owner'), ('manager', 'manager'), ('analyst', 'analyst'), ('other owner', null), ('stranger', null)) as people (actor, role);

select * from finish();
rollback;
