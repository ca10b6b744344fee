import { describe, expect, it } from 'vitest';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import { pointsOfVisit } from '../../../src/domain/points';

const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: { points: 3, per: 250 },
  welcome_points: 50,
  birthday_points: 100,
  ...PLAIN_TERMS,
};

describe('what a visit gives', () => {
  it('gives points for the visit alone when nobody entered a sale', () => {
    expect(pointsOfVisit(programme, null)).toEqual({ visit: 10, amount: 0 });
  });

  it.each([
    [0, 0],
    [249, 0],
    [250, 3],
    [499, 3],
    [1250, 15],
  ])('counts full amounts only: a sale of %i gives %i more', (amount, points) => {
    expect(pointsOfVisit(programme, { amount, currency: 'EUR' })).toEqual({ visit: 10, amount: points });
  });

  it('gives nothing for an amount in another currency, at whatever rate', () => {
    expect(pointsOfVisit(programme, { amount: 1250, currency: 'BGN' })).toEqual({ visit: 10, amount: 0 });
  });

  it('gives nothing for amounts where the programme says so', () => {
    const byVisits = { ...programme, points_per_amount: null };
    expect(pointsOfVisit(byVisits, { amount: 1250, currency: 'EUR' })).toEqual({ visit: 10, amount: 0 });
  });
});
