-- What the owner should hear of now. An alert is open while its rule holds and closes by itself when it holds no more.

create table public.alert_rules (
  org_id uuid primary key references public.organizations (id) on delete cascade,
  low_scores boolean not null default true,
  low_share_percent smallint not null default 50 constraint alert_rules_low_share_sane check (low_share_percent between 10 and 100),
  low_answers smallint not null default 4 constraint alert_rules_low_answers_sane check (low_answers between 2 and 100),
  low_window_minutes smallint not null default 15 constraint alert_rules_low_window_sane check (low_window_minutes between 5 and 240),
  case_due boolean not null default true,
  case_due_hours smallint not null default 4 constraint alert_rules_case_due_sane check (case_due_hours between 1 and 47),
  tablet_silent boolean not null default true,
  score_left_limits boolean not null default true,
  mail_to uuid[] not null default '{}' constraint alert_rules_mail_to_few check (cardinality(mail_to) <= 50),
  changed_at timestamptz,
  changed_by text
);
comment on table public.alert_rules is 'One row a shop: which alerts it wants, from when on, and who gets them by e-mail.';
comment on column public.alert_rules.mail_to is 'Accounts; who has left the team since gets nothing.';
comment on column public.alert_rules.changed_by is 'E-mail address of who changed them, as it was then.';

create table public.alerts (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  kind text not null constraint alerts_kind_known check (kind in ('low_scores', 'case_due', 'tablet_silent', 'score_left_limits')),
  subject jsonb not null constraint alerts_subject_is_object check (jsonb_typeof(subject) = 'object'),
  facts jsonb not null constraint alerts_facts_are_numbers check (not jsonb_path_exists(facts, '$.* ? (@.type() <> "number")')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  primary key (org_id, id),
  constraint alerts_closed_by_somebody_are_closed check (closed_by is null or closed_at is not null),
  constraint alerts_acknowledged_by_somebody check ((acknowledged_at is null) = (acknowledged_by is null))
);
create unique index alerts_open on public.alerts (org_id, kind, subject) where closed_at is null;
create index alerts_closed on public.alerts (org_id, closed_at desc, id desc) where closed_at is not null;
create index alerts_closed_by_hand on public.alerts (org_id, kind, subject, closed_at) where closed_by is not null;
comment on column public.alerts.subject is 'What it is about, by ids: {"location", "question"}, {"case"}, {"tablet", "since"}, {"location", "question", "week"}.';
comment on column public.alerts.facts is 'The figures it was opened for, as they are known now: an answer that arrives late may still change them.';
comment on column public.alerts.closed_by is 'E-mail address of who closed it, as it was then; null where its rule held no more.';

create table public.alert_notes (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  alert_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  note text constraint alert_notes_note_length check (char_length(note) between 1 and 1000),
  created_by text not null,
  primary key (org_id, id),
  foreign key (org_id, alert_id) references public.alerts (org_id, id) on delete cascade
);
create index alert_notes_of_alert on public.alert_notes (org_id, alert_id, at, id);
comment on table public.alert_notes is 'Append only: what people wrote about an alert.';
comment on column public.alert_notes.note is 'Null once the customer was erased whose case it was about.';

create function private.keep_alert_notes() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.note is null and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
    return new;
  end if;
  if tg_op = 'DELETE' and not exists (select 1 from public.alerts where org_id = old.org_id and id = old.alert_id) then
    return old;
  end if;
  raise exception 'alert_notes are append only' using errcode = 'restrict_violation';
end
$$;
revoke execute on function private.keep_alert_notes() from public;
create trigger alert_notes_are_append_only
  before update or delete on public.alert_notes
  for each row execute function private.keep_alert_notes();

-- What was written about the case of an erased customer may name them, and goes with their words.
create function private.empty_notes_on_case() returns trigger
language plpgsql set search_path = '' as $$
begin
  update public.alert_notes as n set note = null
  from public.alerts as a
  where a.org_id = new.org_id and a.kind = 'case_due' and a.subject = jsonb_build_object('case', new.id)
    and n.org_id = a.org_id and n.alert_id = a.id and n.note is not null;
  return null;
end
$$;
revoke execute on function private.empty_notes_on_case() from public;
create index alerts_of_cases on public.alerts (org_id, subject) where kind = 'case_due';
create trigger emptied_cases_leave_no_notes
  after update of text on public.cases
  for each row when (old.text is not null and new.text is null) execute function private.empty_notes_on_case();

create table private.alert_runs (
  org_id uuid primary key references public.organizations (id) on delete cascade,
  next_at timestamptz not null default '-infinity'
);
comment on table private.alert_runs is 'One row a shop: who works out its alerts holds it, and nobody waits for it.';

create function private.start_alerts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.alert_rules (org_id) values (new.id);
  insert into private.alert_runs (org_id) values (new.id);
  return null;
end
$$;
revoke execute on function private.start_alerts() from public;
create trigger every_shop_has_alert_rules
  after insert on public.organizations
  for each row execute function private.start_alerts();
insert into public.alert_rules (org_id) select id from public.organizations;
insert into private.alert_runs (org_id) select id from public.organizations;

alter table public.alert_rules enable row level security;
alter table public.alerts enable row level security;
alter table public.alert_notes enable row level security;
alter table private.alert_runs enable row level security;
create policy "team members read their alert rules" on public.alert_rules
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their alerts" on public.alerts
  for select to authenticated using (org_id in (select private.member_organizations()));
-- A note about a case may name a customer.
create policy "owners and managers read what was written about their alerts" on public.alert_notes
  for select to authenticated using (org_id in (select private.managed_organizations()));
revoke all on public.alert_rules, public.alerts, public.alert_notes from anon, authenticated;
revoke all on private.alert_runs from anon, authenticated;
grant select on public.alert_rules, public.alerts, public.alert_notes to authenticated;
