-- Members who no longer come are forgotten by the database, after as many months as the owner says.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(37);

create function tests.known() returns text language sql security definer as $$
  select string_agg(first_name, ' ' order by first_name) from public.members where org_id = tests.bakery() and erased_at is null
$$;
create function tests.due(months integer) returns text language sql as $$
  select coalesce(public.report_retention(tests.bakery(), months) ->> 'due', 'forbidden')
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2020-01-01Z', tests.programme()::jsonb, tests.bakery());

-- Who may say it
select tests.become('anonymous');
select throws_ok('select public.set_retention(tests.bakery(), 24)', '42501', null, 'anonymous sets nothing');
select throws_ok('select public.report_retention(tests.bakery())', '42501', null, 'and learns nothing');
select tests.become('analyst');
select is(public.set_retention(tests.bakery(), 24) ->> 'outcome', 'forbidden', 'an analyst does not say it');
select is(public.report_retention(tests.bakery()) ->> 'outcome', 'forbidden', 'nor learns whom it would touch');
select tests.become('manager');
select is(public.set_retention(tests.bakery(), 24) ->> 'outcome', 'forbidden', 'nor does a manager say it');
select tests.become('other owner');
select is(public.set_retention(tests.bakery(), 24) ->> 'outcome', 'forbidden', 'nor another shop''s owner');
select is(public.report_retention(tests.bakery()) ->> 'outcome', 'forbidden', 'who learns nothing');
select tests.become('owner');
select is(public.set_retention(tests.bakery(), months) ->> 'outcome', 'bad_months', format('%s months are no time', months)) from unnest(array[0, 121, -1]) as months;
select is(public.set_retention(tests.bakery(), null) ->> 'outcome', 'saved', 'at first everybody is kept');
select is((select count(*)::integer from public.retention_versions), 0, 'so saying it again changes nothing');
select is(public.set_retention(tests.bakery(), 24) ->> 'outcome', 'saved', 'the owner says 24 months');
select is(public.set_retention(tests.bakery(), 24) ->> 'outcome', 'saved', 'twice');
select is((select string_agg(months || ' ' || created_by, ', ') from public.retention_versions), '24 owner@example.test', 'and it is kept once who did');
select tests.become('manager');
select is(report ->> 'months' || ' ' || (report ->> 'changed_by'), '24 owner@example.test', 'which a manager may read') from public.report_retention(tests.bakery()) as report;

-- Whom it touches: the present is 2026-11-01 here.
select tests.become('database owner');
select throws_ok('update public.retention_versions set months = 3', null, null, 'what was said before cannot be changed');
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359880000001', '2023-01-10 08:00Z', '{"firstName": "Gone", "email": "gone@example.test"}'),
  tests.enrolment(2, '+359880000002', '2023-01-10 08:00Z', '{"firstName": "Comes"}'), tests.visit(3, '+359880000002', '2025-01-10 08:00Z'),
  tests.enrolment(4, '+359880000004', '2023-01-10 08:00Z', '{"firstName": "Consents"}'), tests.consent(5, tests.id(4), '2025-01-10 08:00Z'),
  tests.enrolment(6, '+359880000006', '2025-06-01 08:00Z', '{"firstName": "Joined"}'),
  tests.enrolment(7, '+359880000007', '2023-01-10 08:00Z', '{"firstName": "Corrected"}'),
  tests.enrolment(8, '+359880000008', '2023-01-10 08:00Z', '{"firstName": "Returned"}'), tests.visit(9, '+359880000008', '2025-01-10 08:00Z', '{"sale": {"amount": -5, "currency": "EUR"}}'),
  tests.visit(10, '+359880000010', '2023-01-10 08:00Z'), tests.visit(11, '+359880000011', '2025-01-10 08:00Z'),
  tests.record(12, '{"type": "comment", "question": "comment", "score": null, "text": "Old words"}', '{"occurredAt": "2023-02-01T08:00:00.000Z"}'),
  tests.record(13, '{"type": "comment", "question": "comment", "score": null, "text": "New words"}', '{"occurredAt": "2025-02-01T08:00:00.000Z"}'),
  tests.enrolment(14, '+359880000014', '2023-01-10 08:00Z', '{"locale": "fr"}')));
select tests.become('owner');
select public.correct_points(tests.bakery(), tests.member('+359880000007'), 5, 'Sorry');
select is(tests.due(24), '0', 'who was heard of today by whatever record is not due');
select is(tests.due(null), '0', 'and without a number of months nobody');
select tests.become('database owner');
update public.received set received_at = '2023-02-01Z';
update public.quarantine set received_at = '2023-02-01Z';
select is(private.members_to_forget(tests.bakery(), '2024-11-01Z'), tests.member('+359880000001'), 'due is only who gave no sign of life');
select is(private.forget_old(tests.bakery(), '2024-12-01Z'), 0, 'before the time nobody goes');
select is(tests.known(), 'Comes Consents Corrected Gone Joined Returned', 'all are there');
select is(private.forget_old('20000000-0000-4000-8000-000000000000', '2026-11-01Z'), 0, 'and none of a shop that keeps everybody');

create temp table gone as select tests.member('+359880000001') as member;
select is(private.forget_old(tests.bakery(), '2026-11-01Z'), 1, 'then one is forgotten');
select is(tests.known(), 'Comes Consents Corrected Joined Returned', 'who is no longer there');
select is(private.forget_old(tests.bakery(), '2026-11-01Z'), 0, 'once');
select is(erased_at is not null and erased_by is null and phone is null, true, 'by nobody but the rule') from public.members, gone where id = member;
select is((select count(*)::integer from public.enrolments where email is not null), 0, 'with what the enrolment told');
select is((select sum(points)::integer from public.point_entries, gone where member_id = member), 50, 'and a ledger that stays');
select is((select string_agg(comment, ', ' order by occurred_at) from public.answers where comment is not null), '…, New words', 'old words are emptied');
select is((select string_agg(phone, ' ') from private.waiting_records), '+359880000011', 'and numbers nobody enrolled with');
select is((select count(*)::integer from public.visits where member_id is null), 2, 'whose visits stay');
select is((select string_agg(record::jsonb ->> 'body', '') from public.quarantine), null, 'and what could not be taken');
select is((select count(*)::integer from public.quarantine where resolved_at is not null), 1, 'which is settled');
select tests.become('anonymous');
select is(tests.outcome(tests.enrolment(1, '+359880000001', '2023-01-10 08:00Z', '{"firstName": "Gone", "email": "gone@example.test"}')), 'duplicate', 'a late resend brings nobody back');
select tests.become('owner');
select is(public.set_retention(tests.bakery(), null) ->> 'outcome', 'saved', 'the owner keeps everybody again');
select tests.become('database owner');
select is(private.forget_old(tests.bakery(), '2036-11-01Z'), 0, 'and nobody is forgotten');

select * from finish();
rollback;
