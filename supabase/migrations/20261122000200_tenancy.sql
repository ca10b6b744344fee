create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null constraint organizations_name_length check (char_length(btrim(name)) between 1 and 120),
  default_locale text not null default 'en'
    constraint organizations_default_locale_known check (default_locale in ('en', 'ru', 'bg')),
  accent text not null default '#12595f' constraint organizations_accent_is_hex check (accent ~ '^#[0-9a-f]{6}$'),
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table public.organizations is 'A tenant. Its id leads every primary key, so a tenant is a shard.';

create table public.team_members (
  org_id uuid not null references public.organizations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null constraint team_members_role_known check (role in ('owner', 'manager', 'analyst')),
  created_at timestamptz not null default now(),
  primary key (org_id, user_id)
);
create index team_members_user_id on public.team_members (user_id);
comment on table public.team_members is 'Who may read an organization and, as owner or manager, change it.';

create table public.surveys (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null constraint surveys_name_length check (char_length(btrim(name)) between 1 and 120),
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

create table public.survey_versions (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  survey_id uuid not null,
  number integer not null constraint survey_versions_number_positive check (number > 0),
  definition jsonb not null
    constraint survey_versions_definition_is_survey check (jsonb_typeof(definition -> 'questions') = 'array'),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, survey_id, number),
  foreign key (org_id, survey_id) references public.surveys (org_id, id) on delete cascade
);
comment on table public.survey_versions is 'Immutable: an answer names the version that was on the screen.';

create table public.locations (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null constraint locations_name_length check (char_length(btrim(name)) between 1 and 120),
  time_zone text not null,
  region text constraint locations_region_length check (char_length(region) <= 120),
  survey_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name),
  foreign key (org_id, survey_id) references public.surveys (org_id, id)
);
comment on column public.locations.time_zone is 'IANA name; answers are counted in this local hour.';

-- Definer, because a policy on team_members that read team_members would call itself.
create function private.member_organizations() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select org_id from public.team_members where user_id = (select auth.uid())
$$;
revoke execute on function private.member_organizations() from public;
grant execute on function private.member_organizations() to authenticated;

create function private.has_role(org uuid, variadic roles text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.team_members
    where org_id = org and user_id = (select auth.uid()) and role = any (roles)
  )
$$;
revoke execute on function private.has_role(uuid, text[]) from public;

-- A definition that once went to a tablet may still come back in an answer, so it must never change.
create function private.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception '% rows are immutable', tg_table_name using errcode = 'restrict_violation';
end
$$;
revoke execute on function private.refuse_change() from public;

create trigger survey_versions_are_immutable
  before update on public.survey_versions
  for each row execute function private.refuse_change();

alter table public.organizations enable row level security;
alter table public.team_members enable row level security;
alter table public.surveys enable row level security;
alter table public.survey_versions enable row level security;
alter table public.locations enable row level security;

create policy "team members read their organization" on public.organizations
  for select to authenticated using (id in (select private.member_organizations()));
create policy "team members read their team" on public.team_members
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their surveys" on public.surveys
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their survey versions" on public.survey_versions
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their locations" on public.locations
  for select to authenticated using (org_id in (select private.member_organizations()));

revoke all on public.organizations, public.team_members, public.surveys, public.survey_versions, public.locations
  from anon, authenticated;
grant select on public.organizations, public.team_members, public.surveys, public.survey_versions, public.locations
  to authenticated;
