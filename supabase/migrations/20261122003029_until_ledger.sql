-- What the reports after this read and the ledger's migrations bring: until both stand in one tree. Then this file goes.

alter table public.enrolments add column if not exists referral_code text;
alter table public.members add column if not exists merged_into uuid;
alter table public.point_entries add column if not exists redemption_id uuid;
alter table public.point_entries drop constraint point_entries_reason_known;
alter table public.point_entries add constraint point_entries_reason_known
  check (reason in ('welcome', 'visit', 'amount', 'birthday', 'correction', 'redemption', 'referral', 'expiry', 'merge'));
