import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference } from '../../../src/domain/statistics/difference';
import type { Estimate, Estimated } from '../../../src/domain/statistics/estimate';
import { nps, npsGroups } from '../../../src/domain/statistics/nps';
import { sharedTable } from './shared-data';

/** Counts per score for so many promoters, passives and detractors. */
function grouped(promoters: number, passives: number, detractors: number): number[] {
  return [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters];
}

function estimate(figure: Estimated): Estimate {
  if (figure.kind === 'too-few') throw new Error(`too few: ${figure.n}`);
  return figure;
}

/** Shops from the loved to the hated, from the divided to the indifferent: shares of promoters and detractors. */
const TRUE_SHARES = [
  [0.5, 0.2],
  [0.6, 0.1],
  [0.3, 0.4],
  [0.8, 0.05],
  [0.9, 0.03],
  [0.1, 0.1],
  [0.05, 0.02],
  [0.45, 0.45],
] as const;

/** Probability that the interval holds the true score: summed over every outcome of n answers, not simulated. */
function coverage(n: number, p: number, d: number): number {
  const logFactorial = [0];
  for (let i = 1; i <= n; i += 1) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  const truth = 100 * (p - d);
  let sum = 0;
  for (let promoters = 0; promoters <= n; promoters += 1) {
    for (let detractors = 0; detractors <= n - promoters; detractors += 1) {
      const passives = n - promoters - detractors;
      const { low, high } = estimate(nps(grouped(promoters, passives, detractors), 1));
      if (truth < low || truth > high) continue;
      const ways =
        logFactorial[n]! - logFactorial[promoters]! - logFactorial[passives]! - logFactorial[detractors]!;
      sum += Math.exp(
        ways + promoters * Math.log(p) + detractors * Math.log(d) + passives * Math.log(1 - p - d),
      );
    }
  }
  return sum;
}

const anyCounts = fc
  .tuple(fc.nat(3000), fc.nat(3000), fc.nat(3000))
  .filter(([p, m, d]) => p + m + d > 0)
  .map(([promoters, passives, detractors]) => grouped(promoters, passives, detractors));

describe('NPS', () => {
  test.each([
    { source: 'broadband', groups: [399, 246, 837], value: -29.5547, low: -33.954, high: -25.155 },
    { source: 'SFO airport 2017', groups: [1436, 968, 342], value: 39.8398, low: 37.225, high: 42.455 },
  ] as const)('meets the reference figures of $source', ({ groups, value, low, high }) => {
    const score = estimate(nps(grouped(groups[0], groups[1], groups[2])));
    expect(score.value).toBeCloseTo(value, 4);
    expect(score.low).toBeCloseTo(low, 3);
    expect(score.high).toBeCloseTo(high, 3);
    expect(score.method).toBe('nps-wald');
  });

  test('has the variance p + d − (p − d)²: ½, ⅓, ⅙ of 324 answers', () => {
    const score = estimate(nps(grouped(162, 108, 54)));
    expect(score.value).toBeCloseTo(100 / 3, 12);
    expect(score.low).toBeCloseTo(25.217384, 6);
    expect(score.high).toBeCloseTo(41.449283, 6);
  });

  test('keeps the covariance of promoters and detractors: 250 and 75 of 1,000', () => {
    const score = estimate(nps(grouped(250, 675, 75)));
    expect(score.low).toBeCloseTo(14.137219, 6);
    expect(score.high).toBeCloseTo(20.862781, 6);
  });

  test('counts 9 and 10 as promoters, 7 and 8 as passives, 0 to 6 as detractors', () => {
    expect(npsGroups([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual({
      promoters: 2,
      passives: 2,
      detractors: 7,
      n: 11,
    });
  });

  test('meets the published figures of two synthetic files', (context) => {
    const scoresIn = (path: string, column: number) => {
      const counts = new Array<number>(11).fill(0);
      for (const row of sharedTable(context, path).rows) counts[Number(row[column])]! += 1;
      return counts;
    };
    const sudzilla = estimate(nps(scoresIn('ratings/sudzilla_event_survey.csv', 1)));
    expect(sudzilla.n).toBe(39);
    expect(sudzilla.value).toBeCloseTo(-35.9, 1);
    const package_ = estimate(nps(scoresIn('ratings/nps_r_package_testdata.csv', 0)));
    expect(package_.n).toBe(1000);
    expect(package_.value).toBeCloseTo(10, 10);
  });

  test('uses the adjusted Wald interval for few answers: 8 promoters and 22 detractors of 39', () => {
    const score = estimate(nps(grouped(8, 9, 22)));
    // By hand: p = 8.75 / 42, d = 22.75 / 42; the score itself stays plain.
    const p = 8.75 / 42;
    const d = 22.75 / 42;
    const half = 195.9963984540054 * Math.sqrt((p + d - (p - d) ** 2) / 42);
    expect(score.method).toBe('nps-adjusted-wald');
    expect(score.value).toBeCloseTo((100 * -14) / 39, 12);
    expect(score.low).toBeCloseTo(100 * (p - d) - half, 10);
    expect(score.high).toBeCloseTo(100 * (p - d) + half, 10);
  });

  test.each([10, 20, 30, 50, 99, 100, 150, 300])('holds the truth about 95 times in 100 with n = %i', (n) => {
    for (const [p, d] of TRUE_SHARES) {
      expect(coverage(n, p, d), `promoters ${p}, detractors ${d}`).toBeGreaterThan(0.929);
    }
  });

  test.each([
    [5, 3, 2, -19.1, 65.2],
    [50, 30, 20, 14.7, 45.3],
    [500, 300, 200, 25.2, 34.8],
  ])('of %i, %i and %i is what docs/statistics.md prints', (promoters, passives, detractors, low, high) => {
    const score = estimate(nps(grouped(promoters, passives, detractors)));
    expect(score.value).toBeCloseTo(30, 10);
    expect(score.low).toBeCloseTo(low, 1);
    expect(score.high).toBeCloseTo(high, 1);
  });

  test('is not certain when everybody agrees', () => {
    const score = estimate(nps(grouped(1000, 0, 0)));
    expect(score).toMatchObject({ value: 100, high: 100, method: 'nps-adjusted-wald' });
    expect(score.low).toBeLessThan(100);
  });

  test('is withheld below the minimum', () => {
    expect(nps(grouped(3, 3, 3))).toEqual({ kind: 'too-few', n: 9, minimum: 10 });
    expect(nps(grouped(0, 0, 0), 1)).toEqual({ kind: 'too-few', n: 0, minimum: 1 });
  });

  test.each([
    [[1, 2, 3]],
    [[...grouped(1, 1, 1).slice(1), -1]],
    [[...grouped(1, 1, 1).slice(1), Number.NaN]],
  ])('throws for %j', (counts) => {
    expect(() => nps(counts)).toThrow(RangeError);
  });

  test('lies within −100 … 100 inside its interval', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const { value, low, high } = estimate(nps(counts, 1));
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test('changes sign when promoters and detractors change places', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (promoters, passives, detractors) => {
        fc.pre(promoters + passives + detractors > 0);
        const score = estimate(nps(grouped(promoters, passives, detractors), 1));
        const mirrored = estimate(nps(grouped(detractors, passives, promoters), 1));
        expect(mirrored.value).toBeCloseTo(-score.value, 10);
        expect(mirrored.low).toBeCloseTo(-score.high, 10);
        expect(mirrored.high).toBeCloseTo(-score.low, 10);
      }),
    );
  });

  test('narrows when the same shares come from more answers', () => {
    const width = (figure: Estimate) => figure.high - figure.low;
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 2, max: 20 }), (counts, times) => {
        const more = counts.map((count) => count * times);
        expect(width(estimate(nps(more, 1)))).toBeLessThan(width(estimate(nps(counts, 1))));
      }),
    );
  });

  test('differences are as wide as their variances summed', () => {
    const change = estimate(difference(nps(grouped(1436, 968, 342)), nps(grouped(399, 246, 837))));
    const halves = [(42.454628 - 37.224906) / 2, (33.953976 - 25.155336) / 2];
    expect(change.value).toBeCloseTo(69.3944, 3);
    expect((change.high - change.low) / 2).toBeCloseTo(Math.hypot(...halves), 4);
  });
});
