import { WEEKDAYS, type OpeningHours, type Weekday } from '../../domain/opening-hours';
import {
  admin_opening_always,
  admin_opening_never,
  admin_opening_not_known,
  admin_opening_order,
  admin_opening_overlap,
  admin_opening_unreadable,
} from '../../i18n/paraglide/messages';
import { weekdayWords } from '../format';
import type { DayProblem } from './week';

/** A week in a line: "Mon–Fri 09:00–18:00 · Sat 10:00–14:00". Days that are not named are closed. */
export function openingWords(hours: OpeningHours | null): string {
  if (hours === null) return admin_opening_not_known();
  const days = WEEKDAYS.map((weekday) => dayWords(hours, weekday));
  if (days.every((words) => words === '00:00–24:00')) return admin_opening_always();
  const spans: { first: Weekday; last: Weekday; words: string }[] = [];
  for (const [index, words] of days.entries()) {
    const weekday = WEEKDAYS[index]!;
    const span = spans.at(-1);
    if (span?.words === words) span.last = weekday;
    else spans.push({ first: weekday, last: weekday, words });
  }
  const open = spans.filter(({ words }) => words !== '');
  if (open.length === 0) return admin_opening_never();
  return open.map(({ first, last, words }) => `${weekdaysWords(first, last)} ${words}`).join(' · ');
}

/** "Mon–Fri", "Sat". */
export const weekdaysWords = (first: Weekday, last: Weekday): string =>
  first === last ? weekdayWords(first) : `${weekdayWords(first)}–${weekdayWords(last)}`;

const dayWords = (hours: OpeningHours, weekday: Weekday): string =>
  (hours[weekday] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ');

const PROBLEMS = {
  unreadable: admin_opening_unreadable,
  order: admin_opening_order,
  overlap: admin_opening_overlap,
} satisfies Record<DayProblem, () => string>;

export const problemWords = (problem: DayProblem): string => PROBLEMS[problem]();
