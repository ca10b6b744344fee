import type { CaseTimes } from '../../../src/backend/owner-calls/case-work';
import type { CaseRow } from '../../../src/backend/owner-calls/cases';
import { id, ok } from './member-fixture';

const HOUR_MS = 3_600_000;
/** So many hours ago. */
export const stamp = (hoursAgo: number) => new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();

/** Told so many hours ago at the counter, and heard of at once. */
export const told = (number: number, hoursAgo: number, more: Partial<CaseRow> = {}): CaseRow => ({
  case: id(number),
  occurred_at: stamp(hoursAgo),
  received_at: stamp(hoursAgo),
  due_at: stamp(hoursAgo - 48),
  clock: 'server',
  state: 'open',
  tablet: id(20),
  location: id(30),
  staff: id(40),
  opened_by: null,
  session: null,
  locale: 'bg',
  text: `Complaint ${number}`,
  is_erased: false,
  member: null,
  first_name: 'Anna',
  phone: '+359888123456',
  score: null,
  assignee: null,
  is_mine: false,
  cause: null,
  promise_due_at: null,
  promise_kept: null,
  would_return: null,
  rerating: null,
  contacted_at: null,
  resolved_at: null,
  ...more,
});

export const page = (...cases: CaseRow[]) =>
  ok({ cases, next: null, total: cases.length, waiting: cases.length, overdue: 1, mine: 0 });

const none = { n: 0, median_s: null, p90_s: null };

/** Nothing was told. */
export const noTimes: CaseTimes = {
  outcome: 'ok',
  n: 0,
  contact: none,
  resolution: none,
  lost: none,
  in_time: { n: 0, k: 0 },
  promises: { n: 0, k: 0, unsettled: 0 },
  returning: { n: 0, k: 0 },
  rerated: { n: 0, k: 0 },
  causes: { price: 0, product: 0, treatment: 0, moved: 0, none: 0 },
};
