-- A face that was tapped again is what the customer said; the taps before it stay as records and are told nowhere as answers.

-- As before, without them.
create or replace function private.ratings_of(org uuid, member uuid) returns table (at timestamptz, id uuid, event jsonb)
language sql stable set search_path = '' as $$
  select min(a.occurred_at), a.session_id, jsonb_build_object(
    'what', 'rating', 'tablet', (array_agg(a.tablet_id))[1], 'location', (array_agg(a.location_id))[1],
    'answers', jsonb_agg(jsonb_build_object(
      'survey', a.survey_version_id, 'question', a.question, 'type', a.type, 'score', a.score, 'choices', a.choices, 'comment', a.comment
    ) order by a.occurred_at, a.id) filter (where a.flag is distinct from 'changed'))
  from (
    select distinct on (s.session_id) s.session_id, s.alias from public.session_members as s
    where s.org_id = org and s.session_id in (
      select named.session_id from public.session_members as named
      where named.org_id = org and named.alias in (select private.names_of(org, member))
    )
    order by s.session_id, s.occurred_at, s.record_id
  ) as rated
  join public.answers as a on a.org_id = org and a.session_id = rated.session_id
  where rated.alias in (select private.names_of(org, member))
  group by a.session_id
$$;

-- As before, without them.
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
        and a.flag is distinct from 'changed'
    ))
  from public.cases as c where c.org_id = org and c.id = report_case.id
$$;
