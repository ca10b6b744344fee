import { face } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed, expectNothingLost, heldBy } from './support-browser/oracle';
import { mountSmallDisk } from './support-browser/small-disk';
import { addWriter, expect, nextCustomer, pair, test } from './support-browser/test';

/** A fresh profile takes a few megabytes of it. */
const DISK_MB = 64;
/** The log's last page on the disk has room for a few more records. */
const ENOUGH = 100;

test('a disk filled to the last byte by others is said in words, keeps what was thanked for, and heals with room', async ({
  verna,
  counter,
}) => {
  const { seen, profileDir } = counter;
  const disk = mountSmallDisk(profileDir, DISK_MB);
  try {
    const browser = await counter.launch();
    const { page, context } = browser;
    await page.goto(verna.url);
    await pair(page, counter);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await goOffline(context, verna);
    await nextCustomer(page);
    await addWriter(page);
    await page.evaluate(() => window.writer.write(5));
    await expect.poll(() => seen.confirmed.size).toBe(5);

    disk.fill();
    const isFull = async () => {
      disk.fill();
      await page.evaluate(() => window.writer.write(1));
      // Each is told of before it is written; the last was not confirmed.
      return seen.made.size > seen.confirmed.size;
    };
    for (let tries = 0; !(await isFull()); tries += 1) expect(tries).toBeLessThan(ENOUGH);
    const confirmed = seen.confirmed.size;
    await face(page, 4).click();
    await expect(page.getByText('answer could not be saved')).toBeVisible();
    expect(seen.confirmed.size).toBe(confirmed);

    disk.makeRoom();
    await expect(async () => {
      await face(page, 4).click();
      await expect.poll(() => seen.confirmed.size, { timeout: 1_000 }).toBe(confirmed + 1);
    }).toPass();
    await expectNothingLost(verna, counter.tablet, seen, [await heldBy(page)]);
    await goOnline(context, verna);
    expect(await expectHealed(verna, counter.tablet, seen, page)).toEqual(seen.confirmed);
    await browser.close();
  } finally {
    disk.remove();
  }
});
