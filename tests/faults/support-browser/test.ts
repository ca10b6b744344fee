import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';
import { addModule } from '../../e2e/support/browser-module';
import { face, pairTablet } from '../../e2e/support/kiosk';
import { createShop, type TestShop } from '../../e2e/support/shop';
import { launchTablet, type Tablet } from '../../e2e/support/tablet';
import { expect, test as base } from '../../e2e/support/test';
import type { VernaServer } from '../../e2e/support/verna-server';
import { nothingSeen, watch, type Seen } from './witness';
import type * as writer from './writer';

export { expect } from '@playwright/test';

declare global {
  interface Window {
    writer: typeof writer;
  }
}

/** One tablet on a counter, with the folder that its browser lives in. */
export type Counter = {
  shop: TestShop;
  tablet: string;
  profileDir: string;
  seen: Seen;
  /** Starts a browser on the profile, or on a copy of it, watched, with a blank page. */
  launch: (profileDir?: string) => Promise<Tablet>;
};

export const test = base.extend<{
  counter: Counter;
  /** The counter's browser, paired, with its kiosk open and its app kept for offline. */
  kiosk: Tablet;
}>({
  counter: async ({ verna }, use) => {
    const shop = await createShop(verna.url);
    const { tablet } = await shop.newTablet('Lenina 5', 'Counter');
    const profileDir = await mkdtemp(join(tmpdir(), 'verna-fault-'));
    const seen = nothingSeen();
    const launched: Tablet[] = [];
    await use({
      shop,
      tablet,
      profileDir,
      seen,
      launch: async (dir = profileDir) => {
        const browser = await launchTablet(dir);
        launched.push(browser);
        await watch(browser.context, seen);
        return browser;
      },
    });
    for (const browser of launched) await browser.close();
    await rm(profileDir, { recursive: true, force: true });
  },

  kiosk: async ({ verna, counter }, use) => {
    const browser = await counter.launch();
    await browser.page.goto(verna.url);
    await pair(browser.page, counter);
    await browser.page.evaluate(() => navigator.serviceWorker.ready);
    await use(browser);
  },
});

/** Pairs the counter's tablet, anew when it was before. */
export async function pair(page: Page, { shop, tablet }: Counter): Promise<void> {
  const reply = await shop.calls.createPairingCode(shop.organization, tablet);
  if (!reply.ok || reply.value.outcome !== 'created') throw new Error('There is no pairing code');
  await pairTablet(page, reply.value.code);
}

/** Opens the kiosk in another tab and waits until it can be tapped. */
export async function openTab(browser: Tablet, url: string): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(url);
  await expect(face(page, 5)).toBeVisible();
  return page;
}

/** Puts the writer into a page of a paired tablet. */
export async function addWriter(page: Page): Promise<void> {
  await addModule(page, join(PROJECT_DIR, 'tests/faults/support-browser/writer.ts'), 'writer');
}

/** Taps a face, and waits until the test knows that the screen said thanks for it. The next step stays open. */
export async function tap(page: Page, seen: Seen, score: number): Promise<void> {
  const before = seen.confirmed.size;
  await face(page, score).click();
  await expect.poll(() => seen.confirmed.size).toBe(before + 1);
}

/** The numbers the server has of a tablet's records, in the order in which they came. */
export async function seqsOf(verna: VernaServer, tablet: string): Promise<(number | null)[]> {
  const rows = await verna.backend.sql.query<{ seq: number | null }>(
    `select r.seq::int as seq from public.received as r
     join public.pairings as p on p.org_id = r.org_id and p.id = r.pairing_id
     where p.tablet_id = $1 order by r.received_at, r.seq`,
    [tablet],
  );
  return rows.map(({ seq }) => seq);
}

/** Ends the page's process as a fault in it does; the browser and its other pages live on. */
export async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
}

/** The kiosk as the next customer finds it, without waiting for the last one to leave. */
export async function nextCustomer(page: Page): Promise<void> {
  await page.reload();
  await expect(face(page, 5)).toBeVisible();
}
