import { expect, test } from 'vitest';
import { ces } from '../../../src/domain/statistics/ces';
import { proportion } from '../../../src/domain/statistics/proportion';
import { meanOf, tallyOf } from '../../../src/domain/statistics/tally';

const counts = [4, 3, 9, 14, 20, 25, 25];

test('CES is the share of those who agree, whether somewhat or strongly, with its Wilson bounds', () => {
  expect(ces(counts)).toEqual(proportion(70, 100));
  expect(ces(counts)).toMatchObject({ kind: 'estimate', value: 0.7, n: 100, method: 'wilson' });
});

test('CES is counted the same over weeks and on both sides of a change', () => {
  expect(meanOf(tallyOf('ces', counts))).toBe(0.7);
});

test('CES is withheld below the minimum and refuses another scale', () => {
  expect(ces([1, 1, 1, 1, 1, 2, 2])).toEqual({ kind: 'too-few', n: 9, minimum: 10 });
  expect(() => ces([1, 2, 3, 4, 5])).toThrow(RangeError);
  expect(() => tallyOf('ces', [1, 2, 3, 4, 5])).toThrow(RangeError);
});
