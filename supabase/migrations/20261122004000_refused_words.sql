-- What a member said and the server could not take is forgotten with them, by whichever of their names it was told.

-- Empties records in quarantine that name one of these ids, of a member, an enrolment or a session. They stay settled, so that
-- no copy of them is taken later.
create function private.empty_quarantine_naming(org uuid, ids uuid[]) returns void
language sql volatile set search_path = '' as $$
  update public.quarantine as q set
    record = (q.record::jsonb - 'body')::text,
    resolved_at = coalesce(q.resolved_at, now()), resolved_by = coalesce(q.resolved_by, (select auth.uid()))
  where q.org_id = org
    and case when jsonb_typeof(q.record::jsonb) = 'object' then q.record::jsonb ? 'body' end
    and exists (select 1 from unnest(ids) as named (id) where position(named.id::text in lower(q.record)) > 0)
$$;
revoke execute on function private.empty_quarantine_naming(uuid, uuid[]) from public;

create function private.empty_erased_refusals() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'members' then
    perform private.empty_quarantine_naming(new.org_id, array(select private.names_of(new.org_id, new.id)));
  elsif private.is_erased(new.org_id, new.member_id) then
    perform private.empty_quarantine_naming(new.org_id, array[new.id]);
  end if;
  return null;
end
$$;
revoke execute on function private.empty_erased_refusals() from public;
create trigger erased_members_were_refused_nothing
  after update of erased_at on public.members
  for each row when (old.erased_at is null and new.erased_at is not null) execute function private.empty_erased_refusals();
create trigger late_names_of_erased_members_were_refused_nothing
  after insert or update of member_id on public.member_aliases
  for each row execute function private.empty_erased_refusals();

-- As before, with what was refused of those sessions.
create or replace function private.forget_rater(org uuid, names uuid[]) returns void
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
    perform private.empty_quarantine_naming(org, sessions);
  end if;
end
$$;

-- Whether the body of a record names somebody who was erased since, by an id, a number or a session of theirs. A body that
-- cannot be read names nobody.
create function private.is_of_erased(org uuid, record jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  body jsonb;
  member uuid;
begin
  body := private.parse_json(record ->> 'body');
  member := body ->> 'member';
  if member is null and private.is_phone(body ->> 'phone') then
    member := private.member_of(org, body ->> 'phone', (private.occurred_at(record)).at);
  end if;
  return private.is_erased(org, private.member_named(org, member)) or exists (
    select 1 from public.session_members as s where s.org_id = org and s.session_id = (body ->> 'session')::uuid and s.alias is null
  );
exception when data_exception then
  return false;
end
$$;
revoke execute on function private.is_of_erased(uuid, jsonb) from public;

-- What arrives after its member was erased.
create function private.empty_late_refusal() returns trigger
language plpgsql set search_path = '' as $$
begin
  if private.is_of_erased(new.org_id, new.record::jsonb) then
    new.record := (new.record::jsonb - 'body')::text;
    new.resolved_at := now();
  end if;
  return new;
end
$$;
revoke execute on function private.empty_late_refusal() from public;
create trigger refused_records_of_erased_members_are_emptied
  before insert on public.quarantine
  for each row execute function private.empty_late_refusal();
