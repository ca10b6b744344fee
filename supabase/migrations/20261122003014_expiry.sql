-- When points lapse: some months after a visit that counts, or the enrolment, if no other comes.

-- From when to when points lapse after so many months. Versions that differ in something else begin no new time.
create view private.expiry_periods as
  select org_id, months, min(since) as since, max(until) as until
  from (
    select org_id, months, since, until, count(*) filter (where is_news) over in_order as run
    from (
      select org_id, (programme ->> 'expiry_months')::integer as months, since, until,
        (programme ->> 'expiry_months') is distinct from lag(programme ->> 'expiry_months') over in_order as is_news
      from private.programme_periods
      window in_order as (partition by org_id order by since)
    ) as versions
    window in_order as (partition by org_id order by since)
  ) as runs
  where months is not null
  group by org_id, run, months;
revoke all on private.expiry_periods from anon, authenticated;

-- The moments when a member's balance lapses, those to come too. Nobody loses points by a rule they never knew: its months
-- begin when it does. Months of UTC's calendar, because a member comes to shops in several zones.
create function private.lapses(org uuid, member uuid) returns setof timestamptz
language plpgsql stable rows 5 set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with came as (
    select m.enrolled_at as at from public.members as m where m.org_id = org and m.id = member and m.merged_into is null
    union all
    select v.occurred_at from public.visits as v where v.org_id = org and v.member_id = member and v.refused is null
  ), stays as (
    select came.at, lead(came.at) over (order by came.at) as next from came
  )
  select moment
  from private.expiry_periods as expiry
  join stays on stays.at < expiry.until
  cross join lateral (
    select (greatest(stays.at, expiry.since) at time zone 'UTC' + make_interval(months => expiry.months)) at time zone 'UTC' as moment
  ) as reckoned
  where expiry.org_id = org and moment < expiry.until and (stays.next is null or moment < stays.next)
  order by moment;
end
$$;
revoke execute on function private.lapses(uuid, uuid) from public;

create table private.due_members (
  org_id uuid not null,
  member_id uuid not null,
  due_at timestamptz not null,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references public.members (org_id, id) on delete cascade
);
create index due_members_in_order on private.due_members (org_id, due_at);
alter table private.due_members enable row level security;
revoke all on private.due_members from anon, authenticated;
comment on table private.due_members is
  'Whose balance changes though nothing of theirs arrives, and when: points lapse, or the programme has other rules for what they have.';

-- Tiers and expiry hold for what everybody already has, so a programme that changes them makes all members due.
create function private.make_members_due() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into private.due_members (org_id, member_id, due_at)
  select new.org_id, members.id, clock_timestamp() from public.members
  where members.org_id = new.org_id and members.erased_at is null and members.merged_into is null
    and not exists (
      select 1 from (
        select versions.programme from public.programme_versions as versions
        where versions.org_id = new.org_id and versions.valid_from < new.valid_from order by versions.valid_from desc limit 1
      ) as before
      where coalesce(before.programme -> 'tiers', '[]') = coalesce(new.programme -> 'tiers', '[]')
        and coalesce(before.programme -> 'expiry_months', 'null') = coalesce(new.programme -> 'expiry_months', 'null')
    )
  on conflict (org_id, member_id) do update set due_at = excluded.due_at;
  return null;
end
$$;
revoke execute on function private.make_members_due() from public;
create trigger a_programme_may_change_what_members_have
  after insert on public.programme_versions
  for each row execute function private.make_members_due();
insert into private.due_members (org_id, member_id, due_at)
select org_id, id, '-infinity' from public.members where erased_at is null;
