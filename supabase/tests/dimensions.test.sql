-- The shop's own dimensions, what its tablets stand for and since when, and regions.
begin;
\ir fixtures/two-shops.psql
select plan(50);

create function tests.bakery() returns uuid language sql as $$ select '10000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.counter() returns uuid language sql as $$ select '12000000-0000-4000-8000-000000000001'::uuid $$;
create function tests.save(name text default 'Till', told text default '[{"name": "Bread"}, {"name": " Cakes "}]', dimension uuid default null)
returns text language sql as $$
  select public.save_dimension(tests.bakery(), dimension, name, told) ->> 'outcome'
$$;
create function tests.till() returns uuid language sql security definer as $$
  select id from public.dimensions where org_id = tests.bakery() order by created_at limit 1
$$;
create function tests.value(name text) returns uuid language sql security definer as $$
  select id from public.dimension_values where org_id = tests.bakery() and name = value.name
$$;
create function tests.stand(value uuid, since date default '2000-01-01', tablet uuid default tests.counter(), dimension uuid default tests.till())
returns text language sql as $$
  select public.set_tablet_value(tests.bakery(), tablet, dimension, value, since) ->> 'outcome'
$$;
-- As 'Bread Sofia 5:2-0', n and how many of them are flagged.
create function tests.told(from_date date default '2026-03-01', to_date date default '2026-03-31') returns text language sql security definer as $$
  select string_agg(concat_ws(' ', coalesce((select v.name from public.dimension_values as v where v.id = (cell ->> 'value')::uuid), '-'),
    (select l.name from public.locations as l where l.id = (cell ->> 'location')::uuid), (
      select string_agg(format('%s:%s-%s', count -> 0, count -> 1, count -> 2), ' ' order by position)
      from jsonb_array_elements(cell -> 'counts') with ordinality as counts (count, position))), ', ' order by cell -> 'counts')
  from jsonb_array_elements(public.report_own_split(tests.bakery(), tests.till(), told.from_date, told.to_date, 'satisfaction')) as cell
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who
select tests.become('anonymous');
select throws_ok('select tests.save()', '42501', null, 'anonymous names no dimension');
select throws_ok('select public.remove_dimension(tests.bakery(), tests.bakery())', '42501', null, 'removes none');
select throws_ok('select tests.stand(null)', '42501', null, 'says of no tablet what it stands for');
select throws_ok('select public.set_region(tests.bakery(), tests.bakery(), ''West'')', '42501', null, 'sets no region');
select throws_ok(
  'select public.report_own_split(tests.bakery(), tests.bakery(), current_date, current_date, ''satisfaction'')', '42501', null, 'and asks for nothing');
select tests.become('other owner');
select is(tests.save(), 'forbidden', 'nor does another shop''s owner');
select is(tests.stand(null), 'forbidden', 'whatever they try');
select is(public.set_region(tests.bakery(), '11000000-0000-4000-8000-000000000001', 'West') ->> 'outcome', 'forbidden', 'on a place');
select is(public.remove_dimension(tests.bakery(), tests.bakery()) ->> 'outcome', 'forbidden', 'or a dimension');
select tests.become('analyst');
select is(tests.save(), 'forbidden', 'an analyst reads and names nothing');
select is(tests.stand(null), 'forbidden', 'nor says of a tablet what it stands for');
select is(public.set_region(tests.bakery(), '11000000-0000-4000-8000-000000000001', 'West') ->> 'outcome', 'forbidden', 'nor where a place is');

-- Naming
select tests.become('manager');
select is(tests.save(name => ' '), 'bad_name', 'a dimension has a name');
select is(tests.save(name => repeat('x', 61)), 'bad_name', 'that fits');
select is(tests.save(told => 'Bread'), 'bad_values', 'and values');
select is(tests.save(told => '[]'), 'bad_values', 'one at least');
select is(tests.save(told => '[{"name": ""}]'), 'bad_values', 'with names');
select is(tests.save(told => '[{"name": "Bread"}, {"name": " bread"}]'), 'bad_values', 'that tell them apart');
select is(tests.save(told => '[{"name": "Bread", "value": "x"}]'), 'bad_values', 'and ids');
select is(tests.save(), 'saved', 'a manager names one');
select results_eq(
  'select d.name, v.name, v.position::integer, created_by from public.dimensions as d join public.dimension_values as v on dimension_id = d.id order by 3',
  $$ values ('Till', 'Bread', 1, 'manager@example.test'), ('Till', 'Cakes', 2, 'manager@example.test') $$, 'as it was told, in its order');
select is(tests.save(name => 'till'), 'name_taken', 'once');
select is(tests.save(dimension => tests.bakery()), 'unknown_dimension', 'another''s cannot be changed');

-- What a tablet stands for
select is(tests.stand(tests.value('Bread')), 'saved', 'a tablet stands for a value');
select is(tests.stand(tests.value('Cakes'), '1999-12-31'), 'bad_date', 'from a day that is believed');
select is(tests.stand(tests.value('Cakes'), current_date + 367), 'bad_date', 'not in years');
select is(tests.stand(tests.value('Cakes'), tablet => '22000000-0000-4000-8000-000000000001'), 'unknown_tablet', 'a tablet of the shop');
select is(tests.stand(tests.bakery()), 'unknown_value', 'a value there is');
select is(tests.stand(tests.value('Cakes'), dimension => tests.bakery()), 'unknown_value', 'of a dimension there is');
select tests.become('database owner');
insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n, n_flagged)
select tests.bakery(), 'satisfaction', at, t.location_id, t.id, 'csat', score, n, flagged
from (values
  ('Counter', '2026-03-09T10:00'::timestamp, 1::smallint, 3, 1), ('Counter', '2026-03-10T10:00', 2, 4, 0), ('Beach', '2026-03-10T10:00', 3, 5, 0)
) as counted (tablet, at, score, n, flagged)
join public.tablets as t on t.org_id = tests.bakery() and t.name = tablet;
select tests.become('analyst');
select is(tests.told(), '- Samoa 3:5-0, Bread Sofia 1:3-1 2:4-0', 'scores are those of what their tablet stands for, and of nothing');
select tests.become('owner');
select is(tests.stand(tests.value('Cakes'), '2026-03-10'), 'saved', 'from a day on it stands for another');
select is(tests.told(), 'Bread Sofia 1:3-1, Cakes Sofia 2:4-0, - Samoa 3:5-0', 'and what was before stays where it was');
select is(tests.told('2026-03-10', '2026-03-10'), 'Cakes Sofia 2:4-0, - Samoa 3:5-0', 'the day itself is the new one''s');
select is(tests.stand(null, '2026-03-10'), 'saved', 'or for nothing; the later word of a day counts');
select is(tests.told(), 'Bread Sofia 1:3-1, - Sofia 2:4-0, - Samoa 3:5-0', 'and is told');

select is(tests.stand(tests.value('Bread')), 'saved', 'or has been the same ever since');
select is(tests.told(), '- Samoa 3:5-0, Bread Sofia 1:3-1 2:4-0', 'and what was said before was a mistake');
select is(tests.stand(null, '2026-03-10'), 'saved', 'then it stands for nothing from a day on');

-- Changing
select is(tests.save('Counter', format('[{"name": "Pies"}, {"name": "Rye", "value": "%s"}]', tests.value('Bread')), tests.till()), 'saved', 'names change');
select results_eq(
  'select name, removed_at is null from public.dimension_values order by removed_at is not null, position', $$ values ('Pies', true), ('Rye', true), ('Cakes', false) $$,
  'with their order; what is left out is removed');
select is(tests.told(), 'Rye Sofia 1:3-1, - Sofia 2:4-0, - Samoa 3:5-0', 'and counts stay');
select is(tests.stand(tests.value('Cakes')), 'unknown_value', 'a removed value is for no tablet');
select is(tests.save('Counter', '[{"name": "cakes"}]', tests.till()), 'saved', 'until it comes back');
select is((select count(*) from public.dimension_values where lower(name) = 'cakes'), 1::bigint, 'as the one it was');
select is(public.remove_dimension(tests.bakery(), tests.till()) ->> 'outcome', 'removed', 'a dimension is removed');
select is(public.remove_dimension(tests.bakery(), tests.till()) ->> 'outcome', 'unknown_dimension', 'once');

-- Regions
select is(public.set_region(tests.bakery(), '11000000-0000-4000-8000-000000000001', repeat('x', 121)) ->> 'outcome', 'bad_region', 'a region''s name fits');
select is(public.set_region(tests.bakery(), '21000000-0000-4000-8000-000000000001', 'West') ->> 'outcome', 'unknown_location', 'and is set for places of the shop');
select is(public.set_region(tests.bakery(), '11000000-0000-4000-8000-000000000001', '  West ') ->> 'outcome', 'saved', 'a region is set');
select is((select region from public.locations where name = 'Sofia'), 'West', 'without the blanks around it');

select * from finish();
rollback;
