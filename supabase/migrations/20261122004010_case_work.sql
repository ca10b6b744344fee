-- What is done about a case beyond its state: who has it, why it came to it, what was promised and whether it was kept,
-- whether the customer would come back, and how they rate it afterwards.

alter table public.cases
  add column score smallint constraint cases_score_is_low check (score between 1 and 2),
  add column assignee_id uuid,
  add column assignee text constraint cases_assignee_length check (char_length(assignee) between 1 and 254),
  add column cause text constraint cases_cause_known check (cause in ('price', 'product', 'treatment', 'moved', 'none')),
  add column promise_due_at timestamptz,
  add column promise_kept boolean,
  add column would_return text constraint cases_would_return_known check (would_return in ('yes', 'no', 'unknown')),
  add column rerating smallint constraint cases_rerating_is_csat check (rerating between 1 and 5),
  add column contacted_at timestamptz,
  add column resolved_at timestamptz,
  add constraint cases_keep_what_was_promised check (promise_kept is null or promise_due_at is not null);
comment on column public.cases.score is 'The low score that opened it; null where somebody told it.';
comment on column public.cases.assignee_id is 'Of a team member; null where it is a name of staff, or nobody''s.';
comment on column public.cases.assignee is 'E-mail address of that team member as it was then, or the name.';
comment on column public.cases.cause is 'Why it came to it, as who resolved it understood; null where nobody said.';
comment on column public.cases.promise_due_at is 'By when what was promised last is to be done; its words are the note of that event.';
comment on column public.cases.promise_kept is 'Null while nobody said.';
comment on column public.cases.rerating is 'The CSAT score that the customer gave after.';
comment on column public.cases.contacted_at is 'When somebody first answered. Opening it again leaves this as it is.';
comment on column public.cases.resolved_at is 'Since when it is resolved; null while it is not.';

alter table public.case_events
  add column what text not null default 'state'
    constraint case_events_what_known check (what in ('state', 'assignee', 'promise', 'kept', 'rerating')),
  add column assignee text,
  add column cause text,
  add column promise_due_at timestamptz,
  add column promise_kept boolean,
  add column would_return text,
  add column rerating smallint,
  add constraint case_events_say_one_thing check (
    case what
      when 'state' then num_nonnulls(assignee, promise_due_at, promise_kept, rerating) = 0
      when 'assignee' then num_nonnulls(cause, promise_due_at, promise_kept, would_return, rerating) = 0
      when 'promise' then num_nonnulls(assignee, cause, promise_kept, would_return, rerating) = 0 and promise_due_at is not null
      when 'kept' then num_nonnulls(assignee, cause, promise_due_at, would_return, rerating) = 0 and promise_kept is not null
      else num_nonnulls(assignee, cause, promise_due_at, promise_kept) = 0 and rerating is not null
    end);
comment on column public.case_events.what is
  'What it tells of. note is the only column with words about a person: of a promise it is what was promised.';
comment on column public.case_events.state is 'In what state it left the case.';

update public.cases as c set
  contacted_at = answered.first_at,
  resolved_at = case when c.state = 'resolved' then answered.last_at end
from (
  select e.org_id, e.case_id, min(e.at) filter (where e.state <> 'open') as first_at, max(e.at) filter (where e.state = 'resolved') as last_at
  from public.case_events as e group by e.org_id, e.case_id
) as answered
where c.org_id = answered.org_id and c.id = answered.case_id;

-- The one place that writes what was done: the event, and what it makes of the case. change names columns of case_events,
-- and assignee_id. Outcomes: saved, unknown_case.
create function private.change_case(org uuid, id uuid, change jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  told public.cases;
  event public.case_events;
begin
  select * into told from public.cases as c where c.org_id = org and c.id = change_case.id for update;
  if not found then
    return jsonb_build_object('outcome', 'unknown_case');
  end if;
  event := jsonb_populate_record(null::public.case_events, jsonb_build_object('what', 'state', 'state', told.state) || change);
  insert into public.case_events (org_id, case_id, what, state, note, assignee, cause, promise_due_at, promise_kept, would_return,
    rerating, created_by)
  values (org, told.id, event.what, event.state, event.note, event.assignee, event.cause, event.promise_due_at, event.promise_kept,
    event.would_return, event.rerating, private.own_email())
  returning * into event;
  update public.cases as c set
    state = event.state,
    contacted_at = coalesce(c.contacted_at, case when event.state <> 'open' then event.at end),
    resolved_at = case when event.state = 'resolved' then coalesce(c.resolved_at, event.at) end,
    cause = coalesce(event.cause, c.cause),
    would_return = coalesce(event.would_return, c.would_return),
    rerating = coalesce(event.rerating, c.rerating),
    assignee = case when event.what = 'assignee' then event.assignee else c.assignee end,
    assignee_id = case when event.what = 'assignee' then (change ->> 'assignee_id')::uuid else c.assignee_id end,
    promise_due_at = case when event.what = 'promise' then event.promise_due_at else c.promise_due_at end,
    promise_kept = case event.what when 'promise' then null when 'kept' then event.promise_kept else c.promise_kept end
  where c.org_id = org and c.id = told.id;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function private.change_case(uuid, uuid, jsonb) from public;

-- A note as it is kept; null where there is none.
create function private.read_note(note text) returns text
language sql immutable set search_path = '' as $$ select nullif(btrim(coalesce(note, '')), '') $$;
revoke execute on function private.read_note(text) from public;

-- As before, by private.change_case. A page that asks for no cause leaves it unsaid.
create or replace function public.set_case_state(org uuid, id uuid, state text, note text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  words text := private.read_note(note);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if coalesce(state, '') not in ('open', 'contacted', 'resolved') then
    return jsonb_build_object('outcome', 'bad_state');
  end if;
  if char_length(words) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  if words is null and exists (
    select 1 from public.cases as c where c.org_id = org and c.id = set_case_state.id and c.state = set_case_state.state
  ) then
    return jsonb_build_object('outcome', 'saved');
  end if;
  return private.change_case(org, id, jsonb_build_object('state', state, 'note', words));
end
$$;

-- Closes a case with its cause, or says of a closed one what was understood later. would_return is null where nobody asked.
-- Outcomes: saved, bad_cause, bad_return, bad_note, unknown_case, forbidden.
create function public.resolve_case(org uuid, id uuid, cause text, would_return text default null, note text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  words text := private.read_note(note);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if coalesce(cause, '') not in ('price', 'product', 'treatment', 'moved', 'none') then
    return jsonb_build_object('outcome', 'bad_cause');
  end if;
  if would_return not in ('yes', 'no', 'unknown') then
    return jsonb_build_object('outcome', 'bad_return');
  end if;
  if char_length(words) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  return private.change_case(org, id,
    jsonb_build_object('state', 'resolved', 'cause', cause, 'would_return', would_return, 'note', words));
end
$$;
revoke execute on function public.resolve_case(uuid, uuid, text, text, text) from public, anon, authenticated;
grant execute on function public.resolve_case(uuid, uuid, text, text, text) to authenticated;

-- Gives a case to a team member, or to anybody by name (who needs no account), or, with neither, to nobody.
-- Outcomes: saved, bad_name, unknown_person, unknown_case, forbidden.
create function public.assign_case(org uuid, id uuid, person uuid default null, name text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  whom text := private.read_note(name);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(whom) > 60 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  if person is not null then
    select users.email into whom from public.team_members as team join auth.users on users.id = team.user_id
    where team.org_id = org and team.user_id = person;
    if not found then
      return jsonb_build_object('outcome', 'unknown_person');
    end if;
  end if;
  return private.change_case(org, id, jsonb_build_object('what', 'assignee', 'assignee', whom, 'assignee_id', person));
end
$$;
revoke execute on function public.assign_case(uuid, uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.assign_case(uuid, uuid, uuid, text) to authenticated;

-- What was promised to the customer, and by when. A new promise stands for the one before.
-- Outcomes: saved, bad_promise, bad_due, unknown_case, forbidden.
create function public.promise_in_case(org uuid, id uuid, promise text, due timestamptz) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(coalesce(private.read_note(promise), '')) not between 1 and 1000 then
    return jsonb_build_object('outcome', 'bad_promise');
  end if;
  if due is null or due not between now() - interval '1 year' and now() + interval '100 years' then
    return jsonb_build_object('outcome', 'bad_due');
  end if;
  return private.change_case(org, id,
    jsonb_build_object('what', 'promise', 'note', private.read_note(promise), 'promise_due_at', due));
end
$$;
revoke execute on function public.promise_in_case(uuid, uuid, text, timestamptz) from public, anon, authenticated;
grant execute on function public.promise_in_case(uuid, uuid, text, timestamptz) to authenticated;

-- Whether what was promised last was kept. Outcomes: saved, no_promise, bad_note, unknown_case, forbidden.
create function public.settle_promise(org uuid, id uuid, kept boolean, note text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  words text := private.read_note(note);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(words) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  if kept is null or exists (
    select 1 from public.cases as c where c.org_id = org and c.id = settle_promise.id and c.promise_due_at is null
  ) then
    return jsonb_build_object('outcome', 'no_promise');
  end if;
  return private.change_case(org, id, jsonb_build_object('what', 'kept', 'promise_kept', kept, 'note', words));
end
$$;
revoke execute on function public.settle_promise(uuid, uuid, boolean, text) from public, anon, authenticated;
grant execute on function public.settle_promise(uuid, uuid, boolean, text) to authenticated;

-- The score (CSAT, 1 to 5) that the customer gives after, and whether they would come back, where they said so.
-- Outcomes: saved, bad_score, bad_return, bad_note, unknown_case, forbidden.
create function public.rerate_case(org uuid, id uuid, score integer, would_return text default null, note text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  words text := private.read_note(note);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if score is null or score not between 1 and 5 then
    return jsonb_build_object('outcome', 'bad_score');
  end if;
  if would_return not in ('yes', 'no', 'unknown') then
    return jsonb_build_object('outcome', 'bad_return');
  end if;
  if char_length(words) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  return private.change_case(org, id,
    jsonb_build_object('what', 'rerating', 'rerating', score, 'would_return', would_return, 'note', words));
end
$$;
revoke execute on function public.rerate_case(uuid, uuid, integer, text, text) from public, anon, authenticated;
grant execute on function public.rerate_case(uuid, uuid, integer, text, text) to authenticated;
