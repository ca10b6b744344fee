-- A member is one telephone number of one shop. What tablets tell is kept as facts; the member is worked out from them,
-- so that any order and any number of repeats give the same.

create table public.members (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null,
  phone text,
  first_name text,
  email text,
  birthday_month smallint,
  birthday_day smallint,
  locale text,
  enrolled_at timestamptz not null,
  erased_at timestamptz,
  erased_by uuid,
  primary key (org_id, id),
  unique (org_id, phone),
  constraint members_are_known_or_erased check (
    case when erased_at is null then phone is not null and first_name is not null and locale is not null
    else num_nonnulls(phone, first_name, email, birthday_month, birthday_day, locale) = 0 end)
);
create index members_newest on public.members (org_id, enrolled_at desc, id desc) where erased_at is null;
comment on column public.members.id is 'Made from the number and how often it was erased before (private.member_of), not from who arrived first.';
comment on column public.members.erased_at is
  'From here on the row says only that there was somebody. What happened before and arrives later belongs to it, and is kept without personal data.';

create table public.enrolments (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  occurred_at timestamptz not null,
  clock text not null constraint enrolments_clock_known check (clock in ('server', 'tablet', 'receipt')),
  local_at timestamp not null,
  tablet_id uuid not null,
  location_id uuid not null,
  staff_id uuid,
  first_name text,
  email text,
  birthday_month smallint,
  birthday_day smallint,
  locale text,
  primary key (org_id, id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade,
  constraint enrolments_birthday_is_whole check (num_nonnulls(birthday_month, birthday_day) in (0, 2))
);
create index enrolments_of_member on public.enrolments (org_id, member_id, occurred_at, id);
comment on table public.enrolments is 'What each enrolment told; emptied of the person when they are erased.';

create table public.member_aliases (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade
);
create index member_aliases_of_member on public.member_aliases (org_id, member_id);
comment on table public.member_aliases is 'Every id under which a tablet may know a member: the ids of their enrolments.';

create table public.consents (
  org_id uuid not null references public.organizations (id) on delete cascade,
  record_id uuid not null,
  purpose text not null constraint consents_purpose_known check (purpose in ('programme', 'messages', 'call', 'publish')),
  granted boolean not null,
  version integer not null constraint consents_version_positive check (version > 0),
  locale text not null constraint consents_locale_known check (locale in ('en', 'ru', 'bg')),
  occurred_at timestamptz not null,
  clock text not null constraint consents_clock_known check (clock in ('server', 'tablet', 'receipt')),
  tablet_id uuid,
  location_id uuid,
  staff_id uuid,
  given_by uuid,
  member_id uuid,
  primary key (org_id, record_id, purpose),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade
);
create index consents_of_member on public.consents (org_id, member_id, purpose, occurred_at desc, record_id desc);
comment on table public.consents is 'Every yes and no with the text''s version and language; of each purpose the latest holds.';
comment on column public.consents.given_by is 'Who changed it on the owner''s page, where there is no tablet.';
comment on column public.consents.member_id is 'Null while the enrolment it speaks of has not arrived.';

create table public.visits (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null,
  occurred_at timestamptz not null,
  clock text not null constraint visits_clock_known check (clock in ('server', 'tablet', 'receipt')),
  local_at timestamp not null,
  tablet_id uuid not null,
  location_id uuid not null,
  staff_id uuid,
  amount bigint constraint visits_amount_not_negative check (amount >= 0),
  currency text constraint visits_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  member_id uuid,
  refused text constraint visits_refused_known check (refused in ('cooldown')),
  primary key (org_id, id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade,
  constraint visits_amount_has_currency check (num_nonnulls(amount, currency) in (0, 2))
);
create index visits_of_member on public.visits (org_id, member_id, occurred_at, id);
create index visits_by_time on public.visits (org_id, occurred_at, id);
comment on column public.visits.amount is 'The sale in minor units of currency; null when nobody entered it.';
comment on column public.visits.member_id is 'Null while nobody knows whose it is.';
comment on column public.visits.refused is 'Why it gives nothing: too soon after the last that counted. Null when it counts.';

create table public.point_entries (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  member_id uuid not null,
  points bigint not null constraint point_entries_points_not_zero check (points <> 0),
  reason text not null
    constraint point_entries_reason_known check (reason in ('welcome', 'visit', 'amount', 'birthday', 'correction')),
  visit_id uuid,
  note text constraint point_entries_note_length check (char_length(note) between 1 and 500),
  created_by text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade
);
create index point_entries_of_member on public.point_entries (org_id, member_id);
comment on table public.point_entries is 'Append only: a balance is a sum, a correction is a new entry.';
comment on column public.point_entries.created_by is
  'E-mail address of who corrected, as it was then: a signature that stays when the account is gone. Null where the programme gave.';

-- Entries go only with their shop. The one change is that an erased member's notes, which may name them, are emptied.
create function private.keep_entries() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.note is null and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
    return new;
  end if;
  if tg_op = 'DELETE' and not exists (select 1 from public.organizations where id = old.org_id) then
    return old;
  end if;
  raise exception 'point_entries are append only' using errcode = 'restrict_violation';
end
$$;
revoke execute on function private.keep_entries() from public;
create trigger point_entries_are_append_only
  before update or delete on public.point_entries
  for each row execute function private.keep_entries();

-- Apart from the visits, because a number is personal data and most who read visits need not see it.
create table private.waiting_records (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null,
  occurred_at timestamptz not null,
  alias uuid,
  phone text,
  primary key (org_id, id),
  constraint waiting_records_name_somebody check (num_nonnulls(alias, phone) = 1)
);
create index waiting_records_alias on private.waiting_records (org_id, alias);
create index waiting_records_phone on private.waiting_records (org_id, phone);
comment on table private.waiting_records is 'Whom visits and consents speak of whose member nobody knows yet.';

create table private.directory_entries (
  org_id uuid not null references public.organizations (id) on delete cascade,
  lookup text not null,
  seq bigint not null,
  member_id uuid,
  directory_key text constraint directory_entries_key_is_hex check (directory_key ~ '^[0-9a-f]{64}$'),
  sealed text,
  primary key (org_id, lookup),
  unique (org_id, seq),
  unique (org_id, member_id)
);
comment on table private.directory_entries is
  'What tablets hold of members: lookup finds it, the number typed opens it. sealed is null where tablets must forget it.';

alter table public.members enable row level security;
alter table public.enrolments enable row level security;
alter table public.member_aliases enable row level security;
alter table public.consents enable row level security;
alter table public.visits enable row level security;
alter table public.point_entries enable row level security;
alter table private.waiting_records enable row level security;
alter table private.directory_entries enable row level security;

-- Analysts count; who somebody is they need not know.
create policy "owners and managers read their members" on public.members
  for select to authenticated using (org_id in (select private.managed_organizations()));
create policy "owners and managers read their enrolments" on public.enrolments
  for select to authenticated using (org_id in (select private.managed_organizations()));
create policy "team members read their member aliases" on public.member_aliases
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their consents" on public.consents
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their visits" on public.visits
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their point entries" on public.point_entries
  for select to authenticated using (org_id in (select private.member_organizations()));

revoke all on public.members, public.enrolments, public.member_aliases, public.consents, public.visits,
  public.point_entries from anon, authenticated;
grant select on public.members, public.enrolments, public.member_aliases, public.consents, public.visits,
  public.point_entries to authenticated;

-- Whose number it was at that moment: the first life of the number that had not been erased by then. The id is the
-- same whether or not the member exists yet.
create function private.member_of(org uuid, phone text, at timestamptz) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  secret bytea;
  life integer := 0;
  digest text;
  candidate uuid;
begin
  select decode(member_secret, 'hex') into secret from public.programmes where org_id = org;
  loop
    digest := encode(extensions.hmac(convert_to(phone || '/' || life, 'UTF8'), secret, 'sha256'), 'hex');
    -- Version 8 of RFC 9562: a UUID whose bits are its maker's.
    candidate := overlay(overlay(left(digest, 32) placing '8' from 13) placing '8' from 17);
    if not exists (select 1 from public.members where org_id = org and id = candidate and erased_at < at) then
      return candidate;
    end if;
    life := life + 1;
  end loop;
end
$$;
revoke execute on function private.member_of(uuid, text, timestamptz) from public;
