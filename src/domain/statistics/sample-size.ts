import { MIN_N, Z_95 } from './estimate';
import { meanOf, unitOf, varianceOf, type Tally, type TallyType } from './tally';

/** The 80 % quantile of the standard normal distribution: a real change of the size hoped for is told four times in five. */
const Z_POWER = 0.8416212335729143;

/**
 * Answers needed before, and as many after, so that a rise by `change` would be told from chance: two-sided 5 %, power
 * 80 %. `before` is what was answered until now, `change` is in the figure's unit (a share 0 … 1, NPS in points) and
 * positive. Null when the scale ends before the rise does.
 *
 * For a share the usual formula without continuity correction, as Wilson's and Newcombe's intervals have none: J. L.
 * Fleiss, "Statistical Methods for Rates and Proportions", 2nd ed. (1981), eq. 3.14,
 *
 *   n = (z_α √(2 p̄ (1 − p̄)) + z_β √(p₁(1 − p₁) + p₂(1 − p₂)))² / (p₂ − p₁)²,   p̄ = (p₁ + p₂) / 2
 *
 * and for the NPS, where nobody knows how the groups will move, n = 2 v (z_α + z_β)² / d² with the variance of one answer
 * before, v = p + d − (p − d)².
 *
 * @throws RangeError without an answer before, or when the change is not positive
 */
export function answersNeeded(
  type: TallyType,
  before: Tally,
  change: number,
  zPower: number = Z_POWER,
): number | null {
  if (before.n === 0 || !(change > 0)) {
    throw new RangeError(`need answers before and a rise, got ${before.n} and ${change}`);
  }
  const rise = change / unitOf(type);
  const from = meanOf(before);
  const to = from + rise;
  // 0.95 + 0.05 may come out a little above 1.
  if (to > 1 + 1e-9) return null;
  const n =
    type === 'nps'
      ? (2 * varianceOf(before) * (Z_95 + zPower) ** 2) / rise ** 2
      : sharesNeeded(from, Math.min(1, to), zPower);
  return Math.max(MIN_N, Math.ceil(n - 1e-9));
}

function sharesNeeded(p1: number, p2: number, zPower: number): number {
  const middle = (p1 + p2) / 2;
  const chance = Z_95 * Math.sqrt(2 * middle * (1 - middle));
  const told = zPower * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return (chance + told) ** 2 / (p2 - p1) ** 2;
}

/** The smallest rise that n answers before and after would tell, in the figure's unit; null when none on the scale. */
export function smallestTold(type: TallyType, before: Tally, n: number): number | null {
  const unit = unitOf(type);
  let high = unit * (1 - meanOf(before));
  const isTold = (change: number) => (answersNeeded(type, before, change) ?? Infinity) <= n;
  if (high <= 0 || !isTold(high)) return null;
  let low = 0;
  // Each step halves what is not known; thirty leave less than a billionth of it.
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (isTold(middle)) high = middle;
    else low = middle;
  }
  return high;
}
