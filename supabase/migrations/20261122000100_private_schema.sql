-- Nothing is public unless a later line grants it by name. Hosted projects made before this became the default
-- grant tables and functions to the API roles; these lines bring every project to the same start.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
alter default privileges revoke execute on functions from public;

-- Helpers and partitions live here: the API never exposes this schema.
create schema private;
revoke all on schema private from public;
grant usage on schema private to authenticated;
comment on schema private is 'Helpers and partitions. Never exposed through the API.';
