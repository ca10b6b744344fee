import * as v from 'valibot';
import { zonedInstant } from './import/zoned-time';
import { localDay } from './local-day';
import { addDays, dayNumber, isoWeekday } from './statistics/local-date';

const DAY_MS = 86_400_000;

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** ISO 8601: 1 Monday … 7 Sunday. */
export type Weekday = (typeof WEEKDAYS)[number];

const opensSchema = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const closesSchema = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/));

/** Local times from … to, from before to: '00:00' to '24:00'. */
const rangeSchema = v.tuple([opensSchema, closesSchema]);
export type OpeningRange = v.InferOutput<typeof rangeSchema>;

/** As locations.opening_hours has it. A day left out is closed; open past midnight takes two days. */
export const openingHoursSchema = v.record(
  v.picklist(['1', '2', '3', '4', '5', '6', '7']),
  v.array(rangeSchema),
);
export type OpeningHours = v.InferOutput<typeof openingHoursSchema>;

/** Whether the location is open at an instant, in ms since 1970 UTC. @throws RangeError for an unknown zone. */
export function isOpenAt(hours: OpeningHours, timeZone: string, instantMs: number): boolean {
  return openMsBetween(hours, timeZone, instantMs, instantMs + 1) > 0;
}

/**
 * How much of the time between two instants, in ms since 1970 UTC, the location is open; 0 when they are not in order.
 * A day on which the clocks change is as long as it is: 00:00 to 24:00 has 23 or 25 hours then.
 *
 * @throws RangeError for an unknown zone.
 */
export function openMsBetween(hours: OpeningHours, timeZone: string, fromMs: number, toMs: number): number {
  let openMs = 0;
  // Ranges of one day may overlap, and time is counted once.
  let countedTo = fromMs;
  const last = localDay(toMs, timeZone);
  for (let date = localDay(fromMs, timeZone); date <= last; date = addDays(date, 1)) {
    const midnight = dayNumber(date) * DAY_MS;
    const ranges = hours[isoWeekday(date) as Weekday] ?? [];
    for (const [opens, closes] of ranges.toSorted()) {
      const start = zonedInstant(midnight + timeOfDayMs(opens), timeZone).instantMs;
      const end = Math.min(toMs, zonedInstant(midnight + timeOfDayMs(closes), timeZone).instantMs);
      openMs += Math.max(0, end - Math.max(start, countedTo));
      countedTo = Math.max(countedTo, end);
    }
  }
  return openMs;
}

function timeOfDayMs(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return (hours * 60 + minutes) * 60_000;
}
