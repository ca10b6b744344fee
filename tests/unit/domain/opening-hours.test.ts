import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenAt, openMsBetween, WEEKDAYS, type OpeningHours } from '../../../src/domain/opening-hours';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A week in Sofia, Monday 16 March 2026 at the front; UTC+2 until the clocks go forward on the 29th. */
const at = (text: string) => Date.parse(text);
const BAKERY: OpeningHours = {
  1: [['09:00', '18:00']],
  2: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
  5: [['20:00', '24:00']],
  6: [['00:00', '02:00']],
};

describe('whether a moment is within opening hours', () => {
  test.each([
    ['2026-03-16T08:59:59+02:00', false],
    ['2026-03-16T09:00:00+02:00', true],
    ['2026-03-16T17:59:59+02:00', true],
    ['2026-03-16T18:00:00+02:00', false],
    ['2026-03-17T13:30:00+02:00', false],
    ['2026-03-17T14:00:00+02:00', true],
    ['2026-03-18T12:00:00+02:00', false],
    ['2026-03-20T23:59:59+02:00', true],
    ['2026-03-21T00:00:00+02:00', true],
    ['2026-03-21T02:00:00+02:00', false],
  ])('%s: %s', (moment, expected) => {
    expect(isOpenAt(BAKERY, 'Europe/Sofia', at(moment))).toBe(expected);
  });

  test('is told by the clock of the location, not of whoever asks', () => {
    const noon = at('2026-03-16T16:30:00Z');
    expect(isOpenAt(BAKERY, 'Europe/Sofia', noon)).toBe(false);
    expect(isOpenAt(BAKERY, 'Europe/London', noon)).toBe(true);
  });

  test('throws for a zone that is none', () => {
    expect(() => isOpenAt(BAKERY, 'Europe/Nowhere', 0)).toThrow(RangeError);
  });
});

describe('open time between two moments', () => {
  const openMs = (from: string, to: string, hours = BAKERY) =>
    openMsBetween(hours, 'Europe/Sofia', at(from), at(to));

  test('leaves out the night, the break and closed days', () => {
    expect(openMs('2026-03-16T17:50:00+02:00', '2026-03-17T09:10:00+02:00')).toBe(20 * MINUTE);
    expect(openMs('2026-03-17T12:30:00+02:00', '2026-03-17T14:10:00+02:00')).toBe(40 * MINUTE);
    expect(openMs('2026-03-18T00:00:00+02:00', '2026-03-20T00:00:00+02:00')).toBe(0);
    expect(openMs('2026-03-16T00:00:00+02:00', '2026-03-23T00:00:00+02:00')).toBe((9 + 8 + 4 + 2) * HOUR);
  });

  test('goes on over midnight', () => {
    expect(openMs('2026-03-20T23:30:00+02:00', '2026-03-21T00:45:00+02:00')).toBe(75 * MINUTE);
  });

  test('is none when the moments are not in order', () => {
    expect(openMs('2026-03-16T12:00:00+02:00', '2026-03-16T11:00:00+02:00')).toBe(0);
    expect(openMs('2026-03-17T12:00:00+02:00', '2026-03-16T11:00:00+02:00')).toBe(0);
  });

  test('counts time that two ranges share once, however they are sorted', () => {
    const overlapping: OpeningHours = {
      1: [
        ['12:00', '20:00'],
        ['09:00', '18:00'],
      ],
    };
    expect(openMs('2026-03-16T00:00:00+02:00', '2026-03-17T00:00:00+02:00', overlapping)).toBe(11 * HOUR);
  });

  const always = Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00']]])) as OpeningHours;

  test('of a day on which the clocks change is as long as the day', () => {
    expect(openMs('2026-03-29T00:00:00+02:00', '2026-03-30T00:00:00+03:00', always)).toBe(23 * HOUR);
    expect(openMs('2026-10-25T00:00:00+03:00', '2026-10-26T00:00:00+02:00', always)).toBe(25 * HOUR);
    const sundays: OpeningHours = { 7: [['02:00', '05:00']] };
    expect(openMs('2026-03-29T00:00:00+02:00', '2026-03-30T00:00:00+03:00', sundays)).toBe(2 * HOUR);
    expect(openMs('2026-10-25T00:00:00+03:00', '2026-10-26T00:00:00+02:00', sundays)).toBe(4 * HOUR);
  });

  // Beirut's clocks change at midnight: one day's 24:00 and the next one's 00:00 are the same instant all the same.
  test.each(['Europe/Sofia', 'Asia/Beirut', 'Asia/Kolkata', 'Pacific/Apia', 'America/Havana'])(
    'of a shop that never closes is all the time there is (%s)',
    (zone) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 700 * 24 * 60 }),
          fc.integer({ min: 0, max: 20 * 1440 }),
          (start, length) => {
            const from = at('2025-01-01T00:00:00Z') + start * MINUTE;
            expect(openMsBetween(always, zone, from, from + length * MINUTE)).toBe(length * MINUTE);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  test('adds up, wherever the time is cut in two', () => {
    const from = at('2026-03-16T00:00:00Z');
    const whole = openMsBetween(BAKERY, 'Europe/Sofia', from, from + 21 * DAY);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 21 * DAY }), (cut) => {
        const first = openMsBetween(BAKERY, 'Europe/Sofia', from, from + cut);
        expect(first + openMsBetween(BAKERY, 'Europe/Sofia', from + cut, from + 21 * DAY)).toBe(whole);
      }),
      { numRuns: 40 },
    );
  });
});
