-- As before, as json: an entry for each of a thousand tablets is made in half the time.
drop function public.report_tablets(uuid);
create function public.report_tablets(org uuid) returns json
language sql stable security invoker set search_path = '' as $$
  select coalesce(json_agg(json_build_object(
    'tablet', tablets.id, 'name', tablets.name, 'kind', tablets.kind,
    'location', tablets.location_id,
    'pairing', pairings.id, 'paired_at', pairings.created_at, 'revoked_at', pairings.revoked_at,
    'gone_at', pairings.gone_at,
    'made', coalesce(pairings.made, 0), 'received', coalesce(pairings.received, 0),
    'waiting', coalesce(pairings.waiting, 0), 'quarantined', coalesce(pairings.quarantined, 0),
    'missing', greatest(0, coalesce(pairings.made - pairings.received - pairings.waiting - pairings.quarantined, 0)),
    'lost', coalesce(pairings.lost, 0), 'seq_clashes', coalesce(pairings.seq_clashes, 0),
    'acknowledged', case when pairings.acknowledged_at is not null then json_build_object(
      'lost', pairings.acknowledged_lost, 'missing', pairings.acknowledged_missing,
      'clashes', pairings.acknowledged_clashes, 'at', pairings.acknowledged_at, 'by', pairings.acknowledged_by
    ) end,
    'last_seen_at', pairings.last_seen_at, 'last_received_at', pairings.last_received_at,
    'app_version', pairings.app_version,
    'health', json_build_object(
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
revoke execute on function public.report_tablets(uuid) from public, anon, authenticated;
grant execute on function public.report_tablets(uuid) to authenticated;
