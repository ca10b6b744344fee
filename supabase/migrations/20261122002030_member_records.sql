-- Enrolments, consents and visits come in through the same door as answers. A visit or a consent whose member nobody
-- knows yet waits, and counts when the enrolment comes.

create function private.staff_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if body ->> 'staff' is not null and not exists (
    select 1 from public.staff where org_id = org and id = (body ->> 'staff')::uuid
  ) then
    return 'unknown_staff';
  end if;
  return null;
end
$$;
revoke execute on function private.staff_refusal(jsonb, uuid) from public;

create function private.is_consent(given jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(
    given ->> 'purpose' in ('programme', 'messages', 'call', 'publish') and given ->> 'locale' in ('en', 'ru', 'bg')
      and private.told_whole(given, 'version', 1, 2147483647) is not null, false);
end
$$;
revoke execute on function private.is_consent(jsonb) from public;

create function private.is_phone(phone text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(phone ~ '^\+[1-9]\d{6,14}$', false);
end
$$;
revoke execute on function private.is_phone(text) from public;

create function private.is_birthday(birthday jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(
    private.told_whole(birthday, 'day', 1, 31)
      <= (array[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[private.told_whole(birthday, 'month', 1, 12)::integer],
    false);
end
$$;
revoke execute on function private.is_birthday(jsonb) from public;

create function private.enrolment_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if not private.is_phone(body ->> 'phone') then
    return 'bad_phone';
  end if;
  if not coalesce(body ->> 'directoryKey' ~ '^[0-9a-f]{64}$', false) then
    return 'bad_directory_key';
  end if;
  if char_length(btrim(coalesce(body ->> 'firstName', ''))) not between 1 and 60 then
    return 'bad_name';
  end if;
  -- Whether it is an address is the tablet's to judge; here it must only not be something else.
  if body ->> 'email' is not null and (body ->> 'email' !~ '^[^@\s]+@[^@\s]+$' or char_length(body ->> 'email') > 254) then
    return 'bad_email';
  end if;
  if nullif(body -> 'birthday', 'null') is not null and not private.is_birthday(body -> 'birthday') then
    return 'bad_birthday';
  end if;
  if coalesce(body ->> 'locale', '') not in ('en', 'ru', 'bg') then
    return 'bad_locale';
  end if;
  if jsonb_typeof(body -> 'consents') is distinct from 'array' or jsonb_array_length(body -> 'consents') > 20 or exists (
    select 1 from jsonb_array_elements(body -> 'consents') as given where not private.is_consent(given)
  ) then
    return 'bad_consent';
  end if;
  return private.staff_refusal(body, org);
end
$$;
revoke execute on function private.enrolment_refusal(jsonb, uuid) from public;

create function private.consent_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (body ->> 'member')::uuid is null then
    return 'bad_member';
  end if;
  if not private.is_consent(body) or jsonb_typeof(body -> 'granted') is distinct from 'boolean' then
    return 'bad_consent';
  end if;
  return private.staff_refusal(body, org);
end
$$;
revoke execute on function private.consent_refusal(jsonb, uuid) from public;

create function private.visit_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if num_nonnulls((body ->> 'member')::uuid, body ->> 'phone') <> 1 then
    return 'bad_member';
  end if;
  if body ->> 'phone' is not null and not private.is_phone(body ->> 'phone') then
    return 'bad_phone';
  end if;
  if nullif(body -> 'sale', 'null') is not null and (
    private.told_whole(body -> 'sale', 'amount', 0, 1000000000) is null
    or not coalesce(body #>> '{sale,currency}' ~ '^[A-Z]{3}$', false)
  ) then
    return 'bad_sale';
  end if;
  return private.staff_refusal(body, org);
end
$$;
revoke execute on function private.visit_refusal(jsonb, uuid) from public;

create or replace function private.refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if record ->> 'kind' = 'unlock' then
    return private.unlock_refusal(record, body, org);
  end if;
  if record ->> 'kind' is null or record ->> 'kind' not in ('enrolment', 'consent', 'visit') then
    return private.answer_refusal(record, body, org);
  end if;
  if (record ->> 'v')::integer is distinct from 1 then
    return 'unknown_version';
  end if;
  return case record ->> 'kind'
    when 'enrolment' then private.enrolment_refusal(body, org)
    when 'consent' then private.consent_refusal(body, org)
    else private.visit_refusal(body, org)
  end;
end
$$;

-- Whom a tablet means by an id: a member's own or that of an enrolment. Null while nobody knows.
create function private.member_named(org uuid, alias uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (
    select id from public.members where org_id = org and id = alias
    union all
    select member_id from public.member_aliases where org_id = org and id = alias
    limit 1
  );
end
$$;
revoke execute on function private.member_named(uuid, uuid) from public;

-- Gives a member what waited for them.
create function private.resolve_waiting(org uuid, member uuid, alias uuid, phone text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  found_records uuid[];
begin
  with resolved as (
    delete from private.waiting_records as waiting
    where waiting.org_id = org and (
      waiting.alias in (resolve_waiting.alias, member)
      or waiting.phone = resolve_waiting.phone and private.member_of(org, waiting.phone, waiting.occurred_at) = member
    )
    returning waiting.id
  )
  select array_agg(id) into found_records from resolved;
  update public.visits set member_id = member where org_id = org and id = any (found_records);
  update public.consents set member_id = member where org_id = org and record_id = any (found_records);
end
$$;
revoke execute on function private.resolve_waiting(uuid, uuid, uuid, text) from public;

create function private.store_enrolment(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  enrolment uuid := record ->> 'id';
  moment record;
  member uuid;
  is_erased boolean;
begin
  select * into moment from private.occurred_at(record);
  member := private.member_of(org, body ->> 'phone', moment.at);
  insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
  values (org, member, body ->> 'phone', btrim(body ->> 'firstName'), body ->> 'locale', moment.at)
  on conflict do nothing;
  select erased_at is not null into is_erased from public.members where org_id = org and id = member;

  insert into public.enrolments (org_id, id, member_id, occurred_at, clock, local_at, tablet_id, location_id, staff_id)
  values (org, enrolment, member, moment.at, moment.clock, moment.at at time zone time_zone, origin.tablet_id, location,
    (body ->> 'staff')::uuid);
  insert into public.member_aliases (org_id, id, member_id) values (org, enrolment, member);
  insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, tablet_id, location_id,
    staff_id, member_id)
  select distinct on (given ->> 'purpose') org, enrolment, given ->> 'purpose', true, (given ->> 'version')::integer,
    given ->> 'locale', moment.at, moment.clock, origin.tablet_id, location, (body ->> 'staff')::uuid, member
  from jsonb_array_elements(body -> 'consents') as given
  order by given ->> 'purpose', (given ->> 'version')::integer desc;
  perform private.resolve_waiting(org, member, enrolment, body ->> 'phone');

  if not is_erased then
    update public.enrolments set
      first_name = btrim(body ->> 'firstName'), email = btrim(body ->> 'email'), locale = body ->> 'locale',
      birthday_month = (body #>> '{birthday,month}')::numeric, birthday_day = (body #>> '{birthday,day}')::numeric
    where org_id = org and id = enrolment;
    perform private.keep_directory_key(org, member, body ->> 'directoryKey');
  end if;
  perform private.settle_member(org, member);
end
$$;
revoke execute on function private.store_enrolment(public.pairings, text, uuid, jsonb, jsonb) from public;

create function private.store_consent(origin public.pairings, location uuid, record jsonb, body jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  moment record;
  alias uuid := body ->> 'member';
  member uuid := private.member_named(origin.org_id, alias);
begin
  select * into moment from private.occurred_at(record);
  insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, tablet_id, location_id,
    staff_id, member_id)
  values (origin.org_id, (record ->> 'id')::uuid, body ->> 'purpose', (body ->> 'granted')::boolean,
    (body ->> 'version')::integer, body ->> 'locale', moment.at, moment.clock, origin.tablet_id, location,
    (body ->> 'staff')::uuid, member);
  if member is null then
    insert into private.waiting_records (org_id, id, occurred_at, alias)
    values (origin.org_id, (record ->> 'id')::uuid, moment.at, alias);
  else
    perform private.settle_directory(origin.org_id, member);
  end if;
end
$$;
revoke execute on function private.store_consent(public.pairings, uuid, jsonb, jsonb) from public;

create function private.store_visit(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  visit uuid := record ->> 'id';
  moment record;
  member uuid;
begin
  select * into moment from private.occurred_at(record);
  member := case
    when body ->> 'phone' is null then private.member_named(org, (body ->> 'member')::uuid)
    else private.member_named(org, private.member_of(org, body ->> 'phone', moment.at))
  end;
  insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, staff_id, amount, currency, member_id)
  values (org, visit, moment.at, moment.clock, moment.at at time zone time_zone, origin.tablet_id, location,
    (body ->> 'staff')::uuid, (body #>> '{sale,amount}')::numeric, body #>> '{sale,currency}', member);
  if member is null then
    insert into private.waiting_records (org_id, id, occurred_at, alias, phone)
    values (org, visit, moment.at, (body ->> 'member')::uuid, body ->> 'phone');
  else
    perform private.settle_member(org, member);
  end if;
end
$$;
revoke execute on function private.store_visit(public.pairings, text, uuid, jsonb, jsonb) from public;

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
  if kind in ('enrolment', 'consent', 'visit') then
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
  else
    perform private.store_answer(origin, time_zone, location, record, body);
  end if;
  return jsonb_build_object('outcome', 'stored');
exception
  when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
end
$$;

-- The lock on a shop's members comes before all others (see private.lock_members), so each way in takes it before it begins,
-- as soon as the text names such a record. Text that hides the kind behind escapes only loses that order: store_record
-- takes the lock in any case, and two batches that then wait for each other are sent again.
alter function private.store_records(public.pairings, text, text) rename to store_batch;

create function private.store_records(sender public.pairings, nonce text, records text) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if octet_length(records) <= 1000000 and records ~ '"kind"\s*:\s*"(enrolment|consent|visit)"' then
    perform private.lock_members(sender.org_id);
  end if;
  return private.store_batch(sender, nonce, records);
end
$$;
revoke execute on function private.store_records(public.pairings, text, text) from public;

-- As before, but for the order: the pairing's row is touched last.
create or replace function public.ingest(pairing uuid, secret text, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  sender public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(sender, 'ingest');
begin
  nonce := left(nonce, 100);
  if reply is not null then
    return reply || jsonb_build_object('nonce', nonce);
  end if;
  if sender.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing', 'nonce', nonce);
  end if;
  if sender.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked', 'nonce', nonce);
  end if;
  reply := private.store_records(sender, nonce, records);
  update public.pairings as p set last_seen_at = now() where p.org_id = sender.org_id and p.id = sender.id;
  return reply;
end
$$;

alter function public.resend_quarantined(uuid, uuid, text) set schema private;
revoke execute on function private.resend_quarantined(uuid, uuid, text) from authenticated;
alter function public.import_rescue(uuid, text, text) set schema private;
revoke execute on function private.import_rescue(uuid, text, text) from authenticated;

-- As before, after the lock on members.
create function public.resend_quarantined(org uuid, quarantined uuid, body text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.has_role(org, 'owner', 'manager') then
    perform private.lock_members(org);
  end if;
  return private.resend_quarantined(org, quarantined, body);
end
$$;
revoke execute on function public.resend_quarantined(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.resend_quarantined(uuid, uuid, text) to authenticated;

-- As before, after the lock on members.
create function public.import_rescue(org uuid, nonce text, records text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.has_role(org, 'owner', 'manager') then
    perform private.lock_members(org);
  end if;
  return private.import_rescue(org, nonce, records);
end
$$;
revoke execute on function public.import_rescue(uuid, text, text) from public, anon, authenticated;
grant execute on function public.import_rescue(uuid, text, text) to authenticated;
