create table public.tablets (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  location_id uuid not null,
  name text not null constraint tablets_name_length check (char_length(btrim(name)) between 1 and 120),
  kind text not null default 'kiosk' constraint tablets_kind_known check (kind in ('kiosk', 'import')),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, location_id, name),
  foreign key (org_id, location_id) references public.locations (org_id, id) on delete cascade
);
comment on column public.tablets.kind is 'kiosk: a device on a counter; import: the source of rows that came from files.';

create table public.pairings (
  org_id uuid not null,
  id uuid not null,
  tablet_id uuid not null,
  secret_hash text constraint pairings_secret_hash_is_sha256 check (secret_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  made bigint not null default 0,
  received bigint not null default 0,
  waiting bigint not null default 0,
  quarantined bigint not null default 0,
  seq_clashes bigint not null default 0,
  last_seen_at timestamptz,
  last_received_at timestamptz,
  app_version text,
  primary key (org_id, id),
  foreign key (org_id, tablet_id) references public.tablets (org_id, id) on delete cascade
);
-- A tablet presents its pairing's id before the server knows which organization it belongs to.
create unique index pairings_id on public.pairings (id);
create index pairings_tablet_id on public.pairings (org_id, tablet_id);
comment on table public.pairings is 'One installation''s identity. The secret is kept hashed; made is the highest seq the tablet told of.';
comment on column public.pairings.seq_clashes is 'Records whose seq another record already held: the sign of a cloned or restored tablet.';

create table public.pairing_codes (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  tablet_id uuid not null,
  code_hash text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  pairing_id uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, tablet_id) references public.tablets (org_id, id) on delete cascade
);
create unique index pairing_codes_code_hash on public.pairing_codes (code_hash);

create table private.pairing_attempts (
  bucket text primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  blocked_until timestamptz
);
comment on table private.pairing_attempts is 'Wrong pairing codes per caller; the bucket is a hash, no address is kept.';

alter table public.tablets enable row level security;
alter table public.pairings enable row level security;
alter table public.pairing_codes enable row level security;
alter table private.pairing_attempts enable row level security;

create policy "team members read their tablets" on public.tablets
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their pairings" on public.pairings
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their pairing codes" on public.pairing_codes
  for select to authenticated using (org_id in (select private.member_organizations()));

revoke all on public.tablets, public.pairings, public.pairing_codes from anon, authenticated;
grant select on public.tablets to authenticated;
-- Hashes stay inside: a column left out of the grant cannot be selected by anybody through the API.
grant select (org_id, id, tablet_id, created_at, revoked_at, made, received, waiting, quarantined, seq_clashes,
  last_seen_at, last_received_at, app_version) on public.pairings to authenticated;
grant select (org_id, id, tablet_id, expires_at, used_at, pairing_id, created_by, created_at)
  on public.pairing_codes to authenticated;
