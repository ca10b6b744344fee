import type { Page } from '@playwright/test';
import { face, pairTablet } from './support/kiosk';
import { createShop } from './support/shop';
import { expect, test } from './support/test';
import type { VernaServer } from './support/verna-server';

/** A paired tablet that shows its first screen from the last time, and whose code comes only when it is released. */
async function heldKiosk(page: Page, verna: VernaServer) {
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.waitForFunction(() => localStorage.getItem('verna.first-screen')?.includes('main'));

  // Without its service worker the page asks the network for its code, where it can be held back.
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister();
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = page.waitForRequest(/\/assets\/boot-[^/]+\.js$/);
  await page.route(/\/assets\/boot-[^/]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(verna.url, { waitUntil: 'commit' });
  await asked;
  const scores = () =>
    verna.backend.sql.query('select score::int as score from public.answers where tablet_id = $1', [tablet]);
  return { release, scores };
}

test('a tap on the first screen counts although the kiosk itself has not been loaded yet', async ({
  page,
  verna,
}) => {
  const { release, scores } = await heldKiosk(page, verna);
  await face(page, 4).click();
  await expect(page.getByRole('heading', { name: 'How was your visit today?' })).toBeVisible();
  release();
  await expect(page.getByRole('heading', { name: 'What made the difference?' })).toBeVisible();
  await expect.poll(scores).toEqual([{ score: 4 }]);
});

test('a finger that comes down before the kiosk is loaded and leaves after it is one answer', async ({
  page,
  verna,
}) => {
  const { release, scores } = await heldKiosk(page, verna);
  const { x, y, width, height } = (await face(page, 2).boundingBox())!;
  const device = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    device.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x: x + width / 2, y: y + height / 2 }]);
  const loaded = page.waitForEvent('requestfinished', (request) => request.url().includes('/assets/boot-'));
  release();
  await loaded;
  // A kiosk that did not wait would stand there by now.
  await page.waitForTimeout(300);
  await touch('touchEnd', []);
  await expect(page.getByRole('heading', { name: 'What made the difference?' })).toBeVisible();
  await expect.poll(scores).toEqual([{ score: 2 }]);
});

test('what is kept of the first screen names nobody and holds no secret', async ({ page, verna }) => {
  const shop = await createShop(verna.url);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.waitForFunction(() => localStorage.getItem('verna.first-screen') !== null);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain('How was your visit today?');
  const secret = await page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('verna-tablet');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('state').objectStore('state').get('pairing');
          reading.onsuccess = () => resolve((reading.result as { secret: string }).secret);
        };
      }),
  );
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(kept).not.toContain(secret);
});
