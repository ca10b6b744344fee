-- Counts by place, for telling places and periods apart.
begin;
\ir fixtures/two-shops.psql
select plan(35);

create function tests.places(from_date date, to_date date, question text default null) returns jsonb language sql as $$
  select public.report_places('10000000-0000-4000-8000-000000000000', places.from_date, places.to_date, places.question)
$$;
create function tests.changes(from_date date, to_date date) returns jsonb language sql as $$
  select public.report_changes('10000000-0000-4000-8000-000000000000', changes.from_date, changes.to_date)
$$;
create function tests.side(from_date date, to_date date, location uuid default null, region text default null, tablet uuid default null)
returns jsonb language sql as $$
  select public.report_side('10000000-0000-4000-8000-000000000000', side.from_date, side.to_date, side.location, side.region, side.tablet)
$$;
-- As 'satisfaction Sofia/Counter 5:2-1 4:1-0', n and how many of them are flagged.
create function tests.read(cells jsonb) returns text language sql security definer as $$
  select string_agg(concat_ws(' ', cell ->> 'question', cell ->> 'day', l.name || coalesce('/' || t.name, ''), (
    select string_agg(format('%s:%s-%s', count -> 0, count -> 1, count -> 2), ' ' order by position)
    from jsonb_array_elements(cell -> 'counts') with ordinality as counts (count, position)
  )), ', ' order by place)
  from jsonb_array_elements(cells) with ordinality as cells (cell, place)
  left join public.locations as l on l.id = (cell ->> 'location')::uuid
  left join public.tablets as t on t.id = (cell ->> 'tablet')::uuid
$$;
create function tests.region(region text, only_days boolean default false) returns jsonb language sql as $$
  select public.report_region_scores('10000000-0000-4000-8000-000000000000', region.region, '2026-03-28', '2026-03-30', only_days => region.only_days)::jsonb
$$;
create function tests.scores(location uuid default null) returns jsonb language sql as $$
  select public.report_scores('10000000-0000-4000-8000-000000000000', '2026-03-28', '2026-03-30', location => scores.location)::jsonb
$$;
create function tests.comments(region text) returns text language sql as $$
  select string_agg(entry ->> 'text', ', ' order by entry ->> 'text')
  from jsonb_array_elements(public.search_comments('10000000-0000-4000-8000-000000000000', jsonb_build_object('region', comments.region)::text) -> 'comments') as entry
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Sofia leaves winter time on 29 March 2026. Samoa is 13 hours ahead of UTC.
insert into public.tablets (org_id, location_id, id, name) values
  ('10000000-0000-4000-8000-000000000000', '11000000-0000-4000-8000-000000000001', '12000000-0000-4000-8000-000000000003', 'Door');
update public.locations set region = 'Balkans' where name = 'Sofia';
update public.locations set region = 'Pacific' where name = 'Samoa';
select tests.become('anonymous');
select tests.send((
  select jsonb_agg(tests.record(n, answer::jsonb, jsonb_build_object('occurredAt', at, 'pairing', pairing)))
  from (values
    (1, '{"score": 5}', '2026-03-28T21:59:59.999Z', '13000000-0000-4000-8000-000000000001'),
    (2, '{"score": 4}', '2026-03-28T22:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (3, '{"score": 4}', '2026-03-29T20:59:59.999Z', '13000000-0000-4000-8000-000000000001'),
    (4, '{"score": 2}', '2026-03-29T21:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (5, '{"score": 1}', '2026-03-29T11:00:00.000Z', '13000000-0000-4000-8000-000000000002'),
    (6, '{"score": 9, "type": "nps", "question": "recommend"}', '2026-03-29T10:59:59.999Z', '13000000-0000-4000-8000-000000000002'),
    (7, '{"score": null, "type": "reasons", "question": "reasons", "choices": ["quick"]}', '2026-03-29T12:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (8, '{"score": null, "type": "comment", "question": "comment", "text": "Far"}', '2026-03-29T11:00:01.000Z', '13000000-0000-4000-8000-000000000002'),
    (9, '{"score": null, "type": "comment", "question": "comment", "text": "Near"}', '2026-03-29T12:00:01.000Z', '13000000-0000-4000-8000-000000000001')
  ) as record (n, answer, at, pairing)));
select tests.become('database owner');
insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n, n_flagged) values
  ('10000000-0000-4000-8000-000000000000', 'satisfaction', '2026-03-29 12:00', '11000000-0000-4000-8000-000000000001',
    '12000000-0000-4000-8000-000000000003', 'csat', 5, 3, 2);

select tests.become('owner');
select is(
  tests.read(tests.places('2026-03-29', '2026-03-30')),
  'recommend Samoa/Beach 9:1-0, satisfaction Sofia/Counter 2:1-0 4:2-0, satisfaction Sofia/Door 5:3-2, satisfaction Samoa/Beach 1:1-0',
  'one entry for question, location and tablet, in each place''s own days, flagged answers told apart'
);
select is(
  tests.read(tests.places('2026-03-29', '2026-03-29', 'satisfaction')),
  'satisfaction Sofia/Counter 4:2-0, satisfaction Sofia/Door 5:3-2', 'one question, and the other side of midnight'
);
select is(tests.places('2026-03-29', '2026-03-29', 'reasons'), '[]'::jsonb, 'reasons are no score');
select is(tests.places('2026-03-29', '2026-03-29', 'nonsense'), '[]'::jsonb, 'nobody answered what nobody asked');
select is(tests.places('2026-03-30', '2026-03-29'), '[]'::jsonb, 'a period that ends before it starts is empty');
select is(
  tests.places('2026-03-30', '2026-03-30', 'satisfaction') #>> '{0,type}', 'csat', 'a cell says what it counts'
);

select is(
  tests.read(tests.changes('2026-03-29', '2026-03-29') -> 'now'), 'recommend Samoa 9:1-0, satisfaction Sofia 4:2-0 5:3-2',
  'a change counts the tablets of a place together'
);
select is(tests.read(tests.changes('2026-03-29', '2026-03-29') -> 'before'), 'satisfaction Sofia 5:1-0', 'and the day before that day');
select is(
  tests.read(tests.changes('2026-03-29', '2026-03-30') -> 'before'), 'satisfaction Sofia 5:1-0', 'of two days the two before them'
);
select is(
  tests.read(tests.changes('2026-03-30', '2026-03-30') -> 'before'), 'recommend Samoa 9:1-0, satisfaction Sofia 4:2-0 5:3-2',
  'what is now for one day is before for the next'
);
select is(tests.changes('2027-01-01', '2027-01-07'), '{"now": [], "before": []}'::jsonb, 'an empty period has lists, not nulls');

select is(
  tests.read(tests.side('2026-03-28', '2026-03-30')),
  'recommend 2026-03-29 9:1-0, satisfaction 2026-03-28 5:1-0, satisfaction 2026-03-29 4:2-0 5:3-2, satisfaction 2026-03-30 1:1-0 2:1-0',
  'a side counts by day'
);
select is(
  tests.read(tests.side('2026-03-28', '2026-03-30', '11000000-0000-4000-8000-000000000002')),
  'recommend 2026-03-29 9:1-0, satisfaction 2026-03-30 1:1-0', 'of one location'
);
select is(
  tests.side('2026-03-28', '2026-03-30', region => 'Pacific'),
  tests.side('2026-03-28', '2026-03-30', '11000000-0000-4000-8000-000000000002'), 'of one region'
);
select is(tests.side('2026-03-28', '2026-03-30', region => 'Atlantic'), '[]'::jsonb, 'nothing of a region that is none');
select is(
  tests.read(tests.side('2026-03-28', '2026-03-30', tablet => '12000000-0000-4000-8000-000000000003')),
  'satisfaction 2026-03-29 5:3-2', 'of one tablet'
);
select is(
  tests.side('2026-03-28', '2026-03-30', '11000000-0000-4000-8000-000000000002', tablet => '12000000-0000-4000-8000-000000000003'),
  '[]'::jsonb, 'a tablet in a place where it is not'
);

select isnt(tests.region('Balkans') -> 'choices', '[]'::jsonb, 'a region has reasons');
select is(
  (tests.region('Balkans'), tests.region('Pacific')),
  (tests.scores('11000000-0000-4000-8000-000000000001'), tests.scores('11000000-0000-4000-8000-000000000002')),
  'a region of one location is that location, hours and reasons too'
);
select is(tests.region('Atlantic'), '{"days": [], "hours": [], "choices": []}'::jsonb, 'a region that is none is empty, and not the whole shop');
select is(
  tests.region('Balkans', true), tests.region('Balkans') || '{"hours": [], "choices": []}', 'only days where only they are asked for'
);
select is(array[tests.comments('Balkans'), tests.comments('Pacific')], array['Near', 'Far'], 'its comments are those of its locations');
select tests.become('database owner');
update public.locations set region = 'World' where org_id = '10000000-0000-4000-8000-000000000000';
select tests.become('owner');
select is(tests.region('World'), tests.scores(), 'a region of all locations is the shop');
select tests.become('database owner');
select private.roll_up('10000000-0000-4000-8000-000000000000', 40);
select tests.become('owner');
select is(tests.region('World'), tests.scores(), 'likewise once its days are rolled up');

select tests.become('manager');
select isnt(tests.places('2026-03-29', '2026-03-30'), '[]'::jsonb, 'a manager counts places');
select tests.become('analyst');
select isnt(tests.places('2026-03-29', '2026-03-30'), '[]'::jsonb, 'so does an analyst');
select isnt(tests.changes('2026-03-29', '2026-03-30') -> 'now', '[]'::jsonb, 'and changes');
select isnt(tests.side('2026-03-29', '2026-03-30'), '[]'::jsonb, 'and sides');
select tests.become('other owner');
select is(tests.places('2026-03-29', '2026-03-30'), '[]'::jsonb, 'another shop''s owner counts nothing of these');
select is(tests.changes('2026-03-29', '2026-03-30'), '{"now": [], "before": []}'::jsonb, 'no change');
select is(tests.side('2026-03-29', '2026-03-30'), '[]'::jsonb, 'and no side');
select is(tests.region('World') -> 'days', '[]'::jsonb, 'nor a region');
select tests.become('anonymous');
select throws_ok($$ select tests.places('2026-03-29', '2026-03-30') $$, '42501', null, 'a tablet asks for none of them');
select throws_ok($$ select tests.changes('2026-03-29', '2026-03-30') $$, '42501', null, 'not for changes');
select throws_ok($$ select tests.side('2026-03-29', '2026-03-30') $$, '42501', null, 'not for sides');

select * from finish();
rollback;
