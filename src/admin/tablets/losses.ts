import type { ReportTablet } from '../../backend/owner-calls/tablets';

export type Losses = { lost: number; missing: number; clashes: number };

/** What a pairing lost, without what a person has said to have seen: that is no news until it grows. */
export function newLosses({ lost, missing, seq_clashes, acknowledged }: ReportTablet): Losses {
  const news = (count: number, seen = 0) => (count > seen ? count : 0);
  return {
    lost: news(lost, acknowledged?.lost),
    missing: news(missing, acknowledged?.missing),
    clashes: news(seq_clashes, acknowledged?.clashes),
  };
}

/** Whether there is something to say "I have seen this" to. */
export function hasNewLosses(tablet: ReportTablet): boolean {
  if (tablet.kind !== 'kiosk' || tablet.revoked_at !== null) return false;
  return Object.values(newLosses(tablet)).some((count) => count > 0);
}
