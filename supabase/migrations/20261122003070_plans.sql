-- What is worked out anew for every record is planned once a session, and a plan outlives what it was made for: made while a
-- shop had twenty members, it reads whole tables, and goes on doing so while a file brings fifty thousand. Statistics that a
-- later analyze gathers would help the next transaction and never the one that is running. Every one of these queries asks
-- for one member by an index, so none of them may choose to read a table whole.
do $$
declare
  worked_out regprocedure;
begin
  for worked_out in
    select p.oid::regprocedure from pg_proc as p
    where p.pronamespace = 'private'::regnamespace and (
      'plan_cache_mode=force_generic_plan' = any (p.proconfig)
      or p.proname in ('keep_directory_key', 'member_named', 'member_of', 'next_directory_seq', 'resolve_waiting', 'settle_directory',
        'store_balance', 'store_consent', 'store_enrolment', 'store_visit')
    )
  loop
    execute format('alter function %s set enable_seqscan = off', worked_out);
  end loop;
end
$$;
