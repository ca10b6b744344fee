-- What a tablet tells of itself, and which of its numbers never arrived.
begin;
\ir fixtures/two-shops.psql
select plan(29);

create function tests.pull(health text, pairing uuid default '13000000-0000-4000-8000-000000000001', secret text default repeat('a', 64))
returns text language sql as $$
  select public.pull(pull.pairing, pull.secret, pull.health) ->> 'outcome'
$$;
create function tests.told(pairing uuid default '13000000-0000-4000-8000-000000000001') returns jsonb
language sql security definer as $$
  select jsonb_build_object('made', made, 'waiting', waiting, 'lost', lost, 'gone', gone_at is not null,
    'waiting_s', extract(epoch from now() - oldest_waiting_at)::integer, 'persisted', persisted, 'quota', quota_bytes,
    'usage', usage_bytes, 'offset', server_offset_ms, 'battery', battery_percent, 'charging', battery_charging,
    'durability', durability)
  from public.pairings where id = told.pairing
$$;
create function tests.missing(pairing uuid default '13000000-0000-4000-8000-000000000001') returns text language sql as $$
  select string_agg(concat_ws('-', range ->> 'first', range ->> 'last'), ' ' order by position)
  from jsonb_array_elements(public.missing_seqs('10000000-0000-4000-8000-000000000000', missing.pairing))
    with ordinality as ranges (range, position)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Health.
select tests.become('anonymous');
select is(tests.pull('{"made": 4, "waiting": 1, "quarantined": 0, "app_version": "0.1.0"}'), 'ok', 'a tablet of the first version is heard');
select is(
  tests.told(),
  '{"made": 4, "waiting": 1, "lost": 0, "gone": false, "waiting_s": null, "persisted": null, "quota": null, "usage": null,
    "offset": null, "battery": null, "charging": null, "durability": null}'::jsonb,
  'and what it cannot tell is not known'
);
select tests.pull('{"made": 9, "waiting": 2, "quarantined": 0, "app_version": "1.0.0", "lost": 3, "oldest_waiting_s": 90, "persisted": true,
  "quota_bytes": 1000000, "usage_bytes": 600000, "server_offset_ms": -7200000, "battery_percent": 50, "battery_charging": false,
  "durability": "strict"}');
select is(
  tests.told(),
  '{"made": 9, "waiting": 2, "lost": 3, "gone": false, "waiting_s": 90, "persisted": true, "quota": 1000000, "usage": 600000,
    "offset": -7200000, "battery": 50, "charging": false, "durability": "strict"}'::jsonb,
  'health is recorded'
);
create temp table whole as select tests.told() as health;
grant select on whole to anon;
select is(tests.pull('{"made": 9, "waiting": 2, "oldest_waiting_s": 90, ' || garbage || '}'), 'ok', 'nonsense breaks nothing: ' || garbage)
from (values
  ('"lost": -1, "persisted": "yes", "quota_bytes": "all", "usage_bytes": 1e300'),
  ('"server_offset_ms": 1e300, "battery_percent": 101, "battery_charging": 1, "durability": "perhaps"'),
  ('"lost": {}, "persisted": null, "server_offset_ms": [], "battery_percent": {}, "durability": ["strict"]'),
  ('"gone": "everything"'), ('"gone": {"pairing": 7, "made": []}'), ('"gone": [1]')
) as nonsense (garbage);
select is(tests.told(), (select health from whole), 'and none of it is believed');
select is(tests.pull('{"waiting": 2, "oldest_waiting_s": 1e300}'), 'ok', 'an age of ages breaks nothing');
select is(tests.told() ->> 'waiting_s', null, 'and is not believed');
select tests.pull('{"lost": 2, "waiting": 0}');
select is(tests.told() ->> 'lost', '3', 'lost never goes back');
select tests.become('analyst');
select is(
  (select (entry -> 'health') - 'oldest_waiting_at' from jsonb_array_elements(public.report_tablets('10000000-0000-4000-8000-000000000000')::jsonb) as entry
   where entry ->> 'name' = 'Counter'),
  '{"persisted": true, "quota_bytes": 1000000, "usage_bytes": 600000, "server_offset_ms": -7200000, "battery_percent": 50,
    "battery_charging": false, "durability": "strict"}'::jsonb,
  'the team reads it'
);

-- Missing numbers.
select is(tests.missing(), '1-9', 'nothing has arrived of what was made');
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.record(n)) from unnest(array[1, 2, 4, 5, 9]) as n));
select tests.become('analyst');
select is(tests.missing(), '3-3 6-8', 'every gap is named');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(6, '{"score": 6}')));
select tests.become('analyst');
select is(tests.missing(), '3-3 7-8', 'what is in quarantine is not missing');
select tests.become('anonymous');
select tests.pull('{"made": 12, "waiting": 4}');
select tests.become('analyst');
select is(tests.missing(), '3-3 7-7', 'as many of the highest as wait on the tablet are not missing yet');
select tests.become('anonymous');
select tests.pull('{"waiting": 3}');
select tests.become('analyst');
select is(tests.missing(), '3-3 7-8', 'nor is a range cut where it need not be');
select tests.become('anonymous');
select tests.pull('{"waiting": 6}');
select tests.become('analyst');
select is(tests.missing(), null, 'while all of them wait none is missing');
select tests.become('anonymous');
select tests.pull('{"waiting": 0}');
select tests.send(jsonb_build_array(
  tests.record(20, '{"score": 9}', '{"seq": "7; drop"}'), tests.record(21, '{"score": 9}', '{"seq": 1e300}'),
  tests.record(22, '{"score": 9}', '{"seq": {"a": 7}}'), tests.record(23, '{"score": 9}', '{"seq": -7}')));
select tests.become('analyst');
select is(tests.missing(), '3-3 7-8 10-12', 'a refused record that names no number hides none');
select is(tests.missing('13000000-0000-4000-8000-000000000002'), null, 'a tablet that made nothing misses nothing');
select tests.become('other owner');
select is(tests.missing(), null, 'another shop learns nothing');
select tests.become('stranger');
select is(tests.missing(), null, 'nor does a stranger');
select tests.become('anonymous');
select throws_ok('select tests.missing()', '42501', null, 'anonymous may not ask');

-- A browser whose storage was cleared is paired anew, and tells what it remembers of the pairing before.
select tests.become('database owner');
insert into public.pairings (org_id, id, tablet_id, secret_hash, created_at) values
  ('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000003', '12000000-0000-4000-8000-000000000001',
   private.sha256_hex(repeat('d', 64)), now() + interval '1 minute');
update public.pairings set waiting = 2 where id = '13000000-0000-4000-8000-000000000001';
select tests.become('anonymous');
select tests.pull('{"gone": {"pairing": "13000000-0000-4000-8000-000000000003", "made": 99}}');
select is(tests.told('13000000-0000-4000-8000-000000000003') ->> 'gone', 'false', 'the earlier pairing cannot send the later one away');
select tests.pull('{"gone": {"pairing": "13000000-0000-4000-8000-000000000002", "made": 99}}',
  '13000000-0000-4000-8000-000000000003', repeat('d', 64));
select is(tests.told('13000000-0000-4000-8000-000000000002') ->> 'gone', 'false', 'nor can a tablet speak for the one beside it');
select tests.pull('{"made": 0, "gone": {"pairing": "13000000-0000-4000-8000-000000000001", "made": 14}}',
  '13000000-0000-4000-8000-000000000003', repeat('d', 64));
select is(
  (select jsonb_build_array(told -> 'gone', told -> 'made', told -> 'waiting') from tests.told() as told), '[true, 14, 0]'::jsonb,
  'a pairing whose storage was cleared is gone, and nothing of it waits any more'
);
select tests.become('analyst');
select is(tests.missing(), '3-3 7-8 10-14', 'what never arrived of it is missing');

select * from finish();
rollback;
