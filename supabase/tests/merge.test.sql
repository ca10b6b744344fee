-- Two members who are one person become one, whatever arrives before or after.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
\ir fixtures/rewards.psql
select plan(57);

-- Anna is known by two numbers: ours ends in 567, theirs in 999.
create function tests.ours() returns text language sql immutable as $$ select '+359881234567' $$;
create function tests.theirs() returns text language sql immutable as $$ select '+359889999999' $$;
create table tests.remembered (duplicate uuid, kept uuid);
grant select on tests.remembered to anon, authenticated;
create function tests.merged() returns text language sql as $$
  select public.merge_members(tests.bakery(), duplicate, kept) ->> 'outcome' from tests.remembered
$$;
create function tests.said_to(actor text) returns text language plpgsql as $$
declare
  said text;
begin
  begin
    perform tests.become(actor);
    said := tests.merged();
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    perform tests.become('database owner');
    return said;
  end;
end
$$;
create function tests.found(phone text) returns jsonb language sql as $$
  select public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), phone, tests.key(phone)) -> 'member'
$$;
-- How many entries of the directory open, and how many hold what a tablet should show of whom.
create function tests.directory() returns text language sql security definer as $$
  select count(*) || ' ' || count(*) filter (where d.sealed = private.seal_entry(d.directory_key,
    private.known_member(d.org_id, coalesce(m.merged_into, m.id))::text))
  from private.directory_entries as d join public.members as m on m.id = d.member_id where d.sealed is not null
$$;
create function tests.traces() returns bigint language sql security definer as $$
  select (select count(*) from public.members where num_nonnulls(phone, first_name, email) > 0)
    + (select count(*) from public.enrolments where first_name is not null)
    + (select count(*) from private.directory_entries where num_nonnulls(member_id, directory_key, sealed) > 0)
    + (select count(*) from public.point_entries where note is not null)
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.terms('2026-01-01Z', '{"referral_points": 15, "offline_budget": {"member": 30, "tablet": 1000}}');
select tests.offer(1, '2026-01-01Z');
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, tests.ours(), '2026-03-01 08:00Z', '{"email": "anna@example.test", "consents": [{"purpose": "messages", "version": 1, "locale": "bg"}, {"purpose": "call", "version": 1, "locale": "bg"}]}'),
  tests.enrolment(2, tests.theirs(), '2026-03-05 08:00Z', '{"firstName": "Anna", "consents": [{"purpose": "call", "version": 1, "locale": "bg"}]}'),
  tests.visit(3, tests.ours(), '2026-03-10 08:00Z'), tests.visit(4, tests.theirs(), '2026-03-10 09:00Z'), tests.visit(5, tests.theirs(), '2026-03-12 09:00Z'),
  tests.consent(6, tests.id(2), '2026-03-06 08:00Z', '{"granted": false}'), tests.consent(7, tests.id(1), '2026-03-04 08:00Z', '{"purpose": "call", "granted": false}'),
  tests.redemption(8, tests.id(1), '2026-03-13 08:00Z', '{"checked": false}'), tests.redemption(9, tests.id(2), '2026-03-13 09:00Z', '{"checked": false}')));
select tests.become('database owner');
insert into tests.remembered select tests.member(tests.theirs()), tests.member(tests.ours());
savepoint stocked;

-- Who may
select is(tests.said_to(actor), said, format('the %s: %s', actor, said))
from (values ('owner', 'merged'), ('manager', 'merged'), ('analyst', 'forbidden'), ('other owner', 'forbidden'), ('stranger', 'forbidden')) as actors (actor, said);
select tests.become('anonymous');
select throws_ok('select public.merge_members(tests.bakery(), tests.bakery(), tests.bakery())', '42501', null, 'anonymous, and so a tablet, may not call it');
select tests.become('other owner');
select is(public.merge_members('20000000-0000-4000-8000-000000000000', duplicate, kept), '{"outcome": "unknown_member"}'::jsonb, 'nobody merges members of another shop through their own') from tests.remembered;
select tests.become('owner');
select is(public.merge_members(tests.bakery(), kept, kept) ->> 'outcome', 'same_member', 'one is one already') from tests.remembered;
select is(public.merge_members(tests.bakery(), duplicate, tests.bakery()) ->> 'outcome', 'unknown_member', 'nobody is merged into nobody') from tests.remembered;
select is(public.merge_members(tests.bakery(), tests.bakery(), kept) ->> 'outcome', 'unknown_member', 'nor nobody into somebody') from tests.remembered;
select is(public.merge_members(tests.bakery(), null, kept) ->> 'outcome', 'unknown_member', 'nor nothing') from tests.remembered;

-- What becomes of it
select is(tests.points(tests.theirs()), 'redemption -30, visit 20, welcome 50', 'before, the one has theirs');
select is(tests.points(tests.ours()), 'redemption -30, visit 10, welcome 50', 'and the other too');
select is(tests.flags(), 'ok ok', 'each within their budget');
select is(public.correct_points(tests.bakery(), duplicate, 7, 'A present') ->> 'outcome', 'saved', 'and a present') from tests.remembered;
select is(tests.merged(), 'merged', 'then they are one');
select is(tests.points(tests.ours()), 'merge 7, redemption -60, visit 20, welcome 50', 'welcomed once, with the visits of both that count, and what was entered by hand');
select is(tests.points(tests.theirs()), 'correction 7, merge -7', 'the other has nothing');
select is(tests.balance(tests.theirs()), 0::bigint, 'but a ledger that says why');
select is(created_by, 'owner@example.test', 'and who did it') from public.point_entries where reason = 'merge' and points > 0;
select is(tests.visits(), 'counts cooldown counts', 'what came too soon after the other''s visit does not count');
select is(tests.flags(), 'ok over_budget', 'and their day has one budget');
select results_eq('select distinct member_id from (select member_id from public.enrolments union all select member_id from public.visits union all select member_id from public.consents union all select member_id from public.redemptions) as facts',
  'select kept from tests.remembered', 'all that is known is of one');
select is(
  (select string_agg(consent ->> 'purpose' || ' ' || (consent ->> 'granted'), ', ') from tests.remembered, jsonb_array_elements(public.report_member(tests.bakery(), kept) -> 'consents') as consent),
  'call true, messages false', 'of each consent the latest of both holds');
select is(public.report_member(tests.bakery(), duplicate) ->> 'phone', tests.ours(), 'who asks for the one reads the other') from tests.remembered;
select is(report ->> 'total', '1', 'and the list has one') from public.report_members(tests.bakery()) as report;
select is(report #>> '{members,0,phone}', tests.ours(), 'whom the other number finds') from public.report_members(tests.bakery(), '999 999') as report;
select is((select first_name from public.members where id = duplicate), null, 'the row that is left knows the number and no more') from tests.remembered;
select is(tests.merged(), 'merged', 'doing it again does nothing');
select is(count(*)::integer, 2, 'no entry more') from public.point_entries where reason = 'merge';
select is(public.merge_members(tests.bakery(), kept, duplicate) ->> 'outcome', 'same_member', 'nor does the other way round') from tests.remembered;

-- What arrives later
select tests.become('anonymous');
select is(tests.directory(), '2 2', 'both numbers open the directory and show the same');
select is(tests.found(tests.theirs()), tests.found(tests.ours()), 'and find the same');
select is(tests.found(tests.theirs()) ->> 'id', kept::text, 'by the id of the one who is kept') from tests.remembered;
select tests.send(jsonb_build_array(
  tests.visit(10, tests.theirs(), '2026-03-20 08:00Z'), tests.visit(11, tests.id(2)::text, '2026-03-21 08:00Z'), tests.visit(12, duplicate::text, '2026-03-22 08:00Z'),
  tests.redemption(13, duplicate, '2026-03-23 08:00Z'), tests.consent(14, duplicate, '2026-03-24 08:00Z'),
  tests.visit(16, tests.id(15)::text, '2026-03-25 08:00Z'),
  tests.enrolment(15, tests.theirs(), '2026-03-19 08:00Z', '{"firstName": "Анна Петрова"}'))) from tests.remembered;
select is(tests.points(tests.ours()), 'merge 7, redemption -90, visit 60, welcome 50', 'what names the one by number, enrolment or id is of the other');
select is(tests.found(tests.ours()) ->> 'name', 'Анна Петрова', 'who they are too');
select is(tests.directory(), '2 2', 'and tablets are told under both numbers');
select tests.become('owner');
select is(public.correct_points(tests.bakery(), duplicate, 3, 'Another') ->> 'outcome', 'saved', 'a correction that names the one') from tests.remembered;
select is(public.withdraw_consent(tests.bakery(), duplicate, 'call') ->> 'outcome', 'saved', 'or a withdrawal') from tests.remembered;
select is(tests.balance(tests.ours()), 30::bigint, 'is of the other');
select is(tests.balance(tests.theirs()), 0::bigint, 'only');

-- A third
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(17, '+359887777777', '2026-02-01 08:00Z', '{"firstName": "A."}')));
select tests.become('owner');
select is(public.merge_members(tests.bakery(), kept, tests.member('+359887777777')) ->> 'outcome', 'merged', 'the one who was kept may be a duplicate as well') from tests.remembered;
select is(public.merge_members(tests.bakery(), duplicate, tests.member('+359887777777')) ->> 'outcome', 'merged', 'then so is the first') from tests.remembered;
select is(tests.balance('+359887777777'), 30::bigint, 'with all the points');
select is(tests.points(tests.ours()), 'correction 3, merge -3', 'that came to them by hand');
select tests.become('anonymous');
select is(tests.directory(), '3 3', 'three numbers open it');

-- Erasure
select tests.become('owner');
select is(public.erase_member(tests.bakery(), duplicate) ->> 'outcome', 'erased', 'erasing one erases the person') from tests.remembered;
select tests.become('database owner');
select is(tests.traces(), 0::bigint, 'with every number');
select tests.become('anonymous');
select is(tests.found(phone), null, format('%s finds nobody', phone)) from unnest(array[tests.ours(), tests.theirs(), '+359887777777']) as phone;
select tests.send(jsonb_build_array(tests.enrolment(18, tests.theirs(), '2026-03-26 08:00Z'), tests.visit(19, tests.ours(), '2026-03-27 08:00Z')));
select tests.become('database owner');
select is(tests.traces(), 0::bigint, 'and nothing that arrives late brings them back');
select is(count(distinct member_id)::integer, 1, 'it is theirs all the same') from public.visits;
rollback to stocked;

-- Who invited themselves
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(10, '+359887777777', '2026-03-01 08:00Z', '{"referralCode": "00000002"}'), tests.visit(11, '+359887777777', '2026-03-02 08:00Z')));
select is(tests.points(tests.theirs()), 'redemption -30, referral 15, visit 20, welcome 50', 'somebody who was invited');
select tests.become('owner');
select is(tests.merged(), 'merged', 'after a merge');
select is(tests.points(tests.ours()), 'redemption -60, referral 15, visit 20, welcome 50', 'was invited by whom the inviter is now');
select public.merge_members(tests.bakery(), tests.member('+359887777777'), kept) from tests.remembered;
select is(tests.points(tests.ours()), 'redemption -60, visit 30, welcome 50', 'and who turns out to be the same invited nobody');

select * from finish();
rollback;
