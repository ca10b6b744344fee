import { describe, expect, it } from 'vitest';
import { twoSidedTail } from '../../../src/domain/statistics/normal';
import { studentTail, tOfTail } from '../../../src/domain/statistics/student';

describe('Student’s t distribution', () => {
  it.each([
    [1, 12.706],
    [2, 4.303],
    [6, 2.447],
    [13, 2.16],
    [28, 2.048],
    [120, 1.98],
  ])('has the 97.5 %% points that tables print, for %i degrees of freedom', (df, printed) => {
    expect(tOfTail(0.05, df)).toBeCloseTo(printed, 3);
  });

  it('is Cauchy’s for one degree of freedom and a known fraction for two', () => {
    for (const t of [0, 0.3, 1, 4, 1e6]) {
      expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(t * t + 2), 12);
    }
  });

  it('comes to the normal distribution with many degrees of freedom', () => {
    expect(studentTail(1.959963984540054, 1_000_000)).toBeCloseTo(0.05, 6);
    expect(studentTail(4, 1_000_000) / twoSidedTail(4)).toBeCloseTo(1, 3);
  });

  it('keeps the smallest chances apart, so that no difference is beyond it', () => {
    expect(studentTail(tOfTail(1e-300, 6), 6) / 1e-300).toBeCloseTo(1, 9);
    expect(studentTail(0, 6)).toBe(1);
    expect(() => studentTail(-1, 6)).toThrow(RangeError);
    expect(() => studentTail(1, 0)).toThrow(RangeError);
  });
});
