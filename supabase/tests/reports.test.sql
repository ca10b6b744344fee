-- What the owner's pages count.
begin;
\ir fixtures/two-shops.psql
select plan(37);

create function tests.report(from_date date, to_date date, location uuid default null, tablet uuid default null, question text default null)
returns jsonb language sql as $$
  select public.report_answers('10000000-0000-4000-8000-000000000000', report.from_date, report.to_date, report.location, report.tablet, report.question)
$$;
create function tests.comments(
  from_date date, to_date date, page_size integer default 20, before_at timestamptz default null, before_id uuid default null, tablet uuid default null
) returns jsonb language sql as $$
  select public.report_comments('10000000-0000-4000-8000-000000000000', comments.from_date, comments.to_date,
    tablet => comments.tablet, before_at => comments.before_at, before_id => comments.before_id, page_size => comments.page_size)
$$;
create function tests.texts(comments jsonb) returns text language sql as $$
  select string_agg(entry ->> 'text', ' ' order by position) from jsonb_array_elements(comments) with ordinality as entries (entry, position)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Sofia leaves winter time on 29 March 2026 and summer time on 25 October. Samoa is 13 hours ahead of UTC.
select tests.become('anonymous');
select tests.send((
  select jsonb_agg(tests.record(n, answer::jsonb, jsonb_build_object('occurredAt', at, 'pairing', pairing)))
  from (values
    (1, '{"score": 5}', '2026-03-28T21:59:59.999Z', '13000000-0000-4000-8000-000000000001'),
    (2, '{"score": 4}', '2026-03-28T22:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (3, '{"score": 3}', '2026-03-29T20:59:59.999Z', '13000000-0000-4000-8000-000000000001'),
    (4, '{"score": 2}', '2026-03-29T21:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (5, '{"score": 1}', '2026-10-25T21:59:59.999Z', '13000000-0000-4000-8000-000000000001'),
    (6, '{"score": 1}', '2026-10-25T22:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (7, '{"score": 5}', '2026-03-28T11:00:00.000Z', '13000000-0000-4000-8000-000000000002'),
    (8, '{"score": 9, "type": "nps", "question": "recommend"}', '2026-03-28T10:59:59.999Z', '13000000-0000-4000-8000-000000000002'),
    (9, '{"score": null, "type": "reasons", "question": "reasons", "choices": ["quick", "fair_price"]}', '2026-03-29T12:00:00.000Z', '13000000-0000-4000-8000-000000000001'),
    (10, '{"score": null, "type": "reasons", "question": "reasons", "choices": ["quick"]}', '2026-03-29T12:00:00.000Z', '13000000-0000-4000-8000-000000000001')
  ) as record (n, answer, at, pairing)));

select tests.become('owner');
select is(tests.counted(tests.report('2026-01-01', '2026-12-31')), 8::bigint, 'a year counts all scores');
select is(tests.counted(tests.report('2026-03-29', '2026-03-29')), 3::bigint, 'the day of 23 hours counts its own, in each place''s time');
select is(
  tests.report('2026-03-29', '2026-03-29', question => 'satisfaction') -> 'days',
  '[{"question": "satisfaction", "day": "2026-03-29", "score": 3, "n": 1, "flagged": 0},
    {"question": "satisfaction", "day": "2026-03-29", "score": 4, "n": 1, "flagged": 0},
    {"question": "satisfaction", "day": "2026-03-29", "score": 5, "n": 1, "flagged": 0}]'::jsonb,
  'midnight belongs to the new day on both of its ends'
);
select is(tests.counted(tests.report('2026-03-30', '2026-03-30')), 1::bigint, 'the next day starts at its midnight');
select is(tests.counted(tests.report('2026-03-28', '2026-03-28')), 2::bigint, 'the day before ends at it');
select is(tests.counted(tests.report('2026-10-25', '2026-10-25')), 1::bigint, 'the day of 25 hours has its last hour');
select is(tests.counted(tests.report('2026-10-26', '2026-10-26')), 1::bigint, 'and the next its first');
select is(tests.counted(tests.report('2026-03-30', '2026-03-28')), 0::bigint, 'a period that ends before it starts is empty');
select is(
  tests.report('2025-01-01', '2025-12-31'), '{"scores": [], "days": [], "hours": [], "choices": []}'::jsonb,
  'an empty period has lists, not nulls'
);
select is(tests.counted(tests.report('2026-01-01', '2026-12-31', '11000000-0000-4000-8000-000000000001')), 6::bigint, 'one location');
select is(tests.counted(tests.report('2026-01-01', '2026-12-31', '11000000-0000-4000-8000-000000000002')), 2::bigint, 'the other');
select is(tests.counted(tests.report('2026-01-01', '2026-12-31', tablet => '12000000-0000-4000-8000-000000000002')), 2::bigint, 'one tablet');
select is(
  tests.counted(tests.report('2026-01-01', '2026-12-31', '11000000-0000-4000-8000-000000000001', '12000000-0000-4000-8000-000000000002')),
  0::bigint, 'a tablet in a place where it is not'
);
select is(tests.counted(tests.report('2026-01-01', '2026-12-31', question => 'recommend')), 1::bigint, 'one question');
select is(
  tests.report('2026-01-01', '2026-12-31', question => 'satisfaction') -> 'scores',
  '[{"question": "satisfaction", "type": "csat", "score": 1, "n": 2, "flagged": 0},
    {"question": "satisfaction", "type": "csat", "score": 2, "n": 1, "flagged": 0},
    {"question": "satisfaction", "type": "csat", "score": 3, "n": 1, "flagged": 0},
    {"question": "satisfaction", "type": "csat", "score": 4, "n": 1, "flagged": 0},
    {"question": "satisfaction", "type": "csat", "score": 5, "n": 2, "flagged": 0}]'::jsonb, 'scores come with their n'
);
select is(
  tests.report('2026-03-30', '2026-03-30') -> 'hours',
  '[{"question": "satisfaction", "weekday": 1, "hour": 0, "score": 2, "n": 1, "flagged": 0}]'::jsonb,
  'the hour of the week is the place''s: Monday, midnight'
);
select is(
  tests.report('2026-01-01', '2026-12-31') -> 'choices',
  '[{"question": "reasons", "choice": "quick", "n": 2, "flagged": 0},
    {"question": "reasons", "choice": "fair_price", "n": 1, "flagged": 0}]'::jsonb, 'reasons come most frequent first'
);

-- Comments: five at the same instant, so that only the id tells them apart; one with a score and a reason beside it.
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.record(40, '{"score": 2, "session": "18000000-0000-4000-8000-00000000000c"}', '{"occurredAt": "2026-05-02T09:00:00.000Z"}'),
  tests.record(41, '{"type": "nps", "question": "recommend", "score": 1, "session": "18000000-0000-4000-8000-00000000000c"}', '{"occurredAt": "2026-05-02T08:59:00.000Z"}'),
  tests.record(42, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["long_wait"], "session": "18000000-0000-4000-8000-00000000000c"}',
    '{"occurredAt": "2026-05-02T09:00:01.000Z"}'),
  tests.record(43, '{"type": "comment", "question": "comment", "score": null, "text": " slow ", "session": "18000000-0000-4000-8000-00000000000c", "locale": "bg"}',
    '{"occurredAt": "2026-05-02T09:00:02.000Z"}')));
select tests.send((
  select jsonb_agg(tests.record(n, jsonb_build_object('type', 'comment', 'question', 'comment', 'score', null, 'text', n::text),
    '{"occurredAt": "2026-05-01T20:59:59.999Z"}'))
  from generate_series(50, 54) as n));
select tests.send(jsonb_build_array(tests.record(55, '{"type": "comment", "question": "comment", "score": null, "text": "55"}',
  '{"occurredAt": "2026-05-01T21:00:00.000Z"}')));
select tests.become('analyst');
select is(tests.texts(tests.comments('2026-05-01', '2026-05-02')), 'slow 55 54 53 52 51 50', 'comments come newest first');
select is(tests.texts(tests.comments('2026-05-01', '2026-05-01')), '54 53 52 51 50', 'a day ends at the place''s midnight');
select is(tests.texts(tests.comments('2026-05-02', '2026-05-02')), 'slow 55', 'and starts there');
select is(
  tests.comments('2026-05-02', '2026-05-02', 1) -> 0,
  '{"id": "01900043-0000-7000-8000-000000000043", "occurred_at": "2026-05-02T09:00:02+00:00", "local_at": "2026-05-02T12:00:02",
    "location": "11000000-0000-4000-8000-000000000001", "tablet": "12000000-0000-4000-8000-000000000001", "text": "slow",
    "locale": "bg", "flag": null, "score": {"type": "csat", "score": 2}, "choices": ["long_wait"]}'::jsonb,
  'a comment comes with its session''s satisfaction and reasons'
);
select is(
  tests.texts(tests.comments('2026-05-01', '2026-05-02', 3)), 'slow 55 54', 'a first page'
);
select is(
  tests.texts(tests.comments('2026-05-01', '2026-05-02', 3, '2026-05-01T20:59:59.999Z', '01900054-0000-7000-8000-000000000054')),
  '53 52 51', 'the next page goes on within one instant'
);
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.record(56, '{"type": "comment", "question": "comment", "score": null, "text": "late"}',
  '{"occurredAt": "2026-05-02T10:00:00.000Z"}')));
select tests.become('analyst');
select is(
  tests.texts(tests.comments('2026-05-01', '2026-05-02', 3, '2026-05-01T20:59:59.999Z', '01900054-0000-7000-8000-000000000054')),
  '53 52 51', 'and stays the same when a new comment arrives'
);
select is(
  tests.texts(tests.comments('2026-05-01', '2026-05-02', 3, '2026-05-01T20:59:59.999Z', '01900051-0000-7000-8000-000000000051')),
  '50', 'the last page ends'
);
select is(jsonb_array_length(tests.comments('2026-05-01', '2026-05-02', 0)), 1, 'a page has at least one');
select is(
  tests.comments('2026-05-01', '2026-05-02', tablet => '12000000-0000-4000-8000-000000000002'), '[]'::jsonb, 'another tablet has none'
);
set local timezone = 'Pacific/Honolulu';
select is(
  tests.texts(tests.comments('2026-05-02', '2026-05-02')), 'late slow 55', 'the reader''s own time zone changes nothing'
);
set local timezone = 'UTC';

-- Tablets and pulse.
select is(
  (select entry - array['paired_at', 'last_seen_at', 'last_received_at', 'health'] from jsonb_array_elements(public.report_tablets('10000000-0000-4000-8000-000000000000')::jsonb) as entry
   where entry ->> 'name' = 'Counter'),
  '{"tablet": "12000000-0000-4000-8000-000000000001", "name": "Counter", "kind": "kiosk", "location": "11000000-0000-4000-8000-000000000001",
    "pairing": "13000000-0000-4000-8000-000000000001", "revoked_at": null, "gone_at": null, "made": 56, "received": 19, "waiting": 0, "quarantined": 0,
    "missing": 37, "lost": 0, "seq_clashes": 0, "acknowledged": null, "app_version": null}'::jsonb,
  'a tablet''s gap is what it made and nobody received'
);
create temp table pulse as select public.report_pulse('10000000-0000-4000-8000-000000000000') as before;
select tests.become('anonymous');
select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64), '{"waiting": 30, "quarantined": 5}');
select tests.become('analyst');
select is(
  (select (entry ->> 'missing')::integer from jsonb_array_elements(public.report_tablets('10000000-0000-4000-8000-000000000000')::jsonb) as entry
   where entry ->> 'name' = 'Counter'),
  2, 'what waits or is in quarantine on the tablet is not missing'
);
select isnt(
  public.report_pulse('10000000-0000-4000-8000-000000000000'), (select before from pulse), 'the pulse changes with a tablet''s health'
);
select is(
  public.report_pulse('10000000-0000-4000-8000-000000000000'), public.report_pulse('10000000-0000-4000-8000-000000000000'),
  'and stands still when nothing happens'
);

-- Another shop.
select tests.become('other owner');
select is(tests.counted(tests.report('2000-01-01', '2030-01-01')), 0::bigint, 'another shop counts nothing of this one');
select is(tests.comments('2000-01-01', '2030-01-01'), '[]'::jsonb, 'reads no comment');
select is(public.report_tablets('10000000-0000-4000-8000-000000000000')::jsonb, '[]'::jsonb, 'sees no tablet');
select is(public.report_pulse('10000000-0000-4000-8000-000000000000'), '0:0', 'feels no pulse');
select tests.become('anonymous');
select throws_ok('select tests.report(''2000-01-01'', ''2030-01-01'')', '42501', null, 'anonymous may not ask');

select * from finish();
rollback;
