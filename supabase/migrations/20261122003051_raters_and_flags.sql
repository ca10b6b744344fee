-- A member who rates right after a check-in does so within a minute of the PIN that staff gave for it. What a member said is
-- theirs is no staff's own tap.

-- Changes the flag of what a session has said so far, where it was that one, and moves the counts with it. n stays: it counts
-- every answer. around is the moment of one of its answers, so that the search is for one hour and not for all time.
create function private.change_session_flag(org uuid, tablet uuid, session uuid, was text, becomes text, around timestamptz)
returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  step integer := (becomes is not null)::integer - (was is not null)::integer;
begin
  with changed as (
    update public.answers as a set flag = becomes
    where a.org_id = org and a.session_id = session and a.tablet_id = tablet
      and a.occurred_at between around - interval '1 hour' and around + interval '1 hour'
      and a.flag is not distinct from was
    returning a.question, date_trunc('hour', a.local_at) as local_hour, a.location_id, a.score, a.choices
  ), scores as (
    update public.score_counts as counts set n_flagged = counts.n_flagged + more.n * step
    from (
      select question, local_hour, location_id, score, count(*)::integer as n
      from changed where score is not null group by question, local_hour, location_id, score
    ) as more
    where counts.org_id = org and counts.question = more.question and counts.local_hour = more.local_hour
      and counts.location_id = more.location_id and counts.tablet_id = tablet and counts.score = more.score
  )
  update public.choice_counts as counts set n_flagged = counts.n_flagged + more.n * step
  from (
    select question, local_hour, location_id, choice, count(*)::integer as n
    from changed, unnest(choices) as choice group by question, local_hour, location_id, choice
  ) as more
  where counts.org_id = org and counts.question = more.question and counts.local_hour = more.local_hour
    and counts.location_id = more.location_id and counts.tablet_id = tablet and counts.choice = more.choice;
end
$$;
revoke execute on function private.change_session_flag(uuid, uuid, uuid, text, text, timestamptz) from public;

-- As before, by change_session_flag.
create or replace function private.flag_session(org uuid, tablet uuid, session uuid, reason text, around timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.change_session_flag(org, tablet, session, null, reason, around);
end
$$;

create function private.has_rater(org uuid, session uuid) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.session_members where org_id = org and session_id = session);
end
$$;
revoke execute on function private.has_rater(uuid, uuid) from public;

-- As before, but for a member's own session.
create or replace function private.first_flag(answer public.answers) returns text
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  flag text;
  hours jsonb;
begin
  select a.flag into flag from public.answers as a
  where a.org_id = answer.org_id and a.session_id = answer.session_id and a.tablet_id = answer.tablet_id
    and a.occurred_at between answer.occurred_at - interval '1 hour' and answer.occurred_at + interval '1 hour'
    and a.flag is not null
  limit 1;
  if flag is not null then
    return flag;
  end if;
  if answer.clock = 'server' then
    select opening_hours into hours from public.locations where org_id = answer.org_id and id = answer.location_id;
    if hours is not null and private.is_closed(hours, answer.local_at) then
      return 'closed';
    end if;
  end if;
  if answer.clock <> 'receipt' and exists (
    select 1 from public.staff_unlocks as unlocks
    where unlocks.org_id = answer.org_id and unlocks.tablet_id = answer.tablet_id and unlocks.clock <> 'receipt'
      and unlocks.occurred_at between answer.occurred_at - interval '1 minute' and answer.occurred_at + interval '1 minute'
  ) and not private.has_rater(answer.org_id, answer.session_id) then
    return 'staff';
  end if;
  return null;
end
$$;

-- As before, but for members' own sessions.
create or replace function private.store_unlock(origin public.pairings, location uuid, record jsonb, body jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  moment record;
begin
  select * into moment from private.occurred_at(record);
  insert into public.staff_unlocks (org_id, id, occurred_at, clock, tablet_id, location_id, staff_id)
  values (origin.org_id, (record ->> 'id')::uuid, moment.at, moment.clock, origin.tablet_id, location,
    (body ->> 'staff')::uuid);
  if moment.clock = 'receipt' then
    return;
  end if;
  perform private.flag_session(origin.org_id, origin.tablet_id, near.session_id, 'staff', near.occurred_at)
  from (
    select distinct on (session_id) session_id, occurred_at from public.answers
    where org_id = origin.org_id and tablet_id = origin.tablet_id and clock <> 'receipt' and flag is null
      and occurred_at between moment.at - interval '1 minute' and moment.at + interval '1 minute'
  ) as near
  where not private.has_rater(origin.org_id, near.session_id);
end
$$;

-- What was taken for the staff's own tap, because it came first, is the member's.
create function private.store_rater(origin public.pairings, record jsonb, body jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  session uuid := body ->> 'session';
  alias uuid := body ->> 'member';
  moment record;
  rating public.answers;
begin
  select * into moment from private.occurred_at(record);
  insert into public.session_members (org_id, record_id, session_id, occurred_at, alias)
  values (org, (record ->> 'id')::uuid, session, moment.at, alias);
  if exists (
    select 1 from public.members where org_id = org and id = private.member_named(org, alias) and erased_at is not null
  ) then
    perform private.forget_rater(org, array[alias]);
  end if;
  perform private.change_session_flag(org, origin.tablet_id, session, 'staff', null, moment.at);
  for rating in
    select * from public.answers
    where org_id = org and session_id = session and tablet_id = origin.tablet_id and type = 'csat' and clock <> 'receipt' and flag is null
  loop
    perform private.flag_patterns(rating);
  end loop;
end
$$;
revoke execute on function private.store_rater(public.pairings, jsonb, jsonb) from public;
