-- The views other programs read: what each actor finds in them, and what they leave out.
begin;
\ir fixtures/two-shops.psql
select plan(38);

select tests.send(jsonb_build_array(
  tests.record(1), tests.record(2, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick"]}'),
  tests.record(3, '{"type": "comment", "question": "comment", "score": null, "text": "Warm bread"}')));
select tests.send(
  jsonb_build_array(tests.record(1, '{"survey": "25000000-0000-4000-8000-000000000000"}', '{"pairing": "23000000-0000-4000-8000-000000000001"}')),
  '23000000-0000-4000-8000-000000000001', repeat('c', 64));
insert into public.cases (org_id, id, occurred_at, clock, due_at, opened_by, text, phone, first_name, locale)
select id, id, now(), 'server', now(), 'owner@example.test', 'The bread was wet', '+359881234567', 'Anna', 'bg' from public.organizations;

create temp table views as select unnest(array['api_locations', 'api_tablets', 'api_surveys', 'api_answers', 'api_score_counts', 'api_choice_counts', 'api_cases']) as name;

select bag_eq(
  $$ select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' $$,
  'select name from views', 'these are all views'
);
select is_empty(
  $$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
     and not coalesce('security_invoker=true' = any (reloptions), false) $$,
  'each reads as whoever asks'
);
select is_empty(
  $$ select v.oid::regclass from pg_class as v where v.relnamespace = 'public'::regnamespace and v.relkind = 'v'
     and obj_description(v.oid, 'pg_class') is null $$,
  'each says what it holds'
);
select bag_eq(
  $$ select column_name::text from information_schema.columns where table_schema = 'public' and table_name = 'api_cases' $$,
  array['organization_id', 'due_at', 'case_id', 'occurred_at', 'received_at', 'location_id', 'session_id', 'state', 'score', 'cause',
    'contacted_at', 'resolved_at', 'promise_due_at', 'promise_kept', 'would_return', 'rerating'],
  'cases come without a name, a number, words or who works on them'
);

-- Which shops an actor finds in a view.
create function tests.shops(view text) returns text language plpgsql as $$
declare
  found text;
begin
  execute format('select string_agg(distinct left(organization_id::text, 1), '','' order by left(organization_id::text, 1)) from public.%I', view) into found;
  return found;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
grant select on views to anon, authenticated;

select tests.become('owner');
select is(tests.shops(name), '1', 'the owner finds their own shop and no other in ' || name) from views order by name;
select tests.become('manager');
select is(tests.shops(name), '1', 'so does the manager in ' || name) from views order by name;
select tests.become('analyst');
select is(tests.shops(name), case name when 'api_cases' then null else '1' end, 'the analyst finds figures and no case in ' || name) from views order by name;
select tests.become('other owner');
select is(tests.shops(name), '2', 'another shop''s owner finds theirs in ' || name) from views where name <> 'api_choice_counts' order by name;
select tests.become('stranger');
select is(count(tests.shops(name)), 0::bigint, 'a stranger finds nothing anywhere') from views;
select tests.become('anonymous');
select throws_ok('select 1 from public.api_answers', '42501', null, 'anonymous, as every tablet is, may not even ask');
select throws_ok('select 1 from public.api_cases', '42501', null, 'nor of cases');

select tests.become('analyst');
select results_eq(
  $$ select question, type, score::integer, choices, comment from public.api_answers order by occurred_at, answer_id $$,
  $$ values ('satisfaction', 'csat', 5, null::text[], null::text), ('reasons', 'reasons', null, array['quick'], null), ('comment', 'comment', null, null, 'Warm bread') $$,
  'answers come as they were given, in the order they happened'
);
select results_eq(
  $$ select sum(n)::integer, sum(n_flagged)::integer from public.api_score_counts where question = 'satisfaction' $$, 'values (1, 0)',
  'counts are those of the answers'
);
select throws_ok($$ update public.api_answers set score = 1 $$, '42501', null, 'nobody writes through a view');
select throws_ok($$ delete from public.api_score_counts $$, '42501', null, 'nor deletes through one');

select * from finish();
rollback;
