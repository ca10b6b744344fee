import { offsetMinutesAt } from '../../domain/import/zoned-time';
import { addDays, dayNumber } from '../../domain/statistics/local-date';

export const PRESET_DAYS = [1, 7, 30, 90] as const;

/** The last so many local days, today included, or two dates of the owner's choice. */
export type Period =
  | { kind: 'last'; days: (typeof PRESET_DAYS)[number] }
  | { kind: 'custom'; from: string; to: string };

/** Local dates 'YYYY-MM-DD', both included. */
export type Dates = { from: string; to: string };

/** The date clocks in the zone show at an instant (ms). */
export function localDate(at: number, timeZone: string): string {
  return new Date(at + offsetMinutesAt(at, timeZone) * 60_000).toISOString().slice(0, 10);
}

/**
 * Today for shops in several zones: the latest date any of them shows, so that no answer of today is left out.
 * Without a shop there is no zone to ask, and UTC serves.
 */
export function latestDate(timeZones: readonly string[], at: number): string {
  return timeZones
    .map((zone) => localDate(at, zone))
    .reduce((a, b) => (a > b ? a : b), localDate(at, timeZones[0] ?? 'UTC'));
}

export function datesOf(period: Period, today: string): Dates {
  if (period.kind === 'custom') return { from: period.from, to: period.to };
  return { from: addDays(today, 1 - period.days), to: today };
}

/** As many days right before. */
export function datesBefore({ from, to }: Dates): Dates {
  const days = dayNumber(to) - dayNumber(from) + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

export function isDate(text: string | null): text is string {
  try {
    return text !== null && Number.isFinite(dayNumber(text));
  } catch {
    return false;
  }
}
