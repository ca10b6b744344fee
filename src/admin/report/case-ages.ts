import type { CaseRow } from '../../backend/owner-calls/cases';

const HOUR_MS = 3_600_000;

/** Waiting cases by how long ago they were told: within the 48 hours they are to be answered in, a week, and longer. */
export function caseAges(
  cases: readonly Pick<CaseRow, 'occurred_at'>[],
  now: number,
): { fresh: number; week: number; older: number } {
  const hours = cases.map(({ occurred_at }) => (now - Date.parse(occurred_at)) / HOUR_MS);
  const fresh = hours.filter((age) => age < 48).length;
  const older = hours.filter((age) => age >= 7 * 24).length;
  return { fresh, week: hours.length - fresh - older, older };
}
