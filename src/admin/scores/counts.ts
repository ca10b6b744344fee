import type { ReportAnswers } from '../../backend/owner-calls/scores';
import { fillDays, toIsoWeeks, type DayCounts, type WeekCounts } from '../../domain/statistics/series';
import { scoresOf, type Measure } from './measure';
import type { Dates } from './period';

type Cell = { question: string; score: number; n: number; flagged: number };

/** Answers as they count: all of them, or without those flagged. */
export const counted = (cell: { n: number; flagged: number }, withFlagged: boolean): number =>
  withFlagged ? cell.n : cell.n - cell.flagged;

/** Counts per score, lowest first, over all rows of the measure's question. */
export function countsOf(rows: readonly Cell[], measure: Measure, withFlagged: boolean): number[] {
  const counts = scoresOf(measure.type).map(() => 0);
  const lowest = scoresOf(measure.type)[0]!;
  for (const row of rows) {
    if (row.question === measure.question) counts[row.score - lowest]! += counted(row, withFlagged);
  }
  return counts;
}

export const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

export function dayCounts(
  answers: ReportAnswers,
  measure: Measure,
  { from, to }: Dates,
  withFlagged: boolean,
): DayCounts[] {
  const width = scoresOf(measure.type).length;
  const lowest = scoresOf(measure.type)[0]!;
  const rows = answers.days
    .filter((row) => row.question === measure.question)
    .map((row) => {
      const counts = new Array<number>(width).fill(0);
      counts[row.score - lowest] = counted(row, withFlagged);
      return { day: row.day, counts };
    });
  return fillDays(rows, from, to, width);
}

export const weekCounts = (days: readonly DayCounts[]): WeekCounts[] => toIsoWeeks(days);

/** Rows by 'weekday:hour', for the hour map. */
export function hourCounts(
  answers: ReportAnswers,
  measure: Measure,
  withFlagged: boolean,
): Map<string, number[]> {
  const byHour = new Map<string, Cell[]>();
  for (const row of answers.hours) {
    if (row.question !== measure.question) continue;
    const key = `${row.weekday}:${row.hour}`;
    byHour.set(key, [...(byHour.get(key) ?? []), row]);
  }
  return new Map([...byHour].map(([key, rows]) => [key, countsOf(rows, measure, withFlagged)]));
}

export const flaggedIn = (answers: ReportAnswers): number =>
  answers.scores.reduce((sum, { flagged }) => sum + flagged, 0);
