-- The shop's visits and its ledger a page at a time, the oldest first, for files. after is the next of the page before.

create index point_entries_by_time on public.point_entries (org_id, created_at, id);

-- Where a page ended, as text; and back.
create function private.page_mark(at timestamptz, id uuid) returns text
language sql immutable set search_path = '' as $$
  select to_char(extract(epoch from at), 'FM9999999999999999.000000') || '/' || id
$$;
revoke execute on function private.page_mark(timestamptz, uuid) from public;
grant execute on function private.page_mark(timestamptz, uuid) to authenticated;

create function private.read_page_mark(mark text, out at timestamptz, out id uuid)
language plpgsql immutable set search_path = '' as $$
begin
  at := '-infinity';
  id := '00000000-0000-0000-0000-000000000000';
  if mark ~ '^\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    at := to_timestamp(split_part(mark, '/', 1)::double precision);
    id := split_part(mark, '/', 2);
  end if;
end
$$;
revoke execute on function private.read_page_mark(text) from public;
grant execute on function private.read_page_mark(text) to authenticated;

-- Who may not know the members reads their visits without their names.
create function public.report_visits(org uuid, after text default null, page integer default 1000) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with asked as (
    select mark.at, mark.id, least(greatest(coalesce(page, 1000), 1), 1000) as size from private.read_page_mark(after) as mark
  ), shown as (
    select v.id, v.occurred_at, v.local_at, v.location_id, v.staff_id, v.member_id, v.amount, v.currency, v.refused
    from public.visits as v
    where v.org_id = org and (v.occurred_at, v.id) > (select asked.at, asked.id from asked)
    order by v.occurred_at, v.id limit (select size from asked)
  )
  select jsonb_build_object(
    'visits', coalesce(jsonb_agg(jsonb_build_object(
      'visit', shown.id, 'at', shown.occurred_at, 'local_at', to_char(shown.local_at, 'YYYY-MM-DD HH24:MI:SS'),
      'location', shown.location_id, 'staff', staff.name, 'member', shown.member_id, 'first_name', members.first_name,
      'phone', members.phone, 'amount', shown.amount, 'currency', shown.currency, 'refused', shown.refused,
      'points', (
        select coalesce(sum(p.points), 0) from public.point_entries as p
        where p.org_id = org and p.member_id = shown.member_id and p.visit_id = shown.id
      )) order by shown.occurred_at, shown.id), '[]'),
    'next', case when count(*) = (select size from asked) then (
      select private.page_mark(s.occurred_at, s.id) from shown as s order by s.occurred_at desc, s.id desc limit 1
    ) end
  )
  from shown
  left join public.members on members.org_id = org and members.id = shown.member_id
  left join public.staff on staff.org_id = org and staff.id = shown.staff_id
$$;
revoke execute on function public.report_visits(uuid, text, integer) from public, anon, authenticated;
grant execute on function public.report_visits(uuid, text, integer) to authenticated;

create function public.report_ledger(org uuid, after text default null, page integer default 1000) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with asked as (
    select mark.at, mark.id, least(greatest(coalesce(page, 1000), 1), 1000) as size from private.read_page_mark(after) as mark
  ), shown as (
    select p.id, p.created_at, p.member_id, p.points, p.reason, p.visit_id, p.note, p.created_by
    from public.point_entries as p
    where p.org_id = org and (p.created_at, p.id) > (select asked.at, asked.id from asked)
    order by p.created_at, p.id limit (select size from asked)
  )
  select jsonb_build_object(
    'entries', coalesce(jsonb_agg(jsonb_build_object(
      'entry', shown.id, 'at', shown.created_at, 'member', shown.member_id, 'first_name', members.first_name,
      'phone', members.phone, 'points', shown.points, 'reason', shown.reason, 'visit', shown.visit_id, 'note', shown.note,
      'by', shown.created_by) order by shown.created_at, shown.id), '[]'),
    'next', case when count(*) = (select size from asked) then (
      select private.page_mark(s.created_at, s.id) from shown as s order by s.created_at desc, s.id desc limit 1
    ) end
  )
  from shown left join public.members on members.org_id = org and members.id = shown.member_id
$$;
revoke execute on function public.report_ledger(uuid, text, integer) from public, anon, authenticated;
grant execute on function public.report_ledger(uuid, text, integer) to authenticated;
