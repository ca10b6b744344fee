-- Scores split by language, visitor, reason and who was on shift: right at once, when rolled up, and whatever arrives late.
begin;
\ir fixtures/two-shops.psql
select plan(35);

create function tests.split(dimension text, location uuid default null, region text default null, question text default 'satisfaction')
returns jsonb language sql as $$
  select public.report_split('10000000-0000-4000-8000-000000000000', split.dimension, '2026-03-01', '2026-03-31', split.question, split.location, split.region)
$$;
-- As 'bg 5:2-1, en 4:1-0', n and how many of them are flagged.
create function tests.told(reply jsonb) returns text language sql as $$
  select coalesce(string_agg(concat_ws(' ', coalesce(entry ->> 'name', nullif(entry ->> 'value', ''), '*'), (
    select string_agg(format('%s:%s-%s', count -> 0, count -> 1, count -> 2), ' ' order by position)
    from jsonb_array_elements(entry -> 'counts') with ordinality as counts (count, position)
  )), ', ' order by place), reply ->> 'outcome')
  from jsonb_array_elements(reply -> 'values') with ordinality as entries (entry, place)
$$;
create function tests.roll_up() returns void language sql security definer as $$
  select private.roll_up('10000000-0000-4000-8000-000000000000', 40)
$$;
create function tests.changed() returns text language sql security definer as $$
  select string_agg(distinct day::text, ' ') from public.changed_days where org_id = '10000000-0000-4000-8000-000000000000'
$$;
create function tests.sofia() returns uuid language sql as $$ select '11000000-0000-4000-8000-000000000001'::uuid $$;
create function tests.answer(n integer, at text, answer jsonb) returns void language sql as $$
  select tests.send(jsonb_build_array(tests.record(n, answer, jsonb_build_object('occurredAt', at))))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who
select tests.become('anonymous');
select throws_ok('select tests.split(''language'')', '42501', null, 'anonymous asks for no split');
select tests.become('stranger');
select is(tests.told(tests.split('language')), 'forbidden', 'a stranger gets none');
select tests.become('other owner');
select is(tests.told(tests.split('language')), 'forbidden', 'nor does another shop''s owner');
select tests.become('analyst');
select is(tests.told(tests.split('staff', tests.sofia())), 'forbidden', 'an analyst does not read people''s figures');
select is(tests.told(tests.split('visitor')), 'ok', 'but counts of members');
select throws_ok('select 1 from private.split_days', '42501', null, 'by the report only');
select tests.become('owner');
select is(tests.told(tests.split('weather')), 'bad_dimension', 'what there is to split by is known');
select is(tests.told(tests.split('staff')), 'one_place', 'people are compared at one place');

-- Two sessions in Sofia on 10 March, one of them with reasons, and one in the night after.
select tests.become('anonymous');
select tests.answer(1, '2026-03-10T09:10:00Z', '{"score": 5, "locale": "bg"}');
select tests.answer(2, '2026-03-10T10:20:00Z', '{"score": 2, "locale": "en", "session": "18000000-0000-4000-8000-0000000000b2"}');
select tests.answer(3, '2026-03-10T10:20:10Z',
  '{"score": null, "type": "reasons", "question": "reasons", "choices": ["queue", "price"], "session": "18000000-0000-4000-8000-0000000000b2"}');
select tests.answer(4, '2026-03-10T10:20:20Z', '{"score": 3, "type": "nps", "question": "recommend", "session": "18000000-0000-4000-8000-0000000000b2"}');
select tests.answer(5, '2026-03-10T22:30:00Z', '{"score": 4, "locale": "bg"}');
select tests.become('owner');
select is(tests.told(tests.split('language')), 'bg 4:1-0 5:1-0, en 2:1-0', 'languages at once');
select is(tests.told(tests.split('reason')), '* 2:1-0, price 2:1-0, queue 2:1-0', 'reasons, and those who named any');
select is(tests.told(tests.split('reason', question => 'recommend')), '* 3:1-0, price 3:1-0, queue 3:1-0', 'of another question of the session');
select is(tests.told(tests.split('visitor')), 'unknown 2:1-0 4:1-0 5:1-0', 'nobody is known');
select is(tests.told(tests.split('language', '11000000-0000-4000-8000-000000000002')), 'ok', 'nothing elsewhere');
select tests.roll_up();
select is(tests.changed(), null, 'rolled up');
select is(tests.told(tests.split('language')), 'bg 4:1-0 5:1-0, en 2:1-0', 'the same by language');
select is(tests.told(tests.split('language', tests.sofia())), 'bg 4:1-0 5:1-0, en 2:1-0', 'at the place');
select is(tests.told(tests.split('reason')), '* 2:1-0, price 2:1-0, queue 2:1-0', 'by reason');
select tests.become('database owner');
select is((select count(distinct day) from private.split_days), 2::bigint, 'and are kept for two days');
update public.locations set region = 'West' where id = tests.sofia();
select tests.become('owner');
select is(tests.told(tests.split('language', region => 'West')), 'bg 4:1-0 5:1-0, en 2:1-0', 'a region is its places');
select is(tests.told(tests.split('language', region => 'East')), 'ok', 'and another has none');

-- Whose rating it was
select tests.become('database owner');
insert into public.session_members (org_id, record_id, session_id, occurred_at, alias)
values ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '18000000-0000-4000-8000-0000000000b2', '2026-03-10T10:21:00Z', '1a000000-0000-4000-8000-0000000000ff');
select is(tests.changed(), '2026-03-10', 'a late rater opens the day of their session');
select tests.roll_up();
insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
values ('10000000-0000-4000-8000-000000000000', '1a000000-0000-4000-8000-000000000001', '+359888123456', 'Ana', 'bg', '2026-03-10T10:00:00Z');
insert into public.member_aliases (org_id, id, member_id)
values ('10000000-0000-4000-8000-000000000000', '1a000000-0000-4000-8000-0000000000ff', '1a000000-0000-4000-8000-000000000001');
select tests.become('owner');
select is(tests.told(tests.split('visitor')), 'new 2:1-0, unknown 4:1-0 5:1-0', 'a name that arrives makes them a member, here for the first time');
select tests.roll_up();
select is(tests.told(tests.split('visitor')), 'new 2:1-0, unknown 4:1-0 5:1-0', 'rolled up, too');
select tests.become('database owner');
insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id)
select '10000000-0000-4000-8000-000000000000', gen_random_uuid(), at, 'server', at at time zone 'Europe/Sofia',
  '12000000-0000-4000-8000-000000000001', tests.sofia(), '1a000000-0000-4000-8000-000000000001'
from (values ('2026-03-10T10:00:00Z'::timestamptz), ('2026-03-10T18:00:00Z')) as told (at);
select tests.become('owner');
select is(tests.told(tests.split('visitor')), 'new 2:1-0, unknown 4:1-0 5:1-0', 'the visit of the day is no earlier one');
select tests.roll_up();
select tests.become('database owner');
insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id)
values ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '2026-03-12T10:00:00Z', 'server', '2026-03-12T12:00:00',
  '12000000-0000-4000-8000-000000000001', tests.sofia(), '1a000000-0000-4000-8000-000000000001');
select is(tests.changed(), null, 'a later visit opens no day');
insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id)
values ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '2026-02-12T10:00:00Z', 'server', '2026-02-12T12:00:00',
  '12000000-0000-4000-8000-000000000001', tests.sofia(), '1a000000-0000-4000-8000-000000000001');
select is(tests.changed(), '2026-03-10', 'one before does');
select tests.become('owner');
select is(tests.told(tests.split('visitor')), 'returning 2:1-0, unknown 4:1-0 5:1-0', 'for they have been here before');
select tests.roll_up();
select is(public.erase_member('10000000-0000-4000-8000-000000000000', '1a000000-0000-4000-8000-000000000001') ->> 'outcome', 'erased', 'erased');
select is(tests.told(tests.split('visitor')), 'unknown 2:1-0 4:1-0 5:1-0', 'they are nobody known');
select tests.roll_up();
select is(tests.told(tests.split('visitor')), 'unknown 2:1-0 4:1-0 5:1-0', 'and stay so');

-- Who was on shift: Vera acted at 11:40 in Sofia, so from 10 to 13 o'clock; Ivan in the evening.
select tests.become('database owner');
insert into public.staff (org_id, id, name, pin_salt, pin_hash)
select '10000000-0000-4000-8000-000000000000', ('1b000000-0000-4000-8000-00000000000' || n)::uuid, name, repeat('a', 32), repeat('b', 64)
from (values (1, 'Vera'), (2, 'Ivan')) as people (n, name);
insert into public.staff_unlocks (org_id, id, occurred_at, clock, tablet_id, location_id, staff_id)
values ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '2026-03-10T09:40:00Z', 'server', '12000000-0000-4000-8000-000000000001', tests.sofia(), '1b000000-0000-4000-8000-000000000001'),
  ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '2026-03-10T20:40:00Z', 'receipt', '12000000-0000-4000-8000-000000000001', tests.sofia(), '1b000000-0000-4000-8000-000000000002'),
  ('10000000-0000-4000-8000-000000000000', gen_random_uuid(), '2026-03-10T21:40:00Z', 'server', '12000000-0000-4000-8000-000000000001', tests.sofia(), '1b000000-0000-4000-8000-000000000002');
select is(tests.changed(), '2026-03-10', 'who was at work opens the day');
select tests.become('manager');
select is(tests.told(tests.split('staff', tests.sofia())), '* 2:1-0 5:1-0, Vera 2:1-0 5:1-0', 'hours around an act of the same day');
select is(tests.told(tests.split('staff', '21000000-0000-4000-8000-000000000001')), 'ok', 'not at somebody else''s place');
select tests.roll_up();
select is(tests.told(tests.split('staff', tests.sofia())), '* 2:1-0 5:1-0, Vera 2:1-0 5:1-0', 'rolled up, too');
select is(tests.told(public.report_split('10000000-0000-4000-8000-000000000000', 'staff', '2026-03-11', '2026-03-31', 'satisfaction', tests.sofia())), 'ok', 'and nobody the day after');

select * from finish();
rollback;
