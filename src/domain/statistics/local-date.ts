/**
 * Calendar arithmetic on local dates written 'YYYY-MM-DD'. A local date is a name, not an instant: it carries no time
 * zone, so counting days here never meets a clock change.
 */

const DAY_MS = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01. @throws RangeError when the text is not a date that exists. */
export function dayNumber(date: string): number {
  const match = PATTERN.exec(date);
  if (match) {
    const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
    if (dateOf(ms / DAY_MS) === date) return ms / DAY_MS;
  }
  throw new RangeError(`not a date in the form YYYY-MM-DD: ${date}`);
}

/** The local date that lies this many days after 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** ISO 8601 weekday: 1 Monday … 7 Sunday. */
export function isoWeekday(date: string): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday that begins this date's ISO week. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - isoWeekday(date));
}

/** ISO 8601 week, e.g. '2026-W01': a week belongs to the year that holds its Thursday. */
export function isoWeek(date: string): string {
  const thursday = addDays(mondayOf(date), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
