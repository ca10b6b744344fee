-- Every function the world can reach has a limit.

create table private.call_counts (
  bucket text primary key,
  started_at timestamptz not null,
  calls integer not null
);
create index call_counts_started_at on private.call_counts (started_at);
alter table private.call_counts enable row level security;
comment on table private.call_counts is
  'Calls of the minute by pairing, or by caller whose address is kept as a hash only. Rows of a past hour are swept.';

-- Counts a call. Null while there are at most so many in a minute, else the seconds until the next minute begins.
create function private.seconds_to_wait(caller text, calls_a_minute integer) returns integer
language plpgsql volatile set search_path = '' as $$
declare
  counted private.call_counts;
begin
  insert into private.call_counts as counts (bucket, started_at, calls) values (caller, now(), 1)
  on conflict (bucket) do update set
    started_at = case when counts.started_at > now() - interval '1 minute' then counts.started_at else now() end,
    calls = case when counts.started_at > now() - interval '1 minute' then counts.calls + 1 else 1 end
  returning * into counted;
  if counted.calls = 1 then
    -- A caller with ever new addresses must not fill the disk: each fresh minute removes more than it added.
    delete from private.call_counts where bucket in (
      select bucket from private.call_counts where started_at < now() - interval '1 hour'
      limit 5 for update skip locked
    );
  end if;
  if counted.calls <= calls_a_minute then
    return null;
  end if;
  return greatest(1, ceil(extract(epoch from counted.started_at + interval '1 minute' - now())))::integer;
end
$$;
revoke execute on function private.seconds_to_wait(text, integer) from public;

-- The limits, in calls a minute. A tablet that drains 10,000 records needs about thirty calls, and two hundred when every
-- batch stays at fifty; an open page pulls once in minutes. Strangers are counted by address, where many tablets
-- may stand behind one, so theirs leaves room for a chain that sets up its tablets at once.
-- Null, or the reply of a call that is one too many; an older tablet reads it as no answer, keeps its records and
-- backs off.
create function private.throttled(sender public.pairings, what text) returns jsonb
language sql volatile set search_path = '' as $$
  select jsonb_build_object('outcome', 'throttled', 'retry_after_s', wait)
  from (
    select case
      when sender.id is null then private.seconds_to_wait('stranger:' || private.caller_bucket(), 300)
      else private.seconds_to_wait(what || ':' || sender.id, 1200)
    end as wait
  ) as count
  where wait is not null
$$;
revoke execute on function private.throttled(public.pairings, text) from public;

-- The one way in for a tablet's records. Every id comes back with one outcome: stored, duplicate, conflict or refused
-- (with its reason). Outcomes of the whole: accepted, revoked, unknown_pairing, too_large, malformed, throttled.
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
  update public.pairings as p set last_seen_at = now() where p.org_id = sender.org_id and p.id = sender.id;
  return private.store_records(sender, nonce, records);
end
$$;

-- Whether anybody has set anything up here: decides between the two doors and the pairing screen.
create or replace function public.setup_state() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  wait integer := private.seconds_to_wait('setup_state:' || private.caller_bucket(), 300);
begin
  if wait is not null then
    return jsonb_build_object('outcome', 'throttled', 'retry_after_s', wait);
  end if;
  return jsonb_build_object('fresh', not exists (select 1 from public.organizations));
end
$$;
