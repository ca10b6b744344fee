import type { ScoreLimits } from '../../backend/owner-calls/alerts';
import type { ReportAnswers } from '../../backend/owner-calls/scores';
import { controlChart } from '../../domain/statistics/control-chart';
import { controlWeeks } from '../scores/control-weeks';
import type { Measure } from '../scores/measure';
import type { Dates } from '../scores/period';

/**
 * How each figure stood in the latest week that is over, beside its control
 * limits. What has no limits yet, or too few answers in that week, is left out. Flagged answers do not count.
 */
export function scoreLimits(
  answers: ReportAnswers,
  measures: readonly Measure[],
  /** Local dates on which something was changed that may have moved the figure. */
  changesOf: (measure: Measure) => string[],
  dates: Dates,
): Omit<ScoreLimits, 'location'>[] {
  return measures.flatMap((measure) => {
    const weeks = controlWeeks(answers, measure, dates, false);
    const { points } = controlChart(measure.type, weeks, changesOf(measure));
    const latest = points.findLast(({ isFinished }) => isFinished);
    if (!latest?.limits || latest.value === null) return [];
    const { low, high } = latest.limits;
    return {
      question: measure.question,
      week: latest.monday,
      score: latest.value,
      lower: low,
      upper: high,
      n: latest.tally.n,
    };
  });
}

export const isOutside = ({ score, lower, upper }: Pick<ScoreLimits, 'score' | 'lower' | 'upper'>): boolean =>
  score < lower || score > upper;
