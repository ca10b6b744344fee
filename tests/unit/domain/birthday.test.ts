import { describe, expect, it } from 'vitest';
import { birthdayNear } from '../../../src/domain/birthday';

describe('a birthday', () => {
  it.each([
    ['11-22', '2026-11-22', 0],
    ['11-29', '2026-11-22', 7],
    ['11-15', '2026-11-22', -7],
    ['11-30', '2026-11-22', null],
    ['11-14', '2026-11-22', null],
    ['01-02', '2026-12-30', 3],
    ['12-30', '2027-01-02', -3],
    ['03-01', '2024-02-28', 2],
  ])('on %s is, seen from %s, %s days away', (birthday, today, days) => {
    expect(birthdayNear(birthday, today)).toBe(days);
  });

  it('on 29 February is the 28th in a year without one', () => {
    expect(birthdayNear('02-29', '2026-02-28')).toBe(0);
    expect(birthdayNear('02-29', '2028-02-28')).toBe(1);
  });
});
