import { describe, expect, it } from 'vitest';
import { isSamePerson, spentUnchecked, type Logged } from '../../../src/domain/check-in-log';

const id = (number: number) => `018f3c1e-7b2a-7c3d-8e4f-${String(number).padStart(12, '0')}`;
const anna = { member: id(1), lookup: 'aa' };
const at = (time: string) => Date.parse(`${time}Z`);

const redemption = (time: string, more: Partial<Logged> = {}): Logged => ({
  id: id(9),
  pairing: id(8),
  at: at(time),
  ...anna,
  sale: null,
  points: -40,
  reward: id(7),
  checked: false,
  ...more,
});

describe('who stood at the counter', () => {
  it('is the same by id or by number, and never for want of both', () => {
    expect(isSamePerson(anna, { member: id(1), lookup: null })).toBe(true);
    expect(isSamePerson(anna, { member: id(2), lookup: 'aa' })).toBe(true);
    expect(isSamePerson(anna, { member: id(2), lookup: 'bb' })).toBe(false);
    expect(isSamePerson({ member: null, lookup: null }, { member: null, lookup: null })).toBe(false);
  });
});

describe('what was redeemed without asking the server', () => {
  it('is counted for the member and the tablet, on the day of the shop', () => {
    const log = [
      redemption('2026-11-21T21:59'),
      redemption('2026-11-21T22:00'),
      redemption('2026-11-22T09:00', { member: id(2), lookup: 'bb' }),
      redemption('2026-11-22T09:00', { checked: true }),
      redemption('2026-11-22T09:00', { reward: null, points: 10 }),
      redemption('2026-11-22T22:00'),
    ];
    const day = { at: at('2026-11-22T12:00'), timeZone: 'Europe/Sofia' };
    expect(spentUnchecked(log, anna, day)).toEqual({ member: 40, tablet: 80 });
  });
});
