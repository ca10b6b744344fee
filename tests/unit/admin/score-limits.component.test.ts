import { describe, expect, it } from 'vitest';
import { tellScoreLimits } from '../../../src/admin/alerts/limits-watch';
import type { AlertOf, ScoreLimits } from '../../../src/backend/owner-calls/alerts';
import type { ReportAnswers } from '../../../src/backend/owner-calls/scores';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { addDays, mondayOf } from '../../../src/domain/statistics/local-date';
import { id, ok, scriptedShop } from './member-fixture';

const TODAY = new Date().toISOString().slice(0, 10);
const LAST_WEEK = addDays(mondayOf(TODAY), -7);
const WEEKS = 20;

/** Ten answers a day, nine or eight of them content by turns of weeks; in the last whole week as many as told. */
function answers(from: string, lastWeek: number): ReportAnswers {
  const start = addDays(LAST_WEEK, -7 * WEEKS);
  const days: ReportAnswers['days'] = [];
  for (let day = start > from ? start : from; day <= TODAY; day = addDays(day, 1)) {
    const isEven = Math.round((Date.parse(mondayOf(day)) - Date.parse(start)) / 604_800_000) % 2 === 0;
    const content = day >= LAST_WEEK ? lastWeek : isEven ? 9 : 8;
    days.push({ question: 'satisfaction', day, score: 5, n: content, flagged: 0 });
    days.push({ question: 'satisfaction', day, score: 1, n: 10 - content, flagged: 0 });
  }
  return { scores: [], days, hours: [], choices: [] };
}

function shopWith(
  contentAt: (location: string | null) => number,
  outcome: 'opened' | 'forbidden' = 'opened',
) {
  const noted: ScoreLimits[] = [];
  const shop = scriptedShop({
    improvements: () => ok([]),
    reportAnswers: (_org, { from, location }) => ok(answers(from, contentAt(location))),
    noteScoreLimits: (_org, limits) => {
      noted.push(limits);
      return ok({ outcome });
    },
  });
  shop.surveys = [{ id: id(60), number: 1, definition: defaultSurvey }];
  shop.locations = [30, 31].map((number) => ({
    id: id(number),
    name: `Place ${number}`,
    time_zone: 'UTC',
    region: null,
    opening_hours: null,
  })) as typeof shop.locations;
  return { shop, noted };
}

describe('the watch over control limits', () => {
  it('tells of the figures whose latest whole week lies outside, with the limits and n, and of no other', async () => {
    const { shop, noted } = shopWith((location) => (location === id(31) ? 2 : 9));
    await tellScoreLimits(shop);
    expect(noted).toEqual([
      expect.objectContaining({
        question: 'satisfaction',
        location: id(31),
        week: LAST_WEEK,
        score: 0.2,
        n: 70,
      }),
    ]);
    expect(noted[0]!.lower).toBeGreaterThan(0.2);
    expect(noted[0]!.upper).toBeLessThanOrEqual(1);
  });

  it('tells again how a figure stands that an open alert is about, so that the alert can close', async () => {
    const { shop, noted } = shopWith(() => 9);
    const alert: AlertOf<'score_left_limits'> = {
      alert: id(70),
      kind: 'score_left_limits',
      subject: { location: null, question: 'satisfaction', week: addDays(LAST_WEEK, -7) },
      facts: { score: 0.2, lower: 0.7, upper: 1, n: 70 },
      opened_at: new Date().toISOString(),
      closed_at: null,
      closed_by: null,
      acknowledged_at: null,
      acknowledged_by: null,
      notes: [],
    };
    shop.alerts.report = { alerts: [alert], next: null, open: 1, waiting: 1, tablet_silent: true };
    await tellScoreLimits(shop);
    expect(noted.map(({ location, week, score }) => ({ location, week, score }))).toEqual([
      { location: null, week: LAST_WEEK, score: 0.9 },
    ]);
  });

  it('does not ask again once told that this account may not', async () => {
    const { shop, noted } = shopWith(() => 1, 'forbidden');
    await tellScoreLimits(shop);
    expect(noted).toHaveLength(1);
  });
});
