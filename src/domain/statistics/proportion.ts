import { assertCount, assertMinimum, type Estimated, MIN_N, Z_95 } from './estimate';

/**
 * Wilson's score interval for k successes in n trials, as shares 0 … 1.
 *
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212;
 * recommended over Wald's for every n by Brown, Cai & DasGupta, "Interval estimation for a binomial proportion",
 * Statistical Science 16 (2001) 101–133, eq. (4). No continuity correction.
 *
 * @throws RangeError when k or n is not a count, n is 0, or k > n.
 */
export function wilsonInterval(k: number, n: number, z: number = Z_95): { low: number; high: number } {
  assertCount(k, 'k');
  assertCount(n, 'n');
  if (n === 0 || k > n) throw new RangeError(`need 0 ≤ k ≤ n and n > 0, got ${k} of ${n}`);
  const p = k / n;
  const z2 = z * z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return {
    // At k = 0 and k = n the bound is exactly 0 or 1; subtraction would leave a rounding error beside it.
    low: k === 0 ? 0 : Math.max(0, centre - half),
    high: k === n ? 1 : Math.min(1, centre + half),
  };
}

/** The share k / n (0 … 1) with Wilson's interval, of 95 % unless another z is asked for, or 'too-few' when n is below the minimum. */
export function proportion(k: number, n: number, minimum: number = MIN_N, z: number = Z_95): Estimated {
  assertCount(k, 'k');
  assertCount(n, 'n');
  assertMinimum(minimum);
  if (k > n) throw new RangeError(`k must not exceed n, got ${k} of ${n}`);
  if (n < minimum) return { kind: 'too-few', n, minimum };
  return { kind: 'estimate', value: k / n, ...wilsonInterval(k, n, z), n, method: 'wilson' };
}
