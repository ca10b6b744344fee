import { type Estimated, MIN_N, totalOf, Z_95 } from './estimate';
import { proportion } from './proportion';

export type ExpectationShares = { worse: Estimated; as: Estimated; better: Estimated };

/**
 * Shares (0 … 1) of "worse", "as" and "better than expected" from 3 counts in that order (scores −1, 0, 1), each with
 * its own Wilson interval, of 95 % unless another z is asked for. The three intervals are not simultaneous: each holds for its share alone.
 */
export function expectation(
  counts: readonly number[],
  minimum: number = MIN_N,
  z: number = Z_95,
): ExpectationShares {
  const n = totalOf(counts, 3, 'expectation counts');
  return {
    worse: proportion(counts[0]!, n, minimum, z),
    as: proportion(counts[1]!, n, minimum, z),
    better: proportion(counts[2]!, n, minimum, z),
  };
}
