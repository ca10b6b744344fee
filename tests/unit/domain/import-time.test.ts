import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessDateOrder } from '../../../src/domain/import/date-order';
import { readStamp } from '../../../src/domain/import/stamp';
import { isTimeZone, offsetMinutesAt, zonedInstant } from '../../../src/domain/import/zoned-time';

const iso = (ms: number) => new Date(ms).toISOString();

describe('local time in a zone', () => {
  test.each([
    ['winter', Date.UTC(2026, 0, 15, 12), '2026-01-15T10:00:00.000Z', 120, null],
    ['summer', Date.UTC(2026, 6, 15, 12), '2026-07-15T09:00:00.000Z', 180, null],
    // Clocks in Sofia went from 03:00 to 04:00 on 29 March 2026 and from 04:00 to 03:00 on 25 October.
    ['the missing half past three', Date.UTC(2026, 2, 29, 3, 30), '2026-03-29T01:30:00.000Z', 180, 'gap'],
    ['the first minute after the gap', Date.UTC(2026, 2, 29, 4, 0), '2026-03-29T01:00:00.000Z', 180, null],
    ['the doubled half past three', Date.UTC(2026, 9, 25, 3, 30), '2026-10-25T00:30:00.000Z', 180, 'overlap'],
    [
      'the first minute after the overlap',
      Date.UTC(2026, 9, 25, 4, 0),
      '2026-10-25T02:00:00.000Z',
      120,
      null,
    ],
  ] as const)('Sofia: %s', (_, localMs, instant, offsetMinutes, adjusted) => {
    const found = zonedInstant(localMs, 'Europe/Sofia');
    expect(iso(found.instantMs)).toBe(instant);
    expect(found).toMatchObject({ offsetMinutes, adjusted });
  });

  test('knows zones with half hours and zones that changed for good', () => {
    expect(offsetMinutesAt(Date.UTC(2026, 0, 1), 'Asia/Kolkata')).toBe(330);
    expect(offsetMinutesAt(Date.UTC(2012, 0, 1), 'Europe/Moscow')).toBe(240);
    expect(offsetMinutesAt(Date.UTC(2026, 0, 1), 'Europe/Moscow')).toBe(180);
    expect(isTimeZone('Europe/Nowhere')).toBe(false);
  });

  test('comes back to the same local time from every instant, except when clocks are put back', () => {
    const zone = fc.constantFrom(
      'Europe/Sofia',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'UTC',
    );
    const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });
    fc.assert(
      fc.property(zone, minute, (timeZone, at) => {
        const instantMs = at * 60_000;
        const found = zonedInstant(instantMs + offsetMinutesAt(instantMs, timeZone) * 60_000, timeZone);
        if (found.adjusted === null) expect(found.instantMs).toBe(instantMs);
        else expect(instantMs - found.instantMs).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

describe('stamps', () => {
  test.each([
    ['2017-12-11T19:36', 'dmy', '2017-12-11T19:36:00.000Z'],
    ['2019-11-01 08:51:12.402', 'ymd', '2019-11-01T08:51:12.402Z'],
    ['29.03.2026 г. 14:05 ч.', 'dmy', '2026-03-29T14:05:00.000Z'],
    ['29/03/26, 9:05', 'dmy', '2026-03-29T09:05:00.000Z'],
    ['3/29/2026 2:05 PM', 'mdy', '2026-03-29T14:05:00.000Z'],
    ['3/29/2026 12:05 a.m.', 'mdy', '2026-03-29T00:05:00.000Z'],
    ['2024-02-29', 'ymd', '2024-02-29T12:00:00.000Z'],
  ] as const)('reads %s as %s', (text, order, expected) => {
    const stamp = readStamp(text, order);
    expect(stamp && iso(stamp.localMs)).toBe(expected);
    expect(stamp?.offsetMinutes).toBeNull();
  });

  test.each([
    ['2026-03-29T14:05:00Z', 0],
    ['2026-03-29T14:05:00+03:00', 180],
    ['2026-03-29 14:05 -0430', -270],
  ])('takes the offset written in %s', (text, offsetMinutes) => {
    expect(readStamp(text, 'ymd')).toMatchObject({ offsetMinutes, hasTime: true });
  });

  test.each([
    ['31.02.2026', 'dmy'],
    ['29/03/2026', 'mdy'],
    ['29/03/2026', 'ymd'],
    ['2026-03-29 25:00', 'ymd'],
    ['2026-03-29 13:05 PM', 'ymd'],
    ['2026-03-29x', 'ymd'],
    ['2026-03/29', 'ymd'],
    ['45379', 'dmy'],
    ['yesterday', 'dmy'],
    ['', 'dmy'],
  ] as const)('cannot read "%s" as %s', (text, order) => {
    expect(readStamp(text, order)).toBeNull();
  });
});

describe('the order of dates', () => {
  test.each([
    [['2026-03-04', '2026-03-05T10:00'], { kind: 'certain', order: 'ymd' }],
    [['04/03/2026', '13/03/2026'], { kind: 'certain', order: 'dmy' }],
    [['04/03/2026', '03/13/2026'], { kind: 'certain', order: 'mdy' }],
    [['04/03/2026', '2026-03-13'], { kind: 'ambiguous', candidates: ['dmy', 'mdy'] }],
    [['13/03/2026', '03/13/2026'], { kind: 'ambiguous', candidates: ['dmy', 'mdy'] }],
    [['05.05.2026', '2026-03-13'], { kind: 'certain', order: 'dmy' }],
    [['soon', ''], { kind: 'none' }],
  ])('of %j is %j', (cells, guess) => {
    expect(guessDateOrder(cells)).toEqual(guess);
  });
});
