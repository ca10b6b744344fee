import type { Estimate, Estimated } from './estimate';

/**
 * a − b for two independent figures of the same kind, in their unit, with a 95 % interval built by "square and add":
 *
 *   low  = d − √((a − a.low)²  + (b.high − b)²)
 *   high = d + √((a.high − a)² + (b − b.low)²)
 *
 * For two shares with Wilson intervals this is method 10 of R. G. Newcombe, "Interval estimation for the difference
 * between independent proportions", Statistics in Medicine 17 (1998) 873–890. The same rule holds for any two figures
 * that have sound intervals of their own: G. Y. Zou & A. Donner, "Construction of confidence limits about effect
 * measures", Statistics in Medicine 27 (2008) 1693–1702; so it serves NPS too.
 *
 * `n` of the result is the smaller of the two: it governs how much the comparison can say. Too few on either side is
 * too few for the difference.
 */
export function difference(a: Estimated, b: Estimated): Estimated {
  if (a.kind === 'too-few') return a;
  if (b.kind === 'too-few') return b;
  const value = a.value - b.value;
  return {
    kind: 'estimate',
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
    n: Math.min(a.n, b.n),
    method: 'square-and-add',
  };
}

/** What may be said of a difference: a direction only when its interval leaves out zero. */
export function verdict(change: Estimate): 'higher' | 'lower' | 'unclear' {
  if (change.low > 0) return 'higher';
  if (change.high < 0) return 'lower';
  return 'unclear';
}
