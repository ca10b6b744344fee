import { expect, test } from 'vitest';
import { csat } from '../../../src/domain/statistics/csat';
import { expectation } from '../../../src/domain/statistics/expectation';

test('CSAT is the share of 4s and 5s: 2,206 of 2,688 at SFO airport', () => {
  expect(csat([6, 32, 444, 1507, 699])).toMatchObject({ kind: 'estimate', n: 2688, method: 'wilson' });
  const score = csat([6, 32, 444, 1507, 699]);
  expect(score.kind === 'estimate' && score.value).toBeCloseTo(0.820685, 6);
});

test('CSAT meets 1,078 of 1,312 with its Wilson bounds', () => {
  const score = csat([97, 63, 74, 252, 826]);
  if (score.kind !== 'estimate') throw new Error('too few');
  expect(100 * score.value).toBeCloseTo(82.1646, 4);
  expect(100 * score.low).toBeCloseTo(80.0, 3);
  expect(100 * score.high).toBeCloseTo(84.141, 3);
});

test('CSAT is withheld below the minimum and refuses another scale', () => {
  expect(csat([0, 0, 1, 4, 4])).toEqual({ kind: 'too-few', n: 9, minimum: 10 });
  expect(() => csat([0, 0, 1, 4])).toThrow(RangeError);
});

test('expectation gives each share its own interval, and the shares sum to 1', () => {
  const { worse, as, better } = expectation([10, 60, 30]);
  const shares = [worse, as, better].map((share) => (share.kind === 'estimate' ? share.value : Number.NaN));
  expect(shares).toEqual([0.1, 0.6, 0.3]);
  expect(expectation([1, 2, 3]).as).toEqual({ kind: 'too-few', n: 6, minimum: 10 });
});
