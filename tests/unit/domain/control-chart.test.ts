import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/domain/demo/random';
import {
  baselineOf,
  controlChart,
  latestSignal,
  limitsAt,
  MIN_BASELINE_WEEKS,
  type ControlChart,
  type ControlWeek,
} from '../../../src/domain/statistics/control-chart';
import { addDays } from '../../../src/domain/statistics/local-date';
import { tallyOf, type Tally } from '../../../src/domain/statistics/tally';

const MONDAY = '2024-01-01';
const share = (up: number, n: number): Tally => ({ n, up, down: 0 });

/** One week after the other, all of them finished. */
const weeksOf = (tallies: readonly Tally[]): ControlWeek[] =>
  tallies.map((tally, index) => ({ monday: addDays(MONDAY, 7 * index), tally, isFinished: true }));

const mondayAt = (index: number) => addDays(MONDAY, 7 * index);

const signalled = (chart: ControlChart) =>
  chart.points.flatMap(({ signal }, index) => (signal ? [`${index} ${signal.kind} ${signal.side}`] : []));

function ready(chart: ControlChart) {
  if (chart.kind !== 'chart') throw new Error(`no chart: ${chart.kind}`);
  return chart;
}

/** NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: defective chips on 30 wafers of 50. */
const WAFERS = [
  12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
];

describe('the published example of a p chart', () => {
  const baseline = baselineOf(weeksOf(WAFERS.map((up) => share(up, 50))), 1);

  test('has the printed centre and, without σ_z, the printed limits', () => {
    expect(baseline.centre).toBeCloseTo(0.2313, 4);
    const plain = limitsAt({ ...baseline, scale: 1 }, 50);
    expect(plain.low).toBeCloseTo(0.0524, 4);
    expect(plain.high).toBeCloseTo(0.4102, 4);
    const outside = WAFERS.flatMap((up, index) => (up / 50 > plain.high ? [index + 1] : []));
    expect(outside).toEqual([15, 23]);
  });

  test('has the σ_z that the definition gives, computed apart', () => {
    expect(baseline.scale).toBeCloseTo(1.6608667197432383, 12);
    expect(limitsAt(baseline, 50).high).toBeCloseTo(0.5284719980435314, 12);
  });
});

describe('limits', () => {
  const anyWeeks = fc
    .array(
      fc.record({
        n: fc.integer({ min: 10, max: 3_000 }),
        share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      }),
      { minLength: MIN_BASELINE_WEEKS, maxLength: 60 },
    )
    .map((weeks) => weeksOf(weeks.map(({ n, share: p }) => share(Math.round(p * n), n))));

  test('widen as answers grow fewer, by the square root', () => {
    fc.assert(
      fc.property(anyWeeks, fc.integer({ min: 1, max: 5_000 }), (weeks, n) => {
        const baseline = baselineOf(weeks, 1);
        fc.pre(baseline.variance > 0);
        const half = (answers: number) => limitsAt(baseline, answers).high - baseline.centre;
        expect(half(n) / half(4 * n)).toBeCloseTo(2, 9);
      }),
    );
  });

  test('are never narrower than the plain p chart’s, and the same where weeks scatter no more than chance', () => {
    fc.assert(
      fc.property(anyWeeks, (weeks) => {
        const baseline = baselineOf(weeks, 1);
        fc.pre(baseline.variance > 0);
        expect(baseline.scale).toBeGreaterThanOrEqual(1);
      }),
    );
    // Every week the very same share: less scatter than chance would give.
    const steady = baselineOf(weeksOf(Array.from({ length: 10 }, () => share(80, 100))), 1);
    expect(steady.scale).toBe(1);
    expect(limitsAt(steady, 100).low).toBeCloseTo(0.8 - 3 * Math.sqrt((0.8 * 0.2) / 100), 12);
  });

  test('of an NPS without passives are those of the share of promoters, stretched to −100 … 100', () => {
    fc.assert(
      fc.property(anyWeeks, (weeks) => {
        const polar = weeks.map((week) => ({
          ...week,
          tally: { ...week.tally, down: week.tally.n - week.tally.up },
        }));
        const shares = controlChart('csat', weeks);
        const points = controlChart('nps', polar);
        expect(signalled(points)).toEqual(signalled(shares));
        if (shares.kind !== 'chart' || points.kind !== 'chart') return expect(points.kind).toBe(shares.kind);
        expect(points.baseline.centre).toBeCloseTo(200 * shares.baseline.centre - 100, 9);
        expect(points.baseline.scale).toBeCloseTo(shares.baseline.scale, 9);
        expect(points.baseline.minimum).toBe(shares.baseline.minimum);
      }),
    );
  });

  test('stay within the scale, and lie around the centre', () => {
    fc.assert(
      fc.property(anyWeeks, (weeks) => {
        const chart = controlChart('csat', weeks);
        if (chart.kind !== 'chart') return;
        for (const { limits } of chart.points) {
          if (!limits) continue;
          expect(limits.low).toBeGreaterThanOrEqual(0);
          expect(limits.high).toBeLessThanOrEqual(1);
          expect(limits.low).toBeLessThanOrEqual(chart.baseline.centre);
          expect(limits.high).toBeGreaterThanOrEqual(chart.baseline.centre);
        }
      }),
    );
  });
});

describe('the baseline', () => {
  const steady = (length: number) => Array.from({ length }, (_, index) => share(index % 2 ? 81 : 79, 100));

  test('needs eight finished weeks with answers enough, and says how many more', () => {
    expect(controlChart('csat', weeksOf(steady(5)))).toMatchObject({
      kind: 'too-early',
      weeks: 5,
      weeksMore: 3,
    });
    const withGaps = weeksOf([...steady(8), share(0, 0), share(9, 9)]);
    withGaps[7]!.isFinished = false;
    expect(controlChart('csat', withGaps)).toMatchObject({ kind: 'too-early', weeks: 7, weeksMore: 1 });
    expect(controlChart('csat', [])).toEqual({ kind: 'too-early', weeks: 0, weeksMore: 8, points: [] });
  });

  test('ends before the latest change, without the week of the change itself', () => {
    const weeks = weeksOf([...steady(10), ...Array.from({ length: 10 }, () => share(95, 100))]);
    const { baseline } = ready(controlChart('csat', weeks, [addDays(mondayAt(10), 2)]));
    expect(baseline).toMatchObject({ from: mondayAt(0), to: mondayAt(9), weeks: 10 });
    expect(baseline.centre).toBeCloseTo(0.8, 12);
  });

  test('is the latest stretch between changes that is long enough', () => {
    const weeks = weeksOf(steady(30));
    const between = ready(controlChart('csat', weeks, [mondayAt(24), mondayAt(10)]));
    expect(between.baseline).toMatchObject({ from: mondayAt(11), to: mondayAt(23) });
    const earlier = ready(controlChart('csat', weeks, [mondayAt(20), mondayAt(24)]));
    expect(earlier.baseline).toMatchObject({ from: mondayAt(0), to: mondayAt(19) });
  });

  test('reaches back over changes that follow each other too closely', () => {
    const often = [4, 9, 14, 19, 24].map(mondayAt);
    const over = ready(controlChart('csat', weeksOf(steady(30)), often));
    expect(over.baseline).toMatchObject({ from: mondayAt(0), to: mondayAt(23) });
  });

  test('is the time since, when the change came in a shop’s first weeks', () => {
    const early = ready(controlChart('csat', weeksOf(steady(12)), [addDays(mondayAt(2), 3)]));
    expect(early.baseline).toMatchObject({ from: mondayAt(3), to: mondayAt(11) });
    expect(controlChart('csat', weeksOf(steady(8)), [addDays(mondayAt(2), 3)])).toMatchObject({
      kind: 'too-early',
      weeks: 5,
      weeksMore: 3,
    });
  });

  test('is not parted by a change outside of the weeks shown', () => {
    const chart = ready(controlChart('csat', weeksOf(steady(9)), ['2020-05-05', '2030-05-05']));
    expect(chart.baseline.weeks).toBe(9);
  });

  test('of weeks in which everybody said the same has no limits', () => {
    expect(controlChart('csat', weeksOf(Array.from({ length: 9 }, () => share(40, 40)))).kind).toBe('alike');
  });
});

describe('signals', () => {
  const steady = Array.from({ length: 12 }, (_, index) => share(index % 2 ? 166 : 154, 200));
  const after = (...more: Tally[]) => weeksOf([...steady, ...more]);
  const change = [addDays(mondayAt(11), 6)];

  test('a week outside its limits is one, on either side', () => {
    const chart = controlChart('csat', after(share(160, 200), share(110, 200), share(198, 200)), change);
    expect(signalled(chart)).toEqual(['13 beyond below', '14 beyond above']);
    expect(latestSignal(chart)).toEqual({ kind: 'beyond', side: 'above', since: mondayAt(14) });
  });

  test('eight weeks in a row on one side are one, seven are not, and it names the first of them', () => {
    const slightly = share(164, 200);
    const seven = Array.from({ length: 7 }, () => slightly);
    // The week of the change, the twelfth, lies above the centre as well and would begin the run.
    const start = share(150, 200);
    expect(signalled(controlChart('csat', after(start, ...seven), change))).toEqual([]);
    const eight = controlChart('csat', after(start, ...seven, slightly, slightly), change);
    expect(signalled(eight)).toEqual(['20 run above', '21 run above']);
    expect(latestSignal(eight)).toEqual({ kind: 'run', side: 'above', since: mondayAt(13) });
  });

  test('a week with too few answers is never one, and does not break a row', () => {
    const slightly = share(164, 200);
    const row = [share(150, 200), ...Array.from({ length: 4 }, () => slightly), share(0, 9)];
    const chart = controlChart('csat', after(...row, ...Array.from({ length: 4 }, () => slightly)), change);
    expect(signalled(chart)).toEqual(['21 run above']);
    const few = ready(controlChart('csat', after(share(0, 9)), change)).points.at(-1)!;
    expect(few).toMatchObject({ limits: null, signal: null, value: 0 });
    expect(latestSignal(controlChart('csat', after(share(100, 200), share(0, 9)), change))).toBeNull();
  });

  test('a week that still runs is never one', () => {
    const weeks = after(share(20, 200));
    weeks.at(-1)!.isFinished = false;
    const chart = ready(controlChart('csat', weeks, change));
    expect(chart.points.at(-1)!.limits).not.toBeNull();
    expect(signalled(chart)).toEqual([]);
    expect(latestSignal(chart)).toBeNull();
  });

  test('weeks outside in a row are one signal, from the first of them', () => {
    const chart = controlChart('csat', after(share(110, 200), share(112, 200)), change);
    expect(latestSignal(chart)).toEqual({ kind: 'beyond', side: 'below', since: mondayAt(12) });
  });

  test('there are none before there is a chart', () => {
    expect(latestSignal(controlChart('csat', after().slice(0, 3)))).toBeNull();
  });

  test('a week far from a half needs more answers before three sigma mean anything', () => {
    const loved = Array.from({ length: 10 }, (_, index) => share(index % 2 ? 191 : 189, 200));
    const weeks = weeksOf([...loved, share(60, 80)]);
    const chart = ready(controlChart('csat', weeks, [mondayAt(10)]));
    expect(chart.points.at(-1)!.limits).toBeNull();
    // 5 γ² for 95 % is 85.3.
    expect(chart.baseline.minimum).toBe(86);
  });
});

describe('false alarms', () => {
  /** Exact chance that a week of n falls outside plain limits although nothing has changed. */
  function outsideByChance(p: number, n: number): number {
    const { low, high } = limitsAt(
      { from: '', to: '', weeks: 8, centre: p, variance: p * (1 - p), scale: 1, minimum: 10 },
      n,
    );
    let chance = 0;
    let term = (1 - p) ** n;
    for (let k = 0; k <= n; k += 1) {
      if (k / n < low || k / n > high) chance += term;
      term *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    return chance;
  }

  test('at the smallest n that is judged, one week alone lies outside in at most 0.7 %', () => {
    for (const p of [0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]) {
      const skewness = (1 - 2 * p) / Math.sqrt(p * (1 - p));
      const smallest = Math.max(10, Math.ceil(5 * skewness ** 2));
      for (let n = smallest; n < smallest + 200; n += 1) {
        expect(outsideByChance(p, n), `${p} of ${n}`).toBeLessThan(0.0071);
      }
    }
  });

  test('come about once in 150 weeks with both rules, where nothing ever changes', () => {
    const random = createRandom(1929);
    const n = 100_000;
    const draw = (): Tally => share(Math.round(n * 0.8 + Math.sqrt(n * 0.16) * random.normal()), n);
    const chart = ready(controlChart('csat', weeksOf(Array.from({ length: 30_000 }, draw))));
    expect(chart.baseline.scale).toBeCloseTo(1, 1);
    // Each signal begins anew, as a run length is counted: whoever was alarmed starts from nothing.
    let alarms = 0;
    let row = { side: 0, length: 0 };
    for (const { value, limits } of chart.points) {
      const side = Math.sign(value! - chart.baseline.centre);
      row = { side, length: side === row.side ? row.length + 1 : 1 };
      if (value! < limits!.low || value! > limits!.high || row.length >= 8) {
        alarms += 1;
        row = { side: 0, length: 0 };
      }
    }
    expect(30_000 / alarms).toBeGreaterThan(130);
    expect(30_000 / alarms).toBeLessThan(175);
  });
});

describe('a tally', () => {
  test('is made of what the figure counts', () => {
    expect(tallyOf('csat', [1, 2, 3, 4, 5])).toEqual({ n: 15, up: 9, down: 0 });
    expect(tallyOf('expectation', [1, 2, 3])).toEqual({ n: 6, up: 3, down: 0 });
    expect(tallyOf('nps', [1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3])).toEqual({ n: 17, up: 6, down: 7 });
  });
});
