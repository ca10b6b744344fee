-- A file of sales has refunds, and sales of nobody the shop knows. A refund is a visit with a negative sale: it lowers the
-- revenue, is no visit that counts, and takes back what the sale it undoes gave.

alter table public.visits
  drop constraint visits_amount_not_negative,
  drop constraint visits_refused_known,
  add constraint visits_amount_sane check (amount between -1000000000 and 1000000000),
  add constraint visits_refused_known check (refused in ('cooldown', 'refund')),
  add constraint visits_refund_is_negative check ((coalesce(amount, 0) < 0) = (coalesce(refused, '') = 'refund'));
comment on column public.visits.amount is
  'The sale in minor units of currency, below zero for money given back; null when nobody entered it.';
comment on column public.visits.member_id is 'Null while nobody knows whose it is, or for ever where nobody said.';
comment on column public.visits.refused is
  'Why it is no visit that counts: too soon after the last that did, or money given back. Null when it counts.';

create function private.mark_refund() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.refused := 'refund';
  return new;
end
$$;
revoke execute on function private.mark_refund() from public;
create trigger refunds_are_no_visits
  before insert on public.visits
  for each row when (new.amount < 0) execute function private.mark_refund();

-- As before, but a sale may be below zero, and nobody may be named.
create or replace function private.visit_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if num_nonnulls((body ->> 'member')::uuid, body ->> 'phone') > 1 then
    return 'bad_member';
  end if;
  if body ->> 'phone' is not null and not private.is_phone(body ->> 'phone') then
    return 'bad_phone';
  end if;
  if nullif(body -> 'sale', 'null') is not null and (
    private.told_whole(body -> 'sale', 'amount', -1000000000, 1000000000) is null
    or not coalesce(body #>> '{sale,currency}' ~ '^[A-Z]{3}$', false)
  ) then
    return 'bad_sale';
  end if;
  return private.staff_refusal(body, org);
end
$$;

-- As before; of nobody's visit no member ever comes to know.
create or replace function private.store_visit(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb)
returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  visit uuid := record ->> 'id';
  moment record;
  member uuid;
begin
  select * into moment from private.occurred_at(record);
  member := case
    when body ->> 'phone' is null then private.member_named(org, (body ->> 'member')::uuid)
    else private.member_named(org, private.member_of(org, body ->> 'phone', moment.at))
  end;
  insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, staff_id, amount, currency, member_id)
  values (org, visit, moment.at, moment.clock, moment.at at time zone time_zone, origin.tablet_id, location,
    (body ->> 'staff')::uuid, (body #>> '{sale,amount}')::numeric, body #>> '{sale,currency}', member);
  if member is not null then
    perform private.settle_member(org, member);
  elsif coalesce(body ->> 'member', body ->> 'phone') is not null then
    insert into private.waiting_records (org_id, id, occurred_at, alias, phone)
    values (org, visit, moment.at, (body ->> 'member')::uuid, body ->> 'phone');
  end if;
end
$$;

-- As before, among the visits that are no refunds.
create or replace function private.settle_visits(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  visit record;
  last_counted timestamptz;
  verdict text;
begin
  for visit in
    select v.id, v.occurred_at, v.refused,
      coalesce((in_force.programme ->> 'cooldown_hours')::double precision, 0) * interval '1 hour' as cooldown
    from public.visits as v
    left join private.programme_periods as in_force
      on in_force.org_id = org and v.occurred_at >= in_force.since and v.occurred_at < in_force.until
    where v.org_id = org and v.member_id = member and coalesce(v.amount, 0) >= 0
    order by v.occurred_at, v.id
  loop
    verdict := case when visit.occurred_at - last_counted < visit.cooldown then 'cooldown' end;
    if verdict is null then
      last_counted := visit.occurred_at;
    end if;
    if verdict is distinct from visit.refused then
      update public.visits set refused = verdict where org_id = org and id = visit.id;
    end if;
  end loop;
end
$$;

-- What the sales of a member give, and what refunds take back: by the rules of the day they were, and together no more than
-- the sales gave. Whose sale was made before the programme, or came within the cooldown, would otherwise lose points for it
-- that it never brought.
create function private.amounts_due(org uuid, member uuid) returns table (visit_id uuid, at timestamptz, points bigint)
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with sales as (
    select v.id, v.occurred_at, v.amount / (in_force.programme #>> '{points_per_amount,per}')::bigint
      * (in_force.programme #>> '{points_per_amount,points}')::bigint as worth
    from public.visits as v
    join private.programme_periods as in_force
      on in_force.org_id = org and v.occurred_at >= in_force.since and v.occurred_at < in_force.until
    where v.org_id = org and v.member_id = member and v.refused is distinct from 'cooldown'
      and v.currency = in_force.programme ->> 'currency'
  ), sums as (
    select sales.id, sales.occurred_at, sales.worth,
      coalesce(sum(sales.worth) filter (where sales.worth > 0) over (), 0) as given,
      coalesce(-sum(sales.worth) filter (where sales.worth < 0) over (order by sales.occurred_at, sales.id), 0) as taken
    from sales
  )
  select sums.id, sums.occurred_at, (case when sums.worth < 0 then least(sums.taken + sums.worth, sums.given) - least(sums.taken, sums.given)
    else sums.worth end)::bigint
  from sums;
end
$$;
revoke execute on function private.amounts_due(uuid, uuid) from public;

-- As before, with what the sales give and refunds take back from private.amounts_due.
create or replace function private.settle_points(org uuid, member uuid, as_of timestamptz) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  rows_of_theirs uuid[] := private.rows_of_member(org, member);
  lapses timestamptz[] := array(select private.lapses(org, member));
  next_lapse timestamptz := (select min(moment) from unnest(lapses) as moment where moment > as_of);
begin
  with counted as (
    select v.id, v.occurred_at, in_force.programme
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
    select 'amount', amounts.at, amounts.visit_id, null, amounts.points from private.amounts_due(org, member) as amounts
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
