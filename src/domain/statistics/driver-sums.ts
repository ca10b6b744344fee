import type { Factor } from '../factor';

/** The overall score of a session, or the score of a factor. */
export type DriverItem = 'overall' | Factor;

/** Sums of one part of the days, as `report_drivers` gives them: of two scores of the same sessions, or of one with itself. */
export type DriverSum = {
  part: number;
  one: DriverItem;
  other: DriverItem;
  isFlagged: boolean;
  n: number;
  oneSum: number;
  otherSum: number;
  oneSquares: number;
  otherSquares: number;
  products: number;
  topTwo: number;
  praised: number;
  blamed: number;
  low: number;
};

/** Everything that adds up. For a pair the sums are those of the item that was asked for first. */
export type Sums = Pick<
  DriverSum,
  | 'n'
  | 'oneSum'
  | 'otherSum'
  | 'oneSquares'
  | 'otherSquares'
  | 'products'
  | 'topTwo'
  | 'praised'
  | 'blamed'
  | 'low'
>;

const FIELDS = [
  'n',
  'oneSum',
  'otherSum',
  'oneSquares',
  'otherSquares',
  'products',
  'topTwo',
  'praised',
  'blamed',
  'low',
] as const;

const NOTHING: Sums = {
  n: 0,
  oneSum: 0,
  otherSum: 0,
  oneSquares: 0,
  otherSquares: 0,
  products: 0,
  topTwo: 0,
  praised: 0,
  blamed: 0,
  low: 0,
};

/** Adds to the sums under a key in place: a report has thousands of rows. */
function addTo<Key>(all: Map<Key, Sums>, key: Key, more: Sums): void {
  let sums = all.get(key);
  if (!sums) all.set(key, (sums = { ...NOTHING }));
  for (const field of FIELDS) sums[field] += more[field];
}

const keyOf = (one: DriverItem, other: DriverItem): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

/** The sums of a report by pair and part, so that each part can be left out. */
export class DriverSums {
  readonly #parts = new Map<string, Map<number, Sums>>();
  readonly #whole = new Map<string, Sums>();

  constructor(rows: readonly DriverSum[], withFlagged: boolean) {
    for (const row of rows) {
      if (row.isFlagged && !withFlagged) continue;
      const key = keyOf(row.one, row.other);
      const parts = this.#parts.get(key) ?? new Map<number, Sums>();
      this.#parts.set(key, parts);
      addTo(parts, row.part, row);
      addTo(this.#whole, key, row);
    }
  }

  /** Of all parts, or of all but one. Which of a pair is `one` in it is the database's order, the same in every row. */
  of(one: DriverItem, other: DriverItem = one, without: number | null = null): Sums {
    const key = keyOf(one, other);
    const whole = this.#whole.get(key) ?? NOTHING;
    const left = without === null ? undefined : this.#parts.get(key)?.get(without);
    if (!left) return whole;
    const rest = { ...whole };
    for (const field of FIELDS) rest[field] -= left[field];
    return rest;
  }

  /** The parts in which one of these pairs says something. */
  partsOf(pairs: readonly (readonly [DriverItem, DriverItem])[], isThere: (sums: Sums) => boolean): number[] {
    const parts = new Set<number>();
    for (const [one, other] of pairs) {
      for (const [part, sums] of this.#parts.get(keyOf(one, other)) ?? []) if (isThere(sums)) parts.add(part);
    }
    return [...parts];
  }
}

/** Pearson's correlation; null where one of the two scores never varies. */
export function correlation({
  n,
  oneSum,
  otherSum,
  oneSquares,
  otherSquares,
  products,
}: Sums): number | null {
  // Integers far below 2⁵³, so these differences lose nothing.
  const [one, other] = [n * oneSquares - oneSum ** 2, n * otherSquares - otherSum ** 2];
  return one > 0 && other > 0 ? (n * products - oneSum * otherSum) / Math.sqrt(one * other) : null;
}
