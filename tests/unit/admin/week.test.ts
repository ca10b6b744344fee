import { describe, expect, it } from 'vitest';
import { openingWords } from '../../../src/admin/hours/opening-words';
import {
  dayOfKind,
  hoursOf,
  problemOf,
  readTime,
  usualWeek,
  weekOf,
  type Day,
} from '../../../src/admin/hours/week';
import type { OpeningHours } from '../../../src/domain/opening-hours';

const HOURS: OpeningHours = {
  1: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
  4: [['00:00', '24:00']],
  5: [['18:00', '24:00']],
  6: [
    ['00:00', '02:00'],
    ['08:00', '12:00'],
    ['18:00', '24:00'],
  ],
};

const day = (kind: Day['kind'], ...ranges: [string, string][]): Day => ({
  kind,
  ranges: ranges.map(([opens, closes]) => ({ opens, closes })),
});

describe('a week on the screen', () => {
  it('is saved as it was read, more hours a day than the screen makes included', () => {
    expect(hoursOf(weekOf(HOURS))).toEqual(HOURS);
    expect(hoursOf(weekOf({}))).toEqual({});
  });

  it('knows a day without an end from one that ends at midnight', () => {
    expect(weekOf(HOURS)[4]).toEqual(day('open', ['18:00', '24:00']));
    expect(weekOf(HOURS)[3]).toEqual(day('all-day'));
    expect(weekOf(HOURS)[1]).toEqual(day('closed'));
  });

  it('begins with hours that can be saved', () => {
    expect(usualWeek().map(problemOf)).toEqual(Array(7).fill(null));
    expect(openingWords(hoursOf(usualWeek()))).toBe('Mon–Sat 09:00–18:00');
  });
});

describe('a day made another kind', () => {
  it.each([
    [day('closed'), 'open', day('open', ['09:00', '18:00'])],
    [day('open', ['08:00', '20:00']), 'break', day('break', ['08:00', '13:00'], ['14:00', '20:00'])],
    [day('break', ['08:00', '13:00'], ['14:00', '20:00']), 'open', day('open', ['08:00', '20:00'])],
    [day('open', ['18:00', '24:00']), 'break', day('break', ['00:00', '02:00'], ['18:00', '24:00'])],
    [day('open', ['08:00', '20:00']), 'all-day', day('all-day')],
    [day('break', ['08:00', '13:00'], ['14:00', '20:00']), 'closed', day('closed')],
  ] as const)('keeps what was typed: %j as %s', (before, kind, after) => {
    expect(dayOfKind(before, kind)).toEqual(after);
    expect(problemOf(after)).toBeNull();
  });
});

describe('a time that is typed', () => {
  it.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['930', '09:30'],
    ['1830', '18:30'],
    ['9:30', '09:30'],
    [' 9.30 ', '09:30'],
    ['23:59', '23:59'],
    ['24:01', null],
    ['25', null],
    ['9:60', null],
    ['9:5', null],
    ['12345', null],
    ['', null],
    ['nine', null],
  ])('%j is read as %s', (typed, time) => {
    expect(readTime(typed, 'opens')).toBe(time);
    expect(readTime(typed, 'closes')).toBe(time);
  });

  it('is the end of the day where a shop closes at midnight, and its beginning where it opens', () => {
    expect(['0', '00:00', '24', '24:00'].map((typed) => readTime(typed, 'closes'))).toEqual(
      Array(4).fill('24:00'),
    );
    expect(readTime('0', 'opens')).toBe('00:00');
    expect(readTime('24', 'opens')).toBeNull();
  });
});

describe('what is wrong with a day', () => {
  it.each([
    [day('open', ['', '18:00']), 'unreadable'],
    [day('open', ['09:00', '']), 'unreadable'],
    [day('open', ['9', '18:00']), 'unreadable'],
    [day('open', ['09:00', 'late']), 'unreadable'],
    [day('open', ['18:00', '02:00']), 'order'],
    [day('open', ['09:00', '09:00']), 'order'],
    [day('break', ['09:00', '14:00'], ['13:00', '18:00']), 'overlap'],
    [day('break', ['14:00', '18:00'], ['09:00', '13:00']), 'overlap'],
    [day('break', ['09:00', '24:00'], ['13:00', '18:00']), 'overlap'],
    [day('break', ['09:00', '13:00'], ['13:00', '18:00']), null],
    [day('open', ['00:00', '24:00']), null],
    [day('closed'), null],
  ] as const)('%j: %s', (typed, problem) => {
    expect(problemOf(typed)).toBe(problem);
  });
});

describe('a week in words', () => {
  it('names days with the same hours together', () => {
    expect(openingWords({ 1: [['09:00', '18:00']], 2: [['09:00', '18:00']], 6: [['10:00', '14:00']] })).toBe(
      'Mon–Tue 09:00–18:00 · Sat 10:00–14:00',
    );
    expect(openingWords({ 3: HOURS[1]! })).toBe('Wed 09:00–13:00, 14:00–18:00');
  });

  it('has words for never, for always and for nobody knows', () => {
    expect(openingWords({})).toBe('Closed all week');
    expect(openingWords(null)).toBe('Opening hours not known');
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, HOURS[4]]));
    expect(openingWords(always)).toBe('Open around the clock');
  });
});
