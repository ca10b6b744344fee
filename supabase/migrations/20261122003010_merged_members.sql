-- One person under two numbers is one member: what is known of both belongs to one of them, and both numbers find it.

alter table public.members
  add column merged_into uuid,
  add column merged_at timestamptz,
  add column merged_by uuid,
  add constraint members_merged_into_another check (merged_into <> id),
  drop constraint members_are_known_or_erased,
  add constraint members_are_known_or_merged_or_erased check (
    case when erased_at is not null then num_nonnulls(phone, first_name, email, birthday_month, birthday_day, locale) = 0
    when merged_into is not null then phone is not null and num_nonnulls(first_name, email, birthday_month, birthday_day, locale) = 0
    else phone is not null and first_name is not null and locale is not null end),
  add constraint members_merged_whole check (num_nonnulls(merged_into, merged_at, merged_by) in (0, 3)),
  add constraint members_merged_into_fkey foreign key (org_id, merged_into) references public.members (org_id, id) on delete cascade;
create index members_merged on public.members (org_id, merged_into) where merged_into is not null;
comment on column public.members.merged_into is
  'Whose facts and points theirs are now, never one that is merged itself. The row keeps only the number, so that whatever names it is found there, until that member is erased.';

-- The member's own row and those that were merged into it: one for each number.
create function private.rows_of_member(org uuid, member uuid) returns uuid[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return array(
    select member
    union all
    select id from public.members where org_id = org and merged_into = member
  );
end
$$;
revoke execute on function private.rows_of_member(uuid, uuid) from public;

-- As before, but who was merged into another is that other.
create or replace function private.member_named(org uuid, alias uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (
    select coalesce(merged_into, id) from public.members where org_id = org and id = alias
    union all
    select member_id from public.member_aliases where org_id = org and id = alias
    limit 1
  );
end
$$;

-- As before, under each of their numbers.
create or replace function private.settle_directory(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  rows_of_theirs uuid[] := private.rows_of_member(org, member);
  entry record;
  known text;
  now_sealed text;
begin
  for entry in
    select d.lookup, d.directory_key, d.sealed from private.directory_entries as d
    where d.org_id = org and d.member_id = any (rows_of_theirs)
    order by d.lookup
  loop
    if known is null and private.takes_part(org, member) then
      known := private.known_member(org, member)::text;
    end if;
    now_sealed := case when known is not null then private.seal_entry(entry.directory_key, known) end;
    if now_sealed is distinct from entry.sealed then
      update private.directory_entries set sealed = now_sealed, seq = private.next_directory_seq(org)
      where org_id = org and lookup = entry.lookup;
    end if;
  end loop;
end
$$;

-- As before, by any of their numbers.
create or replace function public.find_member(pairing uuid, secret text, phone text, directory_key text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  asker public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(asker, 'find_member');
  wait integer;
  -- The row that has the number, and whose it is.
  holder uuid;
  member uuid;
begin
  if reply is not null then
    return reply;
  end if;
  if asker.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if asker.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  wait := private.seconds_to_wait('find_member_by_number:' || asker.id, 30);
  if wait is not null then
    return jsonb_build_object('outcome', 'throttled', 'retry_after_s', wait);
  end if;
  select m.id, coalesce(m.merged_into, m.id) into holder, member from public.members as m
  where m.org_id = asker.org_id and m.phone = find_member.phone;
  if not found or not private.takes_part(asker.org_id, member) then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if directory_key ~ '^[0-9a-f]{64}$' and not exists (
    select 1 from private.directory_entries as entries where entries.org_id = asker.org_id and entries.member_id = holder
  ) then
    perform private.lock_members(asker.org_id);
    perform private.keep_directory_key(asker.org_id, holder, directory_key);
    perform private.settle_directory(asker.org_id, member);
  end if;
  return jsonb_build_object('outcome', 'found', 'member', private.known_member(asker.org_id, member));
end
$$;
