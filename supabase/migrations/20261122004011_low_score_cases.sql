-- A low score of a member who agreed to be called is a case by itself, as soon as all three are known: the score, whose it
-- was, and that they agreed. They come in any order; a session makes one case; what comes later undoes none.

create unique index cases_of_low_scores on public.cases (org_id, session_id) where score is not null;
create index cases_of_session on public.cases (org_id, session_id) where session_id is not null;

-- Whether they agree to be called now, and agreed before it was too late to answer: a yes of next month is none about today.
create function private.agreed_to_call(org uuid, member uuid, before timestamptz) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return coalesce((
    select c.granted from public.consents as c
    where c.org_id = org and c.member_id = member and c.purpose = 'call'
    order by c.occurred_at desc, c.record_id desc limit 1
  ), false) and exists (
    select 1 from public.consents as c
    where c.org_id = org and c.member_id = member and c.purpose = 'call' and c.granted and c.occurred_at <= before
  );
end
$$;
revoke execute on function private.agreed_to_call(uuid, uuid, timestamptz) from public;

-- Needs no lock on members: the case holds an id and no word about anybody, so erasing them meanwhile leaves nothing behind.
-- A tablet's own records wait for one another; a consent that another tablet tells in the same moment is the one thing that
-- can be missed, and locking members here, after the tablet's lock, could make two batches wait for each other.
create function private.open_case_of_session(org uuid, session uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  first_alias uuid := (
    select s.alias from public.session_members as s
    where s.org_id = org and s.session_id = session order by s.occurred_at, s.record_id limit 1
  );
  whose uuid := private.living_member(org, private.member_named(org, first_alias));
  rating public.answers;
begin
  if whose is null then
    return;
  end if;
  select a.* into rating from public.answers as a
  where a.org_id = org and a.session_id = session and a.type = 'csat' and a.score <= 2
  order by a.occurred_at, a.id limit 1;
  if rating.id is null or not private.agreed_to_call(org, whose, rating.occurred_at + private.due_after()) then
    return;
  end if;
  if exists (select 1 from public.cases as c where c.org_id = org and c.session_id = session) then
    -- They told staff: it is their case already, and now it is known whose.
    update public.cases as c set alias = first_alias
    where c.org_id = org and c.session_id = session and c.text is not null and num_nonnulls(c.alias, c.phone) = 0;
    return;
  end if;
  insert into public.cases (org_id, occurred_at, clock, local_at, received_at, due_at, tablet_id, location_id, session_id, alias,
    locale, score)
  select org, rating.occurred_at, rating.clock, rating.local_at,
    coalesce((select r.received_at from public.received as r where r.org_id = org and r.id = rating.id), clock_timestamp()),
    rating.occurred_at + private.due_after(), rating.tablet_id, rating.location_id, session, first_alias,
    case when rating.locale in ('en', 'ru', 'bg') then rating.locale else m.locale end, rating.score
  from public.members as m where m.org_id = org and m.id = whose
  on conflict do nothing;
end
$$;
revoke execute on function private.open_case_of_session(uuid, uuid) from public;

create function private.open_case_of_low_score() returns trigger
language plpgsql set search_path = '' as $$
begin
  if private.has_rater(new.org_id, new.session_id) then
    perform private.open_case_of_session(new.org_id, new.session_id);
  end if;
  return null;
end
$$;
revoke execute on function private.open_case_of_low_score() from public;
create trigger low_scores_of_members_are_cases
  after insert on public.answers
  for each row when (new.type = 'csat' and new.score <= 2) execute function private.open_case_of_low_score();

create function private.open_case_of_rater() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform private.open_case_of_session(new.org_id, new.session_id);
  return null;
end
$$;
revoke execute on function private.open_case_of_rater() from public;
create trigger raters_of_low_scores_make_cases
  after insert on public.session_members
  for each row when (new.alias is not null) execute function private.open_case_of_rater();

create function private.open_cases_of_name() returns trigger
language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  perform private.open_case_of_session(new.org_id, s.session_id)
  from public.session_members as s where s.org_id = new.org_id and s.alias = new.id;
  return null;
end
$$;
revoke execute on function private.open_cases_of_name() from public;
create trigger late_names_of_raters_make_cases
  after insert or update of member_id on public.member_aliases
  for each row execute function private.open_cases_of_name();

create function private.open_cases_of_consent() returns trigger
language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  perform private.open_case_of_session(new.org_id, s.session_id)
  from public.session_members as s
  where s.org_id = new.org_id and s.alias in (select private.names_of(new.org_id, new.member_id));
  return null;
end
$$;
revoke execute on function private.open_cases_of_consent() from public;
create trigger consents_to_be_called_make_cases
  after insert or update of member_id on public.consents
  for each row when (new.purpose = 'call' and new.granted and new.member_id is not null)
  execute function private.open_cases_of_consent();

-- What the same customer told staff about the same session belongs to the case that their score has opened, and opens no
-- second one. Somebody else's words stay a case of their own, and so do words about somebody who was erased.
create function private.join_case_of_session() returns trigger
language plpgsql set search_path = '' as $$
declare
  opened public.cases;
  whose uuid;
begin
  select * into opened from public.cases as c
  where c.org_id = new.org_id and c.session_id = new.session_id and c.score is not null and c.text is null;
  whose := private.living_member(new.org_id, private.member_named(new.org_id, opened.alias));
  if whose is null or new.alias is not null and private.member_named(new.org_id, new.alias) is distinct from whose then
    return new;
  end if;
  update public.cases as c set
    text = new.text, phone = new.phone, first_name = new.first_name, staff_id = new.staff_id, locale = new.locale
  where c.org_id = new.org_id and c.id = opened.id;
  return null;
end
$$;
revoke execute on function private.join_case_of_session() from public;
create trigger complaints_join_the_case_of_their_session
  before insert on public.cases
  for each row when (new.score is null and new.opened_by is null and new.session_id is not null)
  execute function private.join_case_of_session();

-- As before; a case that a score opened has no words of its own, and notes about it all the same.
create or replace function private.empty_cases_of(org uuid, member uuid) returns void
language sql volatile set search_path = '' as $$
  with theirs as (
    select c.id from public.cases as c
    where c.org_id = org and (
      c.alias = member
      or c.alias in (select a.id from public.member_aliases as a where a.org_id = org and a.member_id = member)
    )
  ), emptied as (
    update public.cases as c set text = null, phone = null, first_name = null
    where c.org_id = org and c.id in (select theirs.id from theirs) and num_nonnulls(c.text, c.phone, c.first_name) > 0
  )
  update public.case_events as e set note = null
  where e.org_id = org and e.note is not null and e.case_id in (select theirs.id from theirs)
$$;
