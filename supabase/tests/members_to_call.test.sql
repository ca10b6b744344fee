-- Whom to call: only who agreed to it, and only while there is something to call about.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(29);

-- A low score of who agreed in time opens a case by itself, and who is in a case is called from there: this is about the others.
alter table public.answers disable trigger low_scores_of_members_are_cases;
alter table public.session_members disable trigger raters_of_low_scores_make_cases;
alter table public.member_aliases disable trigger late_names_of_raters_make_cases;
alter table public.consents disable trigger consents_to_be_called_make_cases;

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), now() - interval '3 years', tests.programme('{"expiry_months": 6}')::jsonb, tests.bakery());

create function tests.ago(span text) returns text language sql as $$ select (now() - span::interval)::text $$;
create function tests.phone(n integer) returns text language sql as $$ select '+3598812345' || lpad(n::text, 2, '0') $$;
create function tests.session(n integer) returns uuid language sql as $$
  select format('18000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid
$$;
-- Member n joins as record n, and rates in session n, told by records 100 + n and 200 + n.
create function tests.joins(n integer, ago text, purpose text default 'call') returns jsonb language sql as $$
  select tests.send(jsonb_build_array(tests.enrolment(n, tests.phone(n), tests.ago(ago), jsonb_build_object(
    'firstName', 'Member ' || n, 'consents', jsonb_build_array(jsonb_build_object('purpose', purpose, 'version', 1, 'locale', 'bg'))))))
$$;
create function tests.rates(n integer, score integer, ago text, session integer default null) returns jsonb language sql as $$
  select tests.send(jsonb_build_array(
    tests.record(100 + coalesce(session, n), jsonb_build_object('session', tests.session(coalesce(session, n)), 'score', score),
      jsonb_build_object('occurredAt', to_char(tests.ago(ago)::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
    tests.told(200 + coalesce(session, n), 'rater', tests.ago(ago),
      jsonb_build_object('member', tests.id(n), 'session', tests.session(coalesce(session, n))))))
$$;
create function tests.to_call() returns text language sql as $$
  select string_agg(concat_ws(' ', member ->> 'first_name', 'rated ' || (member #>> '{rating,score}'), 'lapses ' || (member #>> '{lapse,points}')), ', '
    order by place)
  from jsonb_array_elements(public.report_members_to_call(tests.bakery()) -> 'members') with ordinality as members (member, place)
$$;
create function tests.walk(size integer) returns text language sql as $$
  with recursive walked as (
    select public.report_members_to_call(tests.bakery(), null, size) as page
    union all
    select public.report_members_to_call(tests.bakery(), walked.page ->> 'next', size) from walked where walked.page ->> 'next' is not null
  )
  select string_agg(right(member ->> 'phone', 1), '' order by number, place) || ' of ' || max((page ->> 'total')::integer)
  from (select page, row_number() over () as number from walked) as pages,
    jsonb_array_elements(page -> 'members') with ordinality as members (member, place)
$$;
grant execute on all functions in schema tests to anon, authenticated;
savepoint empty;

select tests.become('owner');
select is(
  public.report_members_to_call(tests.bakery()), '{"outcome": "ok", "members": [], "next": null, "total": 0}'::jsonb, 'nobody at first'
);

-- Who was not content.
select tests.become('anonymous');
select is(tests.outcomes(tests.joins(1, '10 days')), 'stored', 'a member joins and may be called');
select is(tests.outcomes(tests.rates(1, 1, '3 days')), 'stored stored', 'and says it was bad');
select tests.become('owner');
select is(tests.to_call(), 'Member 1 rated 1', 'they are to be called');
select is(
  (public.report_members_to_call(tests.bakery()) -> 'members' -> 0) - array['member', 'rating'],
  '{"phone": "+359881234501", "first_name": "Member 1", "lapse": null}'::jsonb, 'with their number'
);
select is(
  date_trunc('second', (public.report_members_to_call(tests.bakery()) #>> '{members,0,rating,at}')::timestamptz),
  date_trunc('second', now() - interval '3 days'), 'since when'
);
select is(
  public.report_members_to_call(tests.bakery()) #>> '{members,0,rating,location}', '11000000-0000-4000-8000-000000000001', 'and where'
);
savepoint one;
select tests.become('anonymous');
select tests.rates(1, 5, '2 days', 50);
select tests.become('owner');
select is(tests.to_call(), null, 'who was content since is not called');
rollback to one;
select tests.become('anonymous');
select tests.rates(1, 4, '5 days', 50);
select tests.become('owner');
select is(tests.to_call(), 'Member 1 rated 1', 'who had been content before is');
rollback to one;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.told(60, 'consent', tests.ago('1 day'), jsonb_build_object('member', tests.id(1), 'purpose', 'call',
  'version', 1, 'locale', 'bg', 'granted', false, 'staff', null))));
select tests.become('owner');
select is(tests.to_call(), null, 'who no longer agrees is left in peace');
rollback to one;
select tests.become('owner');
select is(public.withdraw_consent(tests.bakery(), tests.member(tests.phone(1)), 'call') ->> 'outcome', 'saved', 'also when the owner wrote it down');
select is(tests.to_call(), null, 'and at once');
rollback to one;
select tests.become('owner');
select is(public.erase_member(tests.bakery(), tests.member(tests.phone(1))) ->> 'outcome', 'erased', 'who is erased');
select is(tests.to_call(), null, 'is nobody to call');
rollback to one;
select tests.become('owner');
select is(
  public.open_case(tests.bakery(), 'Called about it', 'bg', tests.member(tests.phone(1))) ->> 'outcome', 'created', 'who is in a case'
);
select is(tests.to_call(), null, 'is called from there');
rollback to one;
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.told(61, 'case', tests.ago('3 days'), jsonb_build_object('text', 'Wet bread', 'member', null, 'phone', null,
  'firstName', null, 'session', tests.session(1), 'locale', 'bg', 'staff', null))));
select tests.become('owner');
select is(tests.to_call(), null, 'also when the case only knows the visit');
rollback to empty;

select tests.become('anonymous');
select tests.joins(1, '10 days', 'messages');
select tests.rates(1, 1, '3 days');
select tests.joins(2, '50 days');
select tests.rates(2, 1, '40 days');
select tests.joins(3, '10 days');
select tests.rates(3, 3, '3 days');
select tests.become('owner');
select is(tests.to_call(), null, 'who agreed to something else, was unhappy long ago, or was not unhappy is not called');
rollback to empty;

-- Who is about to lose points: six months after the last visit, in the days before.
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(n, tests.phone(n), (now() - interval '6 months' + ahead)::text,
  jsonb_build_object('firstName', 'Member ' || n, 'consents', '[{"purpose": "call", "version": 1, "locale": "bg"}]'::jsonb))))
from (values (1, interval '20 days'), (2, interval '5 days'), (3, interval '60 days')) as members (n, ahead);
select tests.become('owner');
select is(tests.to_call(), 'Member 2 lapses 50, Member 1 lapses 50', 'who loses points within 30 days, the soonest first');
select tests.become('anonymous');
select tests.rates(1, 2, '1 day');
select tests.joins(4, '9 days');
select tests.rates(4, 1, '2 days');
select tests.become('manager');
select is(
  tests.to_call(), 'Member 1 rated 2 lapses 50, Member 4 rated 1, Member 2 lapses 50', 'the unhappy come first, the latest first, each once'
);
select is(
  public.report_members_to_call(tests.bakery()) #> '{members,2,rating}', 'null'::jsonb, 'without a rating there is none'
);

-- Pages
select is(tests.walk(1), '142 of 3', 'pages of one lose and repeat nobody');
select is(tests.walk(2), '142 of 3', 'nor do pages of two');
select is(
  jsonb_array_length(public.report_members_to_call(tests.bakery(), 'nonsense', 0) -> 'members'), 1, 'nonsense is the beginning, and a page has at least one'
);

-- Who may ask
select tests.become('analyst');
select is(public.report_members_to_call(tests.bakery()), '{"outcome": "forbidden"}'::jsonb, 'an analyst calls nobody');
select tests.become('other owner');
select is(public.report_members_to_call(tests.bakery()), '{"outcome": "forbidden"}'::jsonb, 'nor does another shop''s owner');
select is(
  public.report_members_to_call('20000000-0000-4000-8000-000000000000') ->> 'total', '0', 'who has nobody of these in their own'
);
select tests.become('stranger');
select is(public.report_members_to_call(tests.bakery()), '{"outcome": "forbidden"}'::jsonb, 'nor a stranger');
select tests.become('anonymous');
select throws_ok($$ select public.report_members_to_call('10000000-0000-4000-8000-000000000000') $$, '42501', null, 'nor a tablet');

select * from finish();
rollback;
