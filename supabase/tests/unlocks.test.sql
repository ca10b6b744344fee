-- Unlockings are stored once, like everything a tablet makes, and flag the answers near them.
begin;
\ir fixtures/two-shops.psql
select plan(33);

insert into public.staff (org_id, id, name, pin_salt, pin_hash, left_at) values
  ('10000000-0000-4000-8000-000000000000', '19000000-0000-4000-8000-000000000001', 'Vera', repeat('a', 32), repeat('b', 64), null),
  ('10000000-0000-4000-8000-000000000000', '19000000-0000-4000-8000-000000000002', 'Boris', repeat('a', 32), repeat('b', 64), now()),
  ('20000000-0000-4000-8000-000000000000', '29000000-0000-4000-8000-000000000001', 'Clara', repeat('a', 32), repeat('b', 64), null);

-- So many seconds after ten o'clock in Sofia on a Tuesday.
create function tests.at(seconds numeric) returns jsonb language sql as $$
  select jsonb_build_object('occurredAt', to_char('2026-03-10 08:00'::timestamp + seconds * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$$;
create function tests.unlock(n integer, seconds numeric, body jsonb default '{}', envelope jsonb default '{}') returns jsonb
language sql as $$
  select tests.record(n) || jsonb_build_object('kind', 'unlock', 'body', text, 'sha256', encode(sha256(convert_to(text, 'UTF8')), 'hex'))
    || tests.at(seconds) || envelope
  from (select ('{"type": "unlock", "staff": "19000000-0000-4000-8000-000000000001"}'::jsonb || body)::text as text) as made
$$;
create function tests.tap(n integer, seconds numeric, answer jsonb default '{}', envelope jsonb default '{}') returns jsonb
language sql as $$
  select tests.record(n, answer, tests.at(seconds) || envelope)
$$;
-- What the session of another record says.
create function tests.follow_up(n integer, of_session integer, seconds numeric, answer jsonb) returns jsonb language sql as $$
  select tests.tap(n, seconds, answer || jsonb_build_object('session', format('18000000-0000-4000-8000-%s', lpad(of_session::text, 12, '0'))))
$$;
create function tests.outcome(record jsonb) returns text language sql as $$
  select tests.outcomes(tests.send(jsonb_build_array(record)))
$$;
create function tests.flags() returns text language sql security definer as $$
  select string_agg(coalesce(flag, '-'), ' ' order by occurred_at, id) from public.answers
$$;
create function tests.counts_as_kept() returns table (question text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language sql as $$
  select question, local_hour, score, n, n_flagged from public.score_counts
  union all select choice, local_hour, null, n, n_flagged from public.choice_counts
$$;
create function tests.counts_anew() returns table (question text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language sql as $$
  select question, date_trunc('hour', local_at), score, count(*), count(flag) from public.answers where score is not null group by 1, 2, 3
  union all
  select choice, date_trunc('hour', local_at), null, count(*), count(flag) from public.answers, unnest(choices) as choice group by 1, 2
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken, and as what
select tests.become('anonymous');
select is(tests.outcome(tests.unlock(1, 0)), 'stored', 'an unlocking is stored');
select is(tests.outcome(tests.unlock(1, 0)), 'duplicate', 'once');
select is(tests.outcome(tests.unlock(1, 0, '{"staff": "19000000-0000-4000-8000-000000000002"}')), 'conflict:other_content', 'and never as somebody else''s');
select is(tests.outcome(tests.unlock(2, 600, '{"staff": "19000000-0000-4000-8000-000000000002"}')), 'stored', 'who has left may have done it before the tablet heard of it');
select is(tests.outcome(tests.unlock(3, 900, body)), 'refused:' || reason, format('%s is refused', description))
from (values
  ('{"staff": "29000000-0000-4000-8000-000000000001"}'::jsonb, 'unknown_staff', 'another shop''s person'),
  ('{"staff": "19000000-0000-4000-8000-00000000000f"}', 'unknown_staff', 'nobody'),
  ('{"staff": null}', 'unknown_staff', 'no name at all'),
  ('{"staff": "Vera"}', 'malformed', 'a name for an id')
) as bodies (body, reason, description);
select is(tests.outcome(tests.unlock(4, 900, '{}', '{"v": 2}')), 'refused:unknown_version', 'a later version is refused by name');
select is(tests.outcome(tests.tap(5, 900, '{}', '{"kind": "voucher"}')), 'refused:unknown_kind', 'and so is a kind nobody knows');
select tests.become('database owner');
select results_eq(
  $$ select occurred_at, clock, tablet_id, location_id, staff_id from public.staff_unlocks order by occurred_at $$,
  $$ values
    ('2026-03-10 08:00Z'::timestamptz, 'server', '12000000-0000-4000-8000-000000000001'::uuid, '11000000-0000-4000-8000-000000000001'::uuid, '19000000-0000-4000-8000-000000000001'::uuid),
    ('2026-03-10 08:10Z', 'server', '12000000-0000-4000-8000-000000000001', '11000000-0000-4000-8000-000000000001', '19000000-0000-4000-8000-000000000002') $$,
  'who unlocked which tablet, where and when'
);
select results_eq('select received, made from public.pairings where id = ''13000000-0000-4000-8000-000000000001''', 'values (2::bigint, 2::bigint)', 'the ledger counts it among what arrived');
select is_empty('select id from public.answers', 'it is no answer');
select is_empty('select * from tests.counts_as_kept()', 'and in no count');
select tests.become('owner');
select is(
  public.report_staff('10000000-0000-4000-8000-000000000000') #> '{0,last_unlock}',
  jsonb_build_object('at', '2026-03-10 08:00Z'::timestamptz, 'tablet', '12000000-0000-4000-8000-000000000001'), 'the owner sees who was last there'
);
rollback to empty;

-- Which answers are near
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.tap(1, 39.999), tests.tap(2, 40), tests.tap(3, 99), tests.unlock(4, 100), tests.tap(5, 160), tests.tap(6, 160.001)));
select is(tests.flags(), '- staff staff staff -', 'within a minute before or after is near, and no further');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.tap(6, 160.001), tests.tap(5, 160), tests.tap(3, 99), tests.tap(2, 40), tests.tap(1, 39.999), tests.unlock(4, 100)));
select is(tests.flags(), '- staff staff staff -', 'whichever arrived first');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.unlock(1, 100), tests.tap(2, 100, '{}', '{"pairing": "13000000-0000-4000-8000-000000000002"}')));
select is(tests.flags(), '-', 'another tablet''s answers are not near');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.unlock(1, 0, '{}', '{"occurredAt": "1999-01-01T00:00:00.000Z"}'),
  tests.record(2, '{}', '{"occurredAt": "2001-01-01T00:00:00.000Z"}') || jsonb_build_object('occurredAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))));
select is(tests.flags(), '-', 'an unlocking whose moment nobody knows is near nothing');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.record(1, '{}', '{"occurredAt": "1999-01-01T00:00:00.000Z"}'), tests.unlock(2, 0, '{}', jsonb_build_object('occurredAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
  tests.record(3, '{}', '{"occurredAt": "1999-01-01T00:00:00.000Z"}')));
select is(tests.flags(), '- -', 'nor is an answer whose moment nobody knows');
rollback to empty;

-- A session shares its flag, and the first reason found stays
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.tap(1, 0), tests.follow_up(2, 1, 50, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick"]}'), tests.unlock(3, 100)));
select is(tests.flags(), 'staff staff', 'what a session said earlier is flagged with it');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.unlock(3, 100), tests.tap(1, 0), tests.follow_up(2, 1, 50, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick"]}')));
select is(tests.flags(), 'staff staff', 'also when the unlocking came first');
select tests.become('database owner');
select bag_eq('select * from tests.counts_as_kept()', 'select * from tests.counts_anew()', 'and the counts equal a recount');
rollback to empty;
select tests.become('anonymous');
select tests.send((select jsonb_agg(tests.tap(n, n)) from generate_series(1, 6) as n) || jsonb_build_array(tests.unlock(7, 30), tests.tap(8, 40)));
select is(tests.flags(), 'burst burst burst burst burst burst staff', 'a reason found before stays');
rollback to empty;
update public.locations set opening_hours = '{}' where id = '11000000-0000-4000-8000-000000000001';
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.unlock(1, 100), tests.tap(2, 100)));
select is(tests.flags(), 'closed', 'that the shop was closed is said first, whichever arrived first');
rollback to empty;

-- Many answers and three unlockings of one day in eight orders: the flags are the rule's own words, the counts equal a recount.
create table tests.day (record jsonb);
insert into tests.day
select tests.tap(n, n * 17.3, jsonb_build_object('score', 1 + n * 7 % 5)) from generate_series(1, 40) as n
union all
select tests.follow_up(100 + n, n, n * 17.3 + 20, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick", "fair_price"]}') from generate_series(1, 40, 3) as n
union all
select tests.follow_up(200 + n, n, n * 17.3 + 31, jsonb_build_object('type', 'nps', 'question', 'recommend', 'score', n % 11)) from generate_series(1, 40, 4) as n
union all
select tests.unlock(300 + n, at) from (values (1, 100), (2, 130.5), (3, 500)) as unlocks (n, at);
grant select on tests.day to anon;
create function tests.sessions_near() returns setof uuid language sql as $$
  select distinct session_id from public.answers as a
  where exists (select 1 from public.staff_unlocks as u where abs(extract(epoch from a.occurred_at - u.occurred_at)) <= 60)
$$;
-- Wrong flags, answers flagged, wrong counts after sending the day in one order. Nothing of it stays.
create function tests.shuffled(shuffle integer) returns text language plpgsql as $$
declare
  seen text;
begin
  begin
    perform tests.become('anonymous');
    perform tests.send(jsonb_agg(record)) from (
      select record, row_number() over (order by sha256(convert_to(shuffle || record::text, 'UTF8'))) as place from tests.day
    ) as cards group by place / 19 order by place / 19;
    perform tests.become('database owner');
    select concat_ws(' ',
      count(*) filter (where (flag is not distinct from 'staff') <> (session_id in (select tests.sessions_near()))), count(flag),
      (select count(*) from (
        (select * from tests.counts_as_kept() except all select * from tests.counts_anew())
        union all (select * from tests.counts_anew() except all select * from tests.counts_as_kept())
      ) as differences))
    into seen from public.answers;
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    return seen;
  end;
end
$$;
select is(tests.shuffled(shuffle), '0 30 0', format('order %s: every session near a PIN is flagged whole, no other, and the counts equal a recount', shuffle))
from generate_series(1, 8) as shuffle;

select * from finish();
rollback;
