import type { Page } from '@playwright/test';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed } from './support-browser/oracle';
import { expect, nextCustomer, seqsOf, tap, test } from './support-browser/test';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

test.beforeEach(async ({ kiosk }) => {
  await kiosk.context.addInitScript(putClockWrong);
  await nextCustomer(kiosk.page);
});

test('a wall clock that is two hours, a year or ten years wrong drains in order and at the right hour', async ({
  verna,
  counter,
  kiosk: { page, context },
}) => {
  const { seen } = counter;
  const startedAt = Date.now();
  for (const [index, wrongMs] of [2 * HOUR, -YEAR, 10 * YEAR].entries()) {
    await setClockWrong(page, wrongMs);
    await nextCustomer(page);
    // Once the server has been heard, the tablet knows how wrong it is; it must still know when it is offline.
    await expect.poll(async () => Math.abs((await knownOffset(page)) + wrongMs)).toBeLessThan(60_000);
    await goOffline(context, verna);
    await tap(page, seen, 1 + index);
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - wrongMs)).toBeLessThan(60_000);
    await goOnline(context, verna);
    await expectHealed(verna, counter.tablet, seen, page);
  }
  expect(await seqsOf(verna, counter.tablet)).toEqual([1, 2, 3]);
  const answers = await verna.backend.sql.query<{ score: number; clock: string; at: number }>(
    `select score::int as score, clock, (extract(epoch from occurred_at) * 1000)::float8 as at
     from public.answers where tablet_id = $1 order by occurred_at`,
    [counter.tablet],
  );
  expect(answers.map(({ score, clock }) => ({ score, clock }))).toEqual([
    { score: 1, clock: 'server' },
    { score: 2, clock: 'server' },
    { score: 3, clock: 'server' },
  ]);
  for (const { at } of answers) {
    expect(at).toBeGreaterThan(startedAt - 60_000);
    expect(at).toBeLessThan(Date.now() + 60_000);
  }
});

test('a wall clock that jumps ten years on and a year back while the drain backs off delays nothing', async ({
  verna,
  counter,
  kiosk: { page },
}) => {
  const { seen } = counter;
  let failed = 0;
  page.on('requestfailed', (request) => {
    if (request.url().endsWith('/ingest')) failed += 1;
  });
  await verna.cutNetwork();
  for (const [index, wrongMs] of [0, 10 * YEAR, -YEAR].entries()) {
    await setClockWrong(page, wrongMs);
    await tap(page, seen, 1 + index);
    if (index === 0) await expect.poll(() => failed).toBeGreaterThan(0);
    if (index < 2) await nextCustomer(page);
  }
  await expect.poll(() => failed).toBeGreaterThan(1);
  await verna.restoreNetwork();
  expect(await expectHealed(verna, counter.tablet, seen, page)).toEqual(seen.confirmed);
  expect(await seqsOf(verna, counter.tablet)).toEqual([1, 2, 3]);
});

/** Runs inside the page: its wall clock is off by what the test has written down, and jumps when that changes. */
function putClockWrong(): void {
  const RealDate = Date;
  const now = (): number => RealDate.now() + Number(localStorage.getItem('test.clock') ?? 0);
  window.Date = new Proxy(RealDate, {
    construct: (target, given: []) => (given.length === 0 ? new target(now()) : new target(...given)),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
}

async function setClockWrong(page: Page, byMs: number): Promise<void> {
  await page.evaluate((ms) => localStorage.setItem('test.clock', String(ms)), byMs);
}

/** Server time minus wall clock, as the tablet has kept it, in ms. */
function knownOffset(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('verna-tablet');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('state').objectStore('state').get('sync');
          reading.onsuccess = () => {
            opening.result.close();
            resolve((reading.result as { serverOffsetMs: number }).serverOffsetMs);
          };
        };
      }),
  );
}
