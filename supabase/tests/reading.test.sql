-- What each actor sees of every table: each denial beside an allowance.
begin;
\ir fixtures/two-shops.psql
select plan(378);

-- One row of everything in both shops.
select tests.send(jsonb_build_array(
  tests.record(1), tests.record(2, '{"type": "reasons", "question": "reasons", "score": null, "choices": ["quick"]}'),
  tests.record(3, '{"score": 9}')));
select tests.send(
  jsonb_build_array(
    tests.record(1, '{"survey": "25000000-0000-4000-8000-000000000000"}', '{"pairing": "23000000-0000-4000-8000-000000000001"}'),
    tests.record(2, '{"survey": "25000000-0000-4000-8000-000000000000", "type": "reasons", "question": "reasons", "score": null, "choices": ["quick"]}',
      '{"pairing": "23000000-0000-4000-8000-000000000001"}'),
    tests.record(3, '{"survey": "25000000-0000-4000-8000-000000000000", "score": 9}', '{"pairing": "23000000-0000-4000-8000-000000000001"}')
  ), '23000000-0000-4000-8000-000000000001', repeat('c', 64));
insert into public.score_days (org_id, scope_id, question, type, day, n)
select id, id, 'satisfaction', 'csat', current_date, array_fill(0, array[12]) from public.organizations;
insert into public.score_hours (org_id, question, type, local_hour, n)
select id, 'satisfaction', 'csat', current_date, array_fill(0, array[12]) from public.organizations;
insert into public.score_months (org_id, question, month, location_id, tablet_id, type, running)
select id, 'satisfaction', '2026-01-01', id, id, 'csat', array_fill(0, array[12]) from public.organizations;
insert into public.place_months (org_id, month, location_id, question, type, running)
select id, '2026-01-01', id, 'satisfaction', 'csat', array_fill(0, array[12]) from public.organizations;
insert into public.score_years (org_id, question, year, location_id, tablet_id, type, running)
select id, 'satisfaction', 2026, id, id, 'csat', array_fill(0, array[12]) from public.organizations;
insert into public.score_hour_months (org_id, scope_id, month, question, type, cells, n)
select id, id, '2026-01-01', 'satisfaction', 'csat', '{4}', '{1}' from public.organizations;
insert into public.choice_months (org_id, scope_id, month, question, choice, n, n_flagged)
select id, id, '2026-01-01', 'reasons', 'quick', 1, 0 from public.organizations;
insert into public.changed_months (org_id, month, location_id, tablet_id) select id, '2026-01-01', id, id from public.organizations;
insert into public.choice_days (org_id, question, day, choice, n, n_flagged)
select id, 'reasons', current_date, 'quick', 1, 0 from public.organizations;
insert into public.driver_days (
  org_id, scope_id, day, one, other, is_flagged, n, one_sum, other_sum, one_squares, other_squares, products, top_two, praised, blamed, low
)
select id, id, current_date, 'overall', 'speed', false, 1, 5, 4, 25, 16, 20, 0, 0, 0, 0 from public.organizations;
insert into public.pairing_codes (org_id, tablet_id, code_hash, expires_at, created_by)
select org_id, id, id::text, now(), org_id from public.tablets;

insert into public.staff (org_id, name, pin_salt, pin_hash)
select id, 'Vera', repeat('a', 32), repeat('b', 64) from public.organizations;
insert into public.staff_unlocks (org_id, id, occurred_at, clock, tablet_id, location_id, staff_id)
select org_id, id, now(), 'server', id, id, id from public.staff;
insert into public.rescue_keys (org_id, public_key, private_key) select id, 'public', 'private' from public.organizations;
insert into public.programmes (org_id) select id from public.organizations;
insert into public.programme_versions (org_id, valid_from, created_by) select id, now(), id from public.organizations;
insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
select id, id, '+359881234567', 'Anna', 'bg', now() from public.organizations;
insert into public.enrolments (org_id, id, member_id, occurred_at, clock, local_at, tablet_id, location_id)
select org_id, id, id, now(), 'server', now(), id, id from public.members;
insert into public.member_aliases (org_id, id, member_id) select org_id, id, id from public.members;
insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, member_id)
select org_id, id, 'call', true, 1, 'bg', now(), 'server', id from public.members;
insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id)
select org_id, id, now(), 'server', now(), id, id, id from public.members;
insert into public.retention_versions (org_id, months, created_by) select id, 24, 'owner@example.test' from public.organizations;
insert into public.point_entries (org_id, member_id, points, reason) select org_id, id, 1, 'welcome' from public.members;
insert into public.cases (org_id, id, occurred_at, clock, due_at, opened_by, text, locale)
select id, id, now(), 'server', now(), 'owner@example.test', 'The bread was wet', 'bg' from public.organizations;
insert into public.case_events (org_id, case_id, state, created_by) select org_id, id, 'contacted', 'owner@example.test' from public.cases;
insert into public.alerts (org_id, id, kind, subject, facts, opened_at) select id, id, 'case_due', '{}', '{}', now() from public.organizations;
insert into public.alert_notes (org_id, alert_id, note, created_by) select org_id, id, 'Called her', 'owner@example.test' from public.alerts;
insert into public.improvements (org_id, name, happened_on, question, hoped_change, created_by)
select id, 'Second till', '2026-03-02', 'satisfaction', 5, 'owner@example.test' from public.organizations;
insert into public.dimensions (org_id, id, name, created_by) select id, id, 'Till', 'owner@example.test' from public.organizations;
insert into public.dimension_values (org_id, dimension_id, id, name, position) select org_id, id, id, 'Bread', 1 from public.dimensions;
insert into public.tablet_values (org_id, tablet_id, dimension_id, since, value_id, set_by)
select t.org_id, t.id, t.org_id, '2000-01-01', t.org_id, 'owner@example.test' from public.tablets as t;
insert into public.targets (org_id, question, target, set_by) select id, 'satisfaction', 85, 'owner@example.test' from public.organizations;
insert into public.rewards (org_id, id) select id, id from public.organizations;
insert into public.reward_versions (org_id, reward_id, valid_from, created_by) select org_id, id, now(), org_id from public.rewards;
insert into public.reward_pictures (org_id, sha256, picture)
select id, private.sha256_hex('data:image/webp;base64,'), 'data:image/webp;base64,' from public.organizations;
insert into public.redemptions (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, reward_id, cost, checked, member_id)
select org_id, id, now(), 'server', now(), id, id, id, 1, true, id from public.members;
insert into public.comment_words (org_id, answer_id, occurred_at, words, session_id, location_id, tablet_id, local_at, locale)
select id, id, now(), '', id, id, id, now(), 'en' from public.organizations;
insert into public.comment_marks (org_id, answer_id, kind, created_by) select org_id, answer_id, 'star', 'owner@example.test' from public.comment_words;
insert into public.session_members (org_id, record_id, session_id, occurred_at, alias) select org_id, id, id, now(), id from public.members;

create table tests.readable (name text primary key, org_column text not null default 'org_id');
insert into tests.readable (name)
select tablename from pg_tables where schemaname = 'public' and tablename <> 'organizations';
insert into tests.readable values ('organizations', 'id');
grant select on tests.readable to anon, authenticated;

select bag_eq(
  format('select distinct %I from public.%I', org_column, name),
  array['10000000-0000-4000-8000-000000000000', '20000000-0000-4000-8000-000000000000']::uuid[],
  format('%s has rows of both shops', name)
) from tests.readable;

select tests.become('owner');
select results_eq(
  format('select distinct %I from public.%I', org_column, name),
  array['10000000-0000-4000-8000-000000000000']::uuid[], format('the owner reads %s of their shop only', name)
) from tests.readable;

select tests.become('manager');
select results_eq(
  format('select distinct %I from public.%I', org_column, name),
  array['10000000-0000-4000-8000-000000000000']::uuid[], format('the manager reads %s of their shop only', name)
) from tests.readable;

select tests.become('analyst');
select results_eq(
  format('select distinct %I from public.%I', org_column, name),
  array['10000000-0000-4000-8000-000000000000']::uuid[], format('the analyst reads %s of their shop only', name)
) from tests.readable where name not in ('rescue_keys', 'members', 'enrolments', 'cases', 'case_events', 'session_members', 'alert_notes');
select is_empty('select org_id from public.rescue_keys', 'the analyst cannot open a rescue file');
select is_empty('select org_id from public.members', 'nor learn who is a member');
select is_empty('select org_id from public.enrolments', 'nor who enrolled');
select is_empty('select org_id from public.cases', 'nor who complained');
select is_empty('select org_id from public.case_events', 'nor what was done about it');
select is_empty('select org_id from public.session_members', 'nor whose rating it was');
select is_empty('select org_id from public.alert_notes', 'nor what was written about an alert, which may name somebody');

select tests.become('other owner');
select results_eq(
  format('select distinct %I from public.%I', org_column, name),
  array['20000000-0000-4000-8000-000000000000']::uuid[], format('another owner reads %s of their own shop only', name)
) from tests.readable;

select tests.become('stranger');
select is_empty(
  format('select %I from public.%I', org_column, name), format('a stranger with an account reads no %s', name)
) from tests.readable;

-- A tablet holds the same key as anybody: it reads nothing either.
select tests.become('anonymous');
select throws_ok(
  format('select %I from public.%I', org_column, name), '42501', null, format('anonymous may not read %s', name)
) from tests.readable;

select tests.become('owner');
select throws_ok('select secret_hash from public.pairings', '42501', null, 'not even the owner reads a secret''s hash');
select throws_ok('select code_hash from public.pairing_codes', '42501', null, 'not even the owner reads a code''s hash');
select throws_ok('select pin_hash from public.staff', '42501', null, 'not even the owner reads a PIN''s hash');
select throws_ok('select * from public.pairings', '42501', null, 'a star does not reach the hash');
select throws_ok('select id from public.pairings where secret_hash like ''a%''', '42501', null, 'nor does a filter');
select throws_ok('select bucket from private.pairing_attempts', '42501', null, 'the owner reads no private table');
select throws_ok(
  $$ select private.has_role('10000000-0000-4000-8000-000000000000', 'owner') $$, '42501', null,
  'the owner calls no private helper'
);

select * from finish();
rollback;
