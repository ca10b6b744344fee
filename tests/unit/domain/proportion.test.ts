import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, verdict } from '../../../src/domain/statistics/difference';
import {
  MIN_N,
  overlaps,
  Z_95,
  type Estimate,
  type Estimated,
} from '../../../src/domain/statistics/estimate';
import { proportion, wilsonInterval } from '../../../src/domain/statistics/proportion';
import { sharedText } from './shared-data';

/** R package binom, printed in statsmodels 0.13.5 results_proportion.py. */
const R_BINOM: [k: number, n: number, low: number, high: number, digits: number][] = [
  [18, 20, 0.6989663547715128, 0.972133518786232, 13],
  [4, 20, 0.0806576625797981, 0.4160174322518935, 13],
  [4, 200, 0.00780442641634947, 0.05028708690582643, 13],
  [190, 200, 0.910421851861224, 0.972617354399236, 13],
  [1, 30, 0.00590859, 0.16670391, 8],
  [29, 30, 0.8332961, 0.9940914, 7],
  [0, 30, 0, 0.11351339, 8],
  [30, 30, 0.8864866, 1, 7],
];

/** Newcombe 1998, Statistics in Medicine 17:873–890, Table II, method 10. */
const NEWCOMBE: [a: [number, number], b: [number, number], low: number, high: number][] = [
  [[56, 70], [48, 80], 0.0524, 0.3339],
  [[9, 10], [3, 10], 0.1705, 0.809],
  [[6, 7], [2, 7], 0.0582, 0.8062],
  [[5, 56], [0, 29], -0.0381, 0.1926],
  [[0, 10], [0, 20], -0.1611, 0.2775],
  [[0, 10], [0, 10], -0.2775, 0.2775],
  [[10, 10], [0, 20], 0.6791, 1],
];

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

function estimate(figure: Estimated): Estimate {
  if (figure.kind === 'too-few') throw new Error(`too few: ${figure.n}`);
  return figure;
}

describe("Wilson's interval", () => {
  test.each(R_BINOM)('of %i in %i meets the printed bounds', (k, n, low, high, digits) => {
    expect(wilsonInterval(k, n).low).toBeCloseTo(low, digits);
    expect(wilsonInterval(k, n).high).toBeCloseTo(high, digits);
  });

  test.each([
    [8, 10, 49.0, 94.3],
    [80, 100, 71.1, 86.7],
    [800, 1000, 77.4, 82.4],
  ])('of %i in %i is what docs/statistics.md prints', (k, n, low, high) => {
    expect(100 * wilsonInterval(k, n).low).toBeCloseTo(low, 1);
    expect(100 * wilsonInterval(k, n).high).toBeCloseTo(high, 1);
  });

  test('meets every bound in the reference file', (context) => {
    const published = JSON.parse(sharedText(context, 'reference/published.json')) as Record<
      'wilson_R_binom' | 'wilson_z196' | 'wilson_newcombe1998',
      { published: Record<string, [number, number]> }
    >;
    const check = (cases: Record<string, [number, number]>, z: number, tolerance: number) => {
      for (const [share, [low, high]] of Object.entries(cases)) {
        const [k, n] = share.split('/').map(Number) as [number, number];
        expect(Math.abs(wilsonInterval(k, n, z).low - low), share).toBeLessThan(tolerance);
        expect(Math.abs(wilsonInterval(k, n, z).high - high), share).toBeLessThan(tolerance);
      }
    };
    check(published.wilson_R_binom.published, Z_95, 1e-7);
    check(published.wilson_z196.published, 1.96, 1e-13);
    check(published.wilson_newcombe1998.published, Z_95, 5.1e-5);
  });

  test('lies within 0 … 1 and holds the estimate', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { low, high } = wilsonInterval(k, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
      }),
    );
  });

  test('of the failures mirrors that of the successes', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        expect(wilsonInterval(n - k, n).low).toBeCloseTo(1 - wilsonInterval(k, n).high, 12);
        expect(wilsonInterval(n - k, n).high).toBeCloseTo(1 - wilsonInterval(k, n).low, 12);
      }),
    );
  });

  test('narrows when the same share comes from more answers', () => {
    const width = (k: number, n: number) => wilsonInterval(k, n).high - wilsonInterval(k, n).low;
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 50 }), ([k, n], times) => {
        expect(width(k * times, n * times)).toBeLessThan(width(k, n));
      }),
    );
  });
});

describe('a proportion', () => {
  test('is withheld below the minimum', () => {
    expect(proportion(9, 9)).toEqual({ kind: 'too-few', n: 9, minimum: MIN_N });
    expect(proportion(0, 0)).toEqual({ kind: 'too-few', n: 0, minimum: MIN_N });
    expect(proportion(9, 10)).toMatchObject({ kind: 'estimate', value: 0.9, n: 10, method: 'wilson' });
  });

  test.each([
    [-1, 10],
    [1.5, 10],
    [11, 10],
    [Number.NaN, 10],
    [1, Infinity],
    [1, 2 ** 53],
  ])('throws for %d of %d', (k, n) => {
    expect(() => proportion(k, n)).toThrow(RangeError);
  });

  test('throws for a minimum that would allow a figure from nothing', () => {
    expect(() => proportion(0, 0, 0)).toThrow(RangeError);
  });
});

describe('the difference of two proportions', () => {
  test.each(NEWCOMBE)("of %j and %j meets Newcombe's Table II", (a, b, low, high) => {
    const change = estimate(difference(proportion(...a, 1), proportion(...b, 1)));
    expect(change.value).toBeCloseTo(a[0] / a[1] - b[0] / b[1], 12);
    expect(change.low).toBeCloseTo(low, 4);
    expect(change.high).toBeCloseTo(high, 4);
  });

  test('lies within −1 … 1, holds the difference and turns round with its sides', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const change = estimate(difference(proportion(...a, 1), proportion(...b, 1)));
        const back = estimate(difference(proportion(...b, 1), proportion(...a, 1)));
        expect(change.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(change.high).toBeLessThanOrEqual(1 + 1e-12);
        expect(change.low).toBeLessThanOrEqual(change.value);
        expect(change.high).toBeGreaterThanOrEqual(change.value);
        expect(back.low).toBeCloseTo(-change.high, 12);
        expect(back.high).toBeCloseTo(-change.low, 12);
      }),
    );
  });

  test('is too few when either side is', () => {
    expect(difference(proportion(5, 5), proportion(50, 80))).toMatchObject({ kind: 'too-few', n: 5 });
    expect(difference(proportion(50, 80), proportion(5, 5))).toMatchObject({ kind: 'too-few', n: 5 });
  });

  test('gets a direction only when its interval leaves out zero', () => {
    const high = proportion(56, 70);
    const low = proportion(48, 80);
    expect(verdict(estimate(difference(high, low)))).toBe('higher');
    expect(verdict(estimate(difference(low, high)))).toBe('lower');
    expect(verdict(estimate(difference(high, high)))).toBe('unclear');
  });

  test('can be real although the two intervals overlap', () => {
    const high = estimate(proportion(56, 70));
    const low = estimate(proportion(48, 80));
    expect(overlaps(high, low)).toBe(true);
    expect(verdict(estimate(difference(high, low)))).toBe('higher');
    expect(overlaps(high, estimate(proportion(2, 70)))).toBe(false);
  });
});
