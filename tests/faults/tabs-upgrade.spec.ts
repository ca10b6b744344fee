import type { Page } from '@playwright/test';
import { face } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed, expectNothingLost, heldBy } from './support-browser/oracle';
import { expect, nextCustomer, tap, test } from './support-browser/test';

test('a newer version of the database opens although an older tab stands there, and no tap of either is lost', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen } = counter;
  const older = kiosk.page;
  await goOffline(kiosk.context, verna);
  await tap(older, seen, 3);
  await nextCustomer(older);

  const newer = await openNewer(older, verna.url);
  await tap(newer, seen, 5);
  expect(await databaseVersion(newer)).toBe(2);
  // The older tab cannot write any more, and says so instead of thanks.
  await face(older, 1).click();
  await expect(older.getByText('Your answer could not be saved. Please try again.')).toBeVisible();
  expect(seen.confirmed.size).toBe(2);
  await expectNothingLost(verna, counter.tablet, seen, [await heldBy(newer)]);

  await goOnline(kiosk.context, verna);
  expect(await expectHealed(verna, counter.tablet, seen, newer)).toEqual(seen.confirmed);
});

test('an older build that meets a newer database says that it is out of service and deletes nothing', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen } = counter;
  const older = kiosk.page;
  await goOffline(kiosk.context, verna);
  let newer = await openNewer(older, verna.url);
  await tap(newer, seen, 4);
  await newer.close();

  await older.reload();
  await expect(older.getByRole('heading', { name: 'Out of service' })).toBeVisible();
  expect(await databaseVersion(older)).toBe(2);
  expect(new Set((await heldBy(older)).pending)).toEqual(seen.confirmed);

  newer = await openNewer(older, verna.url);
  await goOnline(kiosk.context, verna);
  expect(await expectHealed(verna, counter.tablet, seen, newer)).toEqual(seen.confirmed);
});

/** Opens the kiosk in a tab of its own whose build asks for the next version of the database. */
async function openNewer(beside: Page, url: string): Promise<Page> {
  const page = await beside.context().newPage();
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name, version) {
      return version === undefined ? open.call(this, name) : open.call(this, name, version + 1);
    };
  });
  await page.goto(url);
  await expect(face(page, 5)).toBeVisible();
  return page;
}

function databaseVersion(page: Page): Promise<number | undefined> {
  return page.evaluate(
    async () => (await indexedDB.databases()).find(({ name }) => name === 'verna-tablet')?.version,
  );
}
