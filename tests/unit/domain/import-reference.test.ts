import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { guessMapping } from '../../../src/domain/import/guess-mapping';
import type { ImportMapping } from '../../../src/domain/import/mapping';
import {
  planImport,
  type ImportOptions,
  type ImportPlan,
  type ImportTable,
} from '../../../src/domain/import/plan';
import { recordBatches } from '../../../src/domain/import/records';
import { csat } from '../../../src/domain/statistics/csat';
import type { Estimate, Estimated } from '../../../src/domain/statistics/estimate';
import { nps, npsGroups } from '../../../src/domain/statistics/nps';
import { sharedTable } from './shared-data';

/** Real files, read through the same rules as an owner's. What each has against it stands in docs/statistics.md. */

const OPTIONS: ImportOptions = { timeZone: 'Europe/London', dateOrder: 'auto', now: Date.UTC(2026, 0, 1) };

function planned(
  table: ImportTable,
  mapping: ImportMapping,
  options: Partial<ImportOptions> = {},
): ImportPlan {
  const result = planImport(table, mapping, { ...OPTIONS, ...options });
  if (!result.ok) throw new Error(result.problem.code);
  return result.plan;
}

function countsOf({ sessions }: ImportPlan, type: 'csat' | 'nps'): number[] {
  const first = type === 'csat' ? 1 : 0;
  const counts = new Array<number>(type === 'csat' ? 5 : 11).fill(0);
  for (const answer of sessions.flatMap(({ answers }) => answers)) {
    if (answer.type === type) counts[answer.score - first]! += 1;
  }
  return counts;
}

function estimate(figure: Estimated): Estimate {
  if (figure.kind === 'too-few') throw new Error(`too few: ${figure.n}`);
  return figure;
}

describe('broadband, 1,482 replies to a text message', () => {
  const FILE = 'ratings/broadband_nps_2017-12_2018-03.csv';
  const mapping: ImportMapping = {
    scores: [{ column: 3, scale: 'nps10' }],
    occurredAt: { column: 1 },
    location: 2,
    comment: 5,
    externalId: 0,
  };

  test('holds 1,460 scores and 22 replies without one: NPS −30.0', (context) => {
    const plan = planned(sharedTable(context, FILE), mapping);
    expect(plan.report).toMatchObject({ read: 1482, accepted: 1460, refusedBy: { score_missing: 22 } });
    expect(plan.report.warnings).toEqual({ text_damaged: 99 });
    expect(npsGroups(countsOf(plan, 'nps'))).toEqual({
      promoters: 399,
      passives: 224,
      detractors: 837,
      n: 1460,
    });
    expect(estimate(nps(countsOf(plan, 'nps'))).value).toBe(-30);
  });

  test('meets the published −29.5547 of 1,482 when replies without a score are recoded to passives', (context) => {
    const asPublished = { ...mapping, scores: [{ column: 3, scale: 'nps10' as const, recode: { '': 7 } }] };
    const plan = planned(sharedTable(context, FILE), asPublished);
    expect(plan.report).toMatchObject({ read: 1482, accepted: 1482, refused: 0, joined: 0, sessions: 1482 });
    expect(Object.fromEntries(plan.report.locations)).toEqual({
      'First Payment': 690,
      Order: 597,
      'Equipment Received': 175,
      'Service in Use': 20,
    });
    expect(npsGroups(countsOf(plan, 'nps'))).toEqual({
      promoters: 399,
      passives: 246,
      detractors: 837,
      n: 1482,
    });
    const score = estimate(nps(countsOf(plan, 'nps')));
    expect(score.value).toBeCloseTo(-29.5547, 4);
    expect(score.low).toBeCloseTo(-33.954, 3);
    expect(score.high).toBeCloseTo(-25.155, 3);
  });

  test('makes the same distinct records on a second import', async (context) => {
    const table = sharedTable(context, FILE);
    const idsOf = async () => {
      const ids: string[] = [];
      const batches = recordBatches(planned(table, mapping).sessions, {
        organization: 'a0000000-0000-4000-8000-000000000001',
        survey: 'a0000000-0000-4000-8000-000000000002',
        locale: 'en',
        sha256: async (text) => createHash('sha256').update(text).digest('hex'),
      });
      for await (const batch of batches) ids.push(...batch.map(({ id }) => id));
      return ids;
    };
    const first = await idsOf();
    expect(new Set(first).size).toBe(first.length);
    expect(first.length).toBe(1460 * 2);
    expect(await idsOf()).toEqual(first);
  });

  test('has its columns guessed', (context) => {
    const { header, rows } = sharedTable(context, FILE);
    expect(guessMapping(header, rows.slice(0, 200))).toEqual({
      scores: [{ column: 3, scale: 'nps10', certain: true, offScale: [] }],
      occurredAt: 1,
      dateOrder: { kind: 'certain', order: 'ymd' },
      location: 2,
      comment: 5,
      reasons: null,
      externalId: 0,
    });
  });
});

describe('NHS friends and family, 1,507 respondents in 2,812 rows', () => {
  const FILE = 'ratings/nhs_fft_visible_NHFT.csv';
  const mapping: ImportMapping = {
    scores: [{ column: 6, scale: 'csat5', recode: { 1: 5, 2: 4, 4: 2, 5: 1 }, blanks: ['6', '7'] }],
    occurredAt: { column: 3 },
    comment: 8,
    externalId: 2,
  };

  test('counts each respondent once: top two 1,078 of 1,312', (context) => {
    const plan = planned(sharedTable(context, FILE), mapping, { longText: 'cut' });
    expect(plan.report).toMatchObject({
      read: 2812,
      accepted: 2450,
      sessions: 1312,
      joined: 1138,
      refused: 362,
    });
    expect(plan.report.refusedBy).toEqual({ score_missing: 362 });
    const score = estimate(csat(countsOf(plan, 'csat')));
    expect(score.n).toBe(1312);
    expect(Math.round(score.value * 1312)).toBe(1078);
    expect(100 * score.value).toBeCloseTo(82.1646, 4);
    expect(100 * score.low).toBeCloseTo(80.0, 3);
    expect(100 * score.high).toBeCloseTo(84.141, 3);
  });

  test('refuses rows with comments longer than a kiosk takes unless told to cut them', (context) => {
    const plan = planned(sharedTable(context, FILE), mapping);
    expect(plan.report.refusedBy).toEqual({ score_missing: 362, text_too_long: 2 });
  });

  test('has its columns guessed, with the codes off the scale named', (context) => {
    const { header, rows } = sharedTable(context, FILE);
    const guess = guessMapping(header, rows.slice(0, 500));
    expect(guess).toMatchObject({ occurredAt: 3, comment: 8, reasons: 11, externalId: 2, location: 4 });
    expect(guess.scores).toEqual([{ column: 6, scale: 'csat5', certain: false, offScale: ['7'] }]);
  });
});

describe('SFO airport 2017, 2,831 passengers', () => {
  const FILE = 'ratings/sfo_airport_csat_nps_2017.csv';
  const mapping: ImportMapping = {
    scores: [
      { column: 6, scale: 'csat5' },
      { column: 9, scale: 'nps10', blanks: ['11'] },
    ],
    // The file has a day of the month but no month; the survey was held in May.
    occurredAt: { forAll: '2017-05-15' },
    location: 3,
  };

  test('meets CSAT 2,206 of 2,688 and NPS 39.8398 in one import', (context) => {
    const plan = planned(sharedTable(context, FILE), mapping, { timeZone: 'America/Los_Angeles' });
    expect(plan.report.read).toBe(2831);
    const score = estimate(csat(countsOf(plan, 'csat')));
    expect([Math.round(score.value * score.n), score.n]).toEqual([2206, 2688]);
    expect(100 * score.value).toBeCloseTo(82.0685, 4);
    expect(npsGroups(countsOf(plan, 'nps'))).toEqual({
      promoters: 1436,
      passives: 968,
      detractors: 342,
      n: 2746,
    });
    const net = estimate(nps(countsOf(plan, 'nps')));
    expect(net.value).toBeCloseTo(39.8398, 4);
    expect(net.low).toBeCloseTo(37.225, 3);
    expect(net.high).toBeCloseTo(42.455, 3);
    expect(plan.report.warnings['time_missing']).toBe(plan.report.accepted);
  });

  test('takes cleanliness and safety beside the whole, each as a question of its own', (context) => {
    const scores: ImportMapping['scores'] = [
      ...mapping.scores,
      // 6 is "never used it"; 0 is no answer.
      { column: 7, scale: 'csat5', question: 'about_service', blanks: ['0', '6'] },
      { column: 8, scale: 'csat5', question: 'about_staff', blanks: ['0'] },
    ];
    const { rows } = sharedTable(context, FILE);
    const plan = planned(
      sharedTable(context, FILE),
      { ...mapping, scores },
      { timeZone: 'America/Los_Angeles' },
    );
    const given = (column: number) =>
      [1, 2, 3, 4, 5].map((score) => rows.filter((row) => row[column] === String(score)).length);
    const kept = (question: string) =>
      [1, 2, 3, 4, 5].map(
        (score) =>
          plan.sessions.filter(({ answers }) =>
            answers.some(
              (answer) => answer.question === question && 'score' in answer && answer.score === score,
            ),
          ).length,
      );
    expect(kept('satisfaction')).toEqual(given(6));
    expect(kept('about_service')).toEqual(given(7));
    expect(kept('about_staff')).toEqual(given(8));
    expect(plan.sessions).toHaveLength(plan.report.accepted);
  });

  test('has both scales guessed, with 11 named as off the scale', (context) => {
    const { header, rows } = sharedTable(context, FILE);
    const guess = guessMapping(header, rows);
    expect(guess.scores).toEqual([
      { column: 6, scale: 'csat5', certain: true, offScale: [] },
      { column: 9, scale: 'nps10', certain: false, offScale: ['11'] },
    ]);
    expect(guess).toMatchObject({
      occurredAt: null,
      dateOrder: { kind: 'none' },
      location: 3,
      externalId: 1,
    });
  });
});
