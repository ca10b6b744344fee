-- Redemptions come in through the same door, and cost what the customer was shown.

alter table public.point_entries
  add column redemption_id uuid,
  drop constraint point_entries_reason_known,
  add constraint point_entries_reason_known check (reason in (
    'welcome', 'visit', 'amount', 'birthday', 'referral', 'redemption', 'expiry', 'correction', 'merge'));

create function private.redemption_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (body ->> 'member')::uuid is null then
    return 'bad_member';
  end if;
  if (body ->> 'reward')::uuid is null then
    return 'bad_reward';
  end if;
  if private.told_whole(body, 'cost', 1, 1000000) is null then
    return 'bad_cost';
  end if;
  if jsonb_typeof(body -> 'checked') is distinct from 'boolean' then
    return 'bad_checked';
  end if;
  return private.staff_refusal(body, org);
end
$$;
revoke execute on function private.redemption_refusal(jsonb, uuid) from public;

create function private.store_redemption(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  redemption uuid := record ->> 'id';
  alias uuid := body ->> 'member';
  member uuid := private.member_named(org, alias);
  moment record;
begin
  select * into moment from private.occurred_at(record);
  insert into public.redemptions (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, staff_id, reward_id, cost, checked, member_id)
  values (org, redemption, moment.at, moment.clock, moment.at at time zone time_zone, origin.tablet_id, location,
    (body ->> 'staff')::uuid, (body ->> 'reward')::uuid, (body ->> 'cost')::numeric, (body ->> 'checked')::boolean, member);
  perform private.settle_redemption(org, redemption);
  if member is null then
    insert into private.waiting_records (org_id, id, occurred_at, alias) values (org, redemption, moment.at, alias);
  else
    perform private.settle_account(org, member);
  end if;
end
$$;
revoke execute on function private.store_redemption(public.pairings, text, uuid, jsonb, jsonb) from public;

-- As before, redemptions too. member is the row that has the number; what waited goes to whoever that is now.
create or replace function private.resolve_waiting(org uuid, member uuid, alias uuid, phone text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  found_records uuid[];
  whose uuid := private.member_named(org, member);
  redemption uuid;
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
  if found_records is null then
    return;
  end if;
  update public.visits set member_id = whose where org_id = org and id = any (found_records);
  update public.consents set member_id = whose where org_id = org and record_id = any (found_records);
  for redemption in
    update public.redemptions set member_id = whose where org_id = org and id = any (found_records) returning id
  loop
    perform private.settle_redemption(org, redemption);
  end loop;
end
$$;
