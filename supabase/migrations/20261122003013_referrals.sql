-- Who invited whom. A code is told when somebody enrols and is found through the ids that a member goes by, so it may
-- arrive before the member who gave it.

alter table public.enrolments
  add column referral_code text constraint enrolments_referral_code_is_one check (referral_code ~ '^[0-9A-HJKMNP-TV-Z]{8}$');
create index enrolments_by_referral_code on public.enrolments (org_id, referral_code) where referral_code is not null;
comment on column public.enrolments.referral_code is 'What the member who invited them goes by, as it was told; see src/domain/referral-code.ts.';

-- The last 40 bits of an id in Crockford's base 32, as src/domain/referral-code.ts makes it.
create function private.referral_code(id uuid) returns text
language sql immutable set search_path = '' as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((bits >> (35 - 5 * place)) & 31)::integer + 1, 1), '' order by place)
  from (select ('x' || right(id::text, 10))::bit(40)::bigint as bits) as read, generate_series(0, 7) as place
$$;
revoke execute on function private.referral_code(uuid) from public;
alter table public.member_aliases add column referral_code text not null generated always as (private.referral_code(id)) stored;
create index member_aliases_by_referral_code on public.member_aliases (org_id, referral_code);
comment on column public.member_aliases.referral_code is 'What the member may tell a friend who is to be invited.';

-- Everybody who goes by one of these codes.
create function private.members_of_codes(org uuid, codes text[]) returns setof uuid
language plpgsql stable rows 1 set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(codes) = 0 then
    return;
  end if;
  return query
  select distinct member_id from public.member_aliases where org_id = org and referral_code = any (codes);
end
$$;
revoke execute on function private.members_of_codes(uuid, text[]) from public;

create function private.codes_of_member(org uuid, member uuid) returns text[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return array(select referral_code from public.member_aliases where org_id = org and member_id = member);
end
$$;
revoke execute on function private.codes_of_member(uuid, uuid) from public;

-- Everybody who told one of these codes.
create function private.members_who_told(org uuid, codes text[]) returns setof uuid
language plpgsql stable rows 5 set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(codes) = 0 then
    return;
  end if;
  return query
  select distinct member_id from public.enrolments where org_id = org and referral_code = any (codes);
end
$$;
revoke execute on function private.members_who_told(uuid, text[]) from public;

-- What a member's coming gives whoever invited them, and them too, at their first visit. The first code they told counts, if
-- they told it by the day of that visit: who has been coming is not invited. One that several members go by, or only they
-- themselves, is nobody's.
create function private.referral_of(org uuid, referred uuid)
returns table (inviter uuid, visit_id uuid, at timestamptz, points bigint)
language plpgsql stable rows 1 set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  told record;
  inviters uuid[];
begin
  select e.referral_code as code, e.local_at::date as day into told from public.enrolments as e
  where e.org_id = org and e.member_id = referred and e.referral_code is not null
  order by e.occurred_at, e.id limit 1;
  if not found then
    return;
  end if;
  inviters := array(select private.members_of_codes(org, array[told.code]));
  if cardinality(inviters) <> 1 or inviters[1] = referred then
    return;
  end if;
  return query
  select inviters[1], first_visit.id, first_visit.occurred_at, (in_force.programme ->> 'referral_points')::bigint
  from (
    select v.id, v.occurred_at, v.local_at from public.visits as v
    where v.org_id = org and v.member_id = referred and v.refused is null
    order by v.occurred_at, v.id limit 1
  ) as first_visit
  join private.programme_periods as in_force
    on in_force.org_id = org and first_visit.occurred_at >= in_force.since and first_visit.occurred_at < in_force.until
  where told.day <= first_visit.local_at::date;
end
$$;
revoke execute on function private.referral_of(uuid, uuid) from public;

-- Whose points may change with a member's: who invited them, whom they invited, and who goes by the same code.
create function private.referral_neighbours(org uuid, member uuid) returns setof uuid
language plpgsql stable rows 5 set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  own_codes text[] := private.codes_of_member(org, member);
  told_codes text[] := array(
    select e.referral_code from public.enrolments as e
    where e.org_id = org and e.member_id = member and e.referral_code is not null
  );
begin
  return query
  select neighbour from (
    select private.members_of_codes(org, own_codes || told_codes) as neighbour
    union
    select private.members_who_told(org, own_codes)
  ) as near where neighbour <> member order by neighbour;
end
$$;
revoke execute on function private.referral_neighbours(uuid, uuid) from public;

-- As before, with a code that nobody could go by.
create or replace function private.enrolment_refusal(body jsonb, org uuid) returns text
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
  if body ->> 'referralCode' !~ '^[0-9A-HJKMNP-TV-Z]{8}$' then
    return 'bad_referral_code';
  end if;
  return private.staff_refusal(body, org);
end
$$;

-- As before, with the code they told; what they did goes to whom they were merged into.
create or replace function private.store_enrolment(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  enrolment uuid := record ->> 'id';
  moment record;
  -- The row that has the number, and whose it is.
  holder uuid;
  member uuid;
  is_erased boolean;
begin
  select * into moment from private.occurred_at(record);
  holder := private.member_of(org, body ->> 'phone', moment.at);
  insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
  values (org, holder, body ->> 'phone', btrim(body ->> 'firstName'), body ->> 'locale', moment.at)
  on conflict do nothing;
  select coalesce(m.merged_into, m.id), m.erased_at is not null into member, is_erased
  from public.members as m where m.org_id = org and m.id = holder;

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
  perform private.resolve_waiting(org, holder, enrolment, body ->> 'phone');

  if not is_erased then
    update public.enrolments set
      first_name = btrim(body ->> 'firstName'), email = btrim(body ->> 'email'), locale = body ->> 'locale',
      birthday_month = (body #>> '{birthday,month}')::numeric, birthday_day = (body #>> '{birthday,day}')::numeric,
      referral_code = body ->> 'referralCode'
    where org_id = org and id = enrolment;
    perform private.keep_directory_key(org, holder, body ->> 'directoryKey');
  end if;
  perform private.settle_member(org, member);
end
$$;
