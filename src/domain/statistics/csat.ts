import { type Estimated, MIN_N, totalOf } from './estimate';
import { proportion } from './proportion';

/**
 * CSAT: the share (0 … 1) of 4s and 5s among 5 counts for scores 1 … 5 ("top two box"), with Wilson's 95 % interval.
 * The mean of the scores is deliberately not offered: the steps of a face scale are not known to be equal.
 */
export function csat(countsByScore: readonly number[], minimum: number = MIN_N): Estimated {
  const n = totalOf(countsByScore, 5, 'CSAT counts');
  return proportion(countsByScore[3]! + countsByScore[4]!, n, minimum);
}
