import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dateOf,
  dayNumber,
  isoWeek,
  isoWeekday,
  mondayOf,
} from '../../../src/domain/statistics/local-date';
import { fillDays, hourGrid, toIsoWeeks, toMonths } from '../../../src/domain/statistics/series';

const anyDate = fc.integer({ min: -200_000, max: 200_000 }).map(dateOf);

describe('local dates', () => {
  test.each([
    // The examples of ISO 8601 week dates at the turn of a year.
    ['2005-01-01', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2007-01-01', '2007-W01'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2026-01-01', '2026-W01'],
    ['1969-12-31', '1970-W01'],
  ])('%s is in week %s', (date, week) => {
    expect(isoWeek(date)).toBe(week);
  });

  test.each(['2025-02-29', '2025-13-01', '2025-1-1', '25-01-01', '2025-01-01T00:00', ''])(
    'refuses "%s"',
    (date) => {
      expect(() => dayNumber(date)).toThrow(RangeError);
    },
  );

  test('a week begins on the Monday at or before each of its days', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(isoWeekday(mondayOf(date))).toBe(1);
        expect(dayNumber(date) - dayNumber(mondayOf(date))).toBe(isoWeekday(date) - 1);
        expect(addDays(addDays(date, 40), -40)).toBe(date);
      }),
    );
  });
});

describe('day series', () => {
  test('fills gaps with zeros and sums rows of one day', () => {
    const rows = [
      { day: '2026-03-30', counts: [1, 2] },
      { day: '2026-03-28', counts: [1, 0] },
      { day: '2026-03-30', counts: [0, 5] },
    ];
    expect(fillDays(rows, '2026-03-28', '2026-03-31', 2)).toEqual([
      { day: '2026-03-28', counts: [1, 0] },
      { day: '2026-03-29', counts: [0, 0] },
      { day: '2026-03-30', counts: [1, 7] },
      { day: '2026-03-31', counts: [0, 0] },
    ]);
  });

  test('refuses days outside the period, other widths and a period that ends before it begins', () => {
    const row = { day: '2026-03-01', counts: [1] };
    expect(() => fillDays([row], '2026-03-02', '2026-03-03', 1)).toThrow(RangeError);
    expect(() => fillDays([row], '2026-03-01', '2026-03-03', 2)).toThrow(RangeError);
    expect(() => fillDays([], '2026-03-03', '2026-03-02', 1)).toThrow(RangeError);
  });

  test('weeks say how many days they cover, and empty ones between are kept', () => {
    const days = [
      { day: '2026-01-03', counts: [1, 0] },
      { day: '2026-01-04', counts: [0, 1] },
      { day: '2026-01-14', counts: [2, 2] },
    ];
    expect(toIsoWeeks(days)).toEqual([
      { week: '2026-W01', monday: '2025-12-29', counts: [1, 1], days: 2 },
      { week: '2026-W02', monday: '2026-01-05', counts: [0, 0], days: 0 },
      { week: '2026-W03', monday: '2026-01-12', counts: [2, 2], days: 1 },
    ]);
    expect(toIsoWeeks([])).toEqual([]);
  });

  test('no answer is lost or doubled on the way from days to weeks', () => {
    const rows = fc.array(fc.record({ offset: fc.nat(60), n: fc.nat(20) }), { maxLength: 40 });
    fc.assert(
      fc.property(anyDate, rows, (from, list) => {
        const days = fillDays(
          list.map(({ offset, n }) => ({ day: addDays(from, offset), counts: [n] })),
          from,
          addDays(from, 60),
          1,
        );
        const weeks = toIsoWeeks(days);
        const total = list.reduce((sum, { n }) => sum + n, 0);
        expect(days).toHaveLength(61);
        expect(weeks.reduce((sum, week) => sum + week.counts[0]!, 0)).toBe(total);
        expect(weeks.reduce((sum, week) => sum + week.days, 0)).toBe(61);
      }),
    );
  });

  test('months are those of the calendar and say how many of their days there are', () => {
    const days = fillDays(
      [
        { day: '2027-12-31', counts: [1] },
        { day: '2028-02-29', counts: [2] },
        { day: '2028-03-01', counts: [4] },
      ],
      '2027-12-30',
      '2028-03-01',
      1,
    );
    expect(toMonths(days)).toEqual([
      { month: '2027-12-01', counts: [1], days: 2 },
      { month: '2028-01-01', counts: [0], days: 31 },
      { month: '2028-02-01', counts: [2], days: 29 },
      { month: '2028-03-01', counts: [4], days: 1 },
    ]);
  });

  test('the hour grid puts Monday first and adds up', () => {
    const grid = hourGrid(
      [
        { day: '2026-03-30', hour: 8, counts: [1] },
        { day: '2026-04-06', hour: 8, counts: [2] },
        { day: '2026-04-05', hour: 23, counts: [4] },
      ],
      1,
    );
    expect(grid[0]![8]).toEqual([3]);
    expect(grid[6]![23]).toEqual([4]);
    expect(grid.flat(2).reduce((sum, n) => sum + n, 0)).toBe(7);
    expect(() => hourGrid([{ day: '2026-04-05', hour: 24, counts: [1] }], 1)).toThrow(RangeError);
  });
});
