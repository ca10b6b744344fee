-- What a member's points are, worked out anew from all that happened in the order it happened.

-- For the plans below: a birthday comes once a year.
alter function private.birthday_visits(uuid, uuid) rows 5;

-- Enters what the ledger lacks of what follows from all that is known of a member until as_of, or has too much of. Says of
-- each redemption whether there were points enough for it, and notes when the clock alone will change something.
--
-- A balance that lapses is gone, so all that ever lapsed is the most that the points, reckoned without lapsing, came to
-- at any such moment: what is left over from an earlier one is less.
create function private.settle_points(org uuid, member uuid, as_of timestamptz) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  rows_of_theirs uuid[] := private.rows_of_member(org, member);
  lapses timestamptz[] := array(select private.lapses(org, member));
  next_lapse timestamptz := (select min(moment) from unnest(lapses) as moment where moment > as_of);
begin
  with counted as (
    select v.id, v.occurred_at, v.amount, v.currency, in_force.programme
    from public.visits as v
    join private.programme_periods as in_force
      on in_force.org_id = org and v.occurred_at >= in_force.since and v.occurred_at < in_force.until
    where v.org_id = org and v.member_id = member and v.refused is null
  ), due as (
    select 'welcome' as reason, m.enrolled_at as at, null::uuid as visit_id, null::uuid as redemption_id,
      (in_force.programme ->> 'welcome_points')::bigint as points
    from public.members as m
    join private.programme_periods as in_force
      on in_force.org_id = org and m.enrolled_at >= in_force.since and m.enrolled_at < in_force.until
    where m.org_id = org and m.id = member and m.merged_into is null
    union all
    select 'visit', counted.occurred_at, counted.id, null, (counted.programme ->> 'points_per_visit')::bigint from counted
    union all
    select 'amount', counted.occurred_at, counted.id, null,
      counted.amount / (counted.programme #>> '{points_per_amount,per}')::bigint
        * (counted.programme #>> '{points_per_amount,points}')::bigint
    from counted where counted.currency = counted.programme ->> 'currency'
    union all
    select 'birthday', counted.occurred_at, counted.id, null, (counted.programme ->> 'birthday_points')::bigint
    from private.birthday_visits(org, member) as rewarded (id) join counted on counted.id = rewarded.id
    union all
    select 'referral', came.at, came.visit_id, null, came.points from private.referral_of(org, member) as came
    union all
    select 'referral', came.at, came.visit_id, null, came.points
    from private.members_who_told(org, private.codes_of_member(org, member)) as friend
    cross join lateral private.referral_of(org, friend) as came where came.inviter = member
    union all
    select 'redemption', r.occurred_at, null, r.id, -r.cost from public.redemptions as r where r.org_id = org and r.member_id = member
  ), entries as (
    select e.member_id, e.id, e.reason, e.visit_id, e.redemption_id, e.points, e.created_at,
      -- What somebody's coming gave stays given when that one is erased, and their code with them.
      e.reason in ('welcome', 'visit', 'amount', 'birthday', 'referral', 'redemption', 'expiry') and not (
        e.reason = 'referral' and exists (
          select 1 from public.visits as v join public.members as friend on friend.org_id = org and friend.id = v.member_id
          where v.org_id = org and v.id = e.visit_id and v.member_id <> member and friend.erased_at is not null
        )
      ) as is_worked_out
    from public.point_entries as e
    where e.org_id = org and e.member_id = any (rows_of_theirs)
  ), account as (
    select due.at, case when due.redemption_id is null then 0 else 1 end as step, coalesce(due.redemption_id, due.visit_id) as id,
      due.redemption_id, due.points
    from due where due.points <> 0
    union all
    -- A merge moves the sum of these; here they stand at their own time.
    select entries.created_at, 0, entries.id, null, entries.points from entries
    where not entries.is_worked_out and entries.reason <> 'merge'
    union all
    select moment, 2, null, null, 0 from unnest(lapses) as moment where moment <= as_of
  ), reckoned as (
    select account.*, sum(account.points) over in_order as total from account
    window in_order as (order by account.at, account.step, account.id)
  ), balances as (
    select reckoned.*,
      reckoned.total - greatest(0, max(reckoned.total) filter (where reckoned.step = 2) over in_order) as balance
    from reckoned window in_order as (order by reckoned.at, reckoned.step, reckoned.id)
  ), flagged as (
    update public.redemptions as r set
      flags = case when balances.balance < 0 then array['overdrawn'] || r.flags else array_remove(r.flags, 'overdrawn') end
    from balances
    where r.org_id = org and r.member_id = member and r.id = balances.redemption_id
      and (balances.balance < 0) <> ('overdrawn' = any (r.flags))
  ), differences as (
    select due.reason, due.visit_id, due.redemption_id, due.points from due
    union all
    select 'expiry', null, null, -greatest(0, max(reckoned.total)) from reckoned where reckoned.step = 2
    union all
    select entries.reason, entries.visit_id, entries.redemption_id, -entries.points from entries
    where entries.member_id = member and entries.is_worked_out
  )
  insert into public.point_entries (org_id, member_id, reason, visit_id, redemption_id, points)
  select org, member, differences.reason, differences.visit_id, differences.redemption_id, sum(differences.points)
  from differences
  group by differences.reason, differences.visit_id, differences.redemption_id having sum(differences.points) <> 0;

  if next_lapse is null then
    delete from private.due_members as d where d.org_id = org and d.member_id = member;
  else
    insert into private.due_members as d (org_id, member_id, due_at) values (org, member, next_lapse)
    on conflict (org_id, member_id) do update set due_at = excluded.due_at where d.due_at <> excluded.due_at;
  end if;
end
$$;
revoke execute on function private.settle_points(uuid, uuid, timestamptz) from public;
drop function private.settle_points(uuid, uuid);

-- As before, with their tier and birthday.
create or replace function private.known_member(org uuid, member uuid) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select jsonb_build_object(
      'id', m.id, 'name', m.first_name, 'points', account.balance,
      'last_visit', (
        select to_char(max(visits.occurred_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from public.visits
        where visits.org_id = org and visits.member_id = member and visits.refused is null
      )
    ) || jsonb_strip_nulls(jsonb_build_object(
      'tier', (
        select nullif(count(*), 0)
        from (
          select versions.programme from public.programme_versions as versions
          where versions.org_id = org order by versions.valid_from desc limit 1
        ) as in_force
        cross join jsonb_array_elements(in_force.programme -> 'tiers') as tier
        where (tier ->> 'from')::bigint <= account.earned
      ),
      'birthday', lpad(m.birthday_month::text, 2, '0') || '-' || lpad(m.birthday_day::text, 2, '0')
    ))
    from public.members as m
    cross join lateral (
      select coalesce(sum(e.points), 0) as balance,
        coalesce(sum(e.points) filter (where e.reason in ('welcome', 'visit', 'amount', 'birthday', 'referral')), 0) as earned
      from public.point_entries as e where e.org_id = org and e.member_id = member
    ) as account
    where m.org_id = org and m.id = member
  );
end
$$;

-- A member's points and what tablets hold of them. Who was erased keeps what they had; who was merged has nothing more.
create function private.settle_account(org uuid, member uuid, as_of timestamptz default clock_timestamp()) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not exists (
    select 1 from public.members where org_id = org and id = member and erased_at is null and merged_into is null
  ) then
    delete from private.due_members where org_id = org and member_id = member;
    return;
  end if;
  perform private.settle_points(org, member, as_of);
  perform private.settle_directory(org, member);
end
$$;
revoke execute on function private.settle_account(uuid, uuid, timestamptz) from public;

-- As before, with those whose points hang on theirs.
create or replace function private.settle_member(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  neighbour uuid;
begin
  perform private.settle_visits(org, member);
  if exists (select 1 from public.members where org_id = org and id = member and erased_at is null) then
    perform private.settle_profile(org, member);
    perform private.settle_account(org, member);
  end if;
  for neighbour in select private.referral_neighbours(org, member) loop
    perform private.settle_account(org, neighbour);
  end loop;
end
$$;
