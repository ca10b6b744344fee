import { face, pairTablet } from './support/kiosk';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

test('a tap on the first screen counts although the kiosk itself has not been loaded yet', async ({
  page,
  verna,
}) => {
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
  let isAsked = false;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/assets\/boot-[^/]+\.js$/, async (route) => {
    isAsked = true;
    await held;
    await route.continue();
  });
  await page.goto(verna.url, { waitUntil: 'commit' });

  await face(page, 4).click();
  expect(isAsked).toBe(true);
  await expect(page.getByRole('heading', { name: 'How was your visit today?' })).toBeVisible();
  release();
  await expect(page.getByRole('heading', { name: 'What made the difference?' })).toBeVisible();
  await expect
    .poll(() =>
      verna.backend.sql.query('select score::int as score from public.answers where tablet_id = $1', [
        tablet,
      ]),
    )
    .toEqual([{ score: 4 }]);
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
