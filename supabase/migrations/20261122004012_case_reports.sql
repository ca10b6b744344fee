-- Cases as the owner sees them, with what is done about them; how fast they are answered, and why it came to them.

create index cases_by_occurrence on public.cases (org_id, occurred_at);

-- Definer, because reports that read as their reader may not enter the schema of accounts.
create function private.own_id() returns uuid
language sql stable security definer set search_path = '' as $$ select auth.uid() $$;
revoke execute on function private.own_id() from public;
grant execute on function private.own_id() to authenticated;

-- As before, with the work on it. Words of a case that a score opened are the comment of its session.
create or replace function private.case_told(told public.cases) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'case', told.id, 'occurred_at', told.occurred_at, 'received_at', told.received_at, 'due_at', told.due_at,
    'clock', told.clock, 'state', told.state, 'tablet', told.tablet_id, 'location', told.location_id,
    'staff', told.staff_id, 'opened_by', told.opened_by, 'session', told.session_id, 'locale', told.locale,
    'member', m.id, 'first_name', coalesce(m.first_name, told.first_name), 'phone', coalesce(m.phone, told.phone),
    'score', told.score, 'assignee', told.assignee, 'is_mine', coalesce(told.assignee_id = (select private.own_id()), false),
    'cause', told.cause, 'promise_due_at', told.promise_due_at, 'promise_kept', told.promise_kept,
    'would_return', told.would_return, 'rerating', told.rerating,
    'contacted_at', told.contacted_at, 'resolved_at', told.resolved_at,
    'is_erased', told.text is null and (told.score is null or m.erased_at is not null),
    'text', coalesce(told.text, (
      select a.comment from public.answers as a
      where told.score is not null and a.org_id = told.org_id and a.session_id = told.session_id and a.comment <> '…'
        and a.occurred_at between told.occurred_at - interval '1 hour' and told.occurred_at + interval '1 hour'
      order by a.occurred_at, a.id limit 1
    )))
  from (select private.member_named(told.org_id, told.alias) as id) as named
  left join public.members as m on m.org_id = told.org_id and m.id = named.id
$$;

-- As before, of a place, a cause, those of whoever asks, or those nobody answered in time. total counts what matches; waiting,
-- overdue and mine count the shop's.
drop function public.report_cases(uuid, text, text, integer);
create function public.report_cases(
  org uuid, state text default 'waiting', after text default null, page integer default 50,
  location uuid default null, cause text default null, only_mine boolean default false, only_overdue boolean default false
) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with asked as (
    select
      case when report_cases.state = 'resolved' then -1 else 1 end as direction,
      case when is_place then split_part(after, '/', 1)::numeric end as after_due,
      case when is_place then split_part(after, '/', 2)::uuid end as after_id,
      least(greatest(coalesce(page, 50), 1), 200) as size
    from (
      select coalesce(after ~ '^-?\d{1,16}\.\d{6}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', false) as is_place
    ) as given
  ), matching as (
    select c.id, extract(epoch from c.due_at) * asked.direction as due
    from public.cases as c cross join asked
    where c.org_id = org and (c.state = report_cases.state or report_cases.state = 'waiting' and c.state <> 'resolved')
      and (report_cases.location is null or c.location_id = report_cases.location)
      and (report_cases.cause is null or c.cause = report_cases.cause)
      and (not coalesce(only_mine, false) or c.assignee_id = (select private.own_id()))
      and (not coalesce(only_overdue, false) or c.state = 'open' and c.due_at < now())
  ), one_more as (
    select matching.id, matching.due, row_number() over (order by matching.due, matching.id) as place
    from matching cross join asked
    where asked.after_due is null or (matching.due, matching.id) > (asked.after_due, asked.after_id)
    order by matching.due, matching.id
    limit (select size + 1 from asked)
  ), shown as (
    select one_more.id, one_more.due, one_more.place from one_more cross join asked where one_more.place <= asked.size
  )
  select jsonb_build_object(
    'cases', coalesce((
      select jsonb_agg(private.case_told(c) order by shown.place)
      from shown join public.cases as c on c.org_id = org and c.id = shown.id
    ), '[]'),
    'next', (
      select shown.due || '/' || shown.id from shown cross join asked
      where shown.place = asked.size and (select count(*) from one_more) > asked.size
    ),
    'total', (select count(*) from matching)
  ) || (
    select jsonb_build_object('waiting', count(*),
      'overdue', count(*) filter (where c.state = 'open' and c.due_at < now()),
      'mine', count(*) filter (where c.assignee_id = (select private.own_id())))
    from public.cases as c where c.org_id = org and c.state <> 'resolved'
  )
$$;
revoke execute on function public.report_cases(uuid, text, text, integer, uuid, text, boolean, boolean) from public, anon, authenticated;
grant execute on function public.report_cases(uuid, text, text, integer, uuid, text, boolean, boolean) to authenticated;

-- As before, with all that was done, and the address to write to.
create or replace function public.report_case(org uuid, id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.case_told(c) || jsonb_build_object(
    'email', (select m.email from public.members as m where m.org_id = org and m.id = private.member_named(org, c.alias)),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'at', e.at, 'what', e.what, 'state', e.state, 'note', e.note, 'by', e.created_by, 'assignee', e.assignee, 'cause', e.cause,
        'promise_due_at', e.promise_due_at, 'promise_kept', e.promise_kept, 'would_return', e.would_return, 'rerating', e.rerating
      ) order by e.at, e.id), '[]')
      from public.case_events as e where e.org_id = org and e.case_id = c.id
    ),
    'answers', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'survey', a.survey_version_id, 'question', a.question, 'type', a.type, 'score', a.score, 'choices', a.choices, 'comment', a.comment
      ) order by a.occurred_at, a.id), '[]')
      from public.answers as a where a.org_id = org and a.session_id = c.session_id
    ))
  from public.cases as c where c.org_id = org and c.id = report_case.id
$$;

-- The team members a case can be given to. Their addresses are accounts', which no policy opens. Outcomes: ok, forbidden.
create function public.report_team(org uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return jsonb_build_object('outcome', 'ok', 'team', (
    select jsonb_agg(jsonb_build_object(
      'person', team.user_id, 'email', users.email, 'role', team.role, 'is_you', team.user_id = (select auth.uid())
    ) order by users.email)
    from public.team_members as team join auth.users on users.id = team.user_id where team.org_id = org
  ));
end
$$;
revoke execute on function public.report_team(uuid) from public, anon, authenticated;
grant execute on function public.report_team(uuid) to authenticated;

-- Median, and what nine in ten do not exceed, of n durations; null where there are none.
create function private.time_taken(durations double precision[]) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('n', count(*),
    'median_s', percentile_cont(0.5) within group (order by duration),
    'p90_s', percentile_cont(0.9) within group (order by duration))
  from unnest(durations) as duration
$$;
revoke execute on function private.time_taken(double precision[]) from public;

-- How cases told on these local dates, both included, were answered; null location: all. Seconds run from the telling; what
-- was lost to sync is told apart. Of cases that a person entered the date is the one in UTC. Figures only, so analysts may ask.
-- in_time counts the cases whose time is over: one that still has time is neither in time nor late.
-- Outcomes: ok, forbidden.
create function public.report_case_times(org uuid, from_date date, to_date date, location uuid default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager', 'analyst') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return (
    with told as (
      select c.state, c.due_at, c.contacted_at, c.cause, c.promise_due_at, c.promise_kept, c.would_return, c.rerating,
        extract(epoch from c.contacted_at - c.occurred_at)::double precision as contact_s,
        extract(epoch from c.resolved_at - c.occurred_at)::double precision as resolution_s,
        extract(epoch from c.received_at - c.occurred_at)::double precision as lost_s
      from public.cases as c
      where c.org_id = org
        -- No clock is further than this from UTC; it lets the index find them.
        and c.occurred_at >= from_date::timestamp at time zone 'UTC' - interval '1 day'
        and c.occurred_at < to_date::timestamp at time zone 'UTC' + interval '2 days'
        and coalesce(c.local_at, c.occurred_at at time zone 'UTC')::date between from_date and to_date
        and (report_case_times.location is null or c.location_id = report_case_times.location)
    )
    select jsonb_build_object(
      'outcome', 'ok', 'n', count(*),
      'contact', private.time_taken(array_agg(contact_s) filter (where contact_s is not null)),
      'resolution', private.time_taken(array_agg(resolution_s) filter (where resolution_s is not null)),
      'lost', private.time_taken(array_agg(lost_s) filter (where lost_s > 3600)),
      'in_time', jsonb_build_object(
        'n', count(*) filter (where due_at <= now()), 'k', count(*) filter (where due_at <= now() and contacted_at <= due_at)),
      'promises', jsonb_build_object(
        'n', count(promise_kept), 'k', count(*) filter (where promise_kept),
        'unsettled', count(*) filter (where promise_kept is null and promise_due_at < now())),
      'returning', jsonb_build_object(
        'n', count(*) filter (where would_return in ('yes', 'no')), 'k', count(*) filter (where would_return = 'yes')),
      'rerated', jsonb_build_object('n', count(rerating), 'k', count(*) filter (where rerating >= 4)),
      'causes', jsonb_build_object(
        'price', count(*) filter (where cause = 'price'), 'product', count(*) filter (where cause = 'product'),
        'treatment', count(*) filter (where cause = 'treatment'), 'moved', count(*) filter (where cause = 'moved'),
        'none', count(*) filter (where cause = 'none')))
    from told
  );
end
$$;
revoke execute on function public.report_case_times(uuid, date, date, uuid) from public, anon, authenticated;
grant execute on function public.report_case_times(uuid, date, date, uuid) to authenticated;
