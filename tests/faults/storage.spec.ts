import type { Page } from '@playwright/test';
import { face } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed } from './support-browser/oracle';
import { cutLog, logBytes } from './support-browser/leveldb';
import { seededRandom } from './support-browser/seed';
import { addWriter, expect, tap, test } from './support-browser/test';
import { traceStorage } from './support-browser/trace';

test('every record is synced to the disk before it is thanked for', async ({ counter, kiosk, verna }) => {
  const { page, context } = kiosk;
  const { seen } = counter;
  await goOffline(context, verna);
  await addWriter(page);
  const taps = 20;
  const events = await traceStorage(page, async () => {
    await page.evaluate((count) => window.writer.write(count), taps);
    await expect.poll(() => seen.confirmed.size).toBe(taps);
  });
  const order = events.slice(events.indexOf('put')).join(' ');
  expect(order).toBe(Array.from({ length: taps }, () => 'put sync complete').join(' '));

  // The same count without strictness, or it would prove nothing.
  const relaxed = await traceStorage(page, () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('other', 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
          opening.onerror = () => reject(opening.error!);
          opening.onsuccess = () => {
            const tx = opening.result.transaction('rows', 'readwrite', { durability: 'relaxed' });
            tx.objectStore('rows').add('row');
            tx.oncomplete = () => resolve();
          };
        }),
    ),
  );
  expect(relaxed.slice(relaxed.indexOf('put'))).not.toContain('sync');
});

test('a power cut keeps every tap that was thanked for, and a torn record hurts none before it', async ({
  verna,
  counter,
  kiosk,
}) => {
  const random = seededRandom();
  const { seen, profileDir } = counter;
  await goOffline(kiosk.context, verna);
  await addWriter(kiosk.page);
  await kiosk.page.evaluate((count) => window.writer.write(count), random.integer(5, 30));
  // Strict: what is in the log now has been synced, and nothing after it is counted on.
  const synced = await logBytes(profileDir);
  const confirmed = new Set(seen.confirmed);
  const more = kiosk.page.evaluate(() => window.writer.write(Infinity)).catch(() => 'cut');
  await expect.poll(() => seen.confirmed.size, { intervals: [1] }).toBeGreaterThan(confirmed.size + 3);
  await kiosk.kill();
  expect(await more).toBe('cut');
  const written = await logBytes(profileDir);
  // The next record begins right there; a part of it reached the disk.
  await cutLog(profileDir, synced + random.integer(1, 200));
  expect(await logBytes(profileDir)).toBeLessThan(written);

  const browser = await counter.launch();
  await browser.page.goto(verna.url);
  await expect(face(browser.page, 5)).toBeVisible();
  // What was synced after the cut counts as never written.
  const unwritten = new Set([...seen.confirmed].filter((id) => !confirmed.has(id)));
  await goOnline(browser.context, verna);
  const stored = await expectHealed(verna, counter.tablet, seen, browser.page, unwritten);
  expect([...confirmed].filter((id) => !stored.has(id))).toEqual([]);
});

test('a full disk is said in words, the ballast is let go, and the tap is taken once there is room', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen, launch } = counter;
  await expect.poll(() => hasBallast(kiosk.page)).toBe(true);
  // A running browser keeps in mind for half a minute how much room there was.
  await kiosk.close();
  const { page, context } = await launch();
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: verna.url, quotaSize: 1 });
  await verna.cutNetwork();
  await page.goto(verna.url);
  await face(page, 4).click();
  await expect(page.getByText('The tablet is full and your answer could not be saved.')).toBeVisible();
  expect(seen.made.size).toBe(1);
  expect(seen.confirmed.size).toBe(0);
  expect(await hasBallast(page)).toBe(false);

  await session.send('Storage.overrideQuotaForOrigin', { origin: verna.url });
  await tap(page, seen, 4);
  await verna.restoreNetwork();
  expect(await expectHealed(verna, counter.tablet, seen, page)).toEqual(seen.confirmed);
});

test('a connection that the browser lost is opened again, and the record is stored once', async ({
  verna,
  counter,
  kiosk: { page },
}) => {
  const { seen } = counter;
  await page.evaluate(() => {
    let left = 2;

    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (left > 0 && args[1] === 'readwrite') {
        left -= 1;
        document.title = `${left} left`;
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      }
      return transaction.apply(this, args);
    };
  });
  await tap(page, seen, 4);
  await expect(page).toHaveTitle('0 left');
  expect(await expectHealed(verna, counter.tablet, seen, page)).toEqual(seen.confirmed);
});

function hasBallast(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('verna-tablet');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('state').objectStore('state').count('ballast');
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result === 1);
          };
        };
      }),
  );
}
