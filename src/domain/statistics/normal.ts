/**
 * The chance that a standard normal value lies further from 0 than z, on either side: 1 at 0, 0.05 at `Z_95`.
 *
 * By the continued fraction of Laplace beyond 3 and the series of erf below (M. Abramowitz & I. A. Stegun, Handbook of
 * Mathematical Functions, 1964, 7.1.6 and 7.1.14), so that the smallest chances keep their relative precision.
 *
 * @param z not negative
 */
export function twoSidedTail(z: number): number {
  if (!(z >= 0)) throw new RangeError(`z must not be negative, got ${z}`);
  const x = z / Math.SQRT2;
  return z < 3 ? 1 - erfSeries(x) : erfcFraction(x);
}

/** The z that `twoSidedTail` gives this chance for, to 12 digits. @param chance 0 < chance ≤ 1 */
export function zOfTail(chance: number): number {
  if (!(chance > 0 && chance <= 1)) throw new RangeError(`a chance lies within 0 … 1, got ${chance}`);
  let low = 0;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (twoSidedTail(middle) > chance) low = middle;
    else high = middle;
  }
  return high;
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): every term is positive, so none is lost to another. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), cut where it has long settled for x > 2. */
function erfcFraction(x: number): number {
  let rest = x;
  for (let k = 60; k >= 1; k--) rest = x + k / 2 / rest;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / rest;
}
