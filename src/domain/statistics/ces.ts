import { type Estimated, MIN_N, totalOf, Z_95 } from './estimate';
import { proportion } from './proportion';

/**
 * CES: the share (0 … 1) of those who agree (5, 6 or 7) that it was made easy for them, among 7 counts for scores 1 … 7, with
 * Wilson's interval, of 95 % unless another z is asked for. Statement and scale are CES 2.0 (CEB 2013; Dixon, Toman and
 * DeLisi, The Effortless Experience, ch. 6), the figure its share of agreement. The mean is not offered, as for CSAT: the
 * steps of a scale of agreement are not known to be equal.
 */
export function ces(countsByScore: readonly number[], minimum: number = MIN_N, z: number = Z_95): Estimated {
  const n = totalOf(countsByScore, 7, 'CES counts');
  return proportion(countsByScore[4]! + countsByScore[5]! + countsByScore[6]!, n, minimum, z);
}
