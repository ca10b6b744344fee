import type { TimelineEntry } from '../../backend/owner-calls/members';

/** How many entries of a timeline the server gives. */
export const TIMELINE_LIMIT = 500;

const PARTS_OF_A_VISIT: readonly string[] = ['visit', 'amount', 'birthday'];

/** A visit tells all its points by itself, so that what each was for need not be told beside it. */
export const withoutParts = (timeline: readonly TimelineEntry[]): TimelineEntry[] =>
  timeline.filter((entry) => entry.what !== 'points' || !PARTS_OF_A_VISIT.includes(entry.reason));
