-- What a member is, worked out anew from all that is known of them whenever something of theirs arrives: who they are,
-- which visits count, what the programme gives for them, and what tablets hold of them.

-- Plpgsql, because it plans each query once a session, and these run for every record.

-- Who they are: each field from the latest enrolment that told it.
create function private.settle_profile(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  update public.members as m set
    first_name = told.first_name, email = told.email, locale = told.locale, enrolled_at = told.enrolled_at,
    birthday_month = told.birthday_month, birthday_day = told.birthday_day
  from (
    select
      (array_agg(e.first_name order by e.occurred_at desc, e.id desc))[1] as first_name,
      (array_agg(e.locale order by e.occurred_at desc, e.id desc))[1] as locale,
      (array_agg(e.email order by e.occurred_at desc, e.id desc) filter (where e.email is not null))[1] as email,
      (array_agg(e.birthday_month order by e.occurred_at desc, e.id desc) filter (where e.birthday_month is not null))[1] as birthday_month,
      (array_agg(e.birthday_day order by e.occurred_at desc, e.id desc) filter (where e.birthday_day is not null))[1] as birthday_day,
      min(e.occurred_at) as enrolled_at
    from public.enrolments as e where e.org_id = org and e.member_id = member
    having count(*) > 0
  ) as told
  where m.org_id = org and m.id = member;
end
$$;
revoke execute on function private.settle_profile(uuid, uuid) from public;

-- Which visits count: none that comes within the cooldown of the last that did.
create function private.settle_visits(org uuid, member uuid) returns void
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
    where v.org_id = org and v.member_id = member
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
revoke execute on function private.settle_visits(uuid, uuid) from public;

-- The day in that year; who was born on 29 February keeps the 28th in the other years.
create function private.birthday_in(year integer, month integer, day integer) returns date
language plpgsql immutable set search_path = '' as $$
declare
  first date := make_date(year, month, 1);
begin
  return first + least(day, extract(day from first + interval '1 month' - interval '1 day')::integer) - 1;
end
$$;
revoke execute on function private.birthday_in(integer, integer, integer) from public;

-- Which visits are rewarded for a birthday: of every year the first from a week before to a week after the day, as the
-- shop knew it then, and had known for 30 days when it came. Telling it again is no news.
create function private.birthday_visits(org uuid, member uuid) returns setof uuid
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  if not exists (
    select 1 from public.enrolments where org_id = org and member_id = member and birthday_month is not null
  ) then
    return;
  end if;
  return query
  with told as (
    select e.occurred_at, e.id, e.local_at, e.birthday_month as month, e.birthday_day as day,
      (e.birthday_month, e.birthday_day) is distinct from
        (lag(e.birthday_month) over in_order, lag(e.birthday_day) over in_order) as is_news
    from public.enrolments as e
    where e.org_id = org and e.member_id = member and e.birthday_month is not null
    window in_order as (order by e.occurred_at, e.id)
  ), known as (
    select told.*, max(told.local_at) filter (where told.is_news) over (order by told.occurred_at, told.id)::date as since from told
  )
  select distinct on (years.year) visits.id
  from public.visits
  cross join lateral (
    select known.month, known.day, known.since from known
    where known.occurred_at <= visits.occurred_at order by known.occurred_at desc, known.id desc limit 1
  ) as birthday
  -- A birthday in the first or last days of a year is near days of the year beside it.
  cross join generate_series(-1, 1) as beside
  cross join lateral (select extract(year from visits.local_at)::integer + beside as year) as years
  cross join lateral private.birthday_in(years.year, birthday.month, birthday.day) as day_itself
  where visits.org_id = org and visits.member_id = member and visits.refused is null
    and abs(visits.local_at::date - day_itself) <= 7 and day_itself - birthday.since >= 30
  order by years.year, visits.occurred_at, visits.id;
end
$$;
revoke execute on function private.birthday_visits(uuid, uuid) from public;

-- Enters what the ledger lacks of what the programme gives for all that is known of a member, or has too much of.
create function private.settle_points(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  insert into public.point_entries (org_id, member_id, reason, visit_id, points)
  with counted as (
    select v.id, v.amount, v.currency, in_force.programme
    from public.visits as v
    join private.programme_periods as in_force
      on in_force.org_id = org and v.occurred_at >= in_force.since and v.occurred_at < in_force.until
    where v.org_id = org and v.member_id = member and v.refused is null
  ), due as (
    select 'welcome' as reason, null::uuid as visit_id, (in_force.programme ->> 'welcome_points')::bigint as points
    from public.members as m
    join private.programme_periods as in_force
      on in_force.org_id = org and m.enrolled_at >= in_force.since and m.enrolled_at < in_force.until
    where m.org_id = org and m.id = member
    union all
    select 'visit', counted.id, (counted.programme ->> 'points_per_visit')::bigint from counted
    union all
    select 'amount', counted.id, counted.amount / (counted.programme #>> '{points_per_amount,per}')::bigint
      * (counted.programme #>> '{points_per_amount,points}')::bigint
    from counted where counted.currency = counted.programme ->> 'currency'
    union all
    select 'birthday', counted.id, (counted.programme ->> 'birthday_points')::bigint
    from private.birthday_visits(org, member) as rewarded (id) join counted on counted.id = rewarded.id
  ), differences as (
    select due.reason, due.visit_id, due.points from due
    union all
    select entries.reason, entries.visit_id, -entries.points from public.point_entries as entries
    where entries.org_id = org and entries.member_id = member and entries.reason <> 'correction'
  )
  select org, member, differences.reason, differences.visit_id, sum(differences.points)
  from differences group by differences.reason, differences.visit_id having sum(differences.points) <> 0;
end
$$;
revoke execute on function private.settle_points(uuid, uuid) from public;

-- Whether the shop may greet and know them: not once they were erased, nor while their latest word on the programme is no.
create function private.takes_part(org uuid, member uuid) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.members where org_id = org and id = member and erased_at is null)
    and coalesce((
      select granted from public.consents
      where org_id = org and member_id = member and purpose = 'programme'
      order by occurred_at desc, record_id desc limit 1
    ), true);
end
$$;
revoke execute on function private.takes_part(uuid, uuid) from public;

-- What a tablet shows of a member: knownMemberSchema of src/domain/member.ts.
create function private.known_member(org uuid, member uuid) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select jsonb_build_object(
      'id', m.id, 'name', m.first_name,
      'points', (
        select coalesce(sum(points), 0) from public.point_entries as entries
        where entries.org_id = org and entries.member_id = member
      ),
      'last_visit', (
        select to_char(max(visits.occurred_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from public.visits
        where visits.org_id = org and visits.member_id = member and visits.refused is null
      )
    )
    from public.members as m where m.org_id = org and m.id = member
  );
end
$$;
revoke execute on function private.known_member(uuid, uuid) from public;

create function private.hmac(key bytea, text text) returns bytea
language plpgsql immutable set search_path = '' as $$
begin
  return extensions.hmac(convert_to(text, 'UTF8'), key, 'sha256');
end
$$;
revoke execute on function private.hmac(bytea, text) from public;

create function private.directory_lookup(directory_key text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return left(encode(private.hmac(decode(directory_key, 'hex'), 'verna.directory.lookup'), 'hex'), 32);
end
$$;
revoke execute on function private.directory_lookup(text) from public;

-- Seals what only the number opens: AES-256-CBC, then HMAC-SHA-256 over all of it, because pgcrypto has no AES-GCM. The
-- initialization vector comes from the text under a key of its own, so the same text is sealed the same and tablets are
-- not sent what they hold.
create function private.seal_entry(directory_key text, plain text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  key bytea := decode(directory_key, 'hex');
  iv bytea := substring(private.hmac(private.hmac(key, 'verna.directory.iv'), plain) from 1 for 16);
  sealed bytea := iv || extensions.encrypt_iv(
    convert_to(plain, 'UTF8'), private.hmac(key, 'verna.directory.cipher'), iv, 'aes-cbc/pad:pkcs');
  mac bytea := extensions.hmac(sealed, private.hmac(key, 'verna.directory.mac'), 'sha256');
begin
  return replace(encode(sealed || substring(mac from 1 for 16), 'base64'), E'\n', '');
end
$$;
revoke execute on function private.seal_entry(text, text) from public;

-- Entries are never deleted, so numbers only rise. Only under the lock of private.lock_members: a tablet that asks for what comes after a number must never miss a lower one
-- that is committed later.
create function private.next_directory_seq(org uuid) returns bigint
language plpgsql volatile set search_path = '' as $$
begin
  return 1 + coalesce((select max(seq) from private.directory_entries where org_id = org), 0);
end
$$;
revoke execute on function private.next_directory_seq(uuid) from public;

-- What tablets hold of the member; raises its number when that changes.
create function private.settle_directory(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  entry private.directory_entries;
  now_sealed text;
begin
  select * into entry from private.directory_entries where org_id = org and member_id = member;
  if not found then
    return;
  end if;
  if private.takes_part(org, member) then
    now_sealed := private.seal_entry(entry.directory_key, private.known_member(org, member)::text);
  end if;
  if now_sealed is distinct from entry.sealed then
    update private.directory_entries set sealed = now_sealed, seq = private.next_directory_seq(org)
    where org_id = org and lookup = entry.lookup;
  end if;
end
$$;
revoke execute on function private.settle_directory(uuid, uuid) from public;

-- Under this key tablets find the member from now on. The key follows from the number, so the first one stays.
create function private.keep_directory_key(org uuid, member uuid, key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select 1 from private.directory_entries where org_id = org and member_id = member) then
    return;
  end if;
  insert into private.directory_entries as entries (org_id, lookup, member_id, directory_key, seq)
  values (org, private.directory_lookup(key), member, key, private.next_directory_seq(org))
  on conflict (org_id, lookup) do update set member_id = excluded.member_id, directory_key = excluded.directory_key
  where entries.member_id is null;
end
$$;
revoke execute on function private.keep_directory_key(uuid, uuid, text) from public;

create function private.settle_member(org uuid, member uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform private.settle_visits(org, member);
  if not exists (select 1 from public.members where org_id = org and id = member and erased_at is null) then
    return;
  end if;
  perform private.settle_profile(org, member);
  perform private.settle_points(org, member);
  perform private.settle_directory(org, member);
end
$$;
revoke execute on function private.settle_member(uuid, uuid) from public;
