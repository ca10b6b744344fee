-- Whose rating it was, where a member said so after a check-in.

create table public.session_members (
  org_id uuid not null references public.organizations (id) on delete cascade,
  record_id uuid not null,
  session_id uuid not null,
  occurred_at timestamptz not null,
  alias uuid,
  primary key (org_id, record_id)
);
create index session_members_of_alias on public.session_members (org_id, alias);
create index session_members_of_session on public.session_members (org_id, session_id, occurred_at, record_id);
comment on table public.session_members is 'Which member said that the answers of a session are theirs; of several the first.';
comment on column public.session_members.alias is
  'As the tablet named them, the id of the member or of an enrolment, so that it may come before its member. Null once they were erased: what they wrote, and may still arrive, is emptied.';

alter table public.session_members enable row level security;
create policy "owners and managers read whose sessions they were" on public.session_members
  for select to authenticated using (org_id in (select private.managed_organizations()));
revoke all on public.session_members from anon, authenticated;
grant select on public.session_members to authenticated;

create function private.rater_refusal(body jsonb, org uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if (body ->> 'member')::uuid is null then
    return 'bad_member';
  end if;
  if (body ->> 'session')::uuid is null then
    return 'bad_session';
  end if;
  return null;
end
$$;
revoke execute on function private.rater_refusal(jsonb, uuid) from public;

-- Every id under which a member may be named, those of whoever was merged into them too.
create function private.names_of(org uuid, member uuid) returns setof uuid
language sql stable set search_path = '' as $$
  select member
  union all
  select id from public.members where org_id = org and merged_into = member
  union all
  select id from public.member_aliases where org_id = org and member_id = member
$$;
revoke execute on function private.names_of(uuid, uuid) from public;
grant execute on function private.names_of(uuid, uuid) to authenticated;

-- What stands for words of somebody who was erased: a comment is never empty.
create function private.emptied_comment() returns text
language sql immutable set search_path = '' as $$ select '…' $$;
revoke execute on function private.emptied_comment() from public;

create function private.empty_comments_of(org uuid, sessions uuid[]) returns void
language sql volatile set search_path = '' as $$
  update public.answers set comment = private.emptied_comment()
  where org_id = org and session_id = any (sessions) and comment is not null
$$;
revoke execute on function private.empty_comments_of(uuid, uuid[]) from public;

-- Unties sessions from somebody who was erased, under any of these names.
create function private.forget_rater(org uuid, names uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  sessions uuid[];
begin
  with forgotten as (
    update public.session_members set alias = null where org_id = org and alias = any (names) returning session_id
  )
  select array_agg(session_id) into sessions from forgotten;
  if sessions is not null then
    perform private.empty_comments_of(org, sessions);
  end if;
end
$$;
revoke execute on function private.forget_rater(uuid, uuid[]) from public;

-- Whoever erases a member erases this with them, now and when a name of theirs arrives late.
create function private.forget_erased_rater() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'members' then
    perform private.forget_rater(new.org_id, array(select private.names_of(new.org_id, new.id)));
  elsif exists (select 1 from public.members where org_id = new.org_id and id = new.member_id and erased_at is not null) then
    perform private.forget_rater(new.org_id, array[new.id]);
  end if;
  return null;
end
$$;
revoke execute on function private.forget_erased_rater() from public;
create trigger erased_members_rated_nothing
  after update of erased_at on public.members
  for each row when (old.erased_at is null and new.erased_at is not null) execute function private.forget_erased_rater();
create trigger late_names_of_erased_members_rated_nothing
  after insert on public.member_aliases
  for each row execute function private.forget_erased_rater();

-- Words that arrive after whoever wrote them was erased.
create function private.empty_late_comment() returns trigger
language plpgsql set search_path = '' as $$
begin
  if exists (
    select 1 from public.session_members where org_id = new.org_id and session_id = new.session_id and alias is null
  ) then
    new.comment := private.emptied_comment();
  end if;
  return new;
end
$$;
revoke execute on function private.empty_late_comment() from public;
create trigger comments_of_erased_members_are_emptied
  before insert on public.answers
  for each row when (new.comment is not null) execute function private.empty_late_comment();

-- A member's ratings for their timeline: one event a session, at its first answer.
create function private.ratings_of(org uuid, member uuid) returns table (at timestamptz, id uuid, event jsonb)
language sql stable set search_path = '' as $$
  select min(a.occurred_at), a.session_id, jsonb_build_object(
    'what', 'rating', 'tablet', (array_agg(a.tablet_id))[1], 'location', (array_agg(a.location_id))[1],
    'answers', jsonb_agg(jsonb_build_object(
      'survey', a.survey_version_id, 'question', a.question, 'type', a.type, 'score', a.score, 'choices', a.choices, 'comment', a.comment
    ) order by a.occurred_at, a.id))
  from (
    select distinct on (s.session_id) s.session_id, s.alias from public.session_members as s
    where s.org_id = org and s.session_id in (
      select named.session_id from public.session_members as named
      where named.org_id = org and named.alias in (select private.names_of(org, member))
    )
    order by s.session_id, s.occurred_at, s.record_id
  ) as rated
  join public.answers as a on a.org_id = org and a.session_id = rated.session_id
  where rated.alias in (select private.names_of(org, member))
  group by a.session_id
$$;
revoke execute on function private.ratings_of(uuid, uuid) from public;
grant execute on function private.ratings_of(uuid, uuid) to authenticated;
