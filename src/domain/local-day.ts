import { offsetMinutesAt } from './import/zoned-time';

/** The date, YYYY-MM-DD, on a place's calendar at an instant in ms since 1970 UTC. @throws RangeError for an unknown zone. */
export function localDay(instantMs: number, timeZone: string): string {
  return new Date(instantMs + offsetMinutesAt(instantMs, timeZone) * 60_000).toISOString().slice(0, 10);
}
