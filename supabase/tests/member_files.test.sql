-- The shop's visits and its ledger in pages, by actor.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(15);

create function tests.pages(what text, size integer) returns text language plpgsql as $$
declare
  mark text;
  page jsonb;
  told text := '';
begin
  loop
    page := case what when 'visits' then public.report_visits(tests.bakery(), mark, size)
      else public.report_ledger(tests.bakery(), mark, size) end;
    told := told || coalesce((
      select string_agg(concat_ws(' ', coalesce(row ->> 'phone', '-'), row ->> 'amount', row ->> 'refused', row ->> 'reason', row ->> 'points'), ', ')
      from jsonb_array_elements(page -> case what when 'visits' then 'visits' else 'entries' end) as row), '') || '|';
    mark := page ->> 'next';
    exit when mark is null;
  end loop;
  return told;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(
  tests.enrolment(1, '+359881234567', '2026-03-01 07:00Z'),
  tests.visit(2, '+359881234567', '2026-03-02 08:00Z', '{"sale": {"amount": 250, "currency": "EUR"}}'),
  tests.visit(3, '+359881234567', '2026-03-02 09:00Z'),
  tests.visit(4, '', '2026-03-02 10:00Z', '{"member": null, "phone": null, "sale": {"amount": -99, "currency": "EUR"}}'),
  tests.visit(5, '+359881234567', '2026-03-04 08:00Z')));

select throws_ok('select public.report_visits(tests.bakery())', '42501', null, 'anonymous reads no visits');
select throws_ok('select public.report_ledger(tests.bakery())', '42501', null, 'nor the ledger');
select tests.become('stranger');
select is(tests.pages('visits', 10), '|', 'a stranger reads nothing');
select is(tests.pages('ledger', 10), '|', 'of either');
select tests.become('other owner');
select is(tests.pages('visits', 10), '|', 'nor does another shop''s owner');
select is(tests.pages('ledger', 10), '|', 'of either');
select tests.become('analyst');
select is(tests.pages('visits', 10), '- 250 12, - cooldown 0, - -99 refund 0, - 10|', 'an analyst reads visits without the people');
select is((select string_agg(part, ', ' order by part) from unnest(string_to_array(rtrim(tests.pages('ledger', 10), '|'), ', ')) as part),
  '- amount 2, - visit 10, - visit 10, - welcome 50', 'and entries without them');
select tests.become('manager');
select is(tests.pages('visits', 10), '+359881234567 250 12, +359881234567 cooldown 0, - -99 refund 0, +359881234567 10|', 'a manager with them');
select tests.become('owner');
select is(tests.pages('visits', 1), '+359881234567 250 12|+359881234567 cooldown 0|- -99 refund 0|+359881234567 10||', 'page by page they are the same');
select is(tests.pages('visits', 2), '+359881234567 250 12, +359881234567 cooldown 0|- -99 refund 0, +359881234567 10||', 'in their order');
select is(length(tests.pages('ledger', 1)) - length(replace(tests.pages('ledger', 1), '|', '')), 5, 'as is the ledger');
select is(jsonb_array_length(public.report_visits(tests.bakery(), 'rubbish') -> 'visits'), 4, 'a mark that is none begins at the beginning');
select is(public.report_visits(tests.bakery()) #>> '{visits,0,local_at}', '2026-03-02 10:00:00', 'with the clock on the shop''s wall');
select is(
  (select string_agg(key, ' ' order by key) from jsonb_object_keys(public.report_ledger(tests.bakery()) #> '{entries,0}') as key),
  'at by entry first_name member note phone points reason visit', 'and every entry with its record and its person'
);

select * from finish();
rollback;
