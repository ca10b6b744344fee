import { type Estimated, MIN_N, totalOf } from './estimate';
import { proportion } from './proportion';

export type ExpectationShares = { worse: Estimated; as: Estimated; better: Estimated };

/**
 * Shares (0 … 1) of "worse", "as" and "better than expected" from 3 counts in that order (scores −1, 0, 1), each with
 * its own Wilson 95 % interval. The three intervals are not simultaneous: each holds for its share alone.
 */
export function expectation(counts: readonly number[], minimum: number = MIN_N): ExpectationShares {
  const n = totalOf(counts, 3, 'expectation counts');
  return {
    worse: proportion(counts[0]!, n, minimum),
    as: proportion(counts[1]!, n, minimum),
    better: proportion(counts[2]!, n, minimum),
  };
}
