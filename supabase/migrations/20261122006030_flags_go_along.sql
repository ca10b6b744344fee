-- An answer takes the flag of its session from any answer within an hour, which takes it on in turn: a session that somebody left and
-- came back to was flagged to its end when its answers came one by one, and for an hour when they came together.

-- As before, and to the end of the session, as long as no more than an hour lies between two of its answers.
create or replace function private.flag_session(org uuid, tablet uuid, session uuid, reason text, around timestamptz) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  first_at timestamptz := around;
  last_at timestamptz := around;
begin
  while around is not null loop
    perform private.change_session_flag(org, tablet, session, null, reason, around);
    first_at := least(first_at, around);
    last_at := greatest(last_at, around);
    -- Each of these brings one more answer its flag, so there is an end.
    around := (
      select known.occurred_at from public.answers as known
      where known.org_id = org and known.session_id = session and known.tablet_id = tablet and known.flag = reason
        and known.occurred_at between first_at - interval '1 hour' and last_at + interval '1 hour'
        and exists (
          select 1 from public.answers as next
          where next.org_id = org and next.session_id = session and next.tablet_id = tablet and next.flag is null
            and next.occurred_at between known.occurred_at - interval '1 hour' and known.occurred_at + interval '1 hour'
        )
      limit 1
    );
  end loop;
end
$$;
