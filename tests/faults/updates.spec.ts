import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { finishAfterReasons, finishSession, skipReasons } from '../e2e/support/kiosk';
import { goOffline, goOnline } from '../e2e/support/test';
import { startVerna } from '../e2e/support/verna-server';
import { expectHealed } from './support-browser/oracle';
import { expect, openTab, tap, test as base } from './support-browser/test';

/** A server whose app can be published anew. */
const test = base.extend<object, { dist: string }>({
  dist: [
    // Playwright reads from the braces which fixtures this one needs.
    async ({}, use) => {
      const dist = await mkdtemp(join(tmpdir(), 'verna-dist-'));
      await cp(join(PROJECT_DIR, 'dist'), dist, { recursive: true });
      await use(dist);
      await rm(dist, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  verna: [
    async ({ dist }, use) => {
      const verna = await startVerna(dist);
      await use(verna);
      await verna.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('a new version that arrives in the middle of a session is taken when the customer has left', async ({
  verna,
  counter,
  kiosk: { page },
  dist,
}) => {
  const { seen, tablet } = counter;
  let loads = 0;
  page.on('load', () => (loads += 1));
  await tap(page, seen, 5);
  await publish(dist, 'second');
  await askForUpdate(page);
  await expect.poll(() => hasWaiting(page)).toBe(true);
  expect(loads).toBe(0);
  // Every step is there to be left: a reload would have shown the first screen.
  await finishSession(page);
  await expect(releaseOf(page)).toHaveAttribute('content', 'second');
  expect(loads).toBe(1);
  await tap(page, seen, 4);
  expect(await expectHealed(verna, tablet, seen, page)).toEqual(seen.confirmed);
});

test('a tab in the middle of a session keeps every tab at the old version', async ({
  verna,
  counter,
  kiosk,
  dist,
}) => {
  const { seen, tablet } = counter;
  const busy = kiosk.page;
  const idle = await openTab(kiosk, verna.url);
  await busy.bringToFront();
  await publish(dist, 'third');
  await tap(busy, seen, 5);
  await askForUpdate(idle);
  await expect.poll(() => hasWaiting(idle)).toBe(true);
  expect(await isInUse(idle)).toBe(true);
  await skipReasons(busy);
  expect(await hasWaiting(idle)).toBe(true);
  await finishAfterReasons(busy);
  // Which of the two lets it in is all the same.
  for (const tab of [busy, idle]) await expect(releaseOf(tab)).toHaveAttribute('content', 'third');
  await busy.bringToFront();
  await tap(busy, seen, 4);
  expect(await expectHealed(verna, tablet, seen, busy)).toEqual(seen.confirmed);
});

test('a tab in the middle of a session is not reloaded when a tab that asks nobody lets the new version in', async ({
  verna,
  counter,
  kiosk,
  dist,
}) => {
  const { seen, tablet } = counter;
  const busy = kiosk.page;
  const other = await openTab(kiosk, verna.url);
  let loads = 0;
  busy.on('load', () => (loads += 1));
  await busy.evaluate(() =>
    navigator.serviceWorker.addEventListener('controllerchange', () => (document.title = 'taken over')),
  );
  await busy.bringToFront();
  await publish(dist, 'fourth');
  await tap(busy, seen, 5);
  await askForUpdate(other);
  await expect.poll(() => hasWaiting(other)).toBe(true);
  await other.evaluate(async () => {
    (await navigator.serviceWorker.ready).waiting?.postMessage({ type: 'SKIP_WAITING' });
  });
  await expect(releaseOf(other)).toHaveAttribute('content', 'fourth');
  await expect(busy).toHaveTitle('taken over');
  expect(loads).toBe(0);
  await busy.bringToFront();
  await finishSession(busy);
  await expect(releaseOf(busy)).toHaveAttribute('content', 'fourth');
  expect(loads).toBe(1);
  await tap(busy, seen, 4);
  expect(await expectHealed(verna, tablet, seen, busy)).toEqual(seen.confirmed);
});

test('a new version that cannot be fetched whole leaves the old one in charge, offline as well', async ({
  verna,
  counter,
  kiosk: { page, context },
  dist,
}) => {
  const { seen, tablet } = counter;
  await publish(dist, 'fifth', 'rest/v1/missing.js');
  expect(await installOutcome(page)).toBe('redundant');
  expect((await page.request.get('/rest/v1/missing.js')).ok()).toBe(false);
  expect(await hasWaiting(page)).toBe(false);
  await goOffline(context, verna);
  await page.reload();
  await tap(page, seen, 3);
  await expect(page.locator('meta[content=fifth]')).toHaveCount(0);

  await goOnline(context, verna);
  await finishSession(page);
  await publish(dist, 'sixth');
  await askForUpdate(page);
  await expect(releaseOf(page)).toHaveAttribute('content', 'sixth');
  expect(await expectHealed(verna, tablet, seen, page)).toEqual(seen.confirmed);
});

/** Puts a new version of the app where the server finds it; `missing` names a file of it that cannot be had. */
async function publish(dist: string, name: string, missing?: string): Promise<void> {
  const page = join(dist, 'index.html');
  const html = await readFile(page, 'utf8');
  await writeFile(
    page,
    html
      .replace(/<meta name="release"[^>]*>/, '')
      .replace('</head>', `<meta name="release" content="${name}"></head>`),
  );
  const worker = join(dist, 'service-worker.js');
  const script = await readFile(worker, 'utf8');
  const entry = /(?:\{"revision":null,"url":"rest[^}]*\},)?\{"revision":"[^"]*","url":"index.html"\}/;
  if (!entry.test(script)) throw new Error('The service worker does not name the page');
  await writeFile(
    worker,
    script.replace(
      entry,
      (missing ? `{"revision":null,"url":"${missing}"},` : '') + `{"revision":"${name}","url":"index.html"}`,
    ),
  );
}

/** Names the version of the app that the page was loaded from; the one that was built has none. */
function releaseOf(page: Page): Locator {
  return page.locator('meta[name=release]');
}

async function askForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}

/** Whether a new version is installed and not yet let in. */
function hasWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
}

/** Whether some tab of this browser is in use. */
function isInUse(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name === 'verna.in-use');
  });
}

/** Asks for the new version and returns how its installation ended. */
function installOutcome(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return new Promise<string>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing!;
        worker.addEventListener('statechange', () => resolve(worker.state));
      });
      void registration.update();
    });
  });
}
