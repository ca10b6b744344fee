import type { Page } from '@playwright/test';
import { goOffline, goOnline } from '../e2e/support/test';
import { expectHealed, expectNothingLost, heldBy } from './support-browser/oracle';
import { crash, expect, nextCustomer, openTab, seqsOf, tap, test } from './support-browser/test';

const INGEST = '**/rest/v1/rpc/ingest';

test('two tabs that are tapped at once store two records, each once', async ({ verna, counter, kiosk }) => {
  const { seen } = counter;
  await goOffline(kiosk.context, verna);
  const tabs = [kiosk.page, await openTab(kiosk, verna.url)];
  for (let round = 1; round <= 3; round += 1) {
    // The barrier: both pages wait for the same moment of the clock that they share.
    const at = Date.now() + 300;
    await Promise.all(
      tabs.map((tab) =>
        tab.evaluate(
          async ([score, moment]) => {
            while (Date.now() < moment) await new Promise((resolve) => setTimeout(resolve));
            // Looked for now: until a moment ago the kept picture of the first screen may have stood in its place.
            document.querySelectorAll<HTMLElement>('main button')[score - 1]!.click();
          },
          [round, at] as const,
        ),
      ),
    );
    await expect.poll(() => seen.confirmed.size).toBe(2 * round);
    await Promise.all(tabs.map(nextCustomer));
  }
  const { pending } = await heldBy(kiosk.page);
  expect(new Set(pending)).toEqual(seen.confirmed);
  await goOnline(kiosk.context, verna);
  expect((await expectHealed(verna, counter.tablet, seen, kiosk.page)).size).toBe(6);
  expect(await seqsOf(verna, counter.tablet)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a tab that crashes in the middle of a batch hands over to the other, and each record has one row', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen } = counter;
  const leader = kiosk.page;
  await goOffline(kiosk.context, verna);
  for (const score of [1, 2, 3]) {
    await tap(leader, seen, score);
    await nextCustomer(leader);
  }
  const other = await openTab(kiosk, verna.url);
  const applied = loseReply(leader);
  await goOnline(kiosk.context, verna);
  await applied;
  await expectNothingLost(verna, counter.tablet, seen, [await heldBy(other)]);
  await crash(leader);
  const stored = await expectHealed(verna, counter.tablet, seen, other);
  expect(stored).toEqual(seen.confirmed);
});

test('a frozen tab that holds the lock is robbed of it, and each record has one row', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen } = counter;
  const frozen = kiosk.page;
  await goOffline(kiosk.context, verna);
  await tap(frozen, seen, 4);
  await nextCustomer(frozen);
  const other = await openTab(kiosk, verna.url);
  const applied = loseReply(frozen);
  await goOnline(kiosk.context, verna);
  await applied;
  // Playwright keeps every page visible, which the browser never freezes; its debugger stops one as dead.
  const session = await kiosk.context.newCDPSession(frozen);
  await session.send('Debugger.enable');
  const stopped = new Promise<void>((resolve) => session.once('Debugger.paused', () => resolve()));
  await frozen.evaluate(() => void setInterval(() => localStorage.setItem('test.tick', crypto.randomUUID())));
  const tick = () => other.evaluate(() => localStorage.getItem('test.tick'));
  await expect.poll(tick).not.toBeNull();
  await session.send('Debugger.pause');
  await stopped;
  // Nothing runs in it any more, and so it cannot let go of the lock. What it last wrote reaches the other tab a little later.
  let lastTick = await tick();
  await expect
    .poll(async () => {
      const before = lastTick;
      lastTick = await tick();
      return lastTick === before;
    })
    .toBe(true);

  await tap(other, seen, 5);
  // The other tab waits minutes before it takes a lock away; its clock is put forward each time it may have looked.
  await expect(async () => {
    await other.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 3 * 60_000;
    });
    expect((await heldBy(other)).pending).toEqual([]);
  }).toPass({ intervals: [2_500], timeout: 30_000 });
  expect(await tick()).toBe(lastTick);
  expect(await expectHealed(verna, counter.tablet, seen, other)).toEqual(seen.confirmed);
  await session.send('Debugger.resume');
  await expect.poll(tick).not.toBe(lastTick);
  expect(await expectHealed(verna, counter.tablet, seen, frozen)).toEqual(seen.confirmed);
});

test('two tabs that send the same batch at once, without a lock between them, still make one row each', async ({
  verna,
  counter,
  kiosk,
}) => {
  const { seen } = counter;
  await kiosk.context.addInitScript(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined });
  });
  await goOffline(kiosk.context, verna);
  await nextCustomer(kiosk.page);
  for (const score of [1, 2, 3]) {
    await tap(kiosk.page, seen, score);
    await nextCustomer(kiosk.page);
  }
  const tabs = [kiosk.page, await openTab(kiosk, verna.url)];
  // The barrier: neither batch goes out before both stand at the door.
  const bodies: string[] = [];
  let open = (): void => {};
  const both = new Promise<void>((resolve) => (open = resolve));
  for (const tab of tabs)
    await tab.route(
      INGEST,
      async (route) => {
        bodies.push(route.request().postData() ?? '');
        if (bodies.length === tabs.length) open();
        await both;
        await route.continue();
      },
      { times: 1 },
    );
  await goOnline(kiosk.context, verna);
  await both;
  for (const id of seen.confirmed) for (const body of bodies) expect(body).toContain(id);
  for (const tab of tabs)
    expect(await expectHealed(verna, counter.tablet, seen, tab)).toEqual(seen.confirmed);
});

/** The page's next batch reaches the server and its reply reaches nobody. Resolves once the server has applied it. */
function loseReply(page: Page): Promise<void> {
  return new Promise((resolve, reject) => {
    void page.route(INGEST, (route) => route.fetch().then(() => resolve(), reject), { times: 1 });
  });
}
