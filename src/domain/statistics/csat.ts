import { type Estimated, MIN_N, totalOf, Z_95 } from './estimate';
import { proportion } from './proportion';

/**
 * CSAT: the share (0 … 1) of 4s and 5s among 5 counts for scores 1 … 5 ("top two box"), with Wilson's interval, of
 * 95 % unless another z is asked for.
 * The mean of the scores is deliberately not offered: the steps of a face scale are not known to be equal.
 */
export function csat(countsByScore: readonly number[], minimum: number = MIN_N, z: number = Z_95): Estimated {
  const n = totalOf(countsByScore, 5, 'CSAT counts');
  return proportion(countsByScore[3]! + countsByScore[4]!, n, minimum, z);
}
