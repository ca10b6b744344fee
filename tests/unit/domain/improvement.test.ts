import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/domain/demo/random';
import { csat } from '../../../src/domain/statistics/csat';
import { difference, verdict } from '../../../src/domain/statistics/difference';
import { effectOf, type Effect } from '../../../src/domain/statistics/improvement';
import { addDays } from '../../../src/domain/statistics/local-date';
import { nps } from '../../../src/domain/statistics/nps';
import { answersNeeded, smallestTold } from '../../../src/domain/statistics/sample-size';
import { targetVerdict } from '../../../src/domain/statistics/target';
import type { DayCounts } from '../../../src/domain/statistics/series';

const share = (up: number, n: number) => ({ n, up, down: 0 });
const Z_90 = 1.2815515655446004;

describe('answers needed', () => {
  test('are those of R’s power.prop.test, whose manual prints them', () => {
    // n = 76.7 for 50 % against 75 % at a power of 90 %, and "at least 74" for 90 % against 100 % at 80 %.
    expect(answersNeeded('csat', share(50, 100), 0.25, Z_90)).toBe(77);
    expect(answersNeeded('csat', share(90, 100), 0.1)).toBe(74);
  });

  test('are those that the formula gives, computed apart', () => {
    expect(answersNeeded('csat', share(85, 100), 0.05)).toBe(686);
    expect(answersNeeded('csat', share(70, 100), 0.05)).toBe(1_251);
    expect(answersNeeded('csat', share(50, 100), 0.1)).toBe(388);
    // 2 · 0.85 · (1.95996 + 0.84162)² / 0.1², for half promoters, two fifths passives and a tenth detractors: v = 0.44.
    expect(answersNeeded('nps', { n: 100, up: 50, down: 10 }, 10)).toBe(691);
  });

  test('hold for the better of two mirrored worlds as for the worse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 89 }), fc.integer({ min: 1, max: 10 }), (percent, points) => {
        const up = answersNeeded('csat', share(percent, 100), points / 100);
        const mirrored = answersNeeded('csat', share(100 - percent - points, 100), points / 100);
        expect(mirrored).toBe(up);
      }),
    );
  });

  test('are fewer for a larger rise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 1, max: 15 }), (percent, points) => {
        const before = share(percent, 100);
        expect(answersNeeded('csat', before, (2 * points) / 100)!).toBeLessThan(
          answersNeeded('csat', before, points / 100)!,
        );
      }),
    );
  });

  test('are none for a rise beyond the scale', () => {
    expect(answersNeeded('csat', share(97, 100), 0.05)).toBeNull();
    expect(answersNeeded('csat', share(95, 100), 0.05)).not.toBeNull();
    expect(answersNeeded('nps', { n: 10, up: 10, down: 0 }, 1)).toBeNull();
  });

  test('give the smallest rise that can be told, the other way round', () => {
    const smallest = smallestTold('csat', share(70, 100), 1_251)!;
    expect(smallest).toBeCloseTo(0.05, 4);
    expect(answersNeeded('csat', share(70, 100), smallest)).toBe(1_251);
    expect(smallestTold('csat', share(70, 100), 5)).toBeNull();
    expect(smallestTold('nps', { n: 10, up: 10, down: 0 }, 1_000)).toBeNull();
  });

  test('cannot be said without an answer, nor for no rise', () => {
    expect(() => answersNeeded('csat', share(0, 0), 0.1)).toThrow(RangeError);
    expect(() => answersNeeded('csat', share(1, 2), 0)).toThrow(RangeError);
  });
});

const CHANGE = '2026-03-02';
/** Days around the change: `of` says satisfied and all answers of a day, counted from the change. */
function history(from: number, to: number, of: (day: number) => readonly [number, number]): DayCounts[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const [up, n] = of(from + index);
    return { day: addDays(CHANGE, from + index), counts: [n - up, 0, 0, 0, up] };
  });
}
const change = { happenedOn: CHANGE, endedOn: null, hoped: 0.1 };

function compared(effect: Effect) {
  if (effect.kind !== 'compared') throw new Error(`not compared: ${effect.kind}`);
  return effect;
}
const effect = (days: DayCounts[], more: Partial<typeof change> | { endedOn: string } = {}) =>
  effectOf('csat', days, { ...change, ...more }, csat);

describe('before and after', () => {
  test('are equal numbers of whole weeks, without the day of the change', () => {
    // On the day itself everybody is furious; if it were counted the figure after would not be 90 %.
    const days = history(-40, 17, (day) => (day === 0 ? [0, 500] : day < 0 ? [7, 10] : [9, 10]));
    const { weeks, before, after, change: moved, direction, plan } = compared(effect(days));
    expect(weeks).toBe(2);
    expect([before.from, before.to]).toEqual(['2026-02-16', '2026-03-01']);
    expect([after.from, after.to]).toEqual(['2026-03-03', '2026-03-16']);
    expect(before.figure).toMatchObject({ value: 0.7, n: 140 });
    expect(after.figure).toMatchObject({ value: 0.9, n: 140 });
    expect(moved).toEqual(difference(csat([14, 0, 0, 0, 126]), csat([42, 0, 0, 0, 98])));
    expect(direction).toBe('higher');
    // 294 answers a side are needed for +10 points from 70 %: five weeks of 70.
    expect(plan).toEqual({ kind: 'going', needed: 294, have: 140, date: '2026-04-07' });
  });

  test('wait for the first whole week, and say when it is over', () => {
    expect(effect(history(-30, 6, () => [7, 10]))).toEqual({ kind: 'waiting', date: '2026-03-10' });
    expect(compared(effect(history(-30, 7, () => [7, 10]))).weeks).toBe(1);
    expect(effect(history(-30, -2, () => [7, 10]))).toMatchObject({ kind: 'waiting' });
  });

  test('are not compared when no whole week is known from before', () => {
    expect(effect(history(-6, 60, () => [7, 10]))).toEqual({ kind: 'nothing-before' });
    expect(effect([])).toEqual({ kind: 'nothing-before' });
  });

  test('stand once enough answers are in, whatever comes later', () => {
    const settled = history(-100, 35, (day) => (day < 0 ? [7, 10] : [8, 10]));
    const first = compared(effect(settled));
    expect(first).toMatchObject({ weeks: 5, plan: { kind: 'settled' } });
    const collapsed = [...settled, ...history(36, 120, () => [0, 10])];
    expect(effect(collapsed)).toEqual(first);
  });

  test('take four weeks at least, however many answers there are', () => {
    const busy = (to: number) => history(-60, to, (day) => (day < 0 ? [700, 1_000] : [800, 1_000]));
    expect(compared(effect(busy(27))).plan).toMatchObject({ kind: 'going', date: '2026-03-31' });
    expect(compared(effect(busy(28)))).toMatchObject({ weeks: 4, plan: { kind: 'settled' } });
  });

  test('never suffice when too little comes in, and then it is said what could be told', () => {
    const { plan } = compared(
      effect(
        history(-200, 60, () => [7, 10]),
        { hoped: 0.02 },
      ),
    );
    expect(plan).toMatchObject({ kind: 'never', weeks: 26 });
    const { smallest } = plan as { smallest: number };
    // 1,820 answers a side.
    expect(smallest).toBeGreaterThan(0.04);
    expect(smallest).toBeLessThan(0.05);
    expect(answersNeeded('csat', share(7, 10), smallest)).toBe(1_820);
  });

  test('never suffice when the shop is younger than the comparison has to be', () => {
    expect(compared(effect(history(-22, 60, () => [7, 10]))).plan).toMatchObject({ kind: 'never', weeks: 3 });
  });

  test('end with the change', () => {
    const days = history(-200, 90, (day) => (day > 0 && day < 30 ? [9, 10] : [7, 10]));
    const ended = compared(effect(days, { endedOn: addDays(CHANGE, 30) }));
    expect(ended).toMatchObject({ weeks: 4, after: { to: addDays(CHANGE, 28), figure: { value: 0.9 } } });
    expect(ended.plan).toMatchObject({ kind: 'never', weeks: 4 });
  });

  test('know a hope that the scale has no room for', () => {
    const days = history(-60, 10, () => [97, 100]);
    expect(compared(effect(days, { hoped: 0.05 })).plan).toEqual({ kind: 'out-of-reach' });
  });

  test('say too few and no direction below the minimum', () => {
    const { change: moved, direction, plan } = compared(effect(history(-60, 8, () => [1, 1])));
    expect(moved).toMatchObject({ kind: 'too-few', n: 7 });
    expect(direction).toBe('unclear');
    expect(plan).toEqual({ kind: 'out-of-reach' });
    expect(compared(effect(history(-60, 8, () => [0, 0]))).plan).toMatchObject({
      kind: 'never',
      needed: null,
    });
  });

  test('serve the NPS in points', () => {
    const days = history(-60, 40, () => [0, 0]).map(({ day }) => ({
      day,
      counts: [0, 0, 0, 0, 0, 0, 2, 0, 3, 0, day < CHANGE ? 5 : 7],
    }));
    const result = compared(effectOf('nps', days, { ...change, hoped: 10 }, nps));
    expect(result.before.figure).toMatchObject({ value: 30 });
    expect(result.change).toMatchObject({
      kind: 'estimate',
      value: expect.closeTo(500 / 12 - 30, 9) as number,
    });
  });
});

test('looking every week and stopping at a find errs far oftener than the comparison that waits', () => {
  const random = createRandom(20_260_302);
  const runs = 120;
  let hasty = 0;
  let patient = 0;
  for (let run = 0; run < runs; run += 1) {
    // Nothing changes: seven in ten are satisfied before and after.
    const days = history(-182, 182, () => {
      let up = 0;
      for (let answer = 0; answer < 4; answer += 1) if (random.chance(0.7)) up += 1;
      return [up, 4];
    });
    const found = Array.from({ length: 24 }, (_, index) => {
      const side = (from: number, to: number) =>
        csat(
          days
            .slice(182 + from, 182 + to + 1)
            .reduce((sum, { counts }) => sum.map((count, score) => count + counts[score]!), [0, 0, 0, 0, 0]),
        );
      const length = 7 * (index + 3);
      const moved = difference(side(1, length), side(-length, -1));
      return moved.kind === 'estimate' && verdict(moved) !== 'unclear';
    });
    if (found.some(Boolean)) hasty += 1;
    const result = compared(effect(days));
    expect(result.plan.kind).toBe('settled');
    if (result.direction !== 'unclear') patient += 1;
  }
  expect(patient / runs).toBeLessThan(0.08);
  expect(hasty / runs).toBeGreaterThan(2 * (patient / runs));
});

test('a target is reached only by the whole interval, and missed only by the whole', () => {
  const figure = csat([10, 20, 50, 200, 232]);
  if (figure.kind !== 'estimate') throw new Error('too few');
  expect(targetVerdict(figure, figure.low)).toBe('reached');
  expect(targetVerdict(figure, figure.low + 1e-6)).toBe('too-early');
  expect(targetVerdict(figure, figure.high)).toBe('too-early');
  expect(targetVerdict(figure, figure.high + 1e-6)).toBe('not-reached');
  expect(targetVerdict(csat([0, 0, 0, 0, 9]), 0.1)).toBe('too-early');
});
