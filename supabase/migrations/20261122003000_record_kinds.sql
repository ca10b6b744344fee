-- Redemptions, complaints, the team's pulse and whose rating it was come in through the same door as the rest; and what the
-- shop settles beforehand for them: rewards, rights, rhythm, and what else a programme may say.

create table public.rewards (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

create table public.reward_versions (
  org_id uuid not null,
  reward_id uuid not null,
  valid_from timestamptz not null,
  reward jsonb constraint reward_versions_reward_is_object check (jsonb_typeof(reward) = 'object'),
  created_by uuid not null,
  primary key (org_id, reward_id, valid_from),
  foreign key (org_id, reward_id) references public.rewards (org_id, id) on delete cascade
);
comment on table public.reward_versions is
  'Immutable. reward as src/domain/reward.ts has it, with the stock there was when the version began; null where it was withdrawn.';
create trigger reward_versions_are_immutable
  before update on public.reward_versions
  for each row execute function private.refuse_change();

create table public.reward_pictures (
  org_id uuid not null references public.organizations (id) on delete cascade,
  sha256 text not null,
  picture text not null,
  primary key (org_id, sha256),
  constraint reward_pictures_is_small_data_url check (picture ~ '^data:image/(webp|png|jpeg);base64,' and octet_length(picture) <= 150000),
  constraint reward_pictures_sha256_is_its_own check (sha256 = encode(sha256(convert_to(picture, 'UTF8')), 'hex'))
);
comment on table public.reward_pictures is 'Kept apart, by what they are: tablets ask for each once.';

create table public.redemptions (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null,
  occurred_at timestamptz not null,
  clock text not null constraint redemptions_clock_known check (clock in ('server', 'tablet', 'receipt')),
  local_at timestamp not null,
  tablet_id uuid not null,
  location_id uuid not null,
  staff_id uuid,
  reward_id uuid not null,
  cost integer not null constraint redemptions_cost_positive check (cost > 0),
  checked boolean not null,
  member_id uuid,
  flags text[] not null default '{}'
    constraint redemptions_flags_known check (flags <@ array['overdrawn', 'over_budget', 'out_of_stock', 'not_offered']),
  primary key (org_id, id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade
);
create index redemptions_of_member on public.redemptions (org_id, member_id, occurred_at, id);
create index redemptions_of_reward on public.redemptions (org_id, reward_id, occurred_at, id);
create index redemptions_of_tablet_day on public.redemptions (org_id, tablet_id, local_at);
comment on column public.redemptions.reward_id is 'As the tablet named it; that no such reward was offered is a flag.';
comment on column public.redemptions.checked is 'Whether the server had told the balance just before.';
comment on column public.redemptions.member_id is 'Null while nobody knows whose it is.';
comment on column public.redemptions.flags is 'Why the owner should look at it. The reward was given all the same.';

alter table public.staff add column rights text[] not null default array['check_in', 'enrol', 'redeem', 'case', 'rescue']
  constraint staff_rights_known check (rights <@ array['check_in', 'enrol', 'redeem', 'case', 'rescue']);
comment on column public.staff.rights is 'What they may do on a tablet. It holds on the tablet''s screens: whoever holds the tablet''s secret is not held by it.';
grant select (rights) on public.staff to authenticated;

alter table public.organizations add column pulse_months smallint
  constraint organizations_pulse_months_sane check (pulse_months between 1 and 12);
comment on column public.organizations.pulse_months is 'Every how many months the team is asked; null when it is not.';

alter table public.rewards enable row level security;
alter table public.reward_versions enable row level security;
alter table public.reward_pictures enable row level security;
alter table public.redemptions enable row level security;
create policy "team members read their rewards" on public.rewards
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their reward versions" on public.reward_versions
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their reward pictures" on public.reward_pictures
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their redemptions" on public.redemptions
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.rewards, public.reward_versions, public.reward_pictures, public.redemptions from anon, authenticated;
grant select on public.rewards, public.reward_versions, public.reward_pictures, public.redemptions to authenticated;

-- From when to when each version of a reward is offered.
create view private.reward_periods as
  select org_id, reward_id, reward, valid_from as since, coalesce(lead(valid_from) over in_order, 'infinity') as until
  from public.reward_versions
  window in_order as (partition by org_id, reward_id order by valid_from);
revoke all on private.reward_periods from anon, authenticated;

-- The rewards that are not withdrawn, with how many are left: offeredRewardSchema of src/domain/reward.ts, the cheapest first.
create function private.offered_rewards(org uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(
    (period.reward - 'stock') || jsonb_build_object(
      'id', period.reward_id,
      'left', (period.reward ->> 'stock')::integer - (
        select count(*) from public.redemptions as r
        where r.org_id = org and r.reward_id = period.reward_id and r.occurred_at >= period.since
      )
    ) order by (period.reward ->> 'cost')::integer, period.reward_id), '[]')
  from private.reward_periods as period
  where period.org_id = org and period.until = 'infinity' and period.reward is not null
$$;
revoke execute on function private.offered_rewards(uuid) from public;

create function private.read_localized(given jsonb, longest integer) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  told jsonb := jsonb_build_object('en', btrim(given ->> 'en'), 'ru', btrim(given ->> 'ru'), 'bg', btrim(given ->> 'bg'));
begin
  if exists (select 1 from jsonb_each_text(told) where coalesce(char_length(value), 0) not between 1 and longest) then
    return null;
  end if;
  return told;
end
$$;
revoke execute on function private.read_localized(jsonb, integer) from public;

-- Tiers that rise, with a name in every language; null when they are none.
create function private.read_tiers(given jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  tier jsonb;
  name jsonb;
  from_points numeric;
  last_from numeric := 0;
  tiers jsonb := '[]';
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) > 5 then
    return null;
  end if;
  for tier in select value from jsonb_array_elements(given) loop
    name := private.read_localized(tier -> 'name', 60);
    from_points := private.told_whole(tier, 'from', 1, 1000000000);
    if name is null or from_points is null or from_points <= last_from then
      return null;
    end if;
    last_from := from_points;
    tiers := tiers || jsonb_build_array(jsonb_build_object('name', name, 'from', from_points));
  end loop;
  return tiers;
end
$$;
revoke execute on function private.read_tiers(jsonb) from public;

-- As before, with what a programme may say since: referral, tiers, expiry and the budget without the network. An older page
-- that says nothing of them means none.
create or replace function private.read_programme(given jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  amount jsonb := nullif(given -> 'points_per_amount', 'null');
  expiry jsonb := nullif(given -> 'expiry_months', 'null');
  budget jsonb := coalesce(nullif(given -> 'offline_budget', 'null'), '{"member": 0, "tablet": 0}');
  programme jsonb := jsonb_build_object(
    'country', substring(given ->> 'country' from '^[A-Z]{2}$'),
    'currency', substring(given ->> 'currency' from '^[A-Z]{3}$'),
    'cooldown_hours', private.told_number(given, 'cooldown_hours', 0, 720),
    'points_per_visit', private.told_whole(given, 'points_per_visit', 0, 1000000),
    'welcome_points', private.told_whole(given, 'welcome_points', 0, 1000000),
    'birthday_points', private.told_whole(given, 'birthday_points', 0, 1000000),
    'referral_points', private.told_whole('{"referral_points": 0}' || given, 'referral_points', 0, 1000000),
    'tiers', private.read_tiers(coalesce(given -> 'tiers', '[]')),
    'offline_budget', jsonb_build_object(
      'member', private.told_whole(budget, 'member', 0, 1000000),
      'tablet', private.told_whole(budget, 'tablet', 0, 1000000)
    )
  );
begin
  if amount is not null then
    amount := jsonb_build_object(
      'points', private.told_whole(amount, 'points', 0, 1000000),
      'per', private.told_whole(amount, 'per', 1, 1000000000)
    );
  end if;
  if expiry is not null then
    expiry := to_jsonb(coalesce(private.told_whole(given, 'expiry_months', 1, 120), -1));
  end if;
  if jsonb_path_exists(programme, '$.* ? (@ == null)') or jsonb_path_exists(programme, '$.offline_budget.* ? (@ == null)')
    or jsonb_path_exists(amount, '$.* ? (@ == null)') or expiry = '-1' then
    return null;
  end if;
  return programme || jsonb_build_object('points_per_amount', amount, 'expiry_months', expiry);
end
$$;

-- As before, with rewards, rights and the team's rhythm.
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
        'id', staff.id, 'name', staff.name, 'pin_salt', staff.pin_salt, 'pin_hash', staff.pin_hash, 'rights', staff.rights
      ) order by staff.name, staff.id), '[]')
      from public.staff where staff.org_id = organizations.id and staff.left_at is null
    ),
    'pulse_months', organizations.pulse_months,
    'membership', (
      select jsonb_build_object(
        'directory_salt', programmes.directory_salt, 'programme', in_force.programme,
        'rewards', private.offered_rewards(organizations.id))
      from public.programmes
      cross join lateral (
        select versions.programme from public.programme_versions as versions
        where versions.org_id = programmes.org_id order by versions.valid_from desc limit 1
      ) as in_force
      where programmes.org_id = organizations.id and in_force.programme is not null
    )
  )
  from public.tablets
  join public.locations on locations.org_id = tablets.org_id and locations.id = tablets.location_id
  join public.organizations on organizations.id = tablets.org_id
  where tablets.org_id = pairing.org_id and tablets.id = pairing.tablet_id
$$;

-- As before, for every kind of record. One statement for each kind: a kind's function is looked for only when it is met.
create or replace function private.refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
declare
  kind text := record ->> 'kind';
begin
  if kind = 'unlock' then
    return private.unlock_refusal(record, body, org);
  end if;
  if kind is null or kind not in ('enrolment', 'consent', 'visit', 'redemption', 'case', 'pulse', 'rater') then
    return private.answer_refusal(record, body, org);
  end if;
  if (record ->> 'v')::integer is distinct from 1 then
    return 'unknown_version';
  end if;
  if kind = 'enrolment' then
    return private.enrolment_refusal(body, org);
  elsif kind = 'consent' then
    return private.consent_refusal(body, org);
  elsif kind = 'visit' then
    return private.visit_refusal(body, org);
  elsif kind = 'redemption' then
    return private.redemption_refusal(body, org);
  elsif kind = 'case' then
    return private.case_refusal(body, org);
  elsif kind = 'pulse' then
    return private.pulse_refusal(body, org);
  end if;
  return private.rater_refusal(body, org);
end
$$;

-- Whether a record of that kind changes members, and so waits for the lock on them.
create function private.changes_members(kind text) returns boolean
language sql immutable set search_path = '' as $$
  select kind in ('enrolment', 'consent', 'visit', 'redemption', 'case', 'rater')
$$;
revoke execute on function private.changes_members(text) from public;

-- As before, for every kind of record.
create or replace function private.store_record(origin public.pairings, time_zone text, location uuid, record jsonb)
returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  kind text := record ->> 'kind';
  body jsonb;
  reason text;
  already jsonb;
begin
  if record ->> 'sha256' is distinct from private.sha256_hex(record ->> 'body') then
    return jsonb_build_object('outcome', 'refused', 'reason', 'hash_mismatch');
  end if;
  already := private.already_received(origin.org_id, record);
  if already is not null then
    return already;
  end if;
  body := private.parse_json(record ->> 'body');
  if body is null then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
  end if;
  reason := private.refusal(record, body, origin.org_id);
  if reason is not null then
    return jsonb_build_object('outcome', 'refused', 'reason', reason);
  end if;
  if private.changes_members(kind) then
    perform private.lock_members(origin.org_id);
  end if;
  already := private.enter_in_ledger(origin, record);
  if already is not null then
    return already;
  end if;

  if kind = 'unlock' then
    perform private.store_unlock(origin, location, record, body);
  elsif kind = 'enrolment' then
    perform private.store_enrolment(origin, time_zone, location, record, body);
  elsif kind = 'consent' then
    perform private.store_consent(origin, location, record, body);
  elsif kind = 'visit' then
    perform private.store_visit(origin, time_zone, location, record, body);
  elsif kind = 'redemption' then
    perform private.store_redemption(origin, time_zone, location, record, body);
  elsif kind = 'case' then
    perform private.store_case(origin, time_zone, location, record, body);
  elsif kind = 'pulse' then
    perform private.store_pulse(origin, time_zone, record, body);
  elsif kind = 'rater' then
    perform private.store_rater(origin, record, body);
  else
    perform private.store_answer(origin, time_zone, location, record, body);
  end if;
  return jsonb_build_object('outcome', 'stored');
exception
  when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
end
$$;

-- As before, for every kind that changes members.
create or replace function private.store_records(sender public.pairings, nonce text, records text) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if octet_length(records) <= 1000000 and records ~ '"kind"\s*:\s*"(enrolment|consent|visit|redemption|case|rater)"' then
    perform private.lock_members(sender.org_id);
  end if;
  return private.store_batch(sender, nonce, records);
end
$$;
