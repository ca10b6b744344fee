-- What a shop's database does by the clock: in small parts, whenever one of its tablets asks for its settings, so that it
-- needs no scheduler; and by one, where there is one.

-- Settles members whose balance changes by as_of though nothing of theirs arrived, a batch of them, the longest due first.
create function private.expire_points(org uuid, as_of timestamptz default clock_timestamp()) returns void
language plpgsql volatile set search_path = '' as $$
declare
  member uuid;
begin
  if not exists (select 1 from private.due_members where org_id = org and due_at <= as_of) then
    return;
  end if;
  perform private.lock_members(org);
  for member in
    select member_id from private.due_members where org_id = org and due_at <= as_of order by due_at, member_id limit 200
  loop
    perform private.settle_account(org, member, as_of);
  end loop;
end
$$;
revoke execute on function private.expire_points(uuid, timestamptz) from public;

-- All that there is to do, each in small batches: what is left over is done the next time.
create function private.housekeeping(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.expire_points(org);
end
$$;
revoke execute on function private.housekeeping(uuid) from public;

create table private.housekeeping_runs (
  org_id uuid primary key references public.organizations (id) on delete cascade,
  next_at timestamptz not null default '-infinity'
);
alter table private.housekeeping_runs enable row level security;
revoke all on private.housekeeping_runs from anon, authenticated;
comment on table private.housekeeping_runs is 'One row a shop: who keeps house holds it, and nobody waits for it.';

-- Keeps house once an hour, every minute while members are due. What goes wrong in it is told to the log and to nobody who
-- asked for something else. Called before the caller holds any row that a batch of records could wait for.
create function private.keep_house(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into private.housekeeping_runs (org_id) values (org) on conflict do nothing;
  perform 1 from private.housekeeping_runs where org_id = org and next_at <= clock_timestamp() for update skip locked;
  if not found then
    return;
  end if;
  begin
    perform private.housekeeping(org);
  exception when others then
    raise warning 'Housekeeping of % failed: %', org, sqlstate;
  end;
  update private.housekeeping_runs set next_at = clock_timestamp() + case
    when exists (select 1 from private.due_members where org_id = org and due_at <= clock_timestamp()) then interval '1 minute'
    else interval '1 hour' end
  where org_id = org;
end
$$;
revoke execute on function private.keep_house(uuid) from public;

-- As before, after the housekeeping.
create or replace function public.pull(pairing uuid, secret text, health text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  teller public.pairings := private.authenticate(pairing, secret);
  reply jsonb := private.throttled(teller, 'pull');
  report jsonb := private.parse_json(left(health, 4000));
begin
  if reply is not null then
    return reply;
  end if;
  if teller.id is null then
    return jsonb_build_object('outcome', 'unknown_pairing');
  end if;
  if teller.revoked_at is not null then
    return jsonb_build_object('outcome', 'revoked');
  end if;
  perform private.keep_house(teller.org_id);
  perform private.note_health(teller, report);
  reply := jsonb_build_object('outcome', 'ok', 'server_time', clock_timestamp(),
    'settings', private.tablet_settings(teller));
  if private.told_count(report, 'quarantined') > 0 then
    reply := reply || jsonb_build_object('settled', private.settled(teller));
  end if;
  return reply;
end
$$;

-- Hosted projects have pg_cron, for shops whose tablets are all away; each shop in a transaction of its own. What embeds
-- Postgres has none, and pulls are enough for it.
do $$
begin
  if exists (select 1 from pg_available_extensions where name = 'pg_cron')
    and current_setting('shared_preload_libraries') ~ '\mpg_cron\M' then
    create extension if not exists pg_cron;
    perform cron.schedule('verna-housekeeping', '17 * * * *', $job$
      do $each$
      declare
        shop uuid;
      begin
        for shop in select id from public.organizations order by id loop
          perform private.keep_house(shop);
          commit;
        end loop;
      end
      $each$
    $job$);
  end if;
end
$$;
