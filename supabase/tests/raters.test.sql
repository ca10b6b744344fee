-- A rating belongs to the member who said so, in whatever order it is told, and to nobody once they are erased.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(28);

insert into public.staff (org_id, id, name, pin_salt, pin_hash)
values (tests.bakery(), '19000000-0000-4000-8000-000000000001', 'Vera', repeat('a', 32), repeat('b', 64));
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());

create function tests.session(n integer) returns uuid language sql as $$
  select format('18000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid
$$;
create function tests.rater(n integer, member uuid, at text, body jsonb default '{}') returns jsonb language sql as $$
  select tests.told(n, 'rater', at, jsonb_build_object('member', member, 'session', tests.session(1)) || body)
$$;
create function tests.tap(n integer, at text, answer jsonb default '{}') returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('session', tests.session(1)) || answer, jsonb_build_object('occurredAt', replace(at, ' ', 'T') || ':00.000Z'))
$$;
create function tests.comment(n integer, at text, words text) returns jsonb language sql as $$
  select tests.tap(n, at, jsonb_build_object('type', 'comment', 'question', 'comment', 'score', null, 'text', words))
$$;
create function tests.unlock(n integer, at text) returns jsonb language sql as $$
  select tests.told(n, 'unlock', at, '{"staff": "19000000-0000-4000-8000-000000000001"}')
$$;
create function tests.rated(member uuid) returns text language sql security definer as $$
  select string_agg(answer ->> 'type' || ' ' || coalesce(answer ->> 'score', answer ->> 'comment'), ', ' order by r.at, place)
  from private.ratings_of(tests.bakery(), member) as r, jsonb_array_elements(r.event -> 'answers') with ordinality as answers (answer, place)
$$;
create function tests.flags() returns text language sql security definer as $$
  select string_agg(coalesce(flag, '-'), ' ' order by occurred_at, id) from public.answers
$$;
create function tests.counts() returns text language sql security definer as $$
  select string_agg(n || '/' || n_flagged, ' ' order by question) from public.score_counts
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

-- What is taken
select tests.become('anonymous');
select is(tests.outcome(tests.rater(1, tests.id(9), '2026-03-10 08:00Z')), 'stored', 'a member who is not known yet may have rated');
select is(tests.outcome(tests.rater(1, tests.id(9), '2026-03-10 08:00Z')), 'duplicate', 'once');
select is(tests.outcome(tests.rater(2, tests.id(9), '2026-03-10 08:00Z', body)), 'refused:' || reason, format('%s: %s', body, reason))
from (values
  ('{"member": null}'::jsonb, 'bad_member'), ('{"session": null}', 'bad_session'), ('{"member": "Anna"}', 'malformed'), ('{"session": 1}', 'malformed')
) as bodies (body, reason);
select is(tests.outcome(tests.rater(2, tests.id(9), '2026-03-10 08:00Z') || '{"v": 2}'), 'refused:unknown_version', 'a later version is refused by name');
rollback to empty;

-- In any order
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 07:00Z'), tests.tap(2, '2026-03-10 08:00'), tests.comment(3, '2026-03-10 08:01', 'Благодаря'),
  tests.rater(4, tests.id(1), '2026-03-10 08:02Z')));
select is(tests.rated(tests.member('+359881234567')), 'csat 5, comment Благодаря', 'the rating, then whose it is');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.rater(4, tests.id(1), '2026-03-10 08:02Z'), tests.comment(3, '2026-03-10 08:01', 'Благодаря'), tests.tap(2, '2026-03-10 08:00'),
  tests.enrolment(1, '+359881234567', '2026-03-10 07:00Z')));
select is(tests.rated(tests.member('+359881234567')), 'csat 5, comment Благодаря', 'whose it is, then the rating, then who that is');
select tests.send(jsonb_build_array(
  tests.enrolment(5, '+359889999999', '2026-03-10 07:00Z'), tests.rater(6, tests.id(5), '2026-03-10 08:03Z')));
select is(tests.rated(tests.member('+359889999999')), null, 'what somebody said is theirs is nobody else''s later');
select is(tests.rated(tests.member('+359881234567')), 'csat 5, comment Благодаря', 'and stays theirs');
select tests.send(jsonb_build_array(tests.rater(7, tests.id(5), '2026-03-10 08:00Z')));
select is(tests.rated(tests.member('+359889999999')), 'csat 5, comment Благодаря', 'unless they had said so earlier');
rollback to empty;

-- No staff's own tap
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.unlock(1, '2026-03-10 08:00Z'), tests.tap(2, '2026-03-10 08:00')));
select is(tests.flags(), 'staff', 'a tap right after a PIN may be the staff''s own');
select is(tests.counts(), '1/1', 'and is counted so');
select tests.send(jsonb_build_array(tests.rater(3, tests.id(9), '2026-03-10 08:01Z')));
select is(tests.flags(), '-', 'until a member says that it was theirs');
select is(tests.counts(), '1/0', 'and is counted so');
select tests.send(jsonb_build_array(tests.tap(4, '2026-03-10 08:00', '{"question": "recommend", "type": "nps", "score": 9}')));
select is(tests.flags(), '- -', 'so is what they say further');
rollback to empty;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.rater(3, tests.id(9), '2026-03-10 08:01Z'), tests.tap(2, '2026-03-10 08:00'), tests.unlock(1, '2026-03-10 08:00Z')));
select is(tests.flags(), '-', 'a PIN that is told of later changes nothing');
rollback to empty;

-- Erased
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 07:00Z'), tests.tap(2, '2026-03-10 08:00'), tests.comment(3, '2026-03-10 08:01', 'Анна'),
  tests.rater(4, tests.id(1), '2026-03-10 08:02Z')));
create temporary table erased as select tests.member('+359881234567') as id;
grant select on erased to anon, authenticated;
select tests.become('owner');
select is(public.erase_member(tests.bakery(), (select id from erased)), '{"outcome": "erased"}', 'who rated is erased');
select tests.become('anonymous');
select is(tests.rated((select id from erased)), null, 'their rating is nobody''s');
select tests.become('owner');
select results_eq('select count(*)::integer, sum(score)::integer from public.answers', 'values (2, 5)', 'it still counts');
select results_eq('select comment from public.answers where comment is not null', $$ values ('…') $$, 'its words are gone');
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.comment(5, '2026-03-10 08:01', 'Анна пак')));
select tests.become('owner');
select results_eq('select distinct comment from public.answers where comment is not null', $$ values ('…') $$, 'and words that arrive later are not kept');
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.rater(6, tests.id(7), '2026-03-10 08:05Z', jsonb_build_object('session', tests.session(2))),
  tests.comment(8, '2026-03-10 08:04', 'Анна') || jsonb_build_object('id', tests.id(8))));
select tests.send(jsonb_build_array(tests.enrolment(7, '+359881234567', '2026-03-10 07:30Z')));
select tests.become('database owner');
select is((select count(alias)::integer from public.session_members), 0, 'a name of theirs that arrives late unties what it was told of');

-- Who may read whose sessions they were
select tests.become('owner');
select isnt_empty('select 1 from public.session_members', 'the owner reads them');
select tests.become('other owner');
select is_empty('select 1 from public.session_members', 'another shop''s owner does not');
select tests.become('analyst');
select is_empty('select 1 from public.session_members', 'an analyst counts and reads none');
select tests.become('anonymous');
select throws_ok('select 1 from public.session_members', '42501', null, 'a tablet reads no table');

select * from finish();
rollback;
