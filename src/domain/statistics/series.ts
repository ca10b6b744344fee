import { assertCount } from './estimate';
import { addDays, dateOf, dayNumber, isoWeek, isoWeekday, mondayOf } from './local-date';

/** Answers on one local day, as counts per score in the order of the scale. */
export type DayCounts = { day: string; counts: readonly number[] };

export type WeekCounts = {
  /** ISO 8601 week, e.g. '2026-W07'. */
  week: string;
  /** Its Monday. */
  monday: string;
  counts: number[];
  /** Days of this week that the series covers, 0 … 7; under 7 the week is cut by the period asked for. */
  days: number;
};

export type MonthCounts = {
  /** Its first day, 'YYYY-MM-01'. */
  month: string;
  counts: number[];
  /** Days of this month that the series covers; fewer than it has where it is cut by the period asked for. */
  days: number;
};

/** Answers in one hour (0 … 23) of one local day. */
export type HourCounts = { day: string; hour: number; counts: readonly number[] };

/**
 * Every day from `from` to `to`, both included, in order. Days without a row become zeros, so a closed shop is a gap to
 * see and not a line drawn across it; several rows of a day (one per location) are summed.
 *
 * @param width scores on the scale, so that an empty day has as many zeros as a full one has counts
 * @throws RangeError for dates that do not exist, days outside the period, and counts of another width
 */
export function fillDays(rows: readonly DayCounts[], from: string, to: string, width: number): DayCounts[] {
  const first = dayNumber(from);
  const length = dayNumber(to) - first + 1;
  if (length < 1) throw new RangeError(`the period ends before it begins: ${from} … ${to}`);
  const sums = Array.from({ length }, () => zeros(width));
  for (const row of rows) {
    const sum = sums[dayNumber(row.day) - first];
    if (!sum) throw new RangeError(`${row.day} lies outside ${from} … ${to}`);
    addTo(sum, row.counts);
  }
  return sums.map((counts, index) => ({ day: dateOf(first + index), counts }));
}

/**
 * Sums days into ISO weeks, Monday first, in order of time. Weeks that hold none of the days are filled with zeros and
 * `days: 0`, so the distance between two points of a chart is always time.
 */
export function toIsoWeeks(days: readonly DayCounts[]): WeekCounts[] {
  const byMonday = new Map<string, WeekCounts>();
  const seen = new Set<string>();
  const width = days[0]?.counts.length ?? 0;
  for (const { day, counts } of days) {
    const monday = mondayOf(day);
    const week = byMonday.get(monday) ?? emptyWeek(monday, width);
    byMonday.set(monday, week);
    addTo(week.counts, counts);
    if (!seen.has(day)) week.days += 1;
    seen.add(day);
  }
  const mondays = [...byMonday.keys()].sort();
  const weeks: WeekCounts[] = [];
  for (
    let monday = mondays[0];
    monday !== undefined && monday <= mondays.at(-1)!;
    monday = addDays(monday, 7)
  ) {
    weeks.push(byMonday.get(monday) ?? emptyWeek(monday, width));
  }
  return weeks;
}

/** Sums the days of `fillDays`, which leave none out, into calendar months in order of time. */
export function toMonths(days: readonly DayCounts[]): MonthCounts[] {
  const months: MonthCounts[] = [];
  for (const { day, counts } of days) {
    const month = `${day.slice(0, 7)}-01`;
    let current = months.at(-1);
    if (current?.month !== month) {
      current = { month, counts: zeros(counts.length), days: 0 };
      months.push(current);
    }
    addTo(current.counts, counts);
    current.days += 1;
  }
  return months;
}

/**
 * Counts by weekday and hour: `grid[weekday][hour]`, weekday 0 Monday … 6 Sunday, hour 0 … 23, each cell counts per
 * score. Empty cells are zeros.
 */
export function hourGrid(rows: readonly HourCounts[], width: number): number[][][] {
  const grid = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => zeros(width)));
  for (const { day, hour, counts } of rows) {
    const cell = grid[isoWeekday(day) - 1]![hour];
    if (!cell) throw new RangeError(`hour must be 0 … 23, got ${hour}`);
    addTo(cell, counts);
  }
  return grid;
}

function zeros(width: number): number[] {
  return new Array<number>(width).fill(0);
}

function emptyWeek(monday: string, width: number): WeekCounts {
  return { week: isoWeek(monday), monday, counts: zeros(width), days: 0 };
}

function addTo(sum: number[], counts: readonly number[]): void {
  if (counts.length !== sum.length) {
    throw new RangeError(`expected ${sum.length} counts, got ${counts.length}`);
  }
  counts.forEach((count, index) => {
    assertCount(count, `counts[${index}]`);
    sum[index]! += count;
  });
}
