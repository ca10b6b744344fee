/**
 * The 97.5 % quantile of the standard normal distribution: every interval here is a 95 % one.
 * Not 1.96: the published Wilson bounds of R's binom package come out to the last digit with this value only.
 */
export const Z_95 = 1.959963984540054;

/**
 * Below this many answers a figure is withheld. At 10 one customer still moves a share by 10 points and the
 * interval of 8 in 10 spans 45, so anything less would show one person's mood as the shop's; it also keeps a single
 * customer from being recognised in a small cell. A convention, not a theorem: callers may ask for more.
 */
export const MIN_N = 10;

export type IntervalMethod = 'wilson' | 'nps-wald' | 'nps-adjusted-wald' | 'square-and-add' | 'jackknife';

/** A figure with its 95 % interval: low ≤ value ≤ high, all finite, all in the unit of `value`. */
export type Estimate = {
  kind: 'estimate';
  value: number;
  low: number;
  high: number;
  /** Answers behind the figure. */
  n: number;
  method: IntervalMethod;
};

/** Too little was said to show a number; screens say so in words instead. */
export type TooFew = { kind: 'too-few'; n: number; minimum: number };

export type Estimated = Estimate | TooFew;

/** Counts come from SQL; a negative, fractional or missing one is a bug upstream. */
export function assertCount(n: number, name: string): void {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(`${name} must be a count (a non-negative safe integer), got ${n}`);
  }
}

/** A minimum of 0 would promise a figure from no answers at all, which does not exist. */
export function assertMinimum(minimum: number): void {
  if (!Number.isSafeInteger(minimum) || minimum < 1) {
    throw new RangeError(`minimum n must be a positive safe integer, got ${minimum}`);
  }
}

/** Adds counts that stand for consecutive scores, refusing a list of the wrong length. */
export function totalOf(counts: readonly number[], length: number, name: string): number {
  if (counts.length !== length) {
    throw new RangeError(`${name} needs ${length} counts, got ${counts.length}`);
  }
  return counts.reduce((sum, count, index) => {
    assertCount(count, `${name}[${index}]`);
    return sum + count;
  }, 0);
}

/**
 * True when two intervals share a point. Places whose intervals overlap are not ranked against each other.
 * Overlap is the cautious test: two figures may overlap and still differ (see `difference`).
 */
export function overlaps(a: Estimate, b: Estimate): boolean {
  return a.low <= b.high && b.low <= a.high;
}
