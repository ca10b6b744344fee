-- What of the comments is shown, noted and praised, by who may what.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(66);

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());

create function tests.session(n integer) returns uuid language sql as $$
  select format('18000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid
$$;
-- Answer number n of a session at a minute of 10 March, 8 o'clock UTC: 10 o'clock in Sofia.
create function tests.answer(n integer, session integer, minute integer, answer jsonb default '{}', envelope jsonb default '{}') returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('session', tests.session(session)) || answer,
    jsonb_build_object('occurredAt', format('2026-03-10T08:%s:00.000Z', lpad(minute::text, 2, '0'))) || envelope)
$$;
create function tests.comment(n integer, session integer, minute integer, words text, answer jsonb default '{}', envelope jsonb default '{}') returns jsonb
language sql as $$
  select tests.answer(n, session, minute, jsonb_build_object('type', 'comment', 'question', 'comment', 'score', null, 'text', words) || answer, envelope)
$$;
create function tests.numbers(entries jsonb) returns text language sql as $$
  select string_agg((right(entry ->> 'id', 12)::bigint)::text, ' ' order by position)
  from jsonb_array_elements(entries) with ordinality as listed (entry, position)
$$;
create function tests.found(wanted jsonb) returns text language sql as $$
  select tests.numbers(public.search_comments(tests.bakery(), wanted::text) -> 'comments')
$$;
create function tests.praised(picked boolean default false) returns text language sql as $$
  select string_agg((right(entry ->> 'id', 12)::bigint) || ' ' || (entry ->> 'first_name'), ', ' order by position)
  from jsonb_array_elements(public.report_praise(tests.bakery(), '{"csat": [4, 5], "nps": [9, 10]}', picked) -> 'praise') with ordinality as listed (entry, position)
$$;
create function tests.mark(n integer, kind text, is_set boolean default true, tag text default null) returns text language sql as $$
  select public.mark_comment(tests.bakery(), tests.id(n), kind, is_set, tag) ->> 'outcome'
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.answer(1, 1, 1, '{"score": 1}'), tests.comment(2, 1, 2, 'Wet bread'),
  tests.answer(3, 1, 2, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["product", "speed"]}'),
  tests.answer(4, 2, 10, '{"score": 5, "locale": "bg"}'), tests.comment(5, 2, 11, 'Чудесен хляб', '{"locale": "bg"}'),
  tests.answer(6, 3, 20, '{"type": "nps", "question": "recommend", "score": 9}'), tests.comment(7, 3, 20, 'I will come again'),
  tests.comment(8, 4, 30, 'No score at all'),
  tests.comment(9, 5, 40, 'Old', '{}', '{"occurredAt": "2025-12-31T22:30:00.000Z"}')))),
  'stored stored stored stored stored stored stored stored stored', 'comments with and without a score');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.comment(10, 6, 50, 'Beach', '{}', '{"pairing": "13000000-0000-4000-8000-000000000002"}')),
  '13000000-0000-4000-8000-000000000002', repeat('b', 64))), 'stored', 'and one at the other place');
select tests.become('database owner');
update public.answers set flag = 'burst' where id = tests.id(8);

-- Filters
select tests.become('owner');
select is(tests.found(wanted), found, format('%s shows %s', wanted, found))
from (values
  ('{}'::jsonb, '10 8 7 5 2 9'), ('{"from": "2026-01-01"}', '10 8 7 5 2 9'), ('{"from": "2026-03-10", "to": "2026-03-10"}', '10 8 7 5 2'),
  ('{"to": "2025-12-31"}', null), ('{"to": "2026-01-01"}', '9'),
  ('{"location": "11000000-0000-4000-8000-000000000002"}', '10'), ('{"tablet": "12000000-0000-4000-8000-000000000001"}', '8 7 5 2 9'),
  ('{"locale": "bg"}', '5'), ('{"flagged": true}', '8'), ('{"flagged": false}', '10 7 5 2 9'),
  ('{"scores": {"csat": [1, 2], "nps": [0, 6]}}', '2'), ('{"scores": {"csat": [4, 5], "nps": [9, 10]}}', '7 5'), ('{"scores": {"csat": [3, 3]}}', null),
  ('{"reason": "speed"}', '2'), ('{"reason": "price"}', null), ('{"tag": "bread"}', null), ('{"starred": true}', null),
  ('{"search": "bread", "locale": "en", "scores": {"csat": [1, 1]}, "reason": "product"}', '2'), ('{"search": "хляб"}', '5')
) as filters (wanted, found);
select is(entry - 'id' - 'occurred_at' - 'local_at', '{"location": "11000000-0000-4000-8000-000000000001", "tablet": "12000000-0000-4000-8000-000000000001",
  "text": "Wet bread", "locale": "en", "flag": null, "score": {"type": "csat", "score": 1}, "choices": ["product", "speed"], "starred": false, "tags": [], "hits": ["bread"]}',
  'a comment comes with what else was said')
from (select public.search_comments(tests.bakery(), '{"search": "bread"}') #> '{comments,0}' as entry) as first;

-- Pages
create temporary table pages as select public.search_comments(tests.bakery(), '{}', null, 2) as page;
select is(tests.numbers(page -> 'comments') || ' of ' || (page ->> 'total'), '10 8 of 6', 'the first page knows how many there are') from pages;
update pages set page = public.search_comments(tests.bakery(), '{}', page ->> 'next', 2);
select is(tests.numbers(page -> 'comments') || coalesce(page ->> 'total', ''), '7 5', 'the next goes on') from pages;
update pages set page = public.search_comments(tests.bakery(), '{}', page ->> 'next', 2);
select is(tests.numbers(page -> 'comments'), '2 9', 'to the last') from pages;
select is(page ->> 'next', null, 'which has none after it') from pages;
select is(public.search_comments(tests.bakery(), '{}', 'elsewhere') -> 'comments', '[]', 'nothing comes after what is no mark');

-- Marks
select is(tests.mark(2, 'star'), 'saved', 'the owner stars a comment');
select is(tests.mark(2, 'star'), 'saved', 'once');
select is(public.mark_comment(tests.bakery(), tests.id(2), 'tag', true, '  Our   Bread ') ->> 'tag', 'Our Bread', 'and tags it');
select tests.become('manager');
select is(public.mark_comment(tests.bakery(), tests.id(5), 'tag', true, 'OUR BREAD') ->> 'tag', 'Our Bread', 'a tag in use is written as it is');
select is(tests.mark(5, 'tag', true, 'Хляб'), 'saved', 'a manager tags too');
select is(public.report_comment_tags(tests.bakery()), '[{"n": 2, "tag": "Our Bread"}, {"n": 1, "tag": "Хляб"}]', 'the tags in use');
select tests.become('analyst');
select is(tests.found('{"tag": "Our Bread"}'), '5 2', 'an analyst finds them');
select is(tests.found('{"starred": true}'), '2', 'and what is starred');
select is(tests.mark(2, 'star'), 'forbidden', 'but marks nothing');
select tests.become('other owner');
select is(tests.mark(2, 'star'), 'forbidden', 'nor does another shop''s owner');
select is(public.mark_comment('20000000-0000-4000-8000-000000000000', tests.id(2), 'star', true) ->> 'outcome', 'unknown_comment', 'not even as one of their own');
select is(public.report_comment_tags(tests.bakery()), '[]', 'whose tags they do not read');
select tests.become('owner');
select is(tests.mark(n, kind, true, tag), outcome, format('%s of %s %s', outcome, kind, tag))
from (values (1, 'star', null, 'unknown_comment'), (2, 'heart', null, 'bad_mark'), (2, 'tag', ' ', 'bad_mark'), (2, 'tag', null, 'bad_mark'),
  (2, 'tag', repeat('ж', 41), 'bad_mark'), (2, 'star', 'x', 'bad_mark')) as marks (n, kind, tag, outcome);
select is(string_agg(tests.mark(2, 'tag', true, 'tag ' || n), ' ' order by n), repeat('saved ', 11) || 'too_many_tags', 'there is an end of tags')
from generate_series(11, 22) as n;
select is(tests.mark(2, 'tag', false, 'our bread') || ' ' || tests.mark(2, 'star', false), 'saved saved', 'marks come off');
select is(tests.found('{"tag": "Our Bread"}') || coalesce(tests.found('{"starred": true}'), ''), '5', 'and are gone');

-- Praise
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(20, '+359881234567', '2026-03-10 07:00Z', '{"consents": [{"purpose": "publish", "version": 1, "locale": "bg"}]}'),
  tests.enrolment(21, '+359889999999', '2026-03-10 07:00Z', '{"firstName": "Boris"}'),
  tests.told(22, 'rater', '2026-03-10 08:12Z', jsonb_build_object('member', tests.id(20), 'session', tests.session(2))),
  tests.told(23, 'rater', '2026-03-10 08:02Z', jsonb_build_object('member', tests.id(20), 'session', tests.session(1))),
  tests.told(24, 'rater', '2026-03-10 08:21Z', jsonb_build_object('member', tests.id(21), 'session', tests.session(3)))));
select tests.become('owner');
select is(tests.praised(), '5 Анна', 'praise is a high score of somebody who agreed');
select is(tests.praised(true), null, 'none of it is on the wall before it was picked');
select is(tests.mark(5, 'praise') || ' ' || tests.mark(2, 'praise'), 'saved saved', 'the owner picks');
select is(tests.praised(true), '5 Анна', 'but only praise shows');
select tests.become('manager');
select is(tests.praised(true), '5 Анна', 'the manager has the wall too');
select tests.become('analyst');
select is(tests.praised(), null, 'an analyst does not learn who said it');
select tests.become('other owner');
select is(tests.praised(), null, 'nor does another shop');
select tests.become('anonymous');
select throws_ok('select tests.praised()', '42501', null, 'nothing is public');
select tests.send(jsonb_build_array(tests.consent(25, tests.id(20), '2026-03-11 08:00Z', '{"purpose": "publish", "granted": false}')));
select tests.become('owner');
select is(tests.praised(true), null, 'a consent that is withdrawn takes the words away');
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.consent(26, tests.id(20), '2026-03-12 08:00Z', '{"purpose": "publish"}'),
  tests.consent(27, tests.id(21), '2026-03-12 08:00Z', '{"purpose": "publish"}'),
  tests.told(28, 'rater', '2026-03-10 08:13Z', jsonb_build_object('member', tests.id(21), 'session', tests.session(2)))));
select tests.become('owner');
select is(tests.praised(), '7 Boris, 5 Анна', 'who agrees later is praise from then on, each word under one name');
select is(public.merge_members(tests.bakery(), tests.member('+359889999999'), tests.member('+359881234567')) ->> 'outcome', 'merged', 'two numbers are one person');
select is(tests.praised(), '7 Boris, 5 Boris', 'whose one name it then stands under');
select is(public.erase_member(tests.bakery(), tests.member('+359881234567')) ->> 'outcome', 'erased', 'who is erased');
select is(tests.praised(), null, 'praises no more');
select tests.become('database owner');
select is_empty($$ select 1 from public.comment_marks where kind in ('praise') or answer_id in (tests.id(5), tests.id(7)) $$, 'and nothing is noted on their words');

-- What a session tells after its comment
select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.comment(60, 60, 52, 'The last word first')))), 'stored', 'a comment before its score');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.answer(61, 60, 51, '{"score": 3}'),
  tests.answer(62, 60, 51, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["speed"]}')))), 'stored stored', 'and the score and a reason later');
select tests.become('owner');
select is(tests.found('{"scores": {"csat": [3, 3]}, "reason": "speed"}'), '60', 'are beside it all the same');

select * from finish();
rollback;
