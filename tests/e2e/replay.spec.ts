import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { nps, npsGroups } from '../../src/domain/statistics/nps';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import type { ReplayCounts, ReplayTablet, replay } from './pages/replay';
import { addModule } from './support/browser-module';
import { figureOf, openScores } from './support/owner';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const FILE = join(PROJECT_DIR, '..', 'shared', 'data', 'ratings', 'broadband_nps_2017-12_2018-03.csv');

declare global {
  interface Window {
    replayModule: { replay: typeof replay };
    cutNetwork: () => Promise<void>;
    restoreNetwork: () => Promise<void>;
  }
}

/**
 * The published figure counts the 22 customers who left a comment but no score as passives (their group is blank in
 * the file); 7 is the passive score used for them here.
 */
const SCORE_OF_BLANK = 7;

function readTouchpoints(): Map<string, { at: number; score: number; comment: string }[]> {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(FILE, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const touchpoints = new Map<string, { at: number; score: number; comment: string }[]>();
  for (const row of data) {
    const rows = touchpoints.get(row['touchpoint']!) ?? [];
    rows.push({
      at: Date.parse(`${row['responded_at']!}:00Z`),
      score: row['score_0_10'] === '' ? SCORE_OF_BLANK : Number(row['score_0_10']),
      comment: row['comment']!.trim().slice(0, 2000),
    });
    touchpoints.set(row['touchpoint']!, rows);
  }
  return touchpoints;
}

function countsOf(rows: { score: number }[]): number[] {
  return Array.from({ length: 11 }, (_, score) => rows.filter((row) => row.score === score).length);
}

test('1,482 real scores pass through four tablets, half of them offline, and the owner reads the published NPS', async ({
  verna,
  page,
  context,
}) => {
  test.setTimeout(240_000);
  expect(existsSync(FILE), `The reference data is not there: ${FILE}`).toBe(true);
  const touchpoints = readTouchpoints();
  const shop = await createShop(verna.url, 'UTC');
  const tablets: ReplayTablet[] = [];
  for (const [touchpoint, rows] of touchpoints) {
    const { code } = await shop.newTablet(touchpoint, 'Counter');
    tablets.push({ touchpoint, code, rows });
  }

  await page.exposeFunction('cutNetwork', () => goOffline(context, verna));
  await page.exposeFunction('restoreNetwork', () => goOnline(context, verna));
  await page.goto('/staff');
  await addModule(page, join(PROJECT_DIR, 'tests', 'e2e', 'pages', 'replay.ts'), 'replayModule');
  const counts: ReplayCounts[] = await page.evaluate(
    (input) => window.replayModule.replay(input, { cut: window.cutNetwork, restore: window.restoreNetwork }),
    tablets,
  );
  for (const { touchpoint, waitingWhileOffline, waiting, made } of counts) {
    const rows = touchpoints.get(touchpoint)!;
    expect(waitingWhileOffline).toBeGreaterThanOrEqual(Math.floor(rows.length / 2));
    expect(waiting).toBe(0);
    expect(made).toBe(rows.length + rows.filter((row) => row.comment).length);
  }

  const all = [...touchpoints.values()].flat();
  expect(npsGroups(countsOf(all))).toEqual({ promoters: 399, passives: 246, detractors: 837, n: 1482 });
  const stored = await verna.backend.sql.query<{ name: string; score: number; n: number }>(
    `select locations.name, score::int as score, sum(n)::int as n
     from public.score_counts join public.locations on locations.id = score_counts.location_id
     where score_counts.org_id = $1 and question = 'recommend' group by 1, 2`,
    [shop.organization],
  );
  for (const [touchpoint, rows] of touchpoints) {
    const received = Array.from(
      { length: 11 },
      (_, score) => stored.find((row) => row.name === touchpoint && row.score === score)?.n ?? 0,
    );
    expect(received).toEqual(countsOf(rows));
  }
  const overall = nps(countsOf(all));
  expect(overall).toMatchObject({ kind: 'estimate', n: 1482 });
  if (overall.kind === 'estimate') {
    expect(overall.value).toBeCloseTo(-29.5547, 4);
    expect(overall.low).toBeCloseTo(-33.954, 3);
    expect(overall.high).toBeCloseTo(-25.155, 3);
  }

  const scores = await openScores(page, verna.url, shop, { from: '2017-12-01', to: '2018-03-31' });
  await scores.expectNps({ value: '−29.6', low: '−34.0', high: '−25.2', n: '1,482' });
  for (const [touchpoint, rows] of touchpoints) {
    await scores.chooseLocation(touchpoint);
    await scores.expectNps(figureOf(nps(countsOf(rows)), 1, ''));
  }
});
