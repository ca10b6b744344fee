import { describe, expect, it } from 'vitest';
import { varianceShares } from '../../../src/domain/statistics/variance-shares';

/** Correlations of R's data set swiss, as R prints them: Agriculture, Examination, Education, Catholic, Infant.Mortality. */
const SWISS = [
  [1, -0.68654221, -0.63952252, 0.40109505, -0.06085861],
  [-0.68654221, 1, 0.6984153, -0.5727418, -0.1140216],
  [-0.63952252, 0.6984153, 1, -0.15385892, -0.09932185],
  [0.40109505, -0.5727418, -0.15385892, 1, 0.17549591],
  [-0.06085861, -0.1140216, -0.09932185, 0.17549591, 1],
];
const WITH_FERTILITY = [0.35307918, -0.6458827, -0.66378886, 0.4636847, 0.41655603];

const orders = (of: number[]): number[][] =>
  of.length === 0
    ? [[]]
    : of.flatMap((first) => orders(of.filter((each) => each !== first)).map((rest) => [first, ...rest]));

/** R² by Gauss-Jordan elimination: another way than the code goes. */
function rSquared(among: number[][], withFigure: number[], members: number[]): number {
  const rows = members.map((one) => [...members.map((other) => among[one]![other]!), withFigure[one]!]);
  rows.forEach((pivot, at) => {
    const scale = pivot[at]!;
    pivot.forEach((value, column) => (pivot[column] = value / scale));
    rows.forEach((row, other) => {
      if (other === at) return;
      const times = row[at]!;
      row.forEach((value, column) => (row[column] = value - times * pivot[column]!));
    });
  });
  return members.reduce((sum, member, at) => sum + withFigure[member]! * rows[at]!.at(-1)!, 0);
}

describe('shares of variance', () => {
  it('are those that R’s relaimpo gives for swiss', () => {
    const shares = varianceShares(SWISS, WITH_FERTILITY)!;
    const published = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592];
    shares.forEach((share, index) => expect(share).toBeCloseTo(published[index]!, 7));
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(0.706735, 6);
  });

  it('are the mean over all 120 orders, added up one by one', () => {
    const all = orders([0, 1, 2, 3, 4]);
    const sums = [0, 0, 0, 0, 0];
    for (const order of all) {
      order.forEach((each, at) => {
        const before = order.slice(0, at);
        sums[each]! +=
          rSquared(SWISS, WITH_FERTILITY, [...before, each]) - rSquared(SWISS, WITH_FERTILITY, before);
      });
    }
    varianceShares(SWISS, WITH_FERTILITY)!.forEach((share, index) =>
      expect(share).toBeCloseTo(sums[index]! / all.length, 12),
    );
  });

  it('are the squared correlations of what has nothing in common', () => {
    const apart = [
      [1, 0],
      [0, 1],
    ];
    const [one, other] = varianceShares(apart, [0.6, 0.3])!;
    expect(one).toBeCloseTo(0.36, 15);
    expect(other).toBeCloseTo(0.09, 15);
  });

  it('are not given for one that follows from another, nor for correlations of no data', () => {
    const same = [
      [1, 1],
      [1, 1],
    ];
    expect(varianceShares(same, [0.5, 0.5])).toBeNull();
    const impossible = [
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ];
    expect(varianceShares(impossible, [0.1, 0.1, 0.1])).toBeNull();
    expect(varianceShares([[1]], [1.1])).toBeNull();
  });
});
