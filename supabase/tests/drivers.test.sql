-- What goes together with the score: counted from the answers, rolled up, and the same whichever way.
begin;
\ir fixtures/two-shops.psql
select plan(26);

insert into public.survey_versions (org_id, id, survey_id, number, definition)
select '10000000-0000-4000-8000-000000000000', '15000000-0000-4000-8000-000000000002', '14000000-0000-4000-8000-000000000000', 2, '{"questions": [
  {"key": "satisfaction", "type": "csat"}, {"key": "price", "type": "csat", "factor": "price"},
  {"key": "speed", "type": "csat", "factor": "speed"}, {"key": "again", "type": "csat"},
  {"key": "reasons", "type": "reasons", "choices": [
    {"key": "long_wait", "fits": "down"}, {"key": "quick", "fits": "up"}, {"key": "our_own", "fits": "down"},
    {"key": "prices", "fits": "both", "factor": "price"}, {"key": "slow_till", "fits": "down", "factor": "speed"}]}]}';

create table tests.told (n integer primary key generated always as identity);
-- One answer of session number s, at a moment of 10 March 2026 in Sofia unless another is named.
create function tests.answer(s integer, question text, score integer, at text default '2026-03-10T09:00:00Z', choices jsonb default 'null')
returns void language plpgsql security definer as $$
declare
  number integer;
begin
  insert into tests.told default values returning n into number;
  perform tests.send(jsonb_build_array(tests.record(number, jsonb_build_object(
    'session', format('18000000-0000-4000-8000-%s', lpad(s::text, 12, '0')), 'survey', '15000000-0000-4000-8000-000000000002',
    'question', question, 'type', case when choices = 'null' then 'csat' else 'reasons' end, 'score', score, 'choices', choices
  ), jsonb_build_object('occurredAt', at))));
end
$$;
create function tests.drivers(place uuid default null, since date default '2026-03-01') returns jsonb language sql as $$
  select public.report_drivers('10000000-0000-4000-8000-000000000000', since, '2026-03-31', place)
$$;
-- One row of the report, as 'n Σ Σ Σ² Σ² Σ· top praised blamed low'.
create function tests.row(one text, other text, is_flagged boolean default false, report jsonb default tests.drivers()) returns text
language sql as $$
  select string_agg(cells.value #>> '{}', ' ' order by place) from jsonb_array_elements(report) as entry,
    jsonb_array_elements(entry) with ordinality as cells (value, place)
  where entry ->> 1 = one and entry ->> 2 = other and entry -> 3 = to_jsonb(is_flagged) and place > 4
$$;
create function tests.roll_up() returns boolean language sql security definer as $$
  select private.roll_up('10000000-0000-4000-8000-000000000000', 9)
$$;
create function tests.changed() returns bigint language sql security definer as $$
  select count(*) from public.changed_days where org_id = '10000000-0000-4000-8000-000000000000'
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('owner');
select is(tests.drivers(), '[]'::jsonb, 'a shop without answers has nothing to tell');

select tests.answer(1, 'satisfaction', 2);
select tests.answer(1, 'speed', 1, '2026-03-10T09:00:05Z');
select tests.answer(1, 'reasons', null, '2026-03-10T09:00:09Z', '["long_wait", "slow_till", "prices"]');
select tests.answer(2, 'satisfaction', 5);
select tests.answer(2, 'speed', 4, '2026-03-10T09:00:05Z');
select tests.answer(2, 'price', 3, '2026-03-10T09:00:06Z');
select tests.answer(2, 'reasons', null, '2026-03-10T09:00:09Z', '["quick", "prices"]');
select tests.answer(3, 'price', 5);
select tests.answer(3, 'again', 5);
select is(tests.row('overall', 'speed'), '2 7 5 29 17 22 0 0 0 0', 'two sessions rate the whole and the speed: n, sums, squares, products');
select is(tests.row('overall', 'price'), '1 5 3 25 9 15 0 0 0 0', 'one of them the price as well');
select is(tests.row('price', 'speed'), '1 3 4 9 16 12 0 0 0 0', 'which is also a pair');
select is(tests.row('price', 'price'), '2 8 8 34 34 34 1 1 1 1', 'a factor alone counts without the whole; a reason that fits both ways goes by the score');
select is(tests.row('speed', 'speed'), '2 5 5 17 17 17 1 1 1 1', 'two reasons about one factor blame it once; what no version says, the first survey does');
select is(tests.row('overall', 'overall'), '2 7 7 29 29 29 1 1 1 1', 'a question about neither factor nor the whole does not count');

select tests.answer(4, 'satisfaction', 1, '2026-03-10T10:00:00Z');
select tests.answer(4, 'reasons', null, '2026-03-10T10:00:05Z', '["our_own", "unheard_of"]');
select is(tests.row('overall', 'overall'), '3 8 8 30 30 30 1 1 2 2', 'a reason about none of the factors is still a reason');
select tests.answer(5, 'reasons', null, '2026-03-10T10:05:05Z', '["prices"]');
select is(tests.row('price', 'price'), '2 8 8 34 34 34 1 1 1 1', 'one that fits both ways does neither without a score');
select tests.answer(2, 'speed', 1, '2026-03-10T09:00:20Z');
select is(tests.row('overall', 'speed'), '2 7 2 29 2 7 0 0 0 0', 'a factor tapped again counts with the last tap');
select tests.answer(6, 'satisfaction', 5, '2026-03-09T21:59:55Z');
select tests.answer(6, 'speed', 5, '2026-03-09T22:00:05Z');
select is(tests.row('overall', 'speed'), '2 7 2 29 2 7 0 0 0 0', 'what lies on two local days is no pair, so that no day depends on another');
select results_eq(
  $$ select distinct entry ->> 0 from jsonb_array_elements(tests.drivers()) as entry order by 1 $$, array['8', '9'], 'each day in its own part'
);

create temporary table before as select tests.drivers() as whole, tests.drivers('11000000-0000-4000-8000-000000000001') as place;
grant select on before to public;
select is((select place from before), (select whole from before), 'of the one place that has answers the same is told');
select is(tests.drivers('11000000-0000-4000-8000-000000000002'), '[]', 'of the other nothing');
select tests.roll_up();
select is(tests.changed(), 0::bigint, 'both days are rolled up');
select isnt_empty('select 1 from public.driver_days where scope_id = ''11000000-0000-4000-8000-000000000001''', 'for the place too');
select is(tests.drivers(), (select whole from before), 'which changes nothing that is told of the shop');
select is(tests.drivers('11000000-0000-4000-8000-000000000001'), (select place from before), 'nor of the place');

select tests.answer(3, 'satisfaction', 4, '2026-03-10T08:59:00Z');
select is(tests.row('overall', 'price'), '2 9 8 41 34 35 0 0 0 0', 'a late answer makes a pair at once');
select tests.roll_up();
select is(tests.row('overall', 'price'), '2 9 8 41 34 35 0 0 0 0', 'and once when its day is rolled up again');

select tests.become('database owner');
select private.flag_session(org_id, tablet_id, session_id, 'staff', occurred_at) from public.answers
where org_id = '10000000-0000-4000-8000-000000000000' and session_id = '18000000-0000-4000-8000-000000000001' and question = 'speed';
select tests.become('owner');
select is(tests.row('overall', 'speed', true), '1 2 1 4 1 2 0 0 0 0', 'a flagged session is told apart');
select tests.roll_up();
select is(tests.row('overall', 'speed', false), '1 5 1 25 1 5 0 0 0 0', 'rolled up or not');

-- A month of made-up sessions, counted once more in the plainest way.
select tests.become('database owner');
insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id, question, type, score, locale, flag)
select '10000000-0000-4000-8000-000000000000', gen_random_uuid(), at at time zone 'Europe/Sofia', 'server', at, location, tablet, session,
  '15000000-0000-4000-8000-000000000002', question, 'csat', 1 + abs(hashtext(session || question)) % 5, 'bg', case when n % 11 = 0 then 'staff' end
from (
  select n, timestamp '2026-03-11 08:00' + n * interval '97 minutes' as at, lpad(to_hex(n), 32, '0')::uuid as session,
    ('11000000-0000-4000-8000-00000000000' || 1 + n % 2)::uuid as location, ('12000000-0000-4000-8000-00000000000' || 1 + n % 2)::uuid as tablet
  from generate_series(1, 240) as n
) as made cross join unnest(array['satisfaction', 'price', 'speed']) as question
where (n + length(question)) % 4 > 0;
insert into public.changed_days (org_id, day, location_id, tablet_id)
select distinct org_id, local_at::date, location_id, tablet_id from public.answers on conflict do nothing;
create function tests.recount() returns text language sql security definer as $$
  select concat_ws(' ', count(*), sum(a.score), sum(b.score), sum(a.score * a.score), sum(b.score * b.score), sum(a.score * b.score))
  from public.answers as a join public.answers as b on a.session_id = b.session_id
  where a.question = 'satisfaction' and b.question = 'price' and a.flag is null and b.flag is null and a.local_at >= '2026-03-11'
$$;
create function tests.summed(report jsonb) returns text language sql as $$
  select concat_ws(' ', sum(c[1]), sum(c[2]), sum(c[3]), sum(c[4]), sum(c[5]), sum(c[6])) from (
    select array(select (entry ->> place)::integer from generate_series(4, 9) as place) as c from jsonb_array_elements(report) as entry
    where entry ->> 1 = 'overall' and entry ->> 2 = 'price' and not (entry ->> 3)::boolean) as cells
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.become('owner');
select is(tests.summed(tests.drivers(since => '2026-03-11')), tests.recount(), 'a month counts what a recount counts');
select tests.roll_up();
select is(tests.summed(tests.drivers(since => '2026-03-11')), tests.recount(), 'rolled up in part too');

select tests.become('other owner');
select is(tests.drivers(), '[]', 'another shop''s owner learns nothing');
select tests.become('anonymous');
select throws_ok('select tests.drivers()', '42501', null, 'a tablet may not ask');

select * from finish();
rollback;
