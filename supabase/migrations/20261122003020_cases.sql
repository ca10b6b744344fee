-- A complaint is a case until it is resolved. Staff note it on a tablet, the owner enters one by hand; its 48 hours run from
-- the moment it was told, not from the moment it arrived.

create table public.cases (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  occurred_at timestamptz not null,
  clock text not null constraint cases_clock_known check (clock in ('server', 'tablet', 'receipt')),
  local_at timestamp,
  received_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null,
  tablet_id uuid,
  location_id uuid,
  staff_id uuid,
  opened_by text,
  session_id uuid,
  alias uuid,
  phone text,
  first_name text,
  text text constraint cases_text_length check (char_length(text) between 1 and 2000),
  locale text not null constraint cases_locale_known check (locale in ('en', 'ru', 'bg')),
  state text not null default 'open' constraint cases_state_known check (state in ('open', 'contacted', 'resolved')),
  primary key (org_id, id),
  constraint cases_come_from_a_place_or_a_person check (num_nonnulls(tablet_id, location_id, local_at) = (case when opened_by is null then 3 else 0 end))
);
create index cases_waiting on public.cases (org_id, due_at, id) where state <> 'resolved';
create index cases_by_due on public.cases (org_id, due_at, id);
create index cases_of_alias on public.cases (org_id, alias);
comment on column public.cases.received_at is 'What lies between occurred_at and this was lost to the network.';
comment on column public.cases.due_at is 'Until when it is to be answered.';
comment on column public.cases.opened_by is 'E-mail address of who entered it on the owner''s page, as it was then; null where a tablet told it.';
comment on column public.cases.alias is
  'Whose it is: the id of a member or of an enrolment, or the one that the number makes, so that it may come before its member. Null where nobody said.';
comment on column public.cases.phone is 'As it was told, of somebody who need not be a member.';
comment on column public.cases.text is 'Null, like number and name, once the member was erased.';

create table public.case_events (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  state text not null constraint case_events_state_known check (state in ('open', 'contacted', 'resolved')),
  note text constraint case_events_note_length check (char_length(note) between 1 and 1000),
  created_by text not null,
  primary key (org_id, id),
  foreign key (org_id, case_id) references public.cases (org_id, id) on delete cascade
);
create index case_events_of_case on public.case_events (org_id, case_id, at, id);
comment on table public.case_events is 'Append only: what was done about a case, and in what state that left it.';
comment on column public.case_events.created_by is 'E-mail address of who did it, as it was then.';

-- Events go only with their case. The one change is that notes about an erased member, which may name them, are emptied.
create function private.keep_case_events() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.note is null and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
    return new;
  end if;
  if tg_op = 'DELETE' and not exists (select 1 from public.cases where org_id = old.org_id and id = old.case_id) then
    return old;
  end if;
  raise exception 'case_events are append only' using errcode = 'restrict_violation';
end
$$;
revoke execute on function private.keep_case_events() from public;
create trigger case_events_are_append_only
  before update or delete on public.case_events
  for each row execute function private.keep_case_events();

alter table public.cases enable row level security;
alter table public.case_events enable row level security;
-- What somebody complained of is theirs and the shop's: analysts count, and need not know.
create policy "owners and managers read their cases" on public.cases
  for select to authenticated using (org_id in (select private.managed_organizations()));
create policy "owners and managers read what was done about their cases" on public.case_events
  for select to authenticated using (org_id in (select private.managed_organizations()));
revoke all on public.cases, public.case_events from anon, authenticated;
grant select on public.cases, public.case_events to authenticated;

create function private.due_after() returns interval
language sql immutable set search_path = '' as $$ select interval '48 hours' $$;
revoke execute on function private.due_after() from public;

-- What is wrong with what was told, or null. The same for a tablet and for the owner.
create function private.complaint_refusal(text text, phone text, first_name text, locale text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(btrim(text), '') = '' then
    return 'text_missing';
  end if;
  if char_length(btrim(text)) > 2000 then
    return 'text_too_long';
  end if;
  if phone is not null and not private.is_phone(phone) then
    return 'bad_phone';
  end if;
  if first_name is not null and char_length(btrim(first_name)) not between 1 and 60 then
    return 'bad_name';
  end if;
  if coalesce(locale, '') not in ('en', 'ru', 'bg') then
    return 'bad_locale';
  end if;
  return null;
end
$$;
revoke execute on function private.complaint_refusal(text, text, text, text) from public;

create function private.case_refusal(body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  -- What is no id at all raises, and is refused as malformed.
  perform (body ->> 'member')::uuid, (body ->> 'session')::uuid;
  return coalesce(
    private.complaint_refusal(body ->> 'text', body ->> 'phone', body ->> 'firstName', body ->> 'locale'),
    private.staff_refusal(body, org));
end
$$;
revoke execute on function private.case_refusal(jsonb, uuid) from public;

-- Empties what a member complained of, under any of their names.
create function private.empty_cases_of(org uuid, member uuid) returns void
language sql volatile set search_path = '' as $$
  with emptied as (
    update public.cases as c set text = null, phone = null, first_name = null
    where c.org_id = org and num_nonnulls(c.text, c.phone, c.first_name) > 0 and (
      c.alias = member
      or c.alias in (select a.id from public.member_aliases as a where a.org_id = org and a.member_id = member)
    )
    returning c.id
  )
  update public.case_events as e set note = null
  where e.org_id = org and e.note is not null and e.case_id in (select emptied.id from emptied)
$$;
revoke execute on function private.empty_cases_of(uuid, uuid) from public;

create function private.is_erased(org uuid, member uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select 1 from public.members where org_id = org and id = member and erased_at is not null)
$$;
revoke execute on function private.is_erased(uuid, uuid) from public;

create function private.store_case(origin public.pairings, time_zone text, location uuid, record jsonb, body jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  org uuid := origin.org_id;
  moment record;
  alias uuid := body ->> 'member';
  member uuid;
begin
  select * into moment from private.occurred_at(record);
  if alias is null and body ->> 'phone' is not null then
    alias := private.member_of(org, body ->> 'phone', moment.at);
  end if;
  insert into public.cases (org_id, id, occurred_at, clock, local_at, due_at, tablet_id, location_id, staff_id, session_id,
    alias, phone, first_name, text, locale)
  values (org, (record ->> 'id')::uuid, moment.at, moment.clock, moment.at at time zone time_zone, moment.at + private.due_after(),
    origin.tablet_id, location, (body ->> 'staff')::uuid, (body ->> 'session')::uuid,
    alias, body ->> 'phone', btrim(body ->> 'firstName'), btrim(body ->> 'text'), body ->> 'locale');
  member := private.member_named(org, alias);
  if private.is_erased(org, member) then
    perform private.empty_cases_of(org, member);
  end if;
end
$$;
revoke execute on function private.store_case(public.pairings, text, uuid, jsonb, jsonb) from public;

-- Whoever erases a member erases this with them, now and when a name of theirs arrives late.
create function private.empty_erased_cases() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'members' then
    perform private.empty_cases_of(new.org_id, new.id);
  elsif private.is_erased(new.org_id, new.member_id) then
    perform private.empty_cases_of(new.org_id, new.member_id);
  end if;
  return null;
end
$$;
revoke execute on function private.empty_erased_cases() from public;
create trigger erased_members_complained_of_nothing
  after update of erased_at on public.members
  for each row when (old.erased_at is null and new.erased_at is not null) execute function private.empty_erased_cases();
create trigger late_names_of_erased_members_complained_of_nothing
  after insert or update of member_id on public.member_aliases
  for each row execute function private.empty_erased_cases();

-- The reports below read as their reader, who must be able to ask whose a name is. It tells ids only.
grant execute on function private.member_named(uuid, uuid) to authenticated;

-- A case as the owner sees it; who it is comes from the member, where there is one.
create function private.case_told(told public.cases) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'case', told.id, 'occurred_at', told.occurred_at, 'received_at', told.received_at, 'due_at', told.due_at,
    'clock', told.clock, 'state', told.state, 'tablet', told.tablet_id, 'location', told.location_id,
    'staff', told.staff_id, 'opened_by', told.opened_by, 'session', told.session_id, 'locale', told.locale, 'text', told.text,
    'member', m.id, 'first_name', coalesce(m.first_name, told.first_name), 'phone', coalesce(m.phone, told.phone))
  from (select private.member_named(told.org_id, told.alias) as id) as named
  left join public.members as m on m.org_id = told.org_id and m.id = named.id
$$;
revoke execute on function private.case_told(public.cases) from public;
grant execute on function private.case_told(public.cases) to authenticated;

-- A page of cases: of those that wait the one due first, of the resolved ones the one due last. state is 'waiting' (open or
-- contacted) or one of the three. after is the next of the page before, which stays good while cases come and go.
create function public.report_cases(org uuid, state text default 'waiting', after text default null, page integer default 50)
returns jsonb
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
    'total', (select count(*) from matching),
    'waiting', (select count(*) from public.cases as c where c.org_id = org and c.state <> 'resolved'),
    'overdue', (select count(*) from public.cases as c where c.org_id = org and c.state = 'open' and c.due_at < now())
  )
$$;
revoke execute on function public.report_cases(uuid, text, text, integer) from public, anon, authenticated;
grant execute on function public.report_cases(uuid, text, text, integer) to authenticated;

-- One case with what was done about it and what its customer had answered at the kiosk; null where there is none.
create function public.report_case(org uuid, id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.case_told(c) || jsonb_build_object(
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'state', e.state, 'note', e.note, 'by', e.created_by) order by e.at, e.id), '[]')
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
revoke execute on function public.report_case(uuid, uuid) from public, anon, authenticated;
grant execute on function public.report_case(uuid, uuid) to authenticated;

-- What a member complained of, for their timeline.
create function private.case_events_of(org uuid, member uuid) returns table (at timestamptz, id uuid, event jsonb)
language sql stable set search_path = '' as $$
  select c.occurred_at, c.id, jsonb_build_object(
    'what', 'case', 'tablet', c.tablet_id, 'location', c.location_id, 'staff', c.staff_id,
    'case', c.id, 'text', c.text, 'state', c.state)
  from public.cases as c
  where c.org_id = org and (
    c.alias = member
    or c.alias in (select a.id from public.member_aliases as a where a.org_id = org and a.member_id = member)
  )
$$;
revoke execute on function private.case_events_of(uuid, uuid) from public;
grant execute on function private.case_events_of(uuid, uuid) to authenticated;

create function private.own_email() returns text
language sql stable set search_path = '' as $$
  select users.email from auth.users where users.id = (select auth.uid())
$$;
revoke execute on function private.own_email() from public;

-- A complaint that came by another way than a tablet; it was told now. member is a member's id. Outcomes: created,
-- text_missing, text_too_long, bad_phone, bad_name, bad_locale, unknown_member, forbidden.
create function public.open_case(
  org uuid, text text, locale text, member uuid default null, phone text default null, first_name text default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  refusal text := private.complaint_refusal(text, phone, first_name, locale);
  new_id uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if refusal is not null then
    return jsonb_build_object('outcome', refusal);
  end if;
  perform private.lock_members(org);
  if member is not null and not exists (
    select 1 from public.members as m where m.org_id = org and m.id = open_case.member and m.erased_at is null
  ) then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  insert into public.cases (org_id, occurred_at, clock, due_at, opened_by, alias, phone, first_name, text, locale)
  select org, moment, 'server', moment + private.due_after(), private.own_email(),
    coalesce(open_case.member, case when open_case.phone is not null then private.member_of(org, open_case.phone, moment) end),
    open_case.phone, btrim(open_case.first_name), btrim(open_case.text), open_case.locale
  from clock_timestamp() as moment
  returning id into new_id;
  return jsonb_build_object('outcome', 'created', 'case', new_id);
end
$$;
revoke execute on function public.open_case(uuid, text, text, uuid, text, text) from public, anon, authenticated;
grant execute on function public.open_case(uuid, text, text, uuid, text, text) to authenticated;

-- What was done about a case. Any state may follow any other, for people err and complain again; the same state once more
-- is kept only for its note. Outcomes: saved, bad_state, bad_note, unknown_case, forbidden.
create function public.set_case_state(org uuid, id uuid, state text, note text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  told public.cases;
  words text := nullif(btrim(coalesce(note, '')), '');
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
  select * into told from public.cases as c where c.org_id = org and c.id = set_case_state.id for update;
  if not found then
    return jsonb_build_object('outcome', 'unknown_case');
  end if;
  if told.state <> set_case_state.state or words is not null then
    insert into public.case_events (org_id, case_id, state, note, created_by)
    values (org, told.id, set_case_state.state, words, private.own_email());
    update public.cases as c set state = set_case_state.state where c.org_id = org and c.id = told.id;
  end if;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_case_state(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.set_case_state(uuid, uuid, text, text) to authenticated;
