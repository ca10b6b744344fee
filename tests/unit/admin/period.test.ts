import { describe, expect, it } from 'vitest';
import { readFilter, writeFilter } from '../../../src/admin/scores/filter';
import { datesBefore, datesOf, latestDate, localDate } from '../../../src/admin/scores/period';

describe('today', () => {
  it('is the date the clocks of the place show', () => {
    const lateEvening = Date.UTC(2026, 10, 21, 22, 30);
    expect(localDate(lateEvening, 'Europe/Sofia')).toBe('2026-11-22');
    expect(localDate(lateEvening, 'Europe/London')).toBe('2026-11-21');
    expect(localDate(lateEvening, 'America/New_York')).toBe('2026-11-21');
  });

  it('is the latest date of several places, so that no answer of today is left out', () => {
    const at = Date.UTC(2026, 10, 21, 22, 30);
    expect(latestDate(['Europe/London', 'Europe/Sofia'], at)).toBe('2026-11-22');
    expect(latestDate(['America/New_York'], Date.UTC(2026, 10, 21, 3))).toBe('2026-11-20');
  });

  it('follows a place through its clock changes', () => {
    expect(localDate(Date.UTC(2026, 2, 28, 22, 30), 'Europe/Sofia')).toBe('2026-03-29');
    expect(localDate(Date.UTC(2026, 9, 25, 21, 59), 'Europe/Sofia')).toBe('2026-10-25');
    expect(localDate(Date.UTC(2026, 9, 25, 22, 0), 'Europe/Sofia')).toBe('2026-10-26');
  });
});

describe('a period', () => {
  it('counts today in', () => {
    expect(datesOf({ kind: 'last', days: 1 }, '2026-03-01')).toEqual({
      from: '2026-03-01',
      to: '2026-03-01',
    });
    expect(datesOf({ kind: 'last', days: 7 }, '2026-03-01')).toEqual({
      from: '2026-02-23',
      to: '2026-03-01',
    });
  });

  it('is compared with as many days right before', () => {
    expect(datesBefore({ from: '2026-02-23', to: '2026-03-01' })).toEqual({
      from: '2026-02-16',
      to: '2026-02-22',
    });
    expect(datesBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    });
  });
});

describe("the page's address", () => {
  const LOCATION = '0199f3a0-0000-7000-8000-000000000001';

  it('reads back as what was written', () => {
    const filter = {
      period: { kind: 'custom', from: '2017-12-11', to: '2018-03-31' },
      location: LOCATION,
      region: null,
      tablet: null,
      question: 'recommend',
      by: 'week',
      withFlagged: true,
    } as const;
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });

  it('names a region unless a place in it is named', () => {
    const query = new URLSearchParams({ region: 'North & East' });
    expect(readFilter(query)).toMatchObject({ region: 'North & East', location: null });
    expect(readFilter(writeFilter(readFilter(query)))).toEqual(readFilter(query));
    query.set('location', LOCATION);
    expect(readFilter(query)).toMatchObject({ region: null, location: LOCATION });
  });

  it('is empty for the usual view', () => {
    expect(writeFilter(readFilter(new URLSearchParams())).toString()).toBe('');
  });

  it('falls back where somebody typed nonsense', () => {
    const query = new URLSearchParams('from=2026-02-30&to=x&days=12&location=1;drop&question=A B&by=year');
    expect(readFilter(query)).toEqual({
      period: { kind: 'last', days: 30 },
      location: null,
      region: null,
      tablet: null,
      question: null,
      by: null,
      withFlagged: false,
    });
    const reversed = readFilter(new URLSearchParams('from=2026-03-02&to=2026-03-01'));
    expect(reversed.period).toEqual({ kind: 'last', days: 30 });
  });
});
