create table public.received (
  org_id uuid not null,
  id uuid not null,
  pairing_id uuid not null,
  seq bigint constraint received_seq_counts_from_one check (seq between 1 and 9007199254740991),
  kind text not null,
  v integer not null,
  sha256 text not null,
  received_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, pairing_id, seq),
  foreign key (org_id, pairing_id) references public.pairings (org_id, id) on delete cascade
);
comment on table public.received is
  'The ledger that makes once mean once. It holds no personal data and outlives erasure, so that a late resend cannot resurrect what was erased.';
comment on column public.received.seq is 'Gapless per pairing on tablets; null for imported rows.';

create table public.answers (
  org_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  clock text not null constraint answers_clock_known check (clock in ('server', 'tablet', 'receipt')),
  local_at timestamp not null,
  location_id uuid not null,
  tablet_id uuid not null,
  session_id uuid not null,
  survey_version_id uuid not null,
  question text not null,
  type text not null,
  score smallint,
  choices text[],
  comment text,
  locale text not null,
  flag text,
  constraint answers_body_fits_type check (
    case type
      when 'csat' then score between 1 and 5 and choices is null and comment is null
      when 'nps' then score between 0 and 10 and choices is null and comment is null
      when 'expectation' then score between -1 and 1 and choices is null and comment is null
      when 'reasons' then score is null and cardinality(choices) between 1 and 20 and comment is null
      when 'comment' then score is null and choices is null and char_length(comment) between 1 and 2000
      else false
    end
  ),
  primary key (org_id, occurred_at, id)
) partition by range (occurred_at);
create index answers_session_id on public.answers (org_id, session_id);
create index answers_comments on public.answers (org_id, occurred_at desc, id desc) where comment is not null;
comment on column public.answers.clock is
  'How the hour is known: server (the tablet''s clock corrected by the last known offset), tablet (uncorrected), receipt (the tablet''s clock made no sense).';
comment on column public.answers.local_at is 'occurred_at on the wall clock of the location.';
comment on column public.answers.flag is 'Why this answer is left out of scores by default, or null.';

-- Counts by hour, kept in the transaction that stores the answer. The tablet is part of the key, so that no two
-- tablets ever wait for one another's row.
create table public.score_counts (
  org_id uuid not null,
  question text not null,
  local_hour timestamp not null,
  location_id uuid not null,
  tablet_id uuid not null,
  type text not null,
  score smallint not null,
  n integer not null constraint score_counts_n_not_negative check (n >= 0),
  n_flagged integer not null default 0 constraint score_counts_n_flagged_within_n check (n_flagged between 0 and n),
  primary key (org_id, question, local_hour, location_id, tablet_id, score)
);
comment on column public.score_counts.n is 'All answers, flagged ones included.';

create table public.choice_counts (
  org_id uuid not null,
  question text not null,
  local_hour timestamp not null,
  location_id uuid not null,
  tablet_id uuid not null,
  choice text not null,
  n integer not null constraint choice_counts_n_not_negative check (n >= 0),
  n_flagged integer not null default 0 constraint choice_counts_n_flagged_within_n check (n_flagged between 0 and n),
  primary key (org_id, question, local_hour, location_id, tablet_id, choice)
);

create table public.quarantine (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  pairing_id uuid not null,
  record_id uuid,
  outcome text not null constraint quarantine_outcome_known check (outcome in ('conflict', 'refused')),
  reason text not null,
  record text not null,
  record_hash text not null,
  received_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, pairing_id, record_hash),
  foreign key (org_id, pairing_id) references public.pairings (org_id, id) on delete cascade
);
comment on table public.quarantine is 'Records the server could not take as answers, whole, with the reason. A resend adds no second row.';

-- Monthly partitions are made when the first answer of a month arrives. They stand in the private schema, so that
-- the parent's policies are the only way in.
create function private.ensure_answers_partition(at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  month_start timestamptz := date_trunc('month', at, 'UTC');
  partition text := 'answers_' || to_char(month_start at time zone 'UTC', 'YYYY_MM');
begin
  if to_regclass('private.' || partition) is not null then
    return;
  end if;
  -- Creating a partition locks the parent; only one caller may try, whatever the month (a lock a month would let two
  -- batches wait for each other), and callers hold no answers yet.
  perform pg_advisory_xact_lock(hashtextextended('private.ensure_answers_partition', 0));
  -- Who had to wait must look again, by a query: to_regclass would answer from this session's stale cache.
  if exists (select 1 from pg_class where relnamespace = 'private'::regnamespace and relname = partition) then
    return;
  end if;
  execute format(
    'create table private.%I partition of public.answers for values from (%L) to (%L)',
    partition, month_start, date_trunc('month', month_start + interval '32 days', 'UTC')
  );
  execute format('alter table private.%I enable row level security', partition);
end
$$;
revoke execute on function private.ensure_answers_partition(timestamptz) from public;

alter table public.received enable row level security;
alter table public.answers enable row level security;
alter table public.score_counts enable row level security;
alter table public.choice_counts enable row level security;
alter table public.quarantine enable row level security;

create policy "team members read what was received" on public.received
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their answers" on public.answers
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their score counts" on public.score_counts
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their choice counts" on public.choice_counts
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read their quarantine" on public.quarantine
  for select to authenticated using (org_id in (select private.member_organizations()));

revoke all on public.received, public.answers, public.score_counts, public.choice_counts, public.quarantine
  from anon, authenticated;
grant select on public.received, public.answers, public.score_counts, public.choice_counts, public.quarantine
  to authenticated;
