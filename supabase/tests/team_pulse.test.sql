-- What the team thinks of working here: only counts, only from five up, and no figure that changes once it is told.
begin;
\ir fixtures/two-shops.psql
select plan(33);

create function tests.bakery() returns uuid language sql as $$ select '10000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.pulse(n integer, body jsonb default '{}', envelope jsonb default '{}') returns jsonb language sql as $$
  select tests.record(n) || jsonb_build_object('kind', 'pulse', 'body', text, 'sha256', encode(sha256(convert_to(text, 'UTF8')), 'hex')) || envelope
  from (select ('{"type": "pulse", "score": 9, "salt": "00112233445566778899aabbccddeeff"}'::jsonb || body)::text as text) as made
$$;
create function tests.outcome(record jsonb) returns text language sql as $$
  select tests.outcomes(tests.send(jsonb_build_array(record)))
$$;
create function tests.set_rhythm(months integer, org uuid default tests.bakery()) returns text language sql as $$
  select public.set_team_pulse(org, months) ->> 'outcome'
$$;
-- The stretches as '2026-01 to 2026-02: 1/2/3', detractors, passives, promoters.
create function tests.told() returns text language sql as $$
  select string_agg(format('%s to %s: %s/%s/%s', left(told ->> 'from', 7), left(told ->> 'to', 7), told ->> 'detractors', told ->> 'passives', told ->> 'promoters'), ', ' order by place)
  from jsonb_array_elements(public.report_team_pulse(tests.bakery()) -> 'stretches') with ordinality as stretches (told, place)
$$;
-- So many answers of a score, so many months ago.
create function tests.answered(months_ago integer, score integer, n integer) returns void language sql security definer as $$
  insert into private.pulse_counts (org_id, month, score, n)
  values (tests.bakery(), date_trunc('month', now() at time zone 'UTC') - months_ago * interval '1 month', score, n)
$$;
create function tests.month(months_ago integer) returns text language sql as $$
  select to_char(date_trunc('month', now() at time zone 'UTC') - months_ago * interval '1 month', 'YYYY-MM')
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken
select tests.become('anonymous');
select is(tests.outcome(tests.pulse(1, body)), 'refused:' || reason, format('%s: %s', description, reason))
from (values
  ('{"score": 11}'::jsonb, 'off_scale', 'eleven'),
  ('{"score": -1}', 'off_scale', 'less than nothing'),
  ('{"score": 5.5}', 'off_scale', 'a half'),
  ('{"score": null}', 'off_scale', 'no score'),
  ('{"score": "9"}', 'off_scale', 'a word for a number'),
  ('{"salt": null}', 'malformed', 'no salt'),
  ('{"salt": "00"}', 'malformed', 'a pinch of salt')
) as bodies (body, reason, description);
select is(tests.outcome(tests.pulse(1, '{}', '{"v": 2}')), 'refused:unknown_version', 'a later version is refused by name');
select is(tests.outcome(tests.pulse(1)), 'stored', 'an answer is stored');
select is(tests.outcome(tests.pulse(1)), 'duplicate', 'once');
select is(tests.outcome(tests.pulse(2, '{"score": 9}', '{"occurredAt": "2020-05-01T10:00:00.000Z"}')), 'stored', 'a late one too');
select tests.become('database owner');
select results_eq(
  'select org_id, month, score, n from private.pulse_counts',
  $$ values (tests.bakery(), date_trunc('month', now() at time zone 'UTC')::date, 9::smallint, 2) $$,
  'all that is kept is a count of the month in which they arrived'
);
select is(
  (select count(*)::integer from public.received as r, generate_series(0, 10) as score
   where r.kind = 'pulse' and r.sha256 = encode(sha256(convert_to(format('{"type":"pulse","score":%s}', score), 'UTF8')), 'hex')),
  0, 'the ledger''s hash tells no score');
rollback to empty;

-- Who may know what
select tests.answered(1, 10, 4);
select tests.become('owner');
select throws_ok('select n from private.pulse_counts', '42501', null, 'not even the owner reads the counts');
select is(tests.told(), null, 'four answers are not told');
select tests.become('database owner');
select tests.answered(1, 3, 1);
select tests.become('owner');
select is(tests.told(), format('%1$s to %1$s: 1/0/4', tests.month(1)), 'five are, in three groups');
select tests.become('analyst');
select is(tests.told(), format('%1$s to %1$s: 1/0/4', tests.month(1)), 'to an analyst too');
select tests.become('other owner');
select is(public.report_team_pulse(tests.bakery()), null, 'to another shop''s owner not');
select tests.become('stranger');
select is(public.report_team_pulse(tests.bakery()), null, 'nor to a stranger');
select tests.become('anonymous');
select throws_ok('select tests.told()', '42501', null, 'and anonymous may not ask');
rollback to empty;

-- Months that are too few are added up
select tests.answered(6, 10, 2);
select tests.answered(5, 8, 2);
select tests.answered(3, 0, 1);
select tests.answered(3, 7, 3);
select tests.answered(2, 9, 6);
select tests.answered(1, 1, 4);
select tests.answered(0, 5, 20);
select tests.become('owner');
select is(tests.told(), format('%s to %s: 1/5/2, %3$s to %3$s: 0/0/6', tests.month(6), tests.month(3), tests.month(2)),
  'until there are five; what is left over and the month that runs are not told');
select tests.become('database owner');
select tests.answered(1, 9, 1);
select tests.become('owner');
select is(tests.told(), format('%s to %s: 1/5/2, %3$s to %3$s: 0/0/6, %4$s to %4$s: 4/0/1', tests.month(6), tests.month(3), tests.month(2), tests.month(1)),
  'and what was told stays as it was');
rollback to empty;

-- The rhythm
select tests.become('owner');
select is(public.report_team_pulse(tests.bakery()), '{"months": null, "stretches": []}'::jsonb, 'at first nobody is asked');
select is(tests.set_rhythm(3), 'saved', 'the owner sets the rhythm');
select is(public.report_team_pulse(tests.bakery()) ->> 'months', '3', 'which is told');
select is(tests.set_rhythm(0), 'bad_months', 'never is not every zero months');
select is(tests.set_rhythm(13), 'bad_months', 'nor is a year and a month a rhythm');
select tests.become('manager');
select is(tests.set_rhythm(1), 'saved', 'a manager may, too');
select tests.become('anonymous');
select is(public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #>> '{settings,pulse_months}', '1', 'the tablet hears of it');
select tests.become('analyst');
select is(tests.set_rhythm(2), 'forbidden', 'an analyst may not');
select tests.become('other owner');
select is(tests.set_rhythm(2), 'forbidden', 'nor another shop''s owner');
select tests.become('anonymous');
select throws_ok('select tests.set_rhythm(2)', '42501', null, 'nor anonymous');
select tests.become('owner');
select is(tests.set_rhythm(null), 'saved', 'and the owner ends it');

select * from finish();
rollback;
