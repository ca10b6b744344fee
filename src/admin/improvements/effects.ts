import type { Improvement } from '../../backend/owner-calls/improvements';
import type { ReportAnswers } from '../../backend/owner-calls/scores';
import { effectOf, LONGEST_WEEKS, type Effect } from '../../domain/statistics/improvement';
import { addDays } from '../../domain/statistics/local-date';
import { dayCounts, totalOf } from '../scores/counts';
import { estimateOf, type Measure } from '../scores/measure';
import type { Dates } from '../scores/period';

/** All days that a verdict on these changes, one or more, can rest on: up to yesterday, and that at least. */
export function datesNeeded(improvements: readonly Improvement[], today: string): Dates {
  const to = addDays(today, -1);
  const first = improvements.map(({ happened_on }) => happened_on).reduce((a, b) => (a < b ? a : b));
  const from = addDays(first, -7 * LONGEST_WEEKS);
  return { from: from < to ? from : to, to };
}

/** What a change did, from answers of its question and place in `dates`, all of whose days are over. */
export function effectIn(
  answers: ReportAnswers,
  dates: Dates,
  { happened_on, ended_on, hoped_change }: Improvement,
  measure: Measure,
  withFlagged: boolean,
): Effect {
  const days = dayCounts(answers, measure, dates, withFlagged);
  const first = days.findIndex(({ counts }) => totalOf(counts) > 0);
  return effectOf(
    measure.type,
    first < 0 ? [] : days.slice(first),
    {
      happenedOn: happened_on,
      endedOn: ended_on,
      hoped: measure.type === 'nps' ? hoped_change : hoped_change / 100,
    },
    (counts) => estimateOf(measure.type, counts),
  );
}
