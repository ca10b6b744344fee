-- How often the world may call: by pairing where there is one, else by address.
begin;
\ir fixtures/two-shops.psql
select plan(18);

create function tests.outcome_of_pull(pairing uuid, secret text) returns text
language sql as $$ select public.pull(pairing, secret) ->> 'outcome' $$;
create function tests.calls_of(kind text) returns integer
language sql as $$ select sum(calls)::integer from private.call_counts where bucket like kind || ':%' $$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select is(
  (select count(*)::integer from generate_series(1, 300) as n, lateral (select tests.send(jsonb_build_array(tests.record(n)))) as reply (body)
   where tests.outcomes(body) = 'stored'), 300, 'a tablet may send three hundred batches in a minute'
);
select tests.become('database owner');
select is(tests.calls_of('ingest'), 300, 'each is counted');
update private.call_counts set calls = 1199 where bucket like 'ingest:%';
select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(301)))), 'stored', 'the last call of the minute is heard');
select is(
  tests.send(jsonb_build_array(tests.record(302))), '{"outcome": "throttled", "retry_after_s": 60, "nonce": "nonce"}'::jsonb,
  'one more is told to wait, under its nonce'
);
select is(
  tests.send('[]', '13000000-0000-4000-8000-000000000002', repeat('b', 64)) ->> 'outcome', 'accepted',
  'another pairing of the shop does not wait for this one'
);
select is(tests.outcome_of_pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)), 'ok', 'nor does its own pull');
select tests.become('owner');
select is((select count(*)::integer from public.answers), 301, 'what was not heard is not stored');
select tests.become('database owner');
update private.call_counts set started_at = now() - interval '1 minute' where bucket like 'ingest:%';
select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(302)))), 'stored', 'the next minute hears it');
select tests.become('database owner');
update private.call_counts set calls = 1200 where bucket like 'pull:%';
select tests.become('anonymous');
select is(tests.outcome_of_pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)), 'throttled', 'pull has the same limit');

-- A stranger who knows a pairing's id cannot use up its calls.
select is(tests.send('[]', '13000000-0000-4000-8000-000000000002', repeat('x', 64)) ->> 'outcome', 'unknown_pairing', 'a wrong secret');
select tests.become('database owner');
select is(tests.calls_of('stranger'), 1, 'counts against the caller');
update private.call_counts set calls = 300 where bucket like 'stranger:%';
select tests.become('anonymous');
select is(tests.send('[]', '13000000-0000-4000-8000-000000000002', repeat('x', 64)) ->> 'outcome', 'throttled', 'who is stopped at three hundred');
select is(tests.outcome_of_pull(gen_random_uuid(), repeat('x', 64)), 'throttled', 'whichever door it is');
select is(
  tests.send('[]', '13000000-0000-4000-8000-000000000002', repeat('b', 64)) ->> 'outcome', 'accepted',
  'a tablet behind the same address goes on'
);

select is(public.setup_state(), '{"fresh": false}'::jsonb, 'setup_state answers');
select tests.become('database owner');
update private.call_counts set calls = 300 where bucket like 'setup_state:%';
select tests.become('anonymous');
select is(public.setup_state() ->> 'outcome', 'throttled', 'and is limited by address');

-- Old rows go, so that ever new addresses do not fill the disk; no address is kept.
select tests.become('database owner');
insert into private.call_counts select 'stranger:' || n, now() - interval '2 hours', 1 from generate_series(1, 6) as n;
delete from private.call_counts where bucket like 'setup_state:%';
select tests.become('anonymous');
select public.setup_state();
select tests.become('database owner');
select is((select count(*)::integer from private.call_counts where bucket like 'stranger:_'), 1, 'each fresh minute sweeps five');
select is_empty(
  $$ select bucket from private.call_counts
     where bucket !~ '^(stranger|setup_state):[0-9a-f]{64}$' and bucket !~ '^(ingest|pull):[0-9a-f-]{36}$' and bucket !~ '^stranger:\d$' $$,
  'an address is kept as a hash only'
);

select * from finish();
rollback;
