-- The owner's questions: who changes them, what a tablet could not ask, and that no two change them at once.
begin;
\ir fixtures/two-shops.psql
select plan(42);

create function tests.bakery() returns uuid language sql as $$ select '10000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.text(words text) returns jsonb language sql as $$ select jsonb_build_object('en', words, 'ru', words, 'bg', words) $$;
-- Of questions as 'csat satisfaction', with what else one says behind it.
create function tests.question(type text, key text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('type', type, 'key', key, 'text', tests.text(key)) || more
$$;
create function tests.choice(key text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('key', key, 'text', tests.text(key), 'fits', 'both') || more
$$;
create function tests.latest() returns uuid language sql security definer as $$
  select id from public.survey_versions where org_id = tests.bakery() order by number desc limit 1
$$;
create function tests.save(variadic questions jsonb[]) returns text language sql as $$
  select public.save_survey(tests.bakery(), tests.latest(), jsonb_build_object('questions', to_jsonb(questions))::text) ->> 'outcome'
$$;
create function tests.save_after_first(variadic questions jsonb[]) returns text language sql as $$
  select tests.save(variadic array[tests.question('csat', 'satisfaction')] || questions)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who
select tests.become('anonymous');
select throws_ok($$ select tests.save_after_first(variadic '{}') $$, '42501', null, 'anonymous changes no question');
select tests.become('stranger');
select is(tests.save_after_first(variadic '{}'), 'forbidden', 'nor does a stranger');
select tests.become('other owner');
select is(tests.save_after_first(variadic '{}'), 'forbidden', 'nor another shop''s owner');
select tests.become('analyst');
select is(tests.save_after_first(variadic '{}'), 'forbidden', 'an analyst reads them');
select is((select count(*)::integer from public.survey_versions), 1, 'and sees what there is');
select tests.become('manager');
select is(tests.save_after_first(tests.question('ces', 'effort')), 'saved', 'a manager changes them');

-- What comes of it
select tests.become('owner');
select is(
  tests.save(tests.question('csat', 'satisfaction', '{"colour": "red"}'), tests.question('csat', 'about_staff', '{"factor": "staff"}'),
    tests.question('reasons', 'reasons', jsonb_build_object('choices', jsonb_build_array(tests.choice('quick', '{"factor": "speed"}'), tests.choice('dear')))),
    tests.question('nps', 'recommend'), tests.question('ces', 'effort'), tests.question('expectation', 'expectation'), tests.question('comment', 'comment')),
  'saved', 'and the owner: one of every kind');
select results_eq('select number, first_question from public.survey_versions order by number',
  $$ values (1, 'satisfaction'), (2, 'satisfaction'), (3, 'satisfaction') $$, 'each is one more beside the others');
select tests.become('anonymous');
select is(
  public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #>> '{settings,survey,survey,questions,1,factor}', 'staff',
  'the tablet''s next pull brings the newest');
select is(tests.outcomes(tests.send(jsonb_build_array(tests.record(1, '{"type": "nps", "question": "recommend", "score": 9}')))), 'stored',
  'and a tablet that has not pulled is heard with the version it has');
select tests.become('owner');
select is(public.save_survey(tests.bakery(), '15000000-0000-4000-8000-000000000000',
  jsonb_build_object('questions', jsonb_build_array(tests.question('csat', 'satisfaction')))::text) ->> 'outcome', 'changed_meanwhile',
  'what was made from an older version overwrites nothing');
select is(tests.save_after_first(tests.question('nps', 'effort')), 'key_taken', 'a name never comes to count something else');
select is(tests.save_after_first(variadic '{}'), 'saved', 'one question is enough');

-- What is none
select is(public.save_survey(tests.bakery(), tests.latest(), told) ->> 'outcome', 'bad_survey', description)
from (values
  (null, 'nothing'), ('', 'no text'), ('{', 'no JSON'), ('[]', 'no object'), ('{"questions": 1}', 'no list of questions'),
  ('{"questions": []}', 'no question'), (repeat(' ', 100001), 'too much')
) as given (told, description);
select is(tests.save(variadic questions), 'bad_survey', description)
from (values
  (array[tests.question('nps', 'recommend')], 'one that does not begin with the five faces'),
  (array[tests.question('csat', 'satisfaction', '{"factor": "staff"}')], 'nor with the visit as a whole')
) as given (questions, description);
select is(tests.save_after_first(variadic questions), 'bad_survey', description)
from (values
  (array[tests.question('stars', 'stars')], 'a type that is none'),
  (array[tests.question('nps', 'Recommend')], 'a key that is none'),
  (array[tests.question('nps', 'satisfaction')], 'a key twice'),
  (array[tests.question('nps', 'a'), tests.question('nps', 'b')], 'NPS twice'),
  (array[tests.question('csat', 'again')], 'the visit twice'),
  (array[tests.question('csat', 'a', '{"factor": "staff"}'), tests.question('csat', 'b', '{"factor": "staff"}')], 'a factor twice'),
  (array[tests.question('csat', 'a', '{"factor": "weather"}')], 'a factor that is none'),
  (array[tests.question('csat', 'a', '{"factor": null}')], 'a factor without a name'),
  (array[tests.question('nps', 'recommend', '{"factor": "staff"}')], 'a factor on another scale'),
  (array[tests.question('nps', 'recommend', '{"text": {"en": "a", "ru": "b"}}')], 'a language that is missing'),
  (array[tests.question('nps', 'recommend', jsonb_build_object('text', tests.text(' ')))], 'no word'),
  (array[tests.question('nps', 'recommend', jsonb_build_object('text', tests.text(repeat('ы', 81))))], 'too many words'),
  (array[tests.question('reasons', 'reasons')], 'reasons without choices'),
  (array[tests.question('reasons', 'reasons', '{"choices": []}')], 'none of them'),
  (array[tests.question('reasons', 'reasons', jsonb_build_object('choices', (select jsonb_agg(tests.choice('c' || n)) from generate_series(1, 13) as n)))], 'thirteen'),
  (array[tests.question('reasons', 'reasons', jsonb_build_object('choices', jsonb_build_array(tests.choice('a'), tests.choice('a'))))], 'one twice'),
  (array[tests.question('reasons', 'reasons', jsonb_build_object('choices', jsonb_build_array(tests.choice('a', '{"fits": "never"}'))))], 'one that fits nothing'),
  (array[tests.question('reasons', 'reasons', jsonb_build_object('choices', jsonb_build_array(tests.choice('a', '{"factor": "weather"}'))))], 'one about nothing'),
  (array[tests.question('reasons', 'reasons', jsonb_build_object('choices', jsonb_build_array(tests.choice('a', jsonb_build_object('text', tests.text(repeat('x', 41)))))))], 'one too long to tap'),
  (array(select tests.question('csat', 'c' || n) from generate_series(1, 20) as n), 'more than anybody answers')
) as given (questions, description);

select * from finish();
rollback;
