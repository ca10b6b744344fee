import { join } from 'node:path';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { STORE_CONTRACT } from '../unit/device/store-contract';
import type * as device from './pages/device';
import { addModule } from './support/browser-module';
import { expect, test } from './support/test';

declare global {
  interface Window {
    device: typeof device;
  }
}

const MODULE = join(PROJECT_DIR, 'tests', 'e2e', 'pages', 'device.ts');

test("a real browser's store keeps the contract that the unit tests lean on", async ({ verna, page }) => {
  await page.goto(`${verna.url}/staff`);
  await addModule(page, MODULE, 'device');
  const complaints = await page.evaluate(() => window.device.checkStore());
  expect(complaints).toEqual(Object.fromEntries(STORE_CONTRACT.map(({ name }) => [name, 'none'])));
});

test('a tab that holds the lock and is frozen loses it to the next, and stops once it wakes', async ({
  verna,
  context,
}) => {
  const [frozen, next] = [await context.newPage(), await context.newPage()];
  for (const tab of [frozen, next]) {
    await tab.clock.install();
    await tab.goto(`${verna.url}/staff`);
    await addModule(tab, MODULE, 'device');
  }
  // Its clock stands still from here on, and with it the timer by which it would give the lock up.
  await frozen.clock.pauseAt(Date.now() + 60_000);
  await frozen.evaluate(() => window.device.beginWork());
  expect(await next.evaluate(() => window.device.tryWork())).toBe('elsewhere');
  await next.clock.fastForward('01:59');
  expect(await next.evaluate(() => window.device.tryWork())).toBe('elsewhere');
  await next.clock.fastForward('00:02');
  expect(await next.evaluate(() => window.device.tryWork())).toBe('done');
  await expect.poll(() => frozen.evaluate(() => window.device.isTenureOver())).toBe(true);
  expect(await frozen.evaluate(() => window.device.endWork())).toBe('elsewhere');
});
