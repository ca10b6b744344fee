/**
 * The chance that a value of Student's t distribution lies further from 0 than t, on either side: the incomplete beta function
 * I_x(df/2, ½) at x = df/(df + t²) (M. Abramowitz & I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.7.1 and 26.5.8),
 * so that the smallest chances keep their relative precision.
 *
 * @param t not negative
 * @param df degrees of freedom, a positive integer
 */
export function studentTail(t: number, df: number): number {
  if (!(t >= 0)) throw new RangeError(`t must not be negative, got ${t}`);
  if (!Number.isSafeInteger(df) || df < 1) throw new RangeError(`df must be a positive integer, got ${df}`);
  if (t === Infinity) return 0;
  const x = df / (df + t * t);
  const [a, b] = [df / 2, 0.5];
  // The fraction settles fast on one side of the mean only.
  return x < (a + 1) / (a + b + 2)
    ? betaFraction(x, 1 - x, a, b, df)
    : 1 - betaFraction((t * t) / (df + t * t), x, b, a, df);
}

/** The t that `studentTail` gives this chance for, to 12 digits. @param chance 0 < chance ≤ 1 */
export function tOfTail(chance: number, df: number): number {
  if (!(chance > 0 && chance <= 1)) throw new RangeError(`a chance lies within 0 … 1, got ${chance}`);
  let [low, high] = [0, 1];
  while (studentTail(high, df) > chance) [low, high] = [high, high * 8];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, df) > chance) low = middle;
    else high = middle;
  }
  return high;
}

/** I_x(a, b) for { a, b } = { df/2, ½ } by the continued fraction, with the method of Lentz. */
function betaFraction(x: number, rest: number, a: number, b: number, df: number): number {
  if (x === 0) return 0;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 200; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return (x ** a * rest ** b * fraction) / (a * betaOfHalf(df));
}

/** B(df/2, ½), from B(½, ½) = π and B(1, ½) = 2 by B(a + 1, ½) = B(a, ½) · a/(a + ½). */
function betaOfHalf(df: number): number {
  let value = df % 2 === 1 ? Math.PI : 2;
  for (let a = df % 2 === 1 ? 0.5 : 1; a < df / 2; a++) value *= a / (a + 0.5);
  return value;
}
