import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { face } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed, expectNothingLost, heldBy } from './support-browser/oracle';
import { seededRandom } from './support-browser/seed';
import { addWriter, crash, expect, nextCustomer, openTab, tap, test } from './support-browser/test';

test('a browser killed while it writes keeps every tap that was thanked for', async ({
  verna,
  counter,
  kiosk,
}) => {
  const random = seededRandom();
  const { seen } = counter;
  let browser = kiosk;
  for (let round = 0; round < 2; round += 1) {
    await goOffline(browser.context, verna);
    await addWriter(browser.page);
    const before = seen.confirmed.size;
    const after = before + random.integer(1, 30);
    // It never ends by itself: what is killed is killed while writing.
    const writing = browser.page.evaluate(() => window.writer.write(Infinity)).catch(() => 'killed');
    await expect.poll(() => seen.confirmed.size, { intervals: [1] }).toBeGreaterThanOrEqual(after);
    await browser.kill();
    expect(await writing).toBe('killed');

    browser = await counter.launch();
    await browser.context.setOffline(true);
    await browser.page.goto(verna.url);
    await expect(face(browser.page, 5)).toBeVisible();
    await expectNothingLost(verna, counter.tablet, seen, [await heldBy(browser.page)]);
  }
  await goOnline(browser.context, verna);
  const stored = await expectHealed(verna, counter.tablet, seen, browser.page);
  expect(stored.size).toBeGreaterThanOrEqual(2);
});

test('a renderer that crashes while it writes keeps every tap that was thanked for, once', async ({
  verna,
  counter,
  kiosk,
}) => {
  const random = seededRandom();
  const { seen } = counter;
  let page = kiosk.page;
  await goOffline(kiosk.context, verna);
  for (let round = 0; round < 2; round += 1) {
    await addWriter(page);
    const after = seen.confirmed.size + random.integer(1, 30);
    void page.evaluate(() => window.writer.write(Infinity)).catch(() => {});
    await expect.poll(() => seen.confirmed.size, { intervals: [1] }).toBeGreaterThanOrEqual(after);
    await crash(page);
    page = await openTab(kiosk, verna.url);
    const held = await heldBy(page);
    expect(new Set(held.pending).size).toBe(held.pending.length);
    await expectNothingLost(verna, counter.tablet, seen, [held]);
  }
  await goOnline(kiosk.context, verna);
  await expectHealed(verna, counter.tablet, seen, page);
});

test('a reload before the record is durable thanks nobody, and stores nothing', async ({
  verna,
  counter,
  kiosk: { page },
}) => {
  const { seen } = counter;
  // The transaction is kept from committing by asking it for more, over and over.
  await page.evaluate(() => {
    IDBTransaction.prototype.commit = function () {
      const again = (): void => {
        this.objectStore('records').count().onsuccess = again;
      };
      again();
    };
  });
  await face(page, 4).click();
  await expect.poll(() => seen.made.size).toBe(1);
  await nextCustomer(page);
  expect(seen.confirmed.size).toBe(0);
  expect((await expectHealed(verna, counter.tablet, seen, page)).size).toBe(0);
  await tap(page, seen, 5);
  expect(await expectHealed(verna, counter.tablet, seen, page)).toEqual(seen.confirmed);
});

test('a reload after the record is durable and before the screen knows stores it once, without a thanks', async ({
  verna,
  counter,
  kiosk: { page },
}) => {
  const { seen } = counter;
  await page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      const tx = transaction.apply(this, args);
      // The first to hear of it, and the last.
      tx.addEventListener('complete', (event) => {
        if (tx.mode !== 'readwrite') return;
        event.stopImmediatePropagation();
        document.title = 'durable';
      });
      return tx;
    };
  });
  await face(page, 4).click();
  await expect(page).toHaveTitle('durable');
  await nextCustomer(page);
  expect(seen.confirmed.size).toBe(0);
  expect([...(await expectHealed(verna, counter.tablet, seen, page))]).toEqual([...seen.made.keys()]);
});

test('a profile that was copied loses and doubles nothing on either tablet, and the server counts the clash', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen, profileDir } = counter;
  await goOffline(kiosk.context, verna);
  await tap(kiosk.page, seen, 4);
  await kiosk.kill();
  const copy = await mkdtemp(join(tmpdir(), 'verna-clone-'));
  await cp(profileDir, copy, { recursive: true });

  const twins = [await counter.launch(), await counter.launch(copy)];
  for (const [index, twin] of twins.entries()) {
    await twin.context.setOffline(true);
    await twin.page.goto(verna.url);
    await tap(twin.page, seen, 1 + index);
  }
  const held = await Promise.all(twins.map(({ page }) => heldBy(page)));
  // The copy did take: both hold the first tap, and each a second one of its own under the same number.
  expect(held.map(({ pending }) => pending.length)).toEqual([2, 2]);
  expect(new Set(held.flatMap(({ pending }) => pending)).size).toBe(3);
  await expectNothingLost(verna, counter.tablet, seen, held);

  await verna.restoreNetwork();
  for (const twin of twins) await twin.context.setOffline(false);
  for (const twin of twins) await expectHealed(verna, counter.tablet, seen, twin.page);
  expect(
    await verna.backend.sql.query('select seq_clashes::int as n from public.pairings where tablet_id = $1', [
      counter.tablet,
    ]),
  ).toEqual([{ n: 1 }]);
  for (const twin of twins) await twin.close();
  await rm(copy, { recursive: true, force: true });
});
