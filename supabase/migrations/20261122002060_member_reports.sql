-- What the owner reads of members. Row level security leaves owners and managers only.

-- A page of the members, the newest first. search is the beginning of the first name, or digits of the number. after is
-- the next of the page before, which stays good while members come and go.
create function public.report_members(org uuid, search text default null, after text default null, page integer default 50)
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
    where members.org_id = org and members.erased_at is null and case
      when asked.digits is not null then position(asked.digits in members.phone) > 0
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
revoke execute on function public.report_members(uuid, text, text, integer) from public, anon, authenticated;
grant execute on function public.report_members(uuid, text, text, integer) to authenticated;

-- All that happened with a member, the newest first, at most 500.
create function private.member_timeline(org uuid, member uuid) returns jsonb
language sql stable set search_path = '' as $$
  with events as (
    select e.occurred_at as at, e.id, jsonb_build_object(
      'what', 'enrolment', 'tablet', e.tablet_id, 'location', e.location_id, 'staff', e.staff_id) as event
    from public.enrolments as e where e.org_id = org and e.member_id = member
    union all
    select v.occurred_at, v.id, jsonb_build_object(
      'what', 'visit', 'tablet', v.tablet_id, 'location', v.location_id, 'staff', v.staff_id,
      'amount', v.amount, 'currency', v.currency, 'refused', v.refused,
      'points', (
        select coalesce(sum(p.points), 0) from public.point_entries as p
        where p.org_id = org and p.member_id = member and p.visit_id = v.id
      ))
    from public.visits as v where v.org_id = org and v.member_id = member
    union all
    select c.occurred_at, c.record_id, jsonb_build_object('what', 'consent', 'purpose', c.purpose, 'granted', c.granted)
    from public.consents as c where c.org_id = org and c.member_id = member
    union all
    select p.created_at, p.id, jsonb_build_object(
      'what', 'points', 'points', p.points, 'reason', p.reason, 'note', p.note, 'by', p.created_by)
    from public.point_entries as p where p.org_id = org and p.member_id = member
  ), newest as (
    select at, id, event from events order by at desc, id desc limit 500
  )
  select coalesce(jsonb_agg(jsonb_build_object('at', at) || event order by at desc, id desc), '[]') from newest
$$;
revoke execute on function private.member_timeline(uuid, uuid) from public;
grant execute on function private.member_timeline(uuid, uuid) to authenticated;

-- One member with all that is known of them; null where there is none.
create function public.report_member(org uuid, member uuid) returns jsonb
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
  from public.members as m where m.org_id = org and m.id = member
$$;
revoke execute on function public.report_member(uuid, uuid) from public, anon, authenticated;
grant execute on function public.report_member(uuid, uuid) to authenticated;
