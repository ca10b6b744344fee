import type { ScoredType } from '../scored-type';
import { totalOf } from './estimate';
import { npsGroups } from './nps';

/** Which way a question's figure is counted. */
export type TallyType = ScoredType;

/**
 * What a figure is made of: of `n` answers `up` count +1, `down` −1 and the rest 0. A share (satisfied; agreeing;
 * better than expected) has no `down`; the NPS has promoters up and detractors down. Mean and variance then are one formula for all.
 */
export type Tally = { n: number; up: number; down: number };

/** @throws RangeError when the counts do not fit the scale. */
export function tallyOf(type: TallyType, counts: readonly number[]): Tally {
  switch (type) {
    case 'csat':
      return { n: totalOf(counts, 5, 'CSAT counts'), up: counts[3]! + counts[4]!, down: 0 };
    case 'ces':
      return {
        n: totalOf(counts, 7, 'CES counts'),
        up: counts[4]! + counts[5]! + counts[6]!,
        down: 0,
      };
    case 'expectation':
      return { n: totalOf(counts, 3, 'expectation counts'), up: counts[2]!, down: 0 };
    case 'nps': {
      const { promoters, detractors, n } = npsGroups(counts);
      return { n, up: promoters, down: detractors };
    }
  }
}

/** What a mean of +1, 0 and −1 is multiplied by to be the figure: NPS is told in points, a share is 0 … 1. */
export const unitOf = (type: TallyType): number => (type === 'nps' ? 100 : 1);

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { n, up, down }) => ({ n: sum.n + n, up: sum.up + up, down: sum.down + down }),
    { n: 0, up: 0, down: 0 },
  );
}

/** −1 … 1. Of no answers there is no mean: n must be positive. */
export const meanOf = ({ n, up, down }: Tally): number => (up - down) / n;

/**
 * Variance of one answer: (up + down) / n − mean². For a share this is p(1 − p), for the NPS p + d − (p − d)², in
 * which the covariance of promoters and detractors is not dropped.
 */
export function varianceOf(tally: Tally): number {
  // Rounding can leave −1e−17 where every answer is alike.
  return Math.max(0, (tally.up + tally.down) / tally.n - meanOf(tally) ** 2);
}

/** Skewness of one answer, its third standardized moment; 0 where every answer is alike. */
export function skewnessOf(tally: Tally): number {
  const variance = varianceOf(tally);
  if (variance === 0) return 0;
  const mean = meanOf(tally);
  const up = tally.up / tally.n;
  const down = tally.down / tally.n;
  const third = up * (1 - mean) ** 3 + down * (-1 - mean) ** 3 + (1 - up - down) * (-mean) ** 3;
  return third / variance ** 1.5;
}
