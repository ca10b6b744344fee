-- Who was merged into another is on no list; their number finds that other.

-- As before, by any of their numbers.
create or replace function public.report_members(org uuid, search text default null, after text default null, page integer default 50)
returns jsonb
language sql stable security invoker set search_path = '' as $$
  with asked as (
    select
      lower(btrim(coalesce(search, '')) collate "pg_c_utf8") as name,
      -- Numbers are kept with their country, so a zero that is dialled before the rest is not in them.
      case when search ~ '^[\d\s()+./-]*\d[\d\s()+./-]*$'
        then coalesce(nullif(ltrim(regexp_replace(search, '\D', '', 'g'), '0'), ''), '0') end as digits,
      case when is_place then to_timestamp(split_part(after, '/', 1)::double precision) end as after_at,
      case when is_place then split_part(after, '/', 2)::uuid end as after_id,
      least(greatest(coalesce(page, 50), 1), 200) as size
    from (
      select coalesce(after ~ '^\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', false) as is_place
    ) as given
  ), matching as (
    select members.id, members.first_name, members.phone, members.enrolled_at
    from public.members cross join asked
    where members.org_id = org and members.erased_at is null and members.merged_into is null and case
      when asked.digits is not null then position(asked.digits in members.phone) > 0 or exists (
        select 1 from public.members as other
        where other.org_id = org and other.merged_into = members.id and position(asked.digits in other.phone) > 0
      )
      else starts_with(lower(members.first_name collate "pg_c_utf8"), asked.name)
    end
  ), one_more as (
    select matching.*, row_number() over (order by matching.enrolled_at desc, matching.id desc) as place
    from matching cross join asked
    where asked.after_at is null or (matching.enrolled_at, matching.id) < (asked.after_at, asked.after_id)
    order by matching.enrolled_at desc, matching.id desc
    limit (select size + 1 from asked)
  ), shown as (
    select one_more.* from one_more cross join asked where one_more.place <= asked.size
  )
  select jsonb_build_object(
    'members', coalesce((
      select jsonb_agg(jsonb_build_object(
        'member', shown.id, 'first_name', shown.first_name, 'phone', shown.phone, 'enrolled_at', shown.enrolled_at,
        'points', (select coalesce(sum(p.points), 0) from public.point_entries as p where p.org_id = org and p.member_id = shown.id),
        'visits', came.visits, 'last_visit', came.last_visit
      ) order by shown.place)
      from shown
      cross join lateral (
        select count(*) as visits, max(v.occurred_at) as last_visit from public.visits as v
        where v.org_id = org and v.member_id = shown.id and v.refused is null
      ) as came
    ), '[]'),
    'next', (
      select to_char(extract(epoch from shown.enrolled_at), 'FM9999999999999999.000000') || '/' || shown.id
      from shown cross join asked
      where shown.place = asked.size and (select count(*) from one_more) > asked.size
    ),
    'total', (select count(*) from matching)
  )
$$;

-- As before; whoever was merged is read as whom they were merged into.
create or replace function public.report_member(org uuid, member uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'member', m.id, 'first_name', m.first_name, 'phone', m.phone, 'email', m.email,
    'birthday', case when m.birthday_month is not null
      then jsonb_build_object('month', m.birthday_month, 'day', m.birthday_day) end,
    'locale', m.locale, 'enrolled_at', m.enrolled_at, 'erased_at', m.erased_at,
    'points', (select coalesce(sum(p.points), 0) from public.point_entries as p where p.org_id = org and p.member_id = m.id),
    'consents', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'purpose', c.purpose, 'granted', c.granted, 'version', c.version, 'locale', c.locale, 'at', c.occurred_at,
        'tablet', c.tablet_id, 'location', c.location_id) order by c.purpose), '[]')
      from (
        select distinct on (purpose) purpose, granted, version, locale, occurred_at, tablet_id, location_id
        from public.consents where org_id = org and member_id = m.id
        order by purpose, occurred_at desc, record_id desc
      ) as c
    ),
    'aliases', (
      select coalesce(jsonb_agg(a.id order by a.id), '[]') from public.member_aliases as a
      where a.org_id = org and a.member_id = m.id
    ),
    'timeline', private.member_timeline(org, m.id)
  )
  from public.members as m
  where m.org_id = org and m.id = coalesce(
    (select named.merged_into from public.members as named where named.org_id = org and named.id = member), member)
$$;
