-- Whom a call may keep: members who agreed to one and either were not content the last time they said how it was, or are
-- about to lose their points.

create index session_members_by_time on public.session_members (org_id, occurred_at);

-- Owners and managers only. A definer, because whose points lapse when is in a private table. A page of at most 100: who was
-- not content first, the latest first, then those whose points lapse, the soonest first. Who is in a case since is called from
-- there. after is the next of the page before. Outcomes: ok, forbidden.
create function public.report_members_to_call(org uuid, after text default null, page integer default 20) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  -- src/domain/low-score.ts says the same.
  low constant smallint := 2;
  rated_since constant timestamptz := now() - interval '30 days';
  lapses_until constant timestamptz := now() + interval '30 days';
  size constant integer := least(greatest(coalesce(page, 20), 1), 100);
  place_shape constant text := '^[01]/-?\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  is_place constant boolean := coalesce(after ~ place_shape, false);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return (
    with sessions as (
      -- Whose session it was: of several who said so the first.
      select distinct on (s.session_id) s.session_id, s.alias from public.session_members as s
      where s.org_id = org and s.occurred_at >= rated_since
      order by s.session_id, s.occurred_at, s.record_id
    ), ratings as (
      select private.member_named(org, sessions.alias) as member_id, sessions.session_id, max(a.occurred_at) as at,
        min(a.score) as score, (array_agg(a.location_id))[1] as location_id
      from sessions
      join public.answers as a on a.org_id = org and a.session_id = sessions.session_id
        and a.occurred_at >= rated_since - interval '1 day' and a.type = 'csat'
      where sessions.alias is not null
      group by sessions.session_id, sessions.alias
    ), unhappy as (
      select last_rating.member_id, last_rating.at, last_rating.score, last_rating.location_id
      from (
        select distinct on (member_id) member_id, session_id, at, score, location_id from ratings
        where member_id is not null order by member_id, at desc, session_id desc
      ) as last_rating
      where last_rating.score <= low and not exists (
        select 1 from public.cases as c
        where c.org_id = org and c.occurred_at >= last_rating.at - interval '1 hour' and (
          c.session_id = last_rating.session_id or c.alias in (select private.names_of(org, last_rating.member_id)))
      )
    ), lapsing as (
      select d.member_id, d.due_at as at, balance.points
      from private.due_members as d
      cross join lateral (
        select coalesce(sum(p.points), 0) as points from public.point_entries as p where p.org_id = org and p.member_id = d.member_id
      ) as balance
      where d.org_id = org and d.due_at > now() and d.due_at <= lapses_until and balance.points > 0
    ), to_call as (
      select m.id, m.first_name, m.phone, unhappy.at as rated_at, unhappy.score, unhappy.location_id,
        lapsing.at as lapses_at, lapsing.points,
        case when unhappy.at is null then 1 else 0 end as rank,
        coalesce(-extract(epoch from unhappy.at), extract(epoch from lapsing.at)) as place
      from unhappy full join lapsing using (member_id)
      join public.members as m on m.org_id = org and m.id = member_id
      cross join lateral (
        select c.granted from public.consents as c
        where c.org_id = org and c.member_id = m.id and c.purpose = 'call'
        order by c.occurred_at desc, c.record_id desc limit 1
      ) as agreed
      where m.erased_at is null and m.merged_into is null and agreed.granted
    ), one_more as (
      select to_call.*, row_number() over (order by rank, place, id) as position from to_call
      where not is_place or (rank, place, id) > (
        split_part(after, '/', 1)::integer, split_part(after, '/', 2)::numeric, split_part(after, '/', 3)::uuid)
      order by rank, place, id limit size + 1
    )
    select jsonb_build_object('outcome', 'ok',
      'members', coalesce((
        select jsonb_agg(jsonb_build_object(
          'member', id, 'first_name', first_name, 'phone', phone,
          'rating', case when rated_at is not null
            then jsonb_build_object('at', rated_at, 'score', score, 'location', location_id) end,
          'lapse', case when lapses_at is not null then jsonb_build_object('at', lapses_at, 'points', points) end
        ) order by position)
        from one_more where position <= size
      ), '[]'),
      'next', (
        select rank || '/' || to_char(place, 'FM9999999999999999.000000') || '/' || id from one_more
        where position = size and (select count(*) from one_more) > size
      ),
      'total', (select count(*) from to_call))
  );
end
$$;
revoke execute on function public.report_members_to_call(uuid, text, integer) from public, anon, authenticated;
grant execute on function public.report_members_to_call(uuid, text, integer) to authenticated;
