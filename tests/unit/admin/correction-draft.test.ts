import { describe, expect, it } from 'vitest';
import { readCorrection } from '../../../src/admin/members/correction-draft';

describe('a correction somebody typed', () => {
  it.each([
    ['25', 25],
    ['+25', 25],
    ['-10', -10],
    ['−10', -10],
    ['1 000', 1000],
    ['-1000000', -1_000_000],
  ])('reads %j as %i', (text, points) => {
    expect(readCorrection(text)).toBe(points);
  });

  it.each(['', '0', '-', '1.5', 'ten', '1000001'])('takes %j for none', (text) => {
    expect(readCorrection(text)).toBeNull();
  });
});
