-- Who works behind the counter, and the key to which a tablet's rescue file is sealed.

create table public.staff (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null constraint staff_name_length check (char_length(btrim(name)) between 1 and 120),
  pin_salt text not null constraint staff_pin_salt_is_hex check (pin_salt ~ '^[0-9a-f]{32}$'),
  pin_hash text not null constraint staff_pin_hash_is_hex check (pin_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  left_at timestamptz,
  primary key (org_id, id)
);
comment on table public.staff is 'People behind the counter. Who left keeps the row, because records name it.';
comment on column public.staff.pin_hash is
  'PBKDF2 with HMAC-SHA-256 and 600,000 rounds over the digits, made in the owner''s browser: the server never sees a PIN.';

create table public.rescue_keys (
  org_id uuid not null references public.organizations (id) on delete cascade,
  public_key text not null constraint rescue_keys_public_key_size check (char_length(public_key) <= 200),
  private_key text not null constraint rescue_keys_private_key_size check (char_length(private_key) <= 500),
  created_at timestamptz not null default now(),
  primary key (org_id)
);
comment on table public.rescue_keys is
  'Tablets seal their rescue files to public_key. Only who may import such a file reads private_key. The pair never changes, because a file is old.';

create function private.managed_organizations() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select org_id from public.team_members where user_id = (select auth.uid()) and role in ('owner', 'manager')
$$;
revoke execute on function private.managed_organizations() from public;
grant execute on function private.managed_organizations() to authenticated;

alter table public.staff enable row level security;
alter table public.rescue_keys enable row level security;
create policy "team members read their staff" on public.staff
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "owners and managers read their rescue key" on public.rescue_keys
  for select to authenticated using (org_id in (select private.managed_organizations()));

revoke all on public.staff, public.rescue_keys from anon, authenticated;
grant select (org_id, id, name, created_at, left_at) on public.staff to authenticated;
grant select on public.rescue_keys to authenticated;

-- What a tablet needs to know of its shop; shared by pair and pull. The tablet keeps staff apart from the rest.
create or replace function private.tablet_settings(pairing public.pairings) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'organization', jsonb_build_object(
      'id', organizations.id, 'name', organizations.name,
      'default_locale', organizations.default_locale, 'accent', organizations.accent
    ),
    'location', jsonb_build_object('id', locations.id, 'name', locations.name, 'time_zone', locations.time_zone),
    'tablet', jsonb_build_object('id', tablets.id, 'name', tablets.name),
    'survey', (
      select jsonb_build_object('id', versions.id, 'survey', versions.definition)
      from public.survey_versions as versions
      where versions.org_id = locations.org_id and versions.survey_id = locations.survey_id
      order by versions.number desc
      limit 1
    ),
    'rescue_key', (select rescue_keys.public_key from public.rescue_keys where rescue_keys.org_id = organizations.id),
    'staff', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', staff.id, 'name', staff.name, 'pin_salt', staff.pin_salt, 'pin_hash', staff.pin_hash
      ) order by staff.name, staff.id), '[]')
      from public.staff where staff.org_id = organizations.id and staff.left_at is null
    )
  )
  from public.tablets
  join public.locations on locations.org_id = tablets.org_id and locations.id = tablets.location_id
  join public.organizations on organizations.id = tablets.org_id
  where tablets.org_id = pairing.org_id and tablets.id = pairing.tablet_id
$$;
revoke execute on function private.tablet_settings(public.pairings) from public;
