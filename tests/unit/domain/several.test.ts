import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csat } from '../../../src/domain/statistics/csat';
import { difference } from '../../../src/domain/statistics/difference';
import { MIN_N, Z_95, type Estimate } from '../../../src/domain/statistics/estimate';
import { twoSidedTail, zOfTail } from '../../../src/domain/statistics/normal';
import { nps } from '../../../src/domain/statistics/nps';
import { proportion } from '../../../src/domain/statistics/proportion';
import {
  benjaminiHochberg,
  chanceOf,
  compareSeveral,
  smallestNamed,
  type DifferenceAt,
} from '../../../src/domain/statistics/several';

type Share = readonly [k: number, n: number];
const shares =
  (a: Share, b: Share): DifferenceAt =>
  (z) =>
    difference(proportion(...a, MIN_N, z), proportion(...b, MIN_N, z));

const share = fc
  .integer({ min: MIN_N, max: 5_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe('the tails of the normal distribution', () => {
  // Abramowitz & Stegun, table 26.1 (1964), doubled; from 5 on R's 2 * pnorm(-z).
  test.each([
    [0, 1, 15],
    [1, 2 * 0.158655253931457, 14],
    [2, 2 * 0.022750131948179, 14],
    [3, 2 * 0.001349898031630095, 16],
    [5, 5.733031437583866e-7, 20],
    [10, 1.523970604832105e-23, 36],
  ])('beyond %f are those of the table', (z, tail, digits) => {
    expect(twoSidedTail(z)).toBeCloseTo(tail, digits);
  });

  test('meet the usual 5 % where the usual interval ends', () => {
    expect(twoSidedTail(Z_95)).toBeCloseTo(0.05, 14);
    expect(zOfTail(0.05)).toBeCloseTo(Z_95, 11);
    expect(zOfTail(1)).toBeCloseTo(0, 11);
  });

  test('and their z undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 37, noNaN: true }), (z) => {
        expect(zOfTail(twoSidedTail(z))).toBeCloseTo(z, 9);
      }),
    );
  });

  test('join without a step where one way of reckoning takes over from the other', () => {
    expect(twoSidedTail(3 - 1e-12) / twoSidedTail(3)).toBeCloseTo(1, 10);
  });
});

describe('several at once', () => {
  /** Benjamini & Hochberg 1995, section 4.1: the 15 p-values of Neuhaus et al. (1992), of which their rule names four. */
  const NEUHAUS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1.0,
  ];

  test('names the four of the published example, where Bonferroni names three', () => {
    expect(benjaminiHochberg(NEUHAUS).filter(Boolean)).toHaveLength(4);
    expect(benjaminiHochberg(NEUHAUS).slice(0, 4)).toEqual([true, true, true, true]);
    expect(NEUHAUS.filter((p) => p <= 0.05 / 15)).toHaveLength(3);
  });

  test('names the same in whatever order', () => {
    const shuffled = NEUHAUS.toReversed();
    expect(benjaminiHochberg(shuffled)).toEqual(benjaminiHochberg(NEUHAUS).toReversed());
  });

  test('names a whole row that only its last step carries', () => {
    expect(benjaminiHochberg([0.03, 0.04, 0.05])).toEqual([true, true, true]);
    expect(benjaminiHochberg([0.03, 0.04, 0.051])).toEqual([false, false, false]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  test('of one, the chance is below 5 % when, and only when, its 95 % interval leaves out zero', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const at = shares(a, b);
        const { low, high } = at(Z_95) as Estimate;
        fc.pre(Math.min(Math.abs(low), Math.abs(high)) > 1e-9);
        expect(chanceOf(at) < 0.05).toBe(low > 0 || high < 0);
      }),
    );
  });

  test('the chance is near that of the usual test of two shares', () => {
    // Newcombe's first row, 56 of 70 against 48 of 80; z of the two pooled shares, which is the root of Pearson's chi-squared.
    const pooled = 104 / 150;
    const z = (56 / 70 - 48 / 80) / Math.sqrt(pooled * (1 - pooled) * (1 / 70 + 1 / 80));
    expect(z).toBeCloseTo(2.65, 2);
    expect(chanceOf(shares([56, 70], [48, 80]))).toBeCloseTo(twoSidedTail(z), 3);
  });

  test('the chance of no difference at all is 1', () => {
    expect(chanceOf(shares([30, 60], [50, 100]))).toBeCloseTo(1, 9);
  });

  test('what is named and what is drawn never disagree', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 12 }), (pairs) => {
        const { compared, z } = compareSeveral(pairs.map(([a, b], key) => ({ key, at: shares(a, b) })));
        expect(z).toBeGreaterThanOrEqual(Z_95 - 1e-9);
        for (const { change, verdict } of compared) {
          const margin = Math.min(Math.abs(change.low), Math.abs(change.high));
          if (margin < 1e-9) continue;
          expect(verdict).toBe(change.low > 0 ? 'higher' : change.high < 0 ? 'lower' : 'unclear');
        }
      }),
      { numRuns: 50 },
    );
  });

  test('twenty looks at nothing name less than one by one does', () => {
    // One difference that its own interval calls real, and nineteen that are none.
    const borderline = shares([90, 100], [78, 100]);
    const nothing = Array.from({ length: 19 }, (_, key) => ({ key, at: shares([80, 100], [80, 100]) }));
    expect(compareSeveral([{ key: 0, at: borderline }]).compared[0]!.verdict).toBe('higher');
    const { compared } = compareSeveral([{ key: 19, at: borderline }, ...nothing]);
    expect(compared.every(({ verdict }) => verdict === 'unclear')).toBe(true);
  });

  test('names a fall as a fall, for NPS too', () => {
    const counts = (detractors: number, promoters: number) => [
      detractors,
      ...new Array<number>(9).fill(0),
      promoters,
    ];
    const at: DifferenceAt = (z) => difference(nps(counts(60, 40), MIN_N, z), nps(counts(20, 80), MIN_N, z));
    expect(compareSeveral([{ key: 'nps', at }]).compared[0]!).toMatchObject({
      key: 'nps',
      verdict: 'lower',
      change: { value: -80 },
    });
  });

  test('leaves out who says too little, so that they cost the others nothing', () => {
    const few: DifferenceAt = (z) =>
      difference(csat([0, 0, 0, 1, 2], MIN_N, z), csat([0, 0, 0, 50, 50], MIN_N, z));
    const real = shares([90, 100], [78, 100]);
    const several = compareSeveral([
      ...Array.from({ length: 30 }, () => ({ key: 'few', at: few })),
      { key: 'real', at: real },
    ]);
    expect(several.tooFew).toHaveLength(30);
    expect(several.compared.map(({ key, verdict }) => [key, verdict])).toEqual([['real', 'higher']]);
    expect(several.z).toBeCloseTo(Z_95, 9);
  });

  test('of nothing is nothing', () => {
    expect(compareSeveral([])).toEqual({ compared: [], tooFew: [], z: zOfTail(0.05) });
  });

  test('says how large a change would have to be: more answers see smaller ones', () => {
    const seen = (n: number) => smallestNamed(shares([0.8 * n, n], [0.8 * n, n])(Z_95) as Estimate);
    expect(seen(100)).toBeGreaterThan(0.1);
    expect(seen(10_000)).toBeLessThan(0.012);
  });

  test('false alarms stay near one shop in twenty where nothing has changed anywhere', () => {
    // 400 shops of ten places with the same true share on both sides: how many shops name anything at all.
    let seed = 12345;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const drawn = (n: number) => Array.from({ length: n }, random).filter((value) => value < 0.8).length;
    let naming = 0;
    for (let shop = 0; shop < 400; shop++) {
      const pairs = Array.from({ length: 10 }, (_, key) => ({
        key,
        at: shares([drawn(120), 120], [drawn(120), 120]),
      }));
      if (compareSeveral(pairs).compared.some(({ verdict }) => verdict !== 'unclear')) naming += 1;
    }
    // 5 % of 400 is 20; three standard deviations above is 33. Uncorrected it would be some 160.
    expect(naming).toBeLessThanOrEqual(33);
    expect(naming).toBeGreaterThan(4);
  });
});
