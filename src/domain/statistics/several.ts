import { Z_95, type Estimate, type Estimated } from './estimate';
import { twoSidedTail, zOfTail } from './normal';

/** Of all that is named as a change, at most this share is chance, on average. */
const FALSE_DISCOVERY_RATE = 0.05;

/** A difference with the interval that z standard deviations give it: `Z_95` is the usual one. */
export type DifferenceAt = (z: number) => Estimated;

export type Comparison<Key> = {
  key: Key;
  at: DifferenceAt;
  /** What `chanceOf` would find, where it is known without a search. */
  p?: number;
};

export type Compared<Key> = {
  key: Key;
  /** Its interval is wider than the usual one, by how many were looked at: it leaves out zero if this is named, else not. */
  change: Estimate;
  verdict: 'higher' | 'lower' | 'unclear';
  /** How far from the usual the observed difference is if there were none: 0 … 1. */
  p: number;
};

export type Several<Key> = {
  /** Those that could be looked at, in the order given. */
  compared: Compared<Key>[];
  /** Those with too few answers on a side: they take no part, so they cost the others nothing. */
  tooFew: Key[];
  /** The z that all these intervals are made with; at least `Z_95`. */
  z: number;
};

/**
 * Looks at several differences at once. Of twenty that are nothing, one would seem something by its own 95 % interval; here
 * what is named is named by the rule of Y. Benjamini & Y. Hochberg, "Controlling the false discovery rate", Journal of the
 * Royal Statistical Society B 57 (1995) 289–300: with p₍₁₎ ≤ … ≤ p₍ₘ₎, the first k where p₍ₖ₎ ≤ k/m · 5 %. It holds for a shop and
 * its own places too, which rise and fall together: Y. Benjamini & D. Yekutieli, Annals of Statistics 29 (2001) 1165–1188.
 *
 * Each p is read off the interval itself (see `chanceOf`), and all intervals are those of level 1 − k/m · 5 % (k = 1 where
 * nothing is named), so that of those that are named at most one in twenty misses, on average: Y. Benjamini & D. Yekutieli,
 * "False discovery rate–adjusted multiple confidence intervals for selected parameters", JASA 100 (2005) 71–81. What is said
 * and what is drawn never disagree, because an unnamed p is above (k + 1)/m · 5 %.
 */
export function compareSeveral<Key>(
  comparisons: readonly Comparison<Key>[],
  rate: number = FALSE_DISCOVERY_RATE,
): Several<Key> {
  const looked: { key: Key; at: DifferenceAt; p: number }[] = [];
  const tooFew: Key[] = [];
  for (const { key, at, p } of comparisons) {
    if (at(Z_95).kind === 'too-few') tooFew.push(key);
    else looked.push({ key, at, p: p ?? chanceOf(at) });
  }
  const named = benjaminiHochberg(
    looked.map(({ p }) => p),
    rate,
  );
  const count = named.filter(Boolean).length;
  const z = zOfTail((rate * Math.max(1, count)) / Math.max(1, looked.length));
  return {
    compared: looked.map(({ key, at, p }, index) => {
      const change = estimated(at(z));
      const verdict = !named[index] ? 'unclear' : change.value > 0 ? 'higher' : 'lower';
      return { key, change, verdict, p };
    }),
    tooFew,
    z,
  };
}

/** Which of the chances p are small enough together, in their order; see `compareSeveral`. */
export function benjaminiHochberg(ps: readonly number[], rate: number = FALSE_DISCOVERY_RATE): boolean[] {
  const ascending = ps.toSorted((a, b) => a - b);
  const last = ascending.findLastIndex((p, index) => p <= ((index + 1) / ps.length) * rate);
  return ps.map((p) => last >= 0 && p <= ascending[last]!);
}

/**
 * How likely so large a difference would be without one: the chance whose interval just reaches zero. For any z it is below
 * the tail of z when, and only when, the interval of z leaves out zero. 0 … 1; 1 where the difference is none.
 */
export function chanceOf(at: DifferenceAt): number {
  let leavesOutZero = 0;
  let reachesZero = FURTHEST;
  for (let step = 0; step < 50; step++) {
    const middle = (leavesOutZero + reachesZero) / 2;
    const { low, high } = estimated(at(middle));
    if (low > 0 || high < 0) leavesOutZero = middle;
    else reachesZero = middle;
  }
  return twoSidedTail(reachesZero);
}

/** Beyond this a tail is 0 for a computer: no difference is surer. */
const FURTHEST = 38;

/**
 * About how large a change must be to be named: half the width of an interval, in the unit of the figure. The change itself
 * makes it a little wider or narrower.
 */
export const smallestNamed = ({ low, high }: Estimate): number => (high - low) / 2;

function estimated(figure: Estimated): Estimate {
  if (figure.kind === 'too-few') throw new RangeError(`n must not depend on z, got too few: ${figure.n}`);
  return figure;
}
