-- The wall of praise: words of members who agreed to have them published, and still do, beside a high score.

-- Whether a member agrees: the latest word holds.
create function private.agrees_to_publish(org uuid, member uuid) returns boolean
language sql stable set search_path = '' as $$
  select coalesce((
    select c.granted from public.consents as c
    where c.org_id = org and c.member_id = member and c.purpose = 'publish'
    order by c.occurred_at desc, c.record_id desc limit 1
  ), false)
$$;
revoke execute on function private.agrees_to_publish(uuid, uuid) from public;
grant execute on function private.agrees_to_publish(uuid, uuid) to authenticated;

-- Praise with the first name that it may be shown under, the newest first: all of it, or what was picked for the wall. scores
-- says what a high score is (private.score_within). Whoever may not know the members reads none. Pages are stable: pass what
-- next says.
create function public.report_praise(org uuid, scores text, picked boolean default false, before text default null, page_size integer default 50)
returns jsonb
language plpgsql stable security invoker set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  high jsonb := scores;
  mark record;
  size integer := least(greatest(coalesce(page_size, 50), 1), 200);
  reply jsonb;
begin
  select * into mark from private.read_page_mark(before);
  with fitting as materialized (
    select a.id, a.occurred_at, a.local_at, a.location_id, a.comment, a.locale, m.first_name,
      row_number() over (order by a.occurred_at desc, a.id desc) as place
    from public.answers as a
    join public.session_members as s on s.org_id = org and s.session_id = a.session_id
    join public.members as m on m.org_id = org and m.id = private.member_named(org, s.alias)
    where a.org_id = org and a.comment <> '…' and a.flag is null and m.erased_at is null
      and (before is null or (a.occurred_at, a.id) < (mark.at, mark.id))
      and (not picked or (a.occurred_at, a.id) in (
        select w.occurred_at, w.answer_id from public.comment_marks as p
        join public.comment_words as w on w.org_id = p.org_id and w.answer_id = p.answer_id
        where p.org_id = org and p.kind = 'praise'))
      -- Of several who said that a session was theirs it was the first's.
      and not exists (
        select 1 from public.session_members as earlier
        where earlier.org_id = org and earlier.session_id = s.session_id
          and (earlier.occurred_at, earlier.record_id) < (s.occurred_at, s.record_id))
      and private.agrees_to_publish(org, m.id)
      and private.score_within(private.session_score(org, a.session_id, a.occurred_at), high)
    order by a.occurred_at desc, a.id desc
    limit size + 1
  )
  select jsonb_build_object(
    'praise', coalesce(jsonb_agg(jsonb_build_object(
      'id', f.id, 'occurred_at', f.occurred_at, 'local_at', f.local_at, 'location', f.location_id, 'text', f.comment, 'locale', f.locale,
      'first_name', f.first_name, 'picked', exists (
        select 1 from public.comment_marks as p where p.org_id = org and p.answer_id = f.id and p.kind = 'praise')
    ) order by f.place) filter (where f.place <= size), '[]'),
    'next', (select private.page_mark(n.occurred_at, n.id) from fitting as n where n.place = size and exists (
      select 1 from fitting where fitting.place > size))
  ) into reply from fitting as f;
  return reply;
end
$$;
revoke execute on function public.report_praise(uuid, text, boolean, text, integer) from public, anon, authenticated;
grant execute on function public.report_praise(uuid, text, boolean, text, integer) to authenticated;
