-- Nobody writes a table through the API: every change goes through a function.
begin;
\ir fixtures/two-shops.psql
select plan(795);

-- A first column to name, so that each statement is right in everything but the privilege.
create table tests.statements as
select name, verb, statement
from (
  select tables.relname as name, column_name
  from pg_class as tables
  join information_schema.columns on table_schema = 'public' and table_name = tables.relname and ordinal_position = 1
  where tables.relnamespace = 'public'::regnamespace and tables.relkind in ('r', 'p')
) as targets,
lateral (values
  ('insert into', format('insert into public.%I (%I) values (gen_random_uuid())', name, column_name)),
  ('update', format('update public.%I set %I = gen_random_uuid()', name, column_name)),
  ('delete from', format('delete from public.%I', name))
) as verbs (verb, statement);
grant select on tests.statements to anon, authenticated;

select tests.become('owner');
select throws_ok(statement, '42501', null, format('the owner may not %s %s', verb, name)) from tests.statements;
select tests.become('manager');
select throws_ok(statement, '42501', null, format('the manager may not %s %s', verb, name)) from tests.statements;
select tests.become('analyst');
select throws_ok(statement, '42501', null, format('the analyst may not %s %s', verb, name)) from tests.statements;
select tests.become('other owner');
select throws_ok(statement, '42501', null, format('another owner may not %s %s', verb, name)) from tests.statements;
select tests.become('anonymous');
select throws_ok(statement, '42501', null, format('anonymous may not %s %s', verb, name)) from tests.statements;

select * from finish();
rollback;
