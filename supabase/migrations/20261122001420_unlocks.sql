-- Every unlocking of a tablet is a record of its own kind, and answers within a minute of one are flagged as 'staff':
-- the fifth reason beside those of 20261122001100_abuse.sql. The first reason found stays.

create table public.staff_unlocks (
  org_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  clock text not null constraint staff_unlocks_clock_known check (clock in ('server', 'tablet', 'receipt')),
  tablet_id uuid not null,
  location_id uuid not null,
  staff_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, staff_id) references public.staff (org_id, id) on delete cascade
);
create index staff_unlocks_of_tablet on public.staff_unlocks (org_id, tablet_id, occurred_at);
create index staff_unlocks_of_person on public.staff_unlocks (org_id, staff_id, occurred_at);
comment on table public.staff_unlocks is 'Every time somebody unlocked a tablet with their PIN.';
comment on column public.staff_unlocks.clock is 'How the moment is known, as answers.clock has it.';

alter table public.staff_unlocks enable row level security;
create policy "team members read their unlocks" on public.staff_unlocks
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.staff_unlocks from anon, authenticated;
grant select on public.staff_unlocks to authenticated;

-- Who works here, by name, and when and at which tablet each was last known to unlock one.
create function public.report_staff(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'staff', staff.id, 'name', staff.name,
    'last_unlock', case when latest.occurred_at is not null
      then jsonb_build_object('at', latest.occurred_at, 'tablet', latest.tablet_id) end
  ) order by staff.name, staff.id), '[]')
  from public.staff
  left join lateral (
    select unlocks.occurred_at, unlocks.tablet_id from public.staff_unlocks as unlocks
    where unlocks.org_id = staff.org_id and unlocks.staff_id = staff.id
    order by unlocks.occurred_at desc limit 1
  ) as latest on true
  where staff.org_id = org and staff.left_at is null
$$;
revoke execute on function public.report_staff(uuid) from public, anon, authenticated;
grant execute on function public.report_staff(uuid) to authenticated;

-- A record is judged by its kind.
alter function private.refusal(jsonb, jsonb, uuid) rename to answer_refusal;

create function private.unlock_refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (record ->> 'v')::integer is distinct from 1 then
    return 'unknown_version';
  end if;
  -- Who has left may have unlocked the tablet before it heard of it.
  if not exists (select 1 from public.staff where org_id = org and id = (body ->> 'staff')::uuid) then
    return 'unknown_staff';
  end if;
  return null;
end
$$;
revoke execute on function private.unlock_refusal(jsonb, jsonb, uuid) from public;

create function private.refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if record ->> 'kind' = 'unlock' then
    return private.unlock_refusal(record, body, org);
  end if;
  return private.answer_refusal(record, body, org);
end
$$;
revoke execute on function private.refusal(jsonb, jsonb, uuid) from public;

-- What is known of an answer before its neighbours are looked at: the flag of its session, that the shop was closed
-- (which only a clock that was compared with the server's can tell), or that staff unlocked the tablet within a minute.
create or replace function private.first_flag(answer public.answers) returns text
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  flag text;
  hours jsonb;
begin
  select a.flag into flag from public.answers as a
  where a.org_id = answer.org_id and a.session_id = answer.session_id and a.tablet_id = answer.tablet_id
    and a.occurred_at between answer.occurred_at - interval '1 hour' and answer.occurred_at + interval '1 hour'
    and a.flag is not null
  limit 1;
  if flag is not null then
    return flag;
  end if;
  if answer.clock = 'server' then
    select opening_hours into hours from public.locations where org_id = answer.org_id and id = answer.location_id;
    if hours is not null and private.is_closed(hours, answer.local_at) then
      return 'closed';
    end if;
  end if;
  if answer.clock <> 'receipt' and exists (
    select 1 from public.staff_unlocks as unlocks
    where unlocks.org_id = answer.org_id and unlocks.tablet_id = answer.tablet_id and unlocks.clock <> 'receipt'
      and unlocks.occurred_at between answer.occurred_at - interval '1 minute' and answer.occurred_at + interval '1 minute'
  ) then
    return 'staff';
  end if;
  return null;
end
$$;

-- Enters a record into the ledger. Null when it is new there, else what already_received says of it.
create function private.enter_in_ledger(origin public.pairings, record jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  already jsonb;
begin
  insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
  values (origin.org_id, (record ->> 'id')::uuid, origin.id, (record ->> 'seq')::bigint,
    record ->> 'kind', (record ->> 'v')::integer, record ->> 'sha256')
  on conflict do nothing;
  if found then
    return null;
  end if;
  already := private.already_received(origin.org_id, record);
  if already is not null then
    return already;
  end if;
  -- Another record holds this seq: a cloned or restored tablet. Its customers were real, so the record counts.
  insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256)
  values (origin.org_id, (record ->> 'id')::uuid, origin.id, null,
    record ->> 'kind', (record ->> 'v')::integer, record ->> 'sha256');
  update public.pairings set seq_clashes = seq_clashes + 1 where org_id = origin.org_id and id = origin.id;
  return null;
end
$$;
revoke execute on function private.enter_in_ledger(public.pairings, jsonb) from public;

create function private.store_answer(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  moment record;
  answer public.answers;
begin
  select * into moment from private.occurred_at(record);
  answer.org_id := origin.org_id;
  answer.id := record ->> 'id';
  answer.occurred_at := moment.at;
  answer.clock := moment.clock;
  answer.local_at := moment.at at time zone time_zone;
  answer.location_id := location;
  answer.tablet_id := origin.tablet_id;
  answer.session_id := body ->> 'session';
  answer.survey_version_id := body ->> 'survey';
  answer.question := body ->> 'question';
  answer.type := body ->> 'type';
  answer.score := (body ->> 'score')::numeric;
  if answer.type = 'reasons' then
    answer.choices := array(select distinct jsonb_array_elements_text(body -> 'choices') order by 1);
  elsif answer.type = 'comment' then
    answer.comment := btrim(body ->> 'text');
  end if;
  answer.locale := left(coalesce(body ->> 'locale', 'en'), 10);
  -- Without a secret it is no tablet but the source of rows from files.
  if origin.secret_hash is not null then
    answer.flag := private.first_flag(answer);
  end if;

  insert into public.answers (
    org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
    question, type, score, choices, comment, locale, flag
  ) values (
    answer.org_id, answer.id, answer.occurred_at, answer.clock, answer.local_at, answer.location_id, answer.tablet_id,
    answer.session_id, answer.survey_version_id, answer.question, answer.type, answer.score, answer.choices,
    answer.comment, answer.locale, answer.flag
  );
  perform private.count_answer(answer);
  if origin.secret_hash is null then
    return;
  end if;
  -- What the session said further from the PIN, or before closing time, shares the flag.
  if answer.flag is not null then
    perform private.flag_session(answer.org_id, answer.tablet_id, answer.session_id, answer.flag, answer.occurred_at);
  end if;
  if answer.type = 'csat' and answer.clock <> 'receipt' then
    perform private.flag_patterns(answer);
  end if;
end
$$;
revoke execute on function private.store_answer(public.pairings, text, uuid, jsonb, jsonb) from public;

-- A tap within a minute of a staff PIN may be the staff's own. Where a moment is only that of receipt, nobody knows.
create function private.store_unlock(origin public.pairings, location uuid, record jsonb, body jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  moment record;
begin
  select * into moment from private.occurred_at(record);
  insert into public.staff_unlocks (org_id, id, occurred_at, clock, tablet_id, location_id, staff_id)
  values (origin.org_id, (record ->> 'id')::uuid, moment.at, moment.clock, origin.tablet_id, location,
    (body ->> 'staff')::uuid);
  if moment.clock = 'receipt' then
    return;
  end if;
  perform private.flag_session(origin.org_id, origin.tablet_id, near.session_id, 'staff', near.occurred_at)
  from (
    select distinct on (session_id) session_id, occurred_at from public.answers
    where org_id = origin.org_id and tablet_id = origin.tablet_id and clock <> 'receipt' and flag is null
      and occurred_at between moment.at - interval '1 minute' and moment.at + interval '1 minute'
  ) as near;
end
$$;
revoke execute on function private.store_unlock(public.pairings, uuid, jsonb, jsonb) from public;

-- As before, for every kind of record.
create or replace function private.store_record(origin public.pairings, time_zone text, location uuid, record jsonb)
returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
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
  already := private.enter_in_ledger(origin, record);
  if already is not null then
    return already;
  end if;

  if record ->> 'kind' = 'unlock' then
    perform private.store_unlock(origin, location, record, body);
  else
    perform private.store_answer(origin, time_zone, location, record, body);
  end if;
  return jsonb_build_object('outcome', 'stored');
exception
  when data_exception or check_violation or not_null_violation then
    return jsonb_build_object('outcome', 'refused', 'reason', 'malformed');
end
$$;
