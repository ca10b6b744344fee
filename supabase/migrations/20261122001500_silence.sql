-- Who has seen what a pairing lost, so that a note made once is not made for ever. The figures stay as they are.
alter table public.pairings
  add column acknowledged_lost bigint not null default 0,
  add column acknowledged_missing bigint not null default 0,
  add column acknowledged_clashes bigint not null default 0,
  add column acknowledged_at timestamptz,
  add column acknowledged_by text;
comment on column public.pairings.acknowledged_missing is
  'As many missing numbers as somebody has said to have seen; what is missing beyond them is news again. Likewise lost and seq_clashes.';
comment on column public.pairings.acknowledged_by is
  'E-mail address of that person, as it was then: a signature that stays when the account is gone.';
grant select (acknowledged_lost, acknowledged_missing, acknowledged_clashes, acknowledged_at, acknowledged_by)
  on public.pairings to authenticated;

-- A person says to have seen a pairing's losses, as the page showed them: what was lost since then is not seen, nor is
-- more than there is. Outcomes: acknowledged, forbidden.
create function public.acknowledge_losses(org uuid, pairing uuid, lost bigint, missing bigint, clashes bigint) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.pairings as p set
    acknowledged_lost = least(p.lost, greatest(0, acknowledge_losses.lost)),
    acknowledged_missing = least(
      greatest(0, p.made - p.received - p.waiting - p.quarantined), greatest(0, acknowledge_losses.missing)),
    acknowledged_clashes = least(p.seq_clashes, greatest(0, acknowledge_losses.clashes)),
    acknowledged_at = now(),
    acknowledged_by = (select users.email from auth.users where users.id = auth.uid())
  where p.org_id = org and p.id = acknowledge_losses.pairing and p.secret_hash is not null;
  if not found then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return jsonb_build_object('outcome', 'acknowledged');
end
$$;
revoke execute on function public.acknowledge_losses(uuid, uuid, bigint, bigint, bigint) from public, anon, authenticated;
grant execute on function public.acknowledge_losses(uuid, uuid, bigint, bigint, bigint) to authenticated;

-- As before, and with what somebody has said to have seen; acknowledged is null where nobody has.
create or replace function public.report_tablets(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'tablet', tablets.id, 'name', tablets.name, 'kind', tablets.kind,
    'location', tablets.location_id,
    'pairing', pairings.id, 'paired_at', pairings.created_at, 'revoked_at', pairings.revoked_at,
    'gone_at', pairings.gone_at,
    'made', coalesce(pairings.made, 0), 'received', coalesce(pairings.received, 0),
    'waiting', coalesce(pairings.waiting, 0), 'quarantined', coalesce(pairings.quarantined, 0),
    'missing', greatest(0, coalesce(pairings.made - pairings.received - pairings.waiting - pairings.quarantined, 0)),
    'lost', coalesce(pairings.lost, 0), 'seq_clashes', coalesce(pairings.seq_clashes, 0),
    'acknowledged', case when pairings.acknowledged_at is not null then jsonb_build_object(
      'lost', pairings.acknowledged_lost, 'missing', pairings.acknowledged_missing,
      'clashes', pairings.acknowledged_clashes, 'at', pairings.acknowledged_at, 'by', pairings.acknowledged_by
    ) end,
    'last_seen_at', pairings.last_seen_at, 'last_received_at', pairings.last_received_at,
    'app_version', pairings.app_version,
    'health', jsonb_build_object(
      'oldest_waiting_at', pairings.oldest_waiting_at, 'persisted', pairings.persisted,
      'quota_bytes', pairings.quota_bytes, 'usage_bytes', pairings.usage_bytes,
      'server_offset_ms', pairings.server_offset_ms, 'battery_percent', pairings.battery_percent,
      'battery_charging', pairings.battery_charging, 'durability', pairings.durability
    )
  ) order by tablets.created_at, tablets.id, pairings.created_at), '[]')
  from public.tablets
  left join public.pairings on pairings.org_id = tablets.org_id and pairings.tablet_id = tablets.id
  where tablets.org_id = org
$$;

-- As before, and it changes when somebody has said to have seen a loss.
create or replace function public.report_pulse(org uuid) returns text
language sql stable security invoker set search_path = '' as $$
  select concat_ws(':', count(*), sum(received), sum(made), sum(waiting), sum(quarantined),
    extract(epoch from max(last_received_at)), extract(epoch from max(last_seen_at)), count(revoked_at),
    extract(epoch from max(acknowledged_at)))
  from public.pairings where org_id = org
$$;
