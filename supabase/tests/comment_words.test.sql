-- A comment is found by any form of its words, in three languages, for as long as it has its words.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(74);

create function tests.comment(n integer, words text, answer jsonb default '{}', envelope jsonb default '{}') returns jsonb language sql as $$
  select tests.record(n, jsonb_build_object('type', 'comment', 'question', 'comment', 'score', null, 'text', words) || answer, envelope)
$$;
-- The numbers of the records that a search finds.
create function tests.found(search text) returns text language sql as $$
  select string_agg((right(entry ->> 'id', 12)::bigint)::text, ' ' order by entry ->> 'id')
  from jsonb_array_elements(public.search_comments(tests.bakery(), jsonb_build_object('search', search)::text) -> 'comments') as entry
$$;
create function tests.hits(search text) returns text language sql as $$
  select string_agg(hit, ' ' order by hit)
  from jsonb_array_elements(public.search_comments(tests.bakery(), jsonb_build_object('search', search)::text) -> 'comments') as entry,
    jsonb_array_elements_text(entry -> 'hits') as hit
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- The stemmer: forms of one word in one row
select is(
  (select array_agg(distinct private.bulgarian_stem(form)) from unnest(string_to_array(forms, ' ')) as form), array[stem],
  format('%s: %s', stem, forms))
from (values
  ('опашк', 'опашка опашката опашки опашките'), ('касиер', 'касиер касиерът касиера касиери касиерите'),
  ('кас', 'каса касата каси касите'), ('град', 'град градът градове градовете'), ('час', 'час часът часа часове часовете'),
  ('магазин', 'магазин магазинът магазина магазини магазините'),
  ('служител', 'служител служителят служителя служители служителите'), ('чист', 'чист чиста чисто чисти чистия чистият чистите'),
  ('мест', 'място мястото места местата'), ('хлеб', 'хляб хлябът хляба хлябове'), ('бан', 'баня банята бани баните'),
  ('език', 'език езикът езика езици езиците'), ('улик', 'улица улицата улици улиците'),
  ('бонус', 'бонус бонусът бонуси бонусите'), ('вкусн', 'вкусен вкусна вкусно вкусни вкусните'), ('добр', 'добър добра добро добри'),
  ('цен', 'цена цената цени цените'), ('слой', 'слой слоеве слоевете'), ('голем', 'голям голяма големи големите'), ('не', 'не')
) as words (stem, forms);

select tests.become('anonymous');
select is(tests.outcomes(tests.send(jsonb_build_array(
  tests.comment(1, 'Длинная очередь в кассу!', '{"locale": "ru"}'),
  tests.comment(2, 'В очереди стояли полчаса. Ёлка красивая.', '{"locale": "ru"}'),
  tests.comment(3, 'Опашката беше дълга', '{"locale": "bg"}'),
  tests.comment(4, 'Винаги има опашки на касите', '{"locale": "bg"}'),
  tests.comment(5, 'Two queues and one cashier'),
  tests.comment(6, 'The queue moved quickly, очередь маленькая'),
  tests.comment(7, '<b>Café</b> isn''t bad'),
  tests.comment(8, '👍👍👍'),
  tests.comment(9, repeat('ж', 2000)),
  tests.comment(10, 'кафе'),
  tests.comment(11, 'Кафявата чанта'),
  tests.comment(12, 'не'), tests.comment(13, U&'\0438\0306\043E\0433\0443\0440\0442')))), array_to_string(array_fill('stored'::text, array[13]), ' '), 'comments of every kind are stored');

select tests.become('owner');
select is(tests.found(search), found, format('%L finds %s', search, found))
from (values
  ('очередь', '1 2 6'), ('очереди', '1 2 6'), ('очередями', '1 2 6'), ('ОЧЕРЕДЬ', '1 2 6'), ('кассе', '1'),
  ('опашка', '3 4'), ('опашката', '3 4'), ('Опашките', '3 4'), ('дълги', '3'), ('каса', '4'), ('касса', '1'),
  ('queue', '5 6'), ('queues', '5 6'), ('cashiers', '5'), ('quick', '6'),
  ('елка', '2'), ('ёлки', '2'), ('café', '7'), ('cafe', null), ('йогурт', '13'),
  ('кафе', '10'), ('кафета', '10'), ('кафяв', '11'),
  ('очере', '1 2 6'), ('опаш', '3 4'), ('ка', null),
  ('the queue', '5 6'), ('очередь queue', '6'), ('очередь хлеб', null), ('опашка, касите!', '4'),
  ('не', '12'), ('the', '6'), ('...', null), ('👍', null), ('', '1 2 3 4 5 6 7 8 9 10 11 12 13'), ('  ', '1 2 3 4 5 6 7 8 9 10 11 12 13'),
  (repeat('ж', 2000), '9'), ('b', '7'), (''' | очередь & (', '1 2 6'), ('%', null)
) as searches (search, found);
select is(tests.hits('очередь'), 'очереди очередь очередь', 'the words that were found are named');
select is(tests.hits('опаш касата'), 'касите опашки', 'each of several');
select is(tests.hits(''), null, 'and none without a search');

-- Whose index
select tests.become('other owner');
select is(tests.found('очередь'), null, 'another shop finds nothing');
select is_empty('select 1 from public.comment_words', 'and reads no word');
select tests.become('analyst');
select is(tests.found('очередь'), '1 2 6', 'an analyst reads comments');
select tests.become('anonymous');
select throws_ok($$ select tests.found('очередь') $$, '42501', null, 'a tablet does not');

-- As long as there are words
select tests.become('owner');
select is(public.mark_comment(tests.bakery(), tests.id(1), 'star', true), '{"outcome": "saved", "tag": ""}', 'a comment is marked');
select tests.become('database owner');
update public.answers set comment = private.emptied_comment() where id = tests.id(1);
select is_empty($$ select 1 from public.comment_words where answer_id = tests.id(1) $$, 'an emptied comment has no words');
select is_empty($$ select 1 from public.comment_marks $$, 'and no marks');
select tests.become('owner');
select is(tests.found('очередь'), '2 6', 'and is not found');
select is(tests.found(''), '2 3 4 5 6 7 8 9 10 11 12 13', 'nor shown');
select is(public.mark_comment(tests.bakery(), tests.id(1), 'star', true), '{"outcome": "unknown_comment"}', 'nor marked again');

select * from finish();
rollback;
