-- What splits are made of besides counts arrives late, too: whose rating it was, that a member had been here before, who was at work.
-- Whoever tells it opens the days that it changes again.

-- The days of what these sessions scored. Each gets a row of its own, so that nobody waits for the tablets that count there now.
create function private.change_days_of_sessions(org uuid, sessions uuid[]) returns void
language plpgsql volatile set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  insert into public.changed_days (org_id, day, location_id, tablet_id)
  select org, scored.day, scored.location_id, gen_random_uuid()
  from (
    select distinct a.local_at::date as day, a.location_id from public.answers as a
    where a.org_id = org and a.session_id = any (sessions) and a.score is not null
  ) as scored;
end
$$;
revoke execute on function private.change_days_of_sessions(uuid, uuid[]) from public;

create function private.change_days_of_rater() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform private.change_days_of_sessions(new.org_id, array[new.session_id]);
  return null;
end
$$;
revoke execute on function private.change_days_of_rater() from public;
create trigger raters_change_the_days_of_their_session
  after insert on public.session_members
  for each row execute function private.change_days_of_rater();
create trigger forgotten_raters_change_the_days_of_their_session
  after update of alias on public.session_members
  for each row when (old.alias is distinct from new.alias) execute function private.change_days_of_rater();

-- A member or a name of theirs that arrives, or is another's now: what was rated under it is known to be theirs.
create function private.change_days_of_name() returns trigger
language plpgsql set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  sessions uuid[] := array(select s.session_id from public.session_members as s where s.org_id = new.org_id and s.alias = new.id);
begin
  if cardinality(sessions) > 0 then
    perform private.change_days_of_sessions(new.org_id, sessions);
  end if;
  return null;
end
$$;
revoke execute on function private.change_days_of_name() from public;
create trigger late_members_change_the_days_they_rated
  after insert or update of merged_into on public.members
  for each row execute function private.change_days_of_name();
create trigger late_names_change_the_days_they_rated
  after insert or update of member_id on public.member_aliases
  for each row execute function private.change_days_of_name();

-- Only a member's first visit tells the days before it from those after.
create function private.change_days_of_first_visit() returns trigger
language plpgsql set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  members uuid[] := array[new.member_id];
  sessions uuid[];
begin
  if tg_op = 'UPDATE' then
    members := array_remove(array[old.member_id, new.member_id], null);
  elsif exists (
    select 1 from public.visits as earlier
    where earlier.org_id = new.org_id and earlier.member_id = new.member_id
      and (earlier.local_at, earlier.id) < (new.local_at, new.id)
  ) then
    return null;
  end if;
  sessions := array(
    select s.session_id from unnest(members) as member cross join lateral private.names_of(new.org_id, member) as name
    join public.session_members as s on s.org_id = new.org_id and s.alias = name
  );
  if cardinality(sessions) > 0 then
    perform private.change_days_of_sessions(new.org_id, sessions);
  end if;
  return null;
end
$$;
revoke execute on function private.change_days_of_first_visit() from public;
create trigger first_visits_change_the_days_of_their_member
  after insert on public.visits
  for each row when (new.member_id is not null) execute function private.change_days_of_first_visit();
create trigger visits_of_another_change_the_days_of_both
  after update of member_id on public.visits
  for each row when (old.member_id is distinct from new.member_id) execute function private.change_days_of_first_visit();

-- Who acted was at work. The row is the tablet's own, which its scores change anyway.
create function private.change_day_of_act() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into public.changed_days as known (org_id, day, location_id, tablet_id)
  select new.org_id, (new.occurred_at at time zone l.time_zone)::date, new.location_id, new.tablet_id
  from public.locations as l where l.org_id = new.org_id and l.id = new.location_id
  on conflict (org_id, day, location_id, tablet_id) do update set changes = known.changes + 1;
  return null;
end
$$;
revoke execute on function private.change_day_of_act() from public;
create trigger unlocks_change_the_day_of_their_shift
  after insert on public.staff_unlocks
  for each row when (new.clock <> 'receipt') execute function private.change_day_of_act();
create trigger visits_change_the_day_of_their_shift
  after insert on public.visits
  for each row when (new.staff_id is not null and new.clock <> 'receipt') execute function private.change_day_of_act();
create trigger redemptions_change_the_day_of_their_shift
  after insert on public.redemptions
  for each row when (new.staff_id is not null and new.clock <> 'receipt') execute function private.change_day_of_act();

-- What was counted before this.
insert into public.changed_days (org_id, day, location_id, tablet_id)
select distinct org_id, local_hour::date, location_id, tablet_id from public.score_counts
on conflict do nothing;
