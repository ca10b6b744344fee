import { describe, expect, it } from 'vitest';
import { lapsesAt, lapsesSoon } from '../../../src/domain/expiry';

const at = (time: string) => Date.parse(`${time}Z`);

describe('points that nobody comes for', () => {
  it.each([
    ['2026-03-10T09:30', 6, '2026-09-10T09:30'],
    ['2026-11-22T23:59', 12, '2027-11-22T23:59'],
    ['2026-08-31T12:00', 6, '2027-02-28T12:00'],
    ['2023-08-31T12:00', 6, '2024-02-29T12:00'],
    ['2026-01-31T12:00', 1, '2026-02-28T12:00'],
  ])('of a visit on %s lapse after %i months, on %s', (visit, months, lapse) => {
    expect(lapsesAt(at(visit), months)).toBe(at(lapse));
  });

  const member = { points: 45, lastVisit: at('2026-03-10T09:30') };

  it('are spoken of in the last thirty days, and neither sooner nor afterwards', () => {
    const lapse = at('2026-09-10T09:30');
    expect(lapsesSoon(member, 6, at('2026-08-11T09:29'))).toBeNull();
    expect(lapsesSoon(member, 6, at('2026-08-11T09:30'))).toBe(lapse);
    expect(lapsesSoon(member, 6, at('2026-09-10T09:29'))).toBe(lapse);
    expect(lapsesSoon(member, 6, lapse)).toBeNull();
  });

  it('are not spoken of where nothing can lapse', () => {
    const now = at('2026-09-01T09:30');
    expect(lapsesSoon(member, null, now)).toBeNull();
    expect(lapsesSoon({ ...member, points: 0 }, 6, now)).toBeNull();
    expect(lapsesSoon({ ...member, lastVisit: null }, 6, now)).toBeNull();
  });
});
