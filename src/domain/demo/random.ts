/** A stream of numbers that one seed always makes again. Not for secrets. */
export type Random = {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Uniform integer in min … max, both included. */
  integer(min: number, max: number): number;
  /** An index into `weights`, as likely as its weight is large; weights need not sum to 1. */
  weighted(weights: readonly number[]): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Normal with mean 0 and deviation 1 (Box & Muller 1958). */
  normal(): number;
};

/**
 * sfc32, "small fast counter", by Chris Doty-Humphrey: 128 bits of state, passes his PractRand suite
 * (pracrand.sourceforge.net; public domain). Seeded as there: two words of seed, counter 1, 12 rounds thrown away.
 *
 * @param seed an integer; its low 32 bits count
 * @param stream numbers with one seed and different streams are unrelated
 */
export function createRandom(seed: number, stream = 0): Random {
  let a = 0;
  let b = seed | 0;
  let c = stream | 0;
  let counter = 1;

  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round += 1) next();

  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index === -1 ? weights.length - 1 : index;
    },
    pick: (items) => items[integer(0, items.length - 1)]!,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
