import { addDays, isoWeek, mondayOf } from '../../domain/statistics/local-date';
import type { Dates } from '../scores/period';

/** Monday to Sunday of an ISO 8601 week such as '2026-W47', or null where there is no such week. */
export function weekDates(week: string): Dates | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === undefined || number === undefined) return null;
  // The fourth of January lies in the first week.
  const monday = addDays(mondayOf(`${year}-01-04`), 7 * (Number(number) - 1));
  return isoWeek(monday) === week ? { from: monday, to: addDays(monday, 6) } : null;
}

/** The week an address asks for; the latest that is over where it names none, one to come, or nonsense. */
export function readWeek(query: URLSearchParams, today: string): { week: string; dates: Dates } {
  const latest = isoWeek(addDays(today, -7));
  const asked = query.get('week') ?? latest;
  const dates = weekDates(asked);
  return dates && dates.to < today ? { week: asked, dates } : { week: latest, dates: weekDates(latest)! };
}
