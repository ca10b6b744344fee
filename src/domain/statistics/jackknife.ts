import { twoSidedTail } from './normal';
import type { Comparison } from './several';
import { studentTail, tOfTail } from './student';

/** Figures of everything, and the same figures each time one part of it is left out. */
export type Replicates = { whole: readonly number[]; without: readonly (readonly number[])[] };

/**
 * Works out the figures once with everything and once without each part, 0 … parts − 1; null where one of them cannot be.
 * @param figures null means nothing is left out
 */
export function replicate(
  parts: number,
  figures: (without: number | null) => readonly number[] | null,
): Replicates | null {
  const whole = figures(null);
  if (whole === null) return null;
  const without: (readonly number[])[] = [];
  for (let part = 0; part < parts; part++) {
    const left = figures(part);
    if (left === null) return null;
    without.push(left);
  }
  return { whole, without };
}

export type Jackknifed = { value: number; standardError: number; df: number };

/**
 * A figure made of others, with the standard error that leaving out one of G parts at a time gives it:
 * √((G − 1)/G · Σ (θ₍g₎ − θ̄)²), with G − 1 degrees of freedom. P. S. Kott, "The delete-a-group jackknife", Journal of Official
 * Statistics 17 (2001) 521–526. It takes no distribution for granted, and answers within a part may go together.
 */
export function jackknife(
  { whole, without }: Replicates,
  figure: (values: readonly number[]) => number,
): Jackknifed {
  const left = without.map(figure);
  const parts = left.length;
  if (parts < 2) throw new RangeError(`a jackknife needs two parts or more, got ${parts}`);
  const mean = left.reduce((sum, value) => sum + value, 0) / parts;
  const squares = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    value: figure(whole),
    standardError: Math.sqrt((squares * (parts - 1)) / parts),
    df: parts - 1,
  };
}

/** How far an interval reaches to each side: as many standard errors as leave out, of Student's t, what z leaves out of the normal. */
export const reachAt = ({ standardError, df }: Jackknifed, z: number): number =>
  standardError * tOfTail(twoSidedTail(z), df);

/** What `compareSeveral` asks of a difference. @param n answers behind it */
export function comparisonOf(
  jackknifed: Jackknifed,
  n: number,
): Required<Pick<Comparison<unknown>, 'at' | 'p'>> {
  const { value, standardError, df } = jackknifed;
  return {
    at: (z) => {
      const reach = reachAt(jackknifed, z);
      return { kind: 'estimate', value, low: value - reach, high: value + reach, n, method: 'jackknife' };
    },
    // A difference of none with no error is certainly none.
    p: value === 0 ? 1 : studentTail(Math.abs(value) / standardError, df),
  };
}
