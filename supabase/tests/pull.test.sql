-- Settings go down to a tablet, its health comes up.
begin;
\ir fixtures/two-shops.psql
select plan(24);

create function tests.pull(health text default null) returns jsonb language sql as $$
  select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64), health)
$$;
create function tests.health() returns text language sql security definer as $$
  select concat_ws(' ', made, waiting, quarantined, app_version, last_seen_at = now())
  from public.pairings where id = '13000000-0000-4000-8000-000000000001'
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select is(
  public.pull('13000000-0000-4000-8000-000000000001', repeat('f', 64)), '{"outcome": "unknown_pairing"}'::jsonb,
  'a wrong secret learns nothing'
);
select is(
  public.pull('13000000-0000-4000-8000-000000000001', null) ->> 'outcome', 'unknown_pairing', 'nor does no secret'
);
select is(tests.pull() #>> '{settings,location,name}', 'Sofia', 'a tablet learns its place');
select is(tests.pull() #>> '{settings,survey,id}', '15000000-0000-4000-8000-000000000000', 'and its survey');
select is(
  (select array_agg(key order by key) from jsonb_object_keys(tests.pull()) as key),
  array['outcome', 'server_time', 'settings'], 'and nothing else but the time'
);
select ok(
  (tests.pull() ->> 'server_time')::timestamptz between now() and now() + interval '1 minute', 'the time is the server''s'
);

select tests.pull('{"made": 14, "waiting": 2, "quarantined": 1, "app_version": "1.2.3"}');
select is(tests.health(), '14 2 1 1.2.3 t', 'health is recorded');
select tests.pull('{"made": 3, "waiting": 0}');
select is(tests.health(), '14 0 1 1.2.3 t', 'made never goes back, what is not told stays');
select is(tests.pull(garbage) ->> 'outcome', 'ok', format('a tablet that tells %s still learns its survey', description))
from (values
  ('', 'nothing'), ('{', 'a torn text'), ('7', 'a number'), ('["made"]', 'a list'), ('null', 'null'),
  ('{"made": "many", "waiting": -1, "quarantined": {}}', 'no numbers'),
  ('{"made": 9007199254740992, "waiting": 9223372036854775807, "quarantined": 1e300}', 'more than it can have counted'),
  (repeat('[', 100000), 'a list 100,000 deep'),
  ('{"made": 99, "app_version": "' || repeat('x', 5000) || '"}', 'a novel')
) as health (garbage, description);
select is(tests.health(), '14 0 1 1.2.3 t', 'and none of it is believed');
select tests.pull('{"made": 9007199254740991, "waiting": 9007199254740991, "quarantined": 9007199254740991}');
select tests.become('owner');
select lives_ok(
  $$ select public.report_tablets('10000000-0000-4000-8000-000000000000') $$, 'the largest numbers a tablet may tell break no report'
);
select tests.become('anonymous');
select tests.pull(jsonb_build_object('app_version', repeat('9', 100))::text);
select matches(tests.health(), ' 9{40} t$', 'a version is cut at 40 characters');

select tests.become('database owner');
insert into public.survey_versions (org_id, id, survey_id, number, definition)
values ('10000000-0000-4000-8000-000000000000', '15000000-0000-4000-8000-000000000002', '14000000-0000-4000-8000-000000000000', 2, '{"questions": []}');
select tests.become('anonymous');
select is(
  tests.pull() #> '{settings,survey}',
  '{"id": "15000000-0000-4000-8000-000000000002", "survey": {"questions": []}}'::jsonb, 'the newest version goes to the tablet'
);

select tests.become('manager');
select public.revoke_pairing('10000000-0000-4000-8000-000000000000', '13000000-0000-4000-8000-000000000001');
select tests.become('anonymous');
select is(tests.pull('{"made": 9}'), '{"outcome": "revoked"}'::jsonb, 'a revoked tablet is told so and nothing else');
select is(
  public.pull('13000000-0000-4000-8000-000000000002', repeat('b', 64)) ->> 'outcome', 'ok', 'the tablet beside it goes on'
);
select is(
  public.pull('23000000-0000-4000-8000-000000000001', repeat('c', 64)) #>> '{settings,organization,name}', 'Florist',
  'a tablet of another shop learns its own shop'
);

select * from finish();
rollback;
