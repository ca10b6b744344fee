import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/domain/demo/random';
import type { Factor } from '../../../src/domain/factor';
import {
  correlation,
  type DriverItem,
  type DriverSum,
  DriverSums,
} from '../../../src/domain/statistics/driver-sums';
import { MIN_TOGETHER, questionDrivers } from '../../../src/domain/statistics/question-drivers';
import { reasonDrivers } from '../../../src/domain/statistics/reason-drivers';
import { varianceShares } from '../../../src/domain/statistics/variance-shares';
import { sharedTable } from './shared-data';

type Scores = Partial<Record<DriverItem, number>>;
type Told = { praised?: Factor[]; blamed?: Factor[] };
type Session = { part: number; scores: Scores; told?: Told; isFlagged?: boolean };

const NOTHING = { topTwo: 0, praised: 0, blamed: 0, low: 0 };

const SUMMED = [
  ...(['n', 'oneSum', 'otherSum', 'oneSquares', 'otherSquares', 'products'] as const),
  ...(['topTwo', 'praised', 'blamed', 'low'] as const),
];

/** What report_drivers makes of these sessions. */
function rowsOf(sessions: readonly Session[]): DriverSum[] {
  const added = new Map<string, DriverSum>();
  for (const row of rowsOfEach(sessions)) {
    const key = `${row.part} ${row.one} ${row.other} ${row.isFlagged}`;
    const known = added.get(key);
    if (!known) added.set(key, row);
    else for (const field of SUMMED) known[field] += row[field];
  }
  return [...added.values()];
}

const rowsOfEach = (sessions: readonly Session[]): DriverSum[] =>
  sessions.flatMap(({ part, scores, told, isFlagged = false }) => {
    const items = (Object.keys(scores) as DriverItem[]).toSorted();
    const rows = items.flatMap((one, at) =>
      items.slice(at).map((other) => {
        const [x, y] = [scores[one]!, scores[other]!];
        const sums = {
          n: 1,
          oneSum: x,
          otherSum: y,
          oneSquares: x * x,
          otherSquares: y * y,
          products: x * y,
        };
        return { part, one, other, isFlagged, ...NOTHING, ...sums, topTwo: one === other && x >= 4 ? 1 : 0 };
      }),
    );
    const isLow = (scores.overall ?? 5) <= 2 ? 1 : 0;
    const none = { n: 0, oneSum: 0, otherSum: 0, oneSquares: 0, otherSquares: 0, products: 0, topTwo: 0 };
    const row = (item: DriverItem, praised: number, blamed: number): DriverSum => ({
      ...{ part, one: item, other: item, isFlagged, ...none },
      ...{ praised, blamed, low: blamed === 1 || item === 'overall' ? isLow : 0 },
    });
    const { praised = [], blamed = [] } = told ?? {};
    return [
      ...rows,
      ...(told ? [row('overall', Math.min(1, praised.length), Math.min(1, blamed.length))] : []),
      ...praised.map((factor) => row(factor, 1, 0)),
      ...blamed.map((factor) => row(factor, 0, 1)),
    ];
  });

const STEPS = [-2.1, -1.5, -0.8, 0.3];
const scoreOf = (value: number) => 1 + STEPS.filter((step) => value > step).length;

/** Customers whose mood shows in every answer; the whole visit goes with each factor by its weight. */
function customers(
  random: Random,
  weights: Partial<Record<Factor, number>>,
  { parts, each, chance = 1 }: { parts: number; each: number; chance?: number },
): Session[] {
  const factors = Object.entries(weights) as [Factor, number][];
  return Array.from({ length: parts * each }, (_, n) => {
    const mood = 0.6 * random.normal();
    let whole = 0.6 * random.normal();
    const scores: Scores = {};
    for (const [factor, weight] of factors) {
      const felt = mood + 0.8 * random.normal();
      whole += weight * felt;
      if (random.chance(chance)) scores[factor] = scoreOf(felt);
    }
    return { part: n % parts, scores: { ...scores, overall: scoreOf(whole / 1.05) } };
  });
}

const told = (sessions: readonly Session[], withFlagged = false) =>
  questionDrivers(new DriverSums(rowsOf(sessions), withFlagged))!;

const WEIGHTS = { price: 0.2, speed: 0.6, staff: 0.35, range: 0 };
const IN_ORDER: readonly Factor[] = ['price', 'speed', 'range', 'staff'];
/** Their shares among 174,000 such customers, in that order. */
const TRUTH = [0.089, 0.295, 0.036, 0.148];

describe('sums of pairs', () => {
  it('give the correlation that Anscombe published for the first of his quartet', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [804, 695, 758, 881, 833, 996, 724, 426, 1084, 482, 568];
    const sum = (of: (index: number) => number) => x.reduce((total, _, index) => total + of(index), 0);
    const r = correlation({
      ...NOTHING,
      n: 11,
      oneSum: sum((i) => x[i]!),
      otherSum: sum((i) => y[i]!),
      oneSquares: sum((i) => x[i]! ** 2),
      otherSquares: sum((i) => y[i]! ** 2),
      products: sum((i) => x[i]! * y[i]!),
    });
    expect(r).toBeCloseTo(0.81642, 5);
  });

  it('are the same whichever of a pair is named first, and can leave out a part or what is flagged', () => {
    const sums = new DriverSums(
      rowsOf([
        { part: 0, scores: { overall: 5, speed: 4 } },
        { part: 1, scores: { overall: 2, speed: 1 } },
        { part: 1, scores: { overall: 1, speed: 1 }, isFlagged: true },
      ]),
      false,
    );
    expect(sums.of('speed', 'overall')).toEqual(sums.of('overall', 'speed'));
    expect(sums.of('overall', 'speed')).toMatchObject({ n: 2, products: 22 });
    expect(sums.of('overall', 'speed', 1)).toMatchObject({ n: 1, products: 20 });
    expect(sums.of('overall', 'speed', 7)).toMatchObject({ n: 2 });
  });
});

describe('drivers from questions', () => {
  it('share out what goes with the score, adding up to what all explain together', () => {
    const sessions = customers(createRandom(1), WEIGHTS, { parts: 29, each: 20 });
    const drivers = told(sessions);
    const value = (index: number) => drivers.drivers[index]!.importance as { value: number; n: number };
    expect(drivers.method).toBe('shares');
    expect(drivers.drivers.map(({ factor }) => factor)).toEqual(IN_ORDER);
    expect(drivers.explained!.value).toBeCloseTo(
      IN_ORDER.reduce((sum, _, index) => sum + value(index).value, 0),
      12,
    );
    // Worked out from the customers one by one.
    const items = [...IN_ORDER, 'overall' as const];
    const means = new Map(
      items.map((item) => [item, sessions.reduce((sum, { scores }) => sum + scores[item]!, 0) / 580]),
    );
    const mean = (item: DriverItem) => means.get(item)!;
    const product = (a: DriverItem, b: DriverItem) =>
      sessions.reduce((sum, { scores }) => sum + (scores[a]! - mean(a)) * (scores[b]! - mean(b)), 0);
    const r = items.map((a) => items.map((b) => product(a, b) / Math.sqrt(product(a, a) * product(b, b))));
    const shares = varianceShares(r.slice(0, 4), r[4]!.slice(0, 4))!;
    shares.forEach((share, index) => expect(value(index).value).toBeCloseTo(share, 10));
    expect(drivers.first).toBe('speed');
  });

  it('hold the truth about 95 times in 100, with answers left out too', { timeout: 20_000 }, () => {
    let held = 0;
    let wrong = 0;
    const runs = 60;
    for (let seed = 1; seed <= runs; seed += 1) {
      const { drivers, first } = told(
        customers(createRandom(seed, 5), WEIGHTS, { parts: 29, each: 10, chance: 0.8 }),
      );
      drivers.forEach(({ importance }, index) => {
        if (importance?.kind !== 'estimate') throw new Error('too few');
        if (importance.low <= TRUTH[index]! && TRUTH[index]! <= importance.high) held += 1;
      });
      if (first !== null && first !== 'speed') wrong += 1;
    }
    expect(held / (4 * runs)).toBeGreaterThan(0.92);
    expect(held / (4 * runs)).toBeLessThan(0.98);
    expect(wrong).toBe(0);
  });

  it('are those of a real airport, worked out apart', (context) => {
    const { rows } = sharedTable(context, 'ratings/sfo_airport_csat_nps_2017.csv');
    const sessions = rows.map((cells): Session => {
      const scores: Scores = {};
      // All in all, cleanliness and safety; 0 and 6 are blank and "don't know".
      for (const [item, column] of [
        ['overall', 6],
        ['service', 7],
        ['staff', 8],
      ] as const) {
        const score = Number(cells[column]);
        if (score >= 1 && score <= 5) scores[item] = score;
      }
      return { part: Number(cells[2]), scores };
    });
    const { drivers, explained, first } = told(sessions);
    const [clean, safe] = drivers.map(({ importance }) => importance as { value: number; n: number });
    // With two, a share is half of what it explains alone and half of what it adds to the other.
    expect(clean).toMatchObject({ value: expect.closeTo(0.2309305, 7), n: 2631 });
    expect(safe).toMatchObject({ value: expect.closeTo(0.08428, 7), n: 2655 });
    expect(explained!.value).toBeCloseTo(0.3152105, 7);
    expect(first).toBe('service');
  });

  it('seldom name a first or a field where all count the same', () => {
    const same = { price: 0.4, speed: 0.4, staff: 0.4 };
    const named = Array.from({ length: 60 }, (_, seed) =>
      told(customers(createRandom(seed, 9), same, { parts: 29, each: 8 })),
    ).filter(({ first, drivers }) => first !== null || drivers.some(({ quadrant }) => quadrant !== null));
    expect(named.length).toBeLessThanOrEqual(4);
  });

  it('take each by itself where they were never asked together', () => {
    const sessions = customers(createRandom(3), WEIGHTS, { parts: 14, each: 60 }).map((session, n) => {
      const factor = IN_ORDER[n % 4]!;
      return { ...session, scores: { overall: session.scores.overall!, [factor]: session.scores[factor]! } };
    });
    const { method, drivers, explained } = told(sessions);
    const sums = new DriverSums(rowsOf(sessions), false);
    expect(method).toBe('single');
    expect(explained).toBeNull();
    for (const { factor, importance } of drivers) {
      expect((importance as { value: number }).value).toBeCloseTo(
        correlation(sums.of('overall', factor))! ** 2,
        12,
      );
    }
  });

  it('ask for more answers, or days, before they say anything', () => {
    const few = told(customers(createRandom(4), { speed: 1, price: 0 }, { parts: 9, each: 2 }));
    expect(few.drivers[0]!.importance).toEqual({ kind: 'too-few', n: 18, minimum: MIN_TOGETHER });
    expect(few).toMatchObject({ first: null, more: MIN_TOGETHER - 18, needsDays: false });
    const short = told(customers(createRandom(4), { speed: 1, price: 0 }, { parts: 6, each: 30 }));
    expect(short).toMatchObject({ first: null, more: null, needsDays: true });
    expect(short.drivers[0]!.performance!.kind).toBe('estimate');
    expect(questionDrivers(new DriverSums([], false))).toBeNull();
  });

  it('say nothing of a factor that everybody scores the same, and go on with the others', () => {
    const sessions = customers(createRandom(5), { speed: 0.7, staff: 0.2 }, { parts: 14, each: 20 });
    const even = sessions.map((session) => ({ ...session, scores: { ...session.scores, price: 5 } }));
    const { drivers, method } = told(even);
    expect(method).toBe('shares');
    expect(drivers.map(({ factor, importance }) => [factor, importance?.kind])).toEqual([
      ['price', undefined],
      ['speed', 'estimate'],
      ['staff', 'estimate'],
    ]);
  });

  it('leave flagged sessions out unless asked for', () => {
    const sessions = customers(createRandom(6), WEIGHTS, { parts: 14, each: 20 });
    const strange = sessions.map((session) => ({
      ...session,
      isFlagged: true,
      scores: { overall: 1, speed: 5 },
    }));
    expect(told([...sessions, ...strange])).toEqual(told(sessions));
    expect(told([...sessions, ...strange], true)).not.toEqual(told(sessions));
  });

  it('tell how many more answers would part the two most important, where that is no endless wait', () => {
    const close = told(
      customers(createRandom(7), { speed: 0.55, staff: 0.4, price: 0.1 }, { parts: 29, each: 6 }),
    );
    expect(close.first).toBeNull();
    expect(close.more).toBeGreaterThan(0);
    const one = customers(createRandom(8), { speed: 0.4, staff: 0.4 }, { parts: 29, each: 20 });
    const other = one.map(({ part, scores: { overall, speed, staff } }) => ({
      part,
      scores: { overall: overall!, speed: staff!, staff: speed! },
    }));
    const equal = told([...one, ...other]);
    expect(equal).toMatchObject({ first: null, more: null });
  });
});

describe('drivers from reasons', () => {
  const WAYS = new Map<Factor, { canPraise: boolean; canBlame: boolean }>([
    ['speed', { canPraise: true, canBlame: true }],
    ['staff', { canPraise: true, canBlame: true }],
    ['product', { canPraise: false, canBlame: true }],
    ['range', { canPraise: true, canBlame: false }],
  ]);
  /** On each of 20 days: 6 unhappy who blame the speed, 1 the staff, 1 the product; 2 happy about the speed, 9 about the staff. */
  const days = (parts: number): Session[] =>
    Array.from({ length: parts }, (_, part) => [
      ...Array.from({ length: 6 }, () => ({
        part,
        scores: { overall: 1 },
        told: { blamed: ['speed' as const] },
      })),
      { part, scores: { overall: 2 }, told: { blamed: ['staff' as const, 'product' as const] } },
      ...Array.from({ length: 2 }, () => ({
        part,
        scores: { overall: 5 },
        told: { praised: ['speed' as const] },
      })),
      ...Array.from({ length: 9 }, () => ({
        part,
        scores: { overall: 4 },
        told: { praised: ['staff' as const] },
      })),
      { part, scores: { overall: 3 }, told: { blamed: ['product' as const] } },
      // A low score without a reason blames nobody.
      { part, scores: { overall: 1 } },
    ]).flat();
  const of = (sessions: Session[]) => reasonDrivers(new DriverSums(rowsOf(sessions), false), WAYS)!;

  it('count whom low scores blame, and praise among all mentions', () => {
    const { drivers, low, first, named } = of(days(20));
    expect(low).toBe(140);
    expect(drivers.map(({ factor }) => factor)).toEqual(['product', 'speed', 'staff']);
    const [product, speed, staff] = drivers;
    expect(speed!.importance).toMatchObject({ value: 6 / 7, n: 140, method: 'wilson' });
    expect(speed!.performance).toMatchObject({ value: 40 / 160, n: 160 });
    expect(staff!.performance).toMatchObject({ value: 180 / 200 });
    expect(product!.importance).toMatchObject({ value: 1 / 7 });
    expect(named[0]).toEqual({ praised: 0, blamed: 40, low: 20 });
    expect(first).toBe('speed');
    expect([speed!.quadrant, staff!.quadrant]).toEqual(['fix', 'enough']);
  });

  it('have no performance of what can only be blamed, and no importance of what can only be praised', () => {
    const { drivers } = of(days(20));
    expect(drivers[0]).toMatchObject({ factor: 'product', performance: null, quadrant: null });
    expect(drivers.some(({ factor }) => factor === 'range')).toBe(false);
  });

  it('name nothing from a few days or a few low scores', () => {
    expect(of(days(5))).toMatchObject({ first: null, needsDays: true });
    expect(of(days(1))).toMatchObject({ first: null, needsDays: false, low: 7, more: 3 });
    expect(reasonDrivers(new DriverSums([], false), new Map())).toBeNull();
  });
});
