/**
 * Local time in an IANA time zone ⇄ UTC, on the time zone data that Intl carries.
 *
 * A local time can be missing (clocks go forward) or happen twice (clocks go back). The rule is that of RFC 5545 §3.3.5
 * and of Temporal's 'compatible': in a gap the offset before the change is used, so 03:30 becomes 04:30; in an overlap the
 * first of the two instants is taken.
 */

const DAY_MS = 86_400_000;

/** Building a formatter costs far more than using one, and a file has thousands of stamps in one zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

export function isTimeZone(timeZone: string): boolean {
  try {
    formatterFor(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Minutes to add to UTC for local time at this instant (ms). @throws RangeError for an unknown zone. */
export function offsetMinutesAt(instantMs: number, timeZone: string): number {
  const wholeSeconds = Math.floor(instantMs / 1000) * 1000;
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatterFor(timeZone).formatToParts(wholeSeconds))
    part[type] = Number(value);
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return Math.round((local - wholeSeconds) / 60_000);
}

export type ZonedInstant = {
  instantMs: number;
  /** Minutes to add to UTC for local time at that instant. */
  offsetMinutes: number;
  /** Why the local time alone did not settle the instant, or null. */
  adjusted: 'gap' | 'overlap' | null;
};

/**
 * The instant at which clocks in the zone show this local time.
 *
 * @param localMs the local date and time read as if it were UTC, e.g. Date.UTC(2026, 2, 29, 3, 30)
 */
export function zonedInstant(localMs: number, timeZone: string): ZonedInstant {
  // A day away on either side lies safely before and after any one change of the clocks.
  const before = offsetMinutesAt(localMs - DAY_MS, timeZone);
  const after = offsetMinutesAt(localMs + DAY_MS, timeZone);
  const early = localMs - before * 60_000;
  const late = localMs - after * 60_000;
  const earlyHolds = offsetMinutesAt(early, timeZone) === before;
  const lateHolds = offsetMinutesAt(late, timeZone) === after;
  if (earlyHolds) {
    return {
      instantMs: early,
      offsetMinutes: before,
      adjusted: lateHolds && late !== early ? 'overlap' : null,
    };
  }
  if (lateHolds) return { instantMs: late, offsetMinutes: after, adjusted: null };
  return { instantMs: early, offsetMinutes: offsetMinutesAt(early, timeZone), adjusted: 'gap' };
}
