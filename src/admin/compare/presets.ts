import { addDays, mondayOf } from '../../domain/statistics/local-date';
import type { Dates } from '../scores/period';

export const PICKS = ['week', 'month', 'year', 'own'] as const;
/** This week against last, this month against last, the same month last year, or dates of the owner's choice. */
export type Pick = (typeof PICKS)[number];

export type TwoPeriods = { a: Dates; b: Dates };

/**
 * A period that still goes on, and as much of the one it is compared with: the same weekdays of last week, the same days of
 * the month before or of a year ago (the last one there is, where a month is shorter).
 */
export function periodsOf(pick: Exclude<Pick, 'own'>, today: string): TwoPeriods {
  if (pick === 'week') {
    const monday = mondayOf(today);
    return { a: { from: monday, to: today }, b: { from: addDays(monday, -7), to: addDays(today, -7) } };
  }
  const back = pick === 'month' ? 1 : 12;
  const first = `${today.slice(0, 8)}01`;
  return {
    a: { from: first, to: today },
    b: { from: monthsBefore(first, back), to: monthsBefore(today, back) },
  };
}

export const periodsOverlap = ({ a, b }: TwoPeriods): boolean => a.from <= b.to && b.from <= a.to;

function monthsBefore(date: string, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months;
  const first = firstOf(month);
  const last = addDays(firstOf(month + 1), -1);
  const day = `${first.slice(0, 8)}${date.slice(8)}`;
  return day > last ? last : day;
}

/** The first day of a month counted from the year 0. */
const firstOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
