import type { TimelineEntry } from '../../backend/owner-calls/members';

/** How many entries of a timeline the server gives. */
export const TIMELINE_LIMIT = 500;

const PARTS: readonly string[] = ['visit', 'amount', 'birthday', 'redemption'];

/** A visit tells all its points by itself, and a reward what it took, so that the entries behind them need not be told beside. */
export const withoutParts = (timeline: readonly TimelineEntry[]): TimelineEntry[] =>
  timeline.filter((entry) => entry.what !== 'points' || !PARTS.includes(entry.reason));
