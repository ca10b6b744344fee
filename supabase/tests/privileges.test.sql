-- Who may touch what, read from the catalog, so that a new table or function cannot slip in unlisted.
begin;
\ir fixtures/two-shops.psql
-- A partition, so that partitions are among what is checked.
select private.ensure_answers_partition('2026-03-15Z');
select plan(23);

select bag_eq(
  $$ select tablename::text from pg_tables where schemaname = 'public' $$,
  array['alert_notes', 'alert_rules', 'alerts', 'answers', 'case_events', 'cases', 'changed_days', 'changed_months',
    'choice_counts', 'choice_days', 'choice_months', 'comment_marks', 'comment_words', 'consents', 'dimension_values',
    'dimensions', 'driver_days', 'enrolments', 'improvements', 'locations', 'member_aliases', 'members', 'organizations',
    'pairing_codes', 'pairings', 'place_months', 'point_entries', 'programme_versions', 'programmes', 'quarantine', 'received',
    'redemptions', 'rescue_keys', 'retention_versions', 'reward_pictures', 'reward_versions', 'rewards', 'score_counts',
    'score_days', 'score_hour_months', 'score_hours', 'score_months', 'score_years', 'session_members', 'staff', 'staff_unlocks',
    'survey_versions', 'surveys', 'tablet_values', 'tablets', 'targets', 'team_members', 'visits'],
  'the tables of schema public are these'
);
select is_empty(
  $$ select oid::regclass from pg_class
     where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'p')
       and not relrowsecurity $$,
  'every table and partition has row level security'
);
select isnt_empty(
  $$ select 1 from pg_class where relnamespace = 'private'::regnamespace and relispartition $$,
  'partitions stand in schema private'
);
select is_empty(
  $$ select oid::regclass from pg_class
     where relnamespace = 'public'::regnamespace and (relispartition or relkind in ('m', 'f', 'S') or (relkind = 'v' and relname !~ '^api_')) $$,
  'schema public holds no partition, foreign table, sequence, or view but those that other programs read (read_api.test.sql)'
);
select bag_eq(
  $$ select tablename::text, roles::text[], cmd from pg_policies where schemaname in ('public', 'private') $$,
  $$ select tablename::text, array['authenticated'] as roles, 'SELECT' as cmd from pg_tables where schemaname = 'public' $$,
  'every public table has one policy: members read; private tables have none'
);
select is_empty(
  $$ select policyname from pg_policies where schemaname = 'public' and qual !~ 'private\.(member|managed)_organizations\(\)' $$,
  'every policy asks for membership'
);

select bag_eq(
  $$ select grantee::text, table_name::text, privilege_type::text from information_schema.role_table_grants
     where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') $$,
  $$ select 'authenticated' as grantee, tablename::text, 'SELECT' as privilege from pg_tables
     where schemaname = 'public' and tablename not in ('pairings', 'pairing_codes', 'programmes', 'staff')
     union all select 'authenticated', viewname::text, 'SELECT' from pg_views where schemaname = 'public' $$,
  'authenticated may select; nobody else may do anything to a whole table'
);
select bag_eq(
  $$ select table_name::text, column_name::text from information_schema.columns
     where table_schema = 'public' and not has_column_privilege('authenticated', format('%I.%I', table_schema, table_name), column_name, 'select') $$,
  $$ values ('pairings', 'secret_hash'), ('pairing_codes', 'code_hash'), ('programmes', 'member_secret'), ('staff', 'pin_hash'), ('staff', 'pin_salt') $$,
  'hashes, their salt and a secret are the only columns authenticated cannot select'
);
select is_empty(
  $$ select table_name, column_name from information_schema.columns
     where table_schema = 'public' and (
       has_column_privilege('anon', format('%I.%I', table_schema, table_name), column_name, 'select, insert, update, references')
       or has_column_privilege('authenticated', format('%I.%I', table_schema, table_name), column_name, 'insert, update, references')) $$,
  'anonymous has no column, authenticated can write none'
);
select is_empty(
  $$ select tables.oid::regclass, role from pg_class as tables, unnest(array['anon', 'authenticated']) as role
     where tables.relnamespace = 'private'::regnamespace and tables.relkind in ('r', 'p')
       and (has_table_privilege(role, tables.oid, 'select, insert, update, delete, truncate, references, trigger')
         or has_any_column_privilege(role, tables.oid, 'select, insert, update, references')) $$,
  'no API role has any right on a private table or partition'
);
select is_empty(
  $$ select tables.oid::regclass, role from pg_class as tables, unnest(array['anon', 'authenticated']) as role
     where tables.relnamespace = 'auth'::regnamespace and tables.relkind in ('r', 'p')
       and has_table_privilege(role, tables.oid, 'select, insert, update, delete') $$,
  'no API role has any right on the accounts'
);
select ok(not has_schema_privilege('anon', 'private', 'usage'), 'anonymous cannot enter schema private');
select is_empty(
  $$ select role, schema from unnest(array['anon', 'authenticated']) as role, unnest(array['public', 'private']) as schema
     where has_schema_privilege(role, schema, 'create') $$,
  'no API role creates anything'
);
create temp table expected_functions (signature text primary key, anonymous boolean, member boolean, definer boolean) on commit drop;
insert into expected_functions values
  ('acknowledge_alert(uuid,uuid,text)', false, true, true),
  ('acknowledge_losses(uuid,uuid,bigint,bigint,bigint)', false, true, true),
  ('add_location(uuid,text,text,text)', false, true, true),
  ('add_staff(uuid,text,text,text,text)', false, true, true),
  ('add_tablet(uuid,uuid,text)', false, true, true),
  ('assign_case(uuid,uuid,uuid,text)', false, true, true),
  ('alerts_mailed(uuid,uuid[])', false, false, true),
  ('alerts_to_mail()', false, false, true),
  ('close_alert(uuid,uuid)', false, true, true),
  ('correct_points(uuid,uuid,integer,text)', false, true, true),
  ('create_organization(text,text,text,text,text,boolean)', false, true, true),
  ('create_pairing_code(uuid,uuid)', false, true, true),
  ('create_rescue_key(uuid,text,text)', false, true, true),
  ('erase_member(uuid,uuid)', false, true, true),
  ('find_member(uuid,text,text,text)', true, true, true),
  ('find_member_by_code(uuid,text,uuid)', true, true, true),
  ('import_balances(uuid,text,text,text)', false, true, true),
  ('import_records(uuid,uuid,text,text)', false, true, true),
  ('import_rescue(uuid,text,text)', false, true, true),
  ('import_source_records(uuid,uuid,text,text)', false, true, true),
  ('import_salts(uuid)', false, true, true),
  ('ingest(uuid,text,text,text)', true, true, true),
  ('keep_directory_keys(uuid,text)', false, true, true),
  ('mark_comment(uuid,uuid,text,boolean,text)', false, true, true),
  ('merge_members(uuid,uuid,uuid)', false, true, true),
  ('missing_seqs(uuid,uuid)', false, true, false),
  ('my_role(uuid)', false, true, true),
  ('note_score_limits(uuid,text,date,text,uuid)', false, true, true),
  ('open_import_source(uuid,uuid,uuid,text)', false, true, true),
  ('open_case(uuid,text,text,uuid,text,text)', false, true, true),
  ('pair(text,uuid,text,text)', true, true, true),
  ('promise_in_case(uuid,uuid,text,timestamp with time zone)', false, true, true),
  ('pull(uuid,text,text)', true, true, true),
  ('pull_members(uuid,text,bigint)', true, true, true),
  ('remove_dimension(uuid,uuid)', false, true, true),
  ('remove_improvement(uuid,uuid)', false, true, true),
  ('remove_staff(uuid,uuid)', false, true, true),
  ('report_alert_rules(uuid)', false, true, true),
  ('report_alerts(uuid,text,integer)', false, true, false),
  ('report_answers(uuid,date,date,uuid,uuid,text)', false, true, false),
  ('report_case(uuid,uuid)', false, true, false),
  ('report_case_times(uuid,date,date,uuid)', false, true, true),
  ('report_cases(uuid,text,text,integer,uuid,text,boolean,boolean)', false, true, false),
  ('report_comment_tags(uuid)', false, true, false),
  ('report_changes(uuid,date,date)', false, true, false),
  ('report_comments(uuid,date,date,uuid,uuid,timestamp with time zone,uuid,integer)', false, true, false),
  ('report_drivers(uuid,date,date,uuid)', false, true, false),
  ('report_keyless_members(uuid,integer)', false, true, true),
  ('report_ledger(uuid,text,integer)', false, true, false),
  ('report_member(uuid,uuid)', false, true, false),
  ('report_members(uuid,text,text,integer)', false, true, false),
  ('report_praise(uuid,text,boolean,text,integer)', false, true, false),
  ('report_members_to_call(uuid,text,integer)', false, true, true),
  ('report_own_split(uuid,uuid,date,date,text)', false, true, false),
  ('report_places(uuid,date,date,text)', false, true, false),
  ('report_programme(uuid)', false, true, false),
  ('report_pulse(uuid)', false, true, false),
  ('report_redemptions(uuid,uuid,boolean,text,integer)', false, true, false),
  ('report_rewards(uuid)', false, true, false),
  ('report_quarantine(uuid,boolean,timestamp with time zone,uuid,integer)', false, true, false),
  ('report_region_scores(uuid,text,date,date,text,boolean)', false, true, false),
  ('report_retention(uuid,integer)', false, true, true),
  ('report_scores(uuid,date,date,uuid,uuid,text,boolean)', false, true, false),
  ('report_side(uuid,date,date,uuid,text,uuid)', false, true, false),
  ('report_split(uuid,text,date,date,text,uuid,text)', false, true, true),
  ('report_staff(uuid)', false, true, false),
  ('report_tablets(uuid)', false, true, false),
  ('report_team(uuid)', false, true, true),
  ('report_team_pulse(uuid)', false, true, true),
  ('report_visits(uuid,text,integer)', false, true, false),
  ('rerate_case(uuid,uuid,integer,text,text)', false, true, true),
  ('resend_quarantined(uuid,uuid,text)', false, true, true),
  ('resolve_case(uuid,uuid,text,text,text)', false, true, true),
  ('reward_picture(uuid,text,text)', true, true, true),
  ('revoke_pairing(uuid,uuid)', false, true, true),
  ('set_alert_rules(uuid,text)', false, true, true),
  ('save_dimension(uuid,uuid,text,text)', false, true, true),
  ('search_comments(uuid,text,text,integer)', false, true, true),
  ('save_improvement(uuid,uuid,text,date,text,integer,uuid,text,date)', false, true, true),
  ('save_survey(uuid,uuid,text)', false, true, true),
  ('set_case_state(uuid,uuid,text,text)', false, true, true),
  ('set_opening_hours(uuid,uuid,text)', false, true, true),
  ('set_programme(uuid,text)', false, true, true),
  ('set_region(uuid,uuid,text)', false, true, true),
  ('set_reward(uuid,uuid,text,text)', false, true, true),
  ('set_retention(uuid,integer)', false, true, true),
  ('set_staff_pin(uuid,uuid,text,text)', false, true, true),
  ('set_staff_rights(uuid,uuid,text)', false, true, true),
  ('set_tablet_value(uuid,uuid,uuid,uuid,date)', false, true, true),
  ('set_target(uuid,text,uuid,integer)', false, true, true),
  ('set_team_pulse(uuid,integer)', false, true, true),
  ('settle_promise(uuid,uuid,boolean,text)', false, true, true),
  ('setup_state()', true, true, true),
  ('withdraw_consent(uuid,uuid,text)', false, true, true);
create temp view functions as
  select oid, pronamespace::regnamespace::text as schema, prosecdef as definer, proconfig, proacl,
    proname || '(' || (
      select coalesce(string_agg(format_type(type, null), ',' order by position), '')
      from unnest(proargtypes) with ordinality as arguments (type, position)
    ) || ')' as signature
  from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace);

select bag_eq(
  $$ select signature from functions where schema = 'public' $$,
  $$ select signature from expected_functions $$,
  'the functions of schema public are these'
);
select bag_eq(
  $$ select signature, has_function_privilege('anon', oid, 'execute') from functions where schema = 'public' $$,
  $$ select signature, anonymous from expected_functions $$,
  'anonymous may execute a tablet''s functions and setup_state'
);
select bag_eq(
  $$ select signature, has_function_privilege('authenticated', oid, 'execute') from functions where schema = 'public' $$,
  $$ select signature, member from expected_functions $$,
  'authenticated may execute all of them but the mailer''s'
);
select bag_eq(
  $$ select signature from functions where schema = 'public' and has_function_privilege('service_role', oid, 'execute') and definer
     and not has_function_privilege('authenticated', oid, 'execute') $$,
  $$ values ('alerts_mailed(uuid,uuid[])'), ('alerts_to_mail()') $$,
  'the mailer has two functions of its own'
);
select bag_eq(
  $$ select signature, definer from functions where schema = 'public' $$,
  $$ select signature, definer from expected_functions $$,
  'reports run as their reader, the rest as the owner'
);
select is_empty(
  $$ select signature from functions where not coalesce(proconfig @> array['search_path=""'], false) $$,
  'every function, private ones too, has an empty search path'
);
select is_empty(
  $$ select signature from functions, aclexplode(proacl) as entry where entry.grantee = 0
     union all select signature from functions where proacl is null $$,
  'no function is granted to everybody'
);
select is_empty(
  $$ select signature from functions where schema = 'private' and has_function_privilege('anon', oid, 'execute') $$,
  'anonymous may execute nothing private'
);
select bag_eq(
  $$ select signature from functions where schema = 'private' and has_function_privilege('authenticated', oid, 'execute') $$,
  $$ values ('agrees_to_publish(uuid,uuid)'), ('alert_told(alerts)'), ('bulgarian_stem(text)'), ('case_events_of(uuid,uuid)'),
    ('case_told(cases)'), ('count_drivers(uuid,date,uuid)'), ('factor_of_reason(text)'), ('counted_choices(uuid,date,date,uuid,uuid,text)'), ('counted_scores(uuid,date,date,uuid,uuid,text)'),
    ('hits(uuid,text,tsquery[])'), ('lexemes_of(uuid,text)'), ('managed_organizations()'), ('member_events(uuid,uuid)'),
    ('member_named(uuid,uuid)'), ('member_organizations()'), ('member_timeline(uuid,uuid)'), ('names_of(uuid,uuid)'), ('own_id()'),
    ('page_mark(timestamp with time zone,uuid)'), ('place_sums(uuid,date,date,date)'), ('tablet_sums(uuid,date,date,text[])'), ('scored_questions(uuid)'), ('plain_letters(text)'),
    ('ratings_of(uuid,uuid)'), ('read_page_mark(text)'), ('refresh_alerts(uuid)'),
    ('reward_left(uuid,uuid,integer,timestamp with time zone)'), ('rolled_up_days(uuid,date,date,text)'),
    ('rolled_up_hours(uuid,date,date,text)'), ('score_within(jsonb,jsonb)'), ('session_score(uuid,uuid,timestamp with time zone)'),
    ('word_queries(uuid,text)'), ('words_of(text)'),
    ('hour_counts(uuid,datemultirange,uuid[],uuid,text)'), ('changed_dates(uuid,date,date,uuid[],uuid)'),
    ('locations_of_region(uuid,text)'), ('day_counts(uuid,date,date,uuid[],uuid,text)'), ('whole_months(uuid,date,date,uuid,uuid)'),
    ('weekday_counts(uuid,date,date,uuid,uuid,text)'), ('rolled_days(uuid,date,date,uuid[],uuid,text,datemultirange)'), ('rolled_hours(uuid,uuid,datemultirange,datemultirange,text)'), ('choices_told(uuid,date,date,uuid,uuid,text)'),
    ('reward_name(uuid,uuid,timestamp with time zone)') $$,
  'authenticated may execute what the policies call, and parts of reports that read as their reader'
);

create table public.made_later (id uuid);
create function public.called_later() returns void language sql as '';
select is_empty(
  $$ select role from unnest(array['anon', 'authenticated']) as role
     where has_table_privilege(role, 'public.made_later', 'select, insert, update, delete')
       or has_function_privilege(role, 'public.called_later()', 'execute') $$,
  'a table or function made later is granted to no API role by default'
);

select * from finish();
rollback;
