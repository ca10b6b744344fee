-- What a shop's programme gives, in versions: a visit is judged by the one that was in force when it happened.

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;

create table public.programmes (
  org_id uuid not null references public.organizations (id) on delete cascade,
  directory_salt text not null default encode(extensions.gen_random_bytes(32), 'hex')
    constraint programmes_directory_salt_is_hex check (directory_salt ~ '^[0-9a-f]{64}$'),
  member_secret text not null default encode(extensions.gen_random_bytes(32), 'hex')
    constraint programmes_member_secret_is_hex check (member_secret ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  primary key (org_id)
);
comment on table public.programmes is
  'One row a shop with members. Who changes anything of a member holds it (private.lock_members), so that one shop''s members are settled one after another.';
comment on column public.programmes.directory_salt is 'Makes the tablets'' directories of two shops differ; never changes.';
comment on column public.programmes.member_secret is
  'Turns a telephone number into a member''s id. Whoever reads ids must not be able to try numbers against them, least of all erased ones.';

create table public.programme_versions (
  org_id uuid not null references public.organizations (id) on delete cascade,
  valid_from timestamptz not null,
  programme jsonb constraint programme_versions_programme_is_object check (jsonb_typeof(programme) = 'object'),
  created_by uuid not null,
  primary key (org_id, valid_from)
);
comment on table public.programme_versions is 'Immutable. programme as src/domain/member.ts has it; null where the shop ended its programme.';

create trigger programme_versions_are_immutable
  before update on public.programme_versions
  for each row execute function private.refuse_change();

alter table public.programmes enable row level security;
alter table public.programme_versions enable row level security;
create policy "team members read their programme" on public.programmes
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their programme's versions" on public.programme_versions
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.programmes, public.programme_versions from anon, authenticated;
grant select (org_id, directory_salt, created_at) on public.programmes to authenticated;
grant select on public.programme_versions to authenticated;

-- Waits until nobody else changes this shop's members, and keeps others waiting until the transaction ends. Taken before
-- any other row or lock that another batch could hold, or two batches would wait for each other.
create function private.lock_members(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into public.programmes (org_id) values (org) on conflict do nothing;
  perform 1 from public.programmes where org_id = org for no key update;
end
$$;
revoke execute on function private.lock_members(uuid) from public;

-- From when to when each version is in force: the first also covers what came before it.
create view private.programme_periods as
  select org_id, programme,
    case when lag(valid_from) over in_order is null then '-infinity' else valid_from end as since,
    coalesce(lead(valid_from) over in_order, 'infinity') as until
  from public.programme_versions
  window in_order as (partition by org_id order by valid_from);
revoke all on private.programme_periods from anon, authenticated;

create function private.told_whole(report jsonb, name text, low numeric, high numeric) returns numeric
language sql immutable set search_path = '' as $$
  select told from private.told_number(report, name, low, high) as told where told = trunc(told)
$$;
revoke execute on function private.told_whole(jsonb, text, numeric, numeric) from public;

-- A programme with the fields that programmeSchema of src/domain/member.ts knows and no others; null when it is none.
create function private.read_programme(given jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  amount jsonb := nullif(given -> 'points_per_amount', 'null');
  programme jsonb := jsonb_build_object(
    'country', substring(given ->> 'country' from '^[A-Z]{2}$'),
    'currency', substring(given ->> 'currency' from '^[A-Z]{3}$'),
    'cooldown_hours', private.told_number(given, 'cooldown_hours', 0, 720),
    'points_per_visit', private.told_whole(given, 'points_per_visit', 0, 1000000),
    'welcome_points', private.told_whole(given, 'welcome_points', 0, 1000000),
    'birthday_points', private.told_whole(given, 'birthday_points', 0, 1000000)
  );
begin
  if amount is not null then
    amount := jsonb_build_object(
      'points', private.told_whole(amount, 'points', 0, 1000000),
      'per', private.told_whole(amount, 'per', 1, 1000000000)
    );
  end if;
  if jsonb_path_exists(programme, '$.* ? (@ == null)') or jsonb_path_exists(amount, '$.* ? (@ == null)') then
    return null;
  end if;
  return programme || jsonb_build_object('points_per_amount', amount);
end
$$;
revoke execute on function private.read_programme(jsonb) from public;

-- The programme in force now and since when; both null before the first.
create function public.report_programme(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce((
    select jsonb_build_object('programme', programme, 'valid_from', valid_from)
    from public.programme_versions where org_id = org order by valid_from desc limit 1
  ), '{"programme": null, "valid_from": null}')
$$;
revoke execute on function public.report_programme(uuid) from public, anon, authenticated;
grant execute on function public.report_programme(uuid) to authenticated;
