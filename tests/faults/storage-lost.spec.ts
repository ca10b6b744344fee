import type { Page } from '@playwright/test';
import { face, finishSession } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import type { VernaServer } from '../e2e/support/verna-server';
import { cutLog, logBytes, overwriteManifest } from './support-browser/leveldb';
import { expectHealed, heldBy } from './support-browser/oracle';
import { expect, nextCustomer, pair, tap, test, type Counter } from './support-browser/test';

/*
 * A browser that loses its database takes what had not been sent with it, and no page can prevent that. What holds: nothing
 * is doubled, nobody is thanked for what was not stored, and the tablet takes and sends records again.
 */

test('a database cleared under the running kiosk thanks nobody in vain, and the tablet goes on once paired', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { page } = kiosk;
  const lost = await sendOneAndKeepOne(page, counter, () => goOffline(kiosk.context, verna));
  await finishSession(page);
  await clearStorage(page, verna.url, 'indexeddb');
  const confirmed = counter.seen.confirmed.size;
  // A tap within a blink of the last is taken for a slip of the thumb.
  await expect(async () => {
    await face(page, 3).click();
    await expect(page.getByText('Your answer could not be saved. Please try again.')).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  expect(counter.seen.confirmed.size).toBe(confirmed);

  await goOnline(kiosk.context, verna);
  await page.reload();
  await goesOnWhenPaired(verna, counter, page, lost);
});

test('site data cleared between two openings leaves a tablet that says it is not paired, and goes on once it is', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { page } = kiosk;
  const lost = await sendOneAndKeepOne(page, counter, () => goOffline(kiosk.context, verna));
  await page.goto('about:blank');
  await clearStorage(page, verna.url, 'all');
  await goOnline(kiosk.context, verna);
  await page.goto(verna.url);
  await goesOnWhenPaired(verna, counter, page, lost);
});

test('a corrupt database gives way to an empty one, and the tablet goes on once paired', async ({
  verna,
  counter,
  kiosk,
}) => {
  const lost = await sendOneAndKeepOne(kiosk.page, counter, () => goOffline(kiosk.context, verna));
  await kiosk.kill();
  await overwriteManifest(counter.profileDir);

  const browser = await counter.launch();
  await verna.restoreNetwork();
  await browser.page.goto(verna.url);
  await goesOnWhenPaired(verna, counter, browser.page, lost);
});

test('a log cut to 60 % loses its tail, and a number given out twice doubles nothing and is counted', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen, profileDir, tablet } = counter;
  const lost = await sendOneAndKeepOne(kiosk.page, counter, () => goOffline(kiosk.context, verna));
  await kiosk.kill();
  await cutLog(profileDir, Math.floor((await logBytes(profileDir)) * 0.6));

  const browser = await counter.launch();
  // With the mark of how many were made, which the browser may or may not have kept, no number would be given out twice.
  await verna.restoreNetwork();
  await browser.page.goto(`${verna.url}/manifest.webmanifest`);
  await browser.page.evaluate(() => localStorage.removeItem('verna.high-water'));
  await goOffline(browser.context, verna);
  await browser.page.goto(verna.url);
  await expect(face(browser.page, 5)).toBeVisible();
  expect((await heldBy(browser.page)).pending, 'the tail is gone').toEqual([]);
  await tap(browser.page, seen, 5);
  await nextCustomer(browser.page);
  await tap(browser.page, seen, 1);
  await goOnline(browser.context, verna);
  const stored = await expectHealed(verna, tablet, seen, browser.page, lost);
  expect(stored.size).toBe(3);
  // The first number had been sent before the cut.
  expect(
    await verna.backend.sql.query('select seq_clashes::int as n from public.pairings where tablet_id = $1', [
      tablet,
    ]),
  ).toEqual([{ n: 1 }]);
});

/** One tap that arrives and one that waits offline; returns the ids that go with the database. */
async function sendOneAndKeepOne(
  page: Page,
  { seen }: Counter,
  cut: () => Promise<void>,
): Promise<Set<string>> {
  await tap(page, seen, 5);
  await expect.poll(() => heldBy(page)).toEqual({ pending: [], quarantined: [] });
  await cut();
  await nextCustomer(page);
  await tap(page, seen, 2);
  const { pending } = await heldBy(page);
  expect(pending).toHaveLength(1);
  return new Set(pending);
}

/** Paired anew it takes another tap, and the server has that one and the one sent before the loss. */
async function goesOnWhenPaired(
  verna: VernaServer,
  counter: Counter,
  page: Page,
  lost: Set<string>,
): Promise<void> {
  await expect(page.getByLabel('Pairing code')).toBeVisible();
  await pair(page, counter);
  await tap(page, counter.seen, 4);
  const stored = await expectHealed(verna, counter.tablet, counter.seen, page, lost);
  expect(stored.size).toBe(2);
}

async function clearStorage(page: Page, origin: string, storageTypes: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
}
