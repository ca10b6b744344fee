-- As before, and rolls up the days that are over.
create or replace function private.housekeeping(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.expire_points(org);
  perform private.forget_old(org);
  perform private.roll_up(org, 40);
end
$$;

-- As before, and again after a minute while days that are over wait to be rolled up.
create or replace function private.keep_house(org uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.evaluate_alerts(org);
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
    when exists (select 1 from private.due_members where org_id = org and due_at <= clock_timestamp())
      or exists (
        select 1 from public.changed_days where org_id = org and day < (clock_timestamp() at time zone 'UTC')::date
      ) then interval '1 minute'
    else interval '1 hour' end
  where org_id = org;
end
$$;
