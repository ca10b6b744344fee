import type { Page } from '@playwright/test';
import { csat } from '../../src/domain/statistics/csat';
import { nps } from '../../src/domain/statistics/nps';
import { figureOf, openScores } from './support/owner';
import { createShop } from './support/shop';
import { face, finishSession, pairTablet, rate } from './support/kiosk';
import { expect, goOffline, goOnline, test } from './support/test';

/** What twenty customers say: a score of 1 to 5, and for some how likely they are to recommend, 0 to 10. */
const CUSTOMERS: { score: number; recommend?: number }[] = [
  ...Array.from({ length: 8 }, () => ({ score: 5, recommend: 10 })),
  ...Array.from({ length: 4 }, () => ({ score: 4, recommend: 8 })),
  ...Array.from({ length: 3 }, () => ({ score: 4 })),
  ...Array.from({ length: 3 }, () => ({ score: 2, recommend: 3 })),
  ...Array.from({ length: 2 }, () => ({ score: 1 })),
];

test('twenty customers rate while the network is away, and the owner reads exactly their answers', async ({
  verna,
  openTablet,
  page,
}) => {
  test.setTimeout(240_000);
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');

  let device = await openTablet();
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  // The service worker must hold the app before the network goes.
  await device.page.evaluate(() => navigator.serviceWorker.ready);

  await goOffline(device.context, verna);
  await device.page.reload();
  for (const customer of CUSTOMERS.slice(0, 10)) await rateAs(device.page, customer);

  await device.kill();
  device = await openTablet();
  await device.context.setOffline(true);
  await device.page.goto(verna.url);
  for (const customer of CUSTOMERS.slice(10)) await rateAs(device.page, customer);
  await device.page.reload();
  await expect(face(device.page, 5)).toBeVisible();
  await expect(device.page.getByText(/Offline · 35 waiting/)).toBeVisible();
  expect(
    await verna.backend.sql.query('select 1 from public.answers where tablet_id = $1', [tablet]),
  ).toEqual([]);

  await goOnline(device.context, verna);
  await expect(device.page.getByText(/^Online$/)).toBeVisible({ timeout: 30_000 });

  const counts = await verna.backend.sql.query<{ question: string; score: number; n: number }>(
    `select question, score::int as score, count(*)::int as n from public.answers
     where tablet_id = $1 group by question, score order by question, score`,
    [tablet],
  );
  expect(counts).toEqual([
    { question: 'recommend', score: 3, n: 3 },
    { question: 'recommend', score: 8, n: 4 },
    { question: 'recommend', score: 10, n: 8 },
    { question: 'satisfaction', score: 1, n: 2 },
    { question: 'satisfaction', score: 2, n: 3 },
    { question: 'satisfaction', score: 4, n: 7 },
    { question: 'satisfaction', score: 5, n: 8 },
  ]);
  // What waits is told by the tablet, a moment after it heard that the last record is stored.
  await expect
    .poll(() =>
      verna.backend.sql.query(
        'select made::int, received::int, waiting::int from public.pairings where tablet_id = $1',
        [tablet],
      ),
    )
    .toEqual([{ made: 35, received: 35, waiting: 0 }]);

  const scores = await openScores(page, verna.url, shop);
  await scores.expectCsat(figureOf(csat(countsOf('score', 1, 5)), 100, '%'));
  await scores.expectNps(figureOf(nps(countsOf('recommend', 0, 10)), 1, ''));

  // What comes in while the owner looks appears without a reload.
  await rateAs(device.page, { score: 5 });
  await scores.expectCsat(figureOf(csat([2, 3, 0, 7, 9]), 100, '%'));
});

function countsOf(answer: 'score' | 'recommend', from: number, to: number): number[] {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => CUSTOMERS.filter((customer) => customer[answer] === from + index).length,
  );
}

async function rateAs(
  page: Page,
  { score, recommend }: { score: number; recommend?: number },
): Promise<void> {
  await rate(page, score);
  await finishSession(page, recommend);
}
