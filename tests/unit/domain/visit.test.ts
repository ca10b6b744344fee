import { describe, expect, it } from 'vitest';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import { expectedPoints, isCoolingDown, lastCounted } from '../../../src/domain/visit';

const HOUR = 3_600_000;

describe('the cooldown', () => {
  it('runs for its hours and not a moment longer', () => {
    expect(isCoolingDown(0, 4 * HOUR - 1, 4)).toBe(true);
    expect(isCoolingDown(0, 4 * HOUR, 4)).toBe(false);
  });

  it('never runs before the first visit, nor where every check-in counts', () => {
    expect(isCoolingDown(null, 0, 4)).toBe(false);
    expect(isCoolingDown(0, 0, 0)).toBe(false);
  });

  it('counts from the last visit that counted, and not from one it refused', () => {
    expect(lastCounted(0, [2 * HOUR, 5 * HOUR, 6 * HOUR], 4)).toBe(5 * HOUR);
    expect(lastCounted(null, [HOUR, 2 * HOUR], 4)).toBe(HOUR);
    expect(lastCounted(null, [], 4)).toBeNull();
  });
});

describe('what a visit gives', () => {
  const programme: Programme = {
    country: 'BG',
    currency: 'EUR',
    cooldown_hours: 4,
    points_per_visit: 10,
    points_per_amount: { points: 2, per: 500 },
    welcome_points: 50,
    birthday_points: 100,
    ...PLAIN_TERMS,
  };

  it('is for the visit and for every full step of the sale', () => {
    expect(expectedPoints(programme, null)).toBe(10);
    expect(expectedPoints(programme, 499)).toBe(10);
    expect(expectedPoints(programme, 1250)).toBe(14);
  });

  it('is for the visit alone where amounts give nothing', () => {
    expect(expectedPoints({ ...programme, points_per_amount: null }, 1250)).toBe(10);
  });
});
