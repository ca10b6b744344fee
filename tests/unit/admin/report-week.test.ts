import { describe, expect, it } from 'vitest';
import { readWeek, weekDates } from '../../../src/admin/report/week';

describe('the week of a report', () => {
  it.each([
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
  ])('%s runs from %s to %s', (week, from, to) => {
    expect(weekDates(week)).toEqual({ from, to });
  });

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026-47', 'week', ''])('knows no week %s', (week) => {
    expect(weekDates(week)).toBeNull();
  });

  it.each([
    ['', '2026-W46'],
    ['week=2026-W40', '2026-W40'],
    // Sunday the 22nd: that week still runs.
    ['week=2026-W47', '2026-W46'],
    ['week=2031-W01', '2026-W46'],
    ['week=nonsense', '2026-W46'],
  ])('reads %s on a Sunday as %s', (query, week) => {
    expect(readWeek(new URLSearchParams(query), '2026-11-22').week).toBe(week);
  });
});
