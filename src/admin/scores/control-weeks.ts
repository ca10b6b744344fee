import type { ReportAnswers } from '../../backend/owner-calls/scores';
import type { ControlWeek } from '../../domain/statistics/control-chart';
import { addDays, dayNumber, mondayOf } from '../../domain/statistics/local-date';
import { tallyOf } from '../../domain/statistics/tally';
import { dayCounts, weekCounts } from './counts';
import type { Measure } from './measure';
import type { Dates } from './period';

/** As far back as limits are looked at: what is older is another shop. */
const WEEKS = 104;

/** Two years of whole ISO weeks, the last of them the one that today is in. */
export const controlDates = (today: string): Dates => ({
  from: addDays(mondayOf(today), -7 * (WEEKS - 1)),
  to: today,
});

/** The weeks from the first with an answer. The one that `dates.to`, today, lies in still runs. */
export function controlWeeks(
  answers: ReportAnswers,
  measure: Measure,
  dates: Dates,
  withFlagged: boolean,
): ControlWeek[] {
  const weeks = weekCounts(dayCounts(answers, measure, dates, withFlagged)).map(({ monday, counts }) => ({
    monday,
    tally: tallyOf(measure.type, counts),
    isFinished: addDays(monday, 6) < dates.to,
  }));
  const first = weeks.findIndex(({ tally }) => tally.n > 0);
  return first < 0 ? [] : weeks.slice(first);
}

/** Where a day lies among weeks, in weeks from the Monday of the first: 2.5 is in the middle of the third. */
export const placeAmong = (weeks: readonly ControlWeek[], day: string): number =>
  (dayNumber(day) - dayNumber(weeks[0]!.monday)) / 7;
