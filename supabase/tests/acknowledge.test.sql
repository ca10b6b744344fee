-- Who says to have seen what a tablet lost, and how much of it that covers.
begin;
\ir fixtures/two-shops.psql
select plan(17);

create function tests.acknowledge(lost bigint, missing bigint, clashes bigint, pairing uuid default '13000000-0000-4000-8000-000000000001')
returns text language sql as $$
  select public.acknowledge_losses('10000000-0000-4000-8000-000000000000', acknowledge.pairing, lost, missing, clashes) ->> 'outcome'
$$;
-- What the team reads of the Bakery's counter.
create function tests.acknowledged() returns jsonb language sql as $$
  select entry -> 'acknowledged'
  from jsonb_array_elements(public.report_tablets('10000000-0000-4000-8000-000000000000')::jsonb) as entry
  where entry ->> 'pairing' = '13000000-0000-4000-8000-000000000001'
$$;
create function tests.pulse() returns text language sql as $$
  select public.report_pulse('10000000-0000-4000-8000-000000000000')
$$;
grant execute on all functions in schema tests to anon, authenticated;

update public.pairings set made = 9, received = 4, waiting = 1, quarantined = 1, lost = 2, seq_clashes = 1
where id = '13000000-0000-4000-8000-000000000001';

select tests.become('anonymous');
select throws_ok('select tests.acknowledge(2, 3, 1)', '42501', null, 'anonymous may not say so');
select tests.become('analyst');
select is(tests.acknowledge(2, 3, 1), 'forbidden', 'an analyst reads, and signs nothing');
select tests.become('other owner');
select is(tests.acknowledge(2, 3, 1), 'forbidden', 'nor does another shop''s owner');
select tests.become('stranger');
select is(tests.acknowledge(2, 3, 1), 'forbidden', 'nor a stranger');
select tests.become('owner');
select is(tests.acknowledged(), 'null'::jsonb, 'so nobody has seen it yet');
select is(tests.acknowledge(2, 3, 1, '23000000-0000-4000-8000-000000000001'), 'forbidden', 'another shop''s pairing is not theirs');
select is(tests.acknowledge(2, 3, 1, gen_random_uuid()), 'forbidden', 'nor is one that does not exist');

create temp table pulse_before as select tests.pulse() as pulse;
select is(tests.acknowledge(2, 3, 1), 'acknowledged', 'an owner has seen it');
select is(
  tests.acknowledged() - 'at', '{"lost": 2, "missing": 3, "clashes": 1, "by": "owner@example.test"}'::jsonb,
  'who it was is kept with the counts'
);
select is((tests.acknowledged() ->> 'at')::timestamptz, now(), 'and when');
select isnt(tests.pulse(), (select pulse from pulse_before), 'pages that are open hear of it');

select tests.become('manager');
select is(tests.acknowledge(1, 2, 0), 'acknowledged', 'a manager may, too');
select is(
  tests.acknowledged() - 'at', '{"lost": 1, "missing": 2, "clashes": 0, "by": "manager@example.test"}'::jsonb,
  'what came after the page was looked at is not seen'
);
select is(tests.acknowledge(99, 99, 99), 'acknowledged', 'whoever says more');
select is(
  tests.acknowledged() - 'at' - 'by', '{"lost": 2, "missing": 3, "clashes": 1}'::jsonb,
  'has seen no more than there is: what is lost next is news'
);
select is(tests.acknowledge(-1, null, -7), 'acknowledged', 'less than nothing');
select is(tests.acknowledged() - 'at' - 'by', '{"lost": 0, "missing": 0, "clashes": 0}'::jsonb, 'is nothing');

select * from finish();
rollback;
