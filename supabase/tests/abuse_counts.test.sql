-- Whatever comes in whatever order, the counts equal a recount, and the flags are those the rules' own words give.
begin;
\ir fixtures/two-shops.psql
select plan(9);

-- A hundred and twenty sessions of a tablet on a wild day, the same in every run: a rating each, and reasons or a recommendation
-- from some. Pauses and scores repeat themselves often enough for every pattern.
create table tests.wild (position integer, record jsonb);
insert into tests.wild
with dice as (
  select n, get_byte(sha256(convert_to('dice ' || n, 'UTF8')), 0) as a, get_byte(sha256(convert_to('dice ' || n, 'UTF8')), 1) as b,
    n / 20 % 4 as mood
  from generate_series(1, 120) as n
), days as (
  select n, a,
    sum(case mood when 0 then 0.5 + a / 100.0 when 1 then 2 + a / 140.0 when 2 then 3 + a / 150.0 else a / 4.0 end)
      over (order by n) as seconds,
    case when mood = 1 then 5 - (b > 250)::integer when mood = 2 then 1 + (n * 2 + (b > 250)::integer) % 5 else 1 + b % 5 end as score
  from dice
), records as (
  select n, seconds, jsonb_build_object('score', score) as answer from days
  union all
  select n + 120, seconds + 0.2, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick", "fair_price"]}' from days where a % 3 = 0
  union all
  select n + 240, seconds + 0.4, jsonb_build_object('type', 'nps', 'question', 'recommend', 'score', a % 11) from days where a % 2 = 0
)
select row_number() over (order by seconds), tests.record(n,
  answer || jsonb_build_object('session', format('18000000-0000-4000-8000-%s', lpad(((n - 1) % 120 + 1)::text, 12, '0'))),
  jsonb_build_object('occurredAt', to_char('2026-03-10 07:50'::timestamp + seconds * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
from records;
grant select on tests.wild to anon;

-- The rules once more, written another way: by counting for bursts, by islands for the others.
create function tests.ratings_in_patterns() returns table (id uuid)
language sql as $$
  with ratings as (
    select answers.id, occurred_at, score,
      occurred_at - lag(occurred_at) over (order by occurred_at, answers.id) as pause, lag(score) over (order by occurred_at, answers.id) as before
    from public.answers where type = 'csat'
  ), islands as (
    select *,
      count(*) filter (where pause is null or pause >= interval '4 seconds' or score <> before) over (order by occurred_at, ratings.id) as same,
      count(*) filter (where pause is null or pause >= interval '5 seconds' or score = before) over (order by occurred_at, ratings.id) as other
    from ratings
  )
  select i.id from islands as i
  where (select count(*) from islands as j where j.same = i.same) >= 10
    or (select count(*) from islands as j where j.other = i.other) >= 8
    or exists (
      select 1 from ratings as start
      where i.occurred_at between start.occurred_at and start.occurred_at + interval '10 seconds'
        and (select count(*) from ratings as j where j.occurred_at between start.occurred_at and start.occurred_at + interval '10 seconds') >= 6
    )
$$;
create function tests.score_counts_as_kept() returns table (question text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language sql as $$
  select question, local_hour, score, n, n_flagged from public.score_counts
  union all select choice, local_hour, null, n, n_flagged from public.choice_counts
$$;
create function tests.score_counts_anew() returns table (question text, local_hour timestamp, score smallint, n bigint, n_flagged bigint)
language sql as $$
  select question, date_trunc('hour', local_at), score, count(*), count(flag) from public.answers where score is not null group by 1, 2, 3
  union all
  select choice, date_trunc('hour', local_at), null, count(*), count(flag) from public.answers, unnest(choices) as choice group by 1, 2
$$;

savepoint empty;
select tests.become('anonymous');
select tests.send(jsonb_agg(record order by position)) from tests.wild group by position / 67;
select tests.become('database owner');
select is((select count(*)::integer from public.answers), (select count(*)::integer from tests.wild), 'every answer is kept');
select results_eq(
  $$ select distinct flag from public.answers where flag is not null order by 1 $$,
  $$ values ('burst'), ('hammering'), ('streak') $$, 'every pattern is among them'
);
select bag_eq(
  $$ select id from public.answers where type = 'csat' and flag is not null $$, 'select id from tests.ratings_in_patterns()',
  'sent in order, exactly the ratings in a pattern are flagged'
);
select is_empty(
  $$ select session_id from public.answers group by session_id having count(flag) not in (0, count(*)) $$,
  'a session is flagged whole or not at all'
);
select bag_eq('select * from tests.score_counts_as_kept()', 'select * from tests.score_counts_anew()', 'the counts equal a recount');
rollback to empty;

select tests.become('anonymous');
select tests.send(jsonb_agg(record order by shuffled)) from (
  select record, row_number() over (order by sha256(convert_to(record::text, 'UTF8'))) as shuffled from tests.wild
) as cards group by shuffled / 51;
select tests.send(jsonb_agg(record)) from tests.wild where position < 60;
select tests.become('database owner');
select is((select count(*)::integer from public.answers), (select count(*)::integer from tests.wild), 'shuffled, some twice: every answer is kept once');
select is_empty(
  $$ select id from tests.ratings_in_patterns() except select id from public.answers where flag is not null $$,
  'every rating in a pattern is flagged'
);
select is_empty(
  $$ select session_id from public.answers group by session_id having count(flag) not in (0, count(*)) $$,
  'a session is flagged whole or not at all, in whatever order it came'
);
select bag_eq('select * from tests.score_counts_as_kept()', 'select * from tests.score_counts_anew()', 'and the counts equal a recount');

select * from finish();
rollback;
