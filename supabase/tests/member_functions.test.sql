-- What people may change and read of the programme and its members, by actor.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(63);

create table tests.remembered (member uuid);
grant select on tests.remembered to anon, authenticated;
-- What the functions say to somebody, of which nothing stays.
create function tests.said_to(actor text, member uuid) returns text language plpgsql as $$
declare
  said text;
begin
  begin
    perform tests.become(actor);
    said := public.set_programme(tests.bakery(), tests.programme('{"points_per_visit": 20}')) ->> 'outcome';
    said := concat_ws(' ', said,
      public.correct_points(tests.bakery(), member, 5, 'A wet loaf') ->> 'outcome',
      public.withdraw_consent(tests.bakery(), member, 'call') ->> 'outcome',
      public.report_members(tests.bakery()) ->> 'total',
      public.report_member(tests.bakery(), member) ->> 'first_name',
      public.report_programme(tests.bakery()) #>> '{programme,points_per_visit}',
      public.erase_member(tests.bakery(), member) ->> 'outcome');
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    perform tests.become('database owner');
    return said;
  end;
end
$$;
create function tests.names(report jsonb) returns text language sql as $$
  select string_agg(entry ->> 'first_name', ' ' order by position)
  from jsonb_array_elements(report -> 'members') with ordinality as entries (entry, position)
$$;
create function tests.events(report jsonb, what text) returns text language sql as $$
  select string_agg((event - array['at', 'what', 'tablet', 'location', 'staff'])::text, '; ' order by position)
  from jsonb_array_elements(report -> 'timeline') with ordinality as events (event, position) where event ->> 'what' = events.what
$$;
grant execute on all functions in schema tests to anon, authenticated;

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z', '{"email": "anna@example.test", "birthday": {"month": 2, "day": 3},
    "consents": [{"purpose": "call", "version": 3, "locale": "ru"}, {"purpose": "programme", "version": 1, "locale": "bg"}]}'),
  tests.visit(2, '+359881234567', '2026-03-10 08:05Z', '{"sale": {"amount": 1250, "currency": "EUR"}}'),
  tests.visit(3, '+359881234567', '2026-03-10 09:05Z'),
  tests.enrolment(4, '+359889999999', '2026-03-11 08:00Z', '{"firstName": "Борис"}')));
select tests.become('database owner');
insert into tests.remembered select tests.member('+359881234567');
savepoint stocked;

-- Who may
select is(tests.said_to(actor, member), said, format('the %s: %s', actor, said))
from tests.remembered, (values
  ('owner', 'saved saved saved 2 Анна 20 erased'),
  ('manager', 'saved saved saved 2 Анна 20 erased'),
  ('analyst', 'forbidden forbidden forbidden 0 10 forbidden'),
  ('other owner', 'forbidden forbidden forbidden 0 forbidden'),
  ('stranger', 'forbidden forbidden forbidden 0 forbidden')
) as actors (actor, said);
select tests.become('anonymous');
select throws_ok(call, '42501', null, format('anonymous may not call %s', call))
from unnest(array[
  'select public.set_programme(tests.bakery(), null)', 'select public.report_programme(tests.bakery())', 'select public.report_members(tests.bakery())',
  'select public.report_member(tests.bakery(), tests.bakery())', 'select public.correct_points(tests.bakery(), tests.bakery(), 1, ''x'')',
  'select public.withdraw_consent(tests.bakery(), tests.bakery(), ''call'')', 'select public.erase_member(tests.bakery(), tests.bakery())'
]) as call;
select tests.become('other owner');
select is(public.correct_points('20000000-0000-4000-8000-000000000000', member, 5, 'Mine'), '{"outcome": "unknown_member"}'::jsonb, 'nobody corrects a member of another shop through their own') from tests.remembered;
select is(public.withdraw_consent('20000000-0000-4000-8000-000000000000', member, 'call'), '{"outcome": "unknown_member"}'::jsonb, 'or withdraws for them') from tests.remembered;
select is(public.erase_member('20000000-0000-4000-8000-000000000000', member), '{"outcome": "unknown_member"}'::jsonb, 'or erases them') from tests.remembered;
select is(public.report_member('20000000-0000-4000-8000-000000000000', member), null, 'or reads of them') from tests.remembered;
select is(public.report_programme('20000000-0000-4000-8000-000000000000'), '{"programme": null, "valid_from": null}'::jsonb, 'a shop without a programme says so');

-- The programme
select tests.become('owner');
select is(public.set_programme(tests.bakery(), programme) ->> 'outcome', 'bad_programme', format('%s is no programme', description))
from (values
  ('', 'nothing'), ('[]', 'a list'), ('{}', 'an empty one'), (repeat('[', 100000), 'a list 100,000 deep'),
  (tests.programme('{"country": "bg"}'), 'a country in small letters'), (tests.programme('{"currency": null}'), 'one without a currency'),
  (tests.programme('{"cooldown_hours": 721}'), 'a cooldown of more than a month'), (tests.programme('{"points_per_visit": -1}'), 'one that takes'),
  (tests.programme('{"welcome_points": 1.5}'), 'half a point'), (tests.programme('{"birthday_points": 1000001}'), 'more than a million'),
  (tests.programme('{"points_per_amount": {"points": 1, "per": 0}}'), 'a point for nothing'), (tests.programme('{"points_per_amount": 5}'), 'a bare number for an amount')
) as programmes (programme, description);
select is(public.set_programme(tests.bakery(), tests.programme('{"cooldown_hours": 0.5, "points_per_amount": null, "more": true}')) ->> 'outcome', 'saved', 'a good one is saved');
select is(public.report_programme(tests.bakery()) -> 'programme', tests.programme('{"cooldown_hours": 0.5, "points_per_amount": null,
  "referral_points": 0, "tiers": [], "expiry_months": null, "offline_budget": {"member": 0, "tablet": 0}}')::jsonb, 'without what nobody knows');
select is(public.set_programme(tests.bakery(), public.report_programme(tests.bakery()) ->> 'programme') ->> 'outcome', 'saved', 'again');
select is((select count(*)::integer from public.programme_versions), 2, 'the same is no new version');
select is(public.set_programme(tests.bakery(), null) ->> 'outcome', 'saved', 'and it ends');
select is(public.report_programme(tests.bakery()) -> 'programme', 'null'::jsonb, 'from then on there is none');
select is(tests.points('+359881234567'), 'amount 12, visit 10, welcome 50', 'what it gave stays given');
rollback to stocked;

-- Points
select tests.become('owner');
select is(public.correct_points(tests.bakery(), member, points, note) ->> 'outcome', outcome, format('%s points for "%s": %s', points, left(note, 10), outcome))
from tests.remembered, (values (0, 'x', 'bad_points'), (null, 'x', 'bad_points'), (1000001, 'x', 'bad_points'), (1, ' ', 'bad_note'), (1, null, 'bad_note'),
  (1, repeat('x', 501), 'bad_note'), (-20, ' A wet loaf ', 'saved')) as corrections (points, note, outcome);
select is(
  (select jsonb_build_object('points', report -> 'points', 'events', tests.events(report, 'points'))
   from tests.remembered, public.report_member(tests.bakery(), member) as report) ->> 'points', '52', 'a correction is in the balance');
select ok(
  (select tests.events(public.report_member(tests.bakery(), member), 'points') from tests.remembered)
    like '{"by": "owner@example.test", "note": "A wet loaf", "points": -20, "reason": "correction"}; %', 'with its reason and who did it, first in the timeline');

-- One member
select is(report - array['timeline', 'points', 'earned', 'visits', 'last_visit', 'consents'], jsonb_build_object(
  'member', member, 'first_name', 'Анна', 'phone', '+359881234567', 'other_phones', '[]'::jsonb, 'email', 'anna@example.test', 'birthday', '{"month": 2, "day": 3}'::jsonb,
  'locale', 'bg', 'enrolled_at', '2026-03-10 08:00Z'::timestamptz, 'erased_at', null, 'aliases', jsonb_build_array(tests.id(1))), 'who they are')
from tests.remembered, public.report_member(tests.bakery(), member) as report;
select is(tests.events(report, 'visit'),
  '{"amount": null, "points": 0, "refused": "cooldown", "currency": null}; {"amount": 1250, "points": 22, "refused": null, "currency": "EUR"}',
  'when they came, what it gave, and what was too soon')
from tests.remembered, public.report_member(tests.bakery(), member) as report;
select is(public.report_member(tests.bakery(), tests.bakery()), null, 'nobody is nobody');

-- Consent
select is(public.withdraw_consent(tests.bakery(), member, 'everything') ->> 'outcome', 'bad_purpose', 'nobody consents to everything') from tests.remembered;
select public.withdraw_consent(tests.bakery(), member, 'call') from tests.remembered;
select is(
  (select consent - 'at' from tests.remembered, jsonb_array_elements(public.report_member(tests.bakery(), member) -> 'consents') as consent where consent ->> 'purpose' = 'call'),
  '{"purpose": "call", "granted": false, "version": 3, "locale": "ru", "tablet": null, "location": null}'::jsonb, 'a consent is withdrawn by a no to the text they had said yes to');

-- Many members
select is(tests.names(public.report_members(tests.bakery())), 'Борис Анна', 'the newest come first');
select is(tests.names(public.report_members(tests.bakery(), search)), names, format('"%s" finds %s', search, coalesce(names, 'nobody')))
from (values ('анн', 'Анна'), (' АНН', 'Анна'), ('нна', null), ('%', null), ('1234', 'Анна'), ('0889 99-99', 'Борис'), ('+359', 'Борис Анна'), ('0', null)) as searches (search, names);
select is(page ->> 'total', '2', 'a page says how many there are') from public.report_members(tests.bakery(), page => 1) as page;
select is(tests.names(public.report_members(tests.bakery(), after => page ->> 'next', page => 1)), 'Анна', 'and leads to the next') from public.report_members(tests.bakery(), page => 1) as page;
select is(public.report_members(tests.bakery(), after => page ->> 'next', page => 1) -> 'next', 'null'::jsonb, 'the last to none') from public.report_members(tests.bakery(), page => 1) as page;
select is(tests.names(public.report_members(tests.bakery(), after => 'the middle')), 'Борис Анна', 'a place that is none is the beginning');

select * from finish();
rollback;
