-- What the owner reads of rewards and of what was given for points.

-- What a reward was called then, in every language; what it was called first when it was given before it was offered. Null
-- when the shop has no such reward.
create function private.reward_name(org uuid, reward uuid, at timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select versions.reward -> 'name' from public.reward_versions as versions
  where versions.org_id = org and versions.reward_id = reward_name.reward and versions.reward is not null
  order by versions.valid_from <= at desc, case when versions.valid_from <= at then versions.valid_from end desc, versions.valid_from
  limit 1
$$;
revoke execute on function private.reward_name(uuid, uuid, timestamptz) from public;
grant execute on function private.reward_name(uuid, uuid, timestamptz) to authenticated;

-- Every reward with its latest version, those on offer first and the cheapest of them first. redeemed, points and flagged
-- count everything since the reward was made; left counts from the version's beginning, below zero when more were given.
create function public.report_rewards(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with latest as (
    select distinct on (versions.reward_id) versions.reward_id, versions.valid_from, versions.reward
    from public.reward_versions as versions where versions.org_id = org
    order by versions.reward_id, versions.valid_from desc
  ), described as (
    select latest.reward_id, latest.valid_from as since, latest.reward is null as is_withdrawn, shown.reward
    from latest
    cross join lateral (
      select versions.reward from public.reward_versions as versions
      where versions.org_id = org and versions.reward_id = latest.reward_id and versions.reward is not null
      order by versions.valid_from desc limit 1
    ) as shown
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'reward', described.reward_id, 'since', described.since, 'withdrawn', described.is_withdrawn,
    'name', described.reward -> 'name', 'cost', described.reward -> 'cost', 'from', described.reward -> 'from',
    'until', described.reward -> 'until', 'picture', described.reward -> 'picture',
    'left', case when not described.is_withdrawn
      then private.reward_left(org, described.reward_id, (described.reward ->> 'stock')::integer, described.since) end,
    'redeemed', given.redeemed, 'points', given.points, 'flagged', given.flagged
  ) order by described.is_withdrawn, (described.reward ->> 'cost')::integer, described.reward_id), '[]')
  from described
  cross join lateral (
    select count(*) as redeemed, coalesce(sum(r.cost), 0) as points, count(*) filter (where r.flags <> '{}') as flagged
    from public.redemptions as r where r.org_id = org and r.reward_id = described.reward_id
  ) as given
$$;
revoke execute on function public.report_rewards(uuid) from public, anon, authenticated;
grant execute on function public.report_rewards(uuid) to authenticated;

create index redemptions_by_time on public.redemptions (org_id, occurred_at, id);
create index redemptions_flagged on public.redemptions (org_id, occurred_at, id) where flags <> '{}';

-- A page of what was given for points, the newest first: of one reward or of all, flagged or not. after is the next of the
-- page before, which stays good while more come. Whose it was only owners and managers learn: row level security.
create function public.report_redemptions(
  org uuid, reward uuid default null, flagged_only boolean default false, after text default null, page integer default 50
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with asked as (
    select
      case when is_place then to_timestamp(split_part(after, '/', 1)::double precision) end as after_at,
      case when is_place then split_part(after, '/', 2)::uuid end as after_id,
      least(greatest(coalesce(page, 50), 1), 200) as size
    from (
      select coalesce(after ~ '^\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', false) as is_place
    ) as given
  ), one_more as (
    select r.id, r.occurred_at, r.local_at, r.reward_id, r.cost, r.flags, r.checked, r.member_id, r.tablet_id, r.location_id, r.staff_id,
      row_number() over (order by r.occurred_at desc, r.id desc) as place
    from public.redemptions as r cross join asked
    where r.org_id = org and (report_redemptions.reward is null or r.reward_id = report_redemptions.reward)
      and (flagged_only is not true or r.flags <> '{}')
      and (asked.after_at is null or (r.occurred_at, r.id) < (asked.after_at, asked.after_id))
    order by r.occurred_at desc, r.id desc
    limit (select size + 1 from asked)
  ), shown as (
    select one_more.* from one_more cross join asked where one_more.place <= asked.size
  )
  select jsonb_build_object(
    'redemptions', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', shown.id, 'at', shown.occurred_at, 'local_at', shown.local_at, 'reward', shown.reward_id,
        'name', private.reward_name(org, shown.reward_id, shown.occurred_at), 'cost', shown.cost,
        'flags', shown.flags, 'checked', shown.checked, 'member', shown.member_id,
        'first_name', (select m.first_name from public.members as m where m.org_id = org and m.id = shown.member_id),
        'tablet', shown.tablet_id, 'location', shown.location_id, 'staff', shown.staff_id
      ) order by shown.place)
      from shown
    ), '[]'),
    'next', (
      select to_char(extract(epoch from shown.occurred_at), 'FM9999999999999999.000000') || '/' || shown.id
      from shown cross join asked
      where shown.place = asked.size and (select count(*) from one_more) > asked.size
    ),
    'total', (
      select count(*) from public.redemptions as r
      where r.org_id = org and (report_redemptions.reward is null or r.reward_id = report_redemptions.reward)
        and (flagged_only is not true or r.flags <> '{}')
    )
  )
$$;
revoke execute on function public.report_redemptions(uuid, uuid, boolean, text, integer) from public, anon, authenticated;
grant execute on function public.report_redemptions(uuid, uuid, boolean, text, integer) to authenticated;
