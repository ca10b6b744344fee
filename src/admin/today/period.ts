import { addDays } from '../../domain/statistics/local-date';
import { localDate, type Dates } from '../scores/period';

export const SPANS = [7, 28] as const;
/** Whole weeks, so that both sides have the same weekdays. */
export type Span = (typeof SPANS)[number];

/** The last so many days that are over everywhere: a day that is still going on would look like a fall. */
export function fullDays(span: Span, timeZones: readonly string[], at: number): Dates {
  const today = timeZones
    .map((zone) => localDate(at, zone))
    .reduce((a, b) => (a < b ? a : b), localDate(at, timeZones[0] ?? 'UTC'));
  return { from: addDays(today, -span), to: addDays(today, -1) };
}

export const readSpan = (query: URLSearchParams): Span =>
  SPANS.find((span) => String(span) === query.get('span')) ?? 7;

/** withFlagged: as the scores' address says it. */
export const writeSpan = (span: Span, withFlagged = false): URLSearchParams =>
  new URLSearchParams({
    ...(span !== 7 && { span: String(span) }),
    ...(withFlagged && { flagged: 'with' }),
  });

/** What the address of the scores was made of before they had a page of their own. */
const SCORES_KEYS = ['days', 'from', 'to', 'location', 'tablet', 'question', 'by'];
export const meansScores = (query: URLSearchParams): boolean => SCORES_KEYS.some((key) => query.has(key));
