-- Which redemptions the owner should look at, by the time they happened. Whether the balance was enough is judged with the
-- points (private.settle_points); this is what follows from other redemptions and from what was offered.

create function private.settle_flags(org uuid, redemptions uuid[]) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  update public.redemptions as r set flags = judged.flags
  from (
    select one.id, array_remove(array[
      case when 'overdrawn' = any (one.flags) then 'overdrawn' end,
      -- The budget goes for what was given without asking the server, by one member and on one tablet, on one day.
      case when not one.checked and (
        coalesce((in_force.programme #>> '{offline_budget,member}')::bigint, 0) < (
          select sum(o.cost) from public.redemptions as o
          where o.org_id = org and o.member_id = one.member_id and not o.checked and o.local_at::date = one.local_at::date
            and (o.occurred_at, o.id) <= (one.occurred_at, one.id)
        )
        or coalesce((in_force.programme #>> '{offline_budget,tablet}')::bigint, 0) < (
          select sum(o.cost) from public.redemptions as o
          where o.org_id = org and o.tablet_id = one.tablet_id and not o.checked
            and o.local_at >= one.local_at::date and o.local_at < one.local_at::date + 1
            and (o.occurred_at, o.id) <= (one.occurred_at, one.id)
        )
      ) then 'over_budget' end,
      case when offered.reward ->> 'stock' is not null and (offered.reward ->> 'stock')::integer < (
        select count(*) from public.redemptions as o
        where o.org_id = org and o.reward_id = one.reward_id and o.occurred_at >= offered.since
          and (o.occurred_at, o.id) <= (one.occurred_at, one.id)
      ) then 'out_of_stock' end,
      -- A tablet without the network learns a day late what is no longer offered.
      case when not exists (
        select 1 from private.reward_periods as told
        where told.org_id = org and told.reward_id = one.reward_id
          and told.since <= one.occurred_at and one.occurred_at < told.until + interval '24 hours'
          and (told.reward ->> 'cost')::integer = one.cost
          and one.local_at::date between coalesce((told.reward ->> 'from')::date, '-infinity')
            and coalesce((told.reward ->> 'until')::date, 'infinity')
      ) then 'not_offered' end
    ], null) as flags
    from public.redemptions as one
    left join private.programme_periods as in_force
      on in_force.org_id = org and one.occurred_at >= in_force.since and one.occurred_at < in_force.until
    left join private.reward_periods as offered
      on offered.org_id = org and offered.reward_id = one.reward_id
      and one.occurred_at >= offered.since and one.occurred_at < offered.until
    where one.org_id = org and one.id = any (settle_flags.redemptions)
  ) as judged
  where r.org_id = org and r.id = judged.id and r.flags <> judged.flags;
end
$$;
revoke execute on function private.settle_flags(uuid, uuid[]) from public;

-- Judges a redemption that has just become known, or whose it is, and those that are judged otherwise because of it: the
-- later ones of its day, and the first that its reward's stock no longer covers.
create function private.settle_redemption(org uuid, redemption uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  one public.redemptions;
  touched uuid[];
begin
  select * into one from public.redemptions where org_id = org and id = redemption;
  select array_agg(o.id) into touched from (
    select redemption as id
    union
    select same_day.id from public.redemptions as same_day
    where same_day.org_id = org and same_day.tablet_id = one.tablet_id and not same_day.checked
      and same_day.local_at >= one.local_at::date and same_day.local_at < one.local_at::date + 1
    union
    select same_member.id from public.redemptions as same_member
    where same_member.org_id = org and same_member.member_id = one.member_id and not same_member.checked
      and same_member.local_at::date = one.local_at::date
    union
    select beyond.id from private.reward_periods as offered
    cross join lateral (
      select o.id from public.redemptions as o
      where o.org_id = org and o.reward_id = one.reward_id and o.occurred_at >= offered.since and o.occurred_at < offered.until
      order by o.occurred_at, o.id offset (offered.reward ->> 'stock')::integer limit 1
    ) as beyond
    where offered.org_id = org and offered.reward_id = one.reward_id and offered.reward ->> 'stock' is not null
      and one.occurred_at >= offered.since and one.occurred_at < offered.until
  ) as o;
  perform private.settle_flags(org, touched);
end
$$;
revoke execute on function private.settle_redemption(uuid, uuid) from public;
