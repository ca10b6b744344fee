import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { launchTablet, type Tablet } from './tablet';
import { startVerna, type VernaServer } from './verna-server';

export { expect } from '@playwright/test';

type TestFixtures = {
  /** Starts a browser on this test's own profile folder, again and again on the same one. */
  openTablet: () => Promise<Tablet>;
  /** A tablet beside `page` that nobody switches off: storage of its own, and not a browser, which takes seconds to start. */
  tabletBeside: { context: BrowserContext; page: Page };
};
type WorkerFixtures = {
  /** One server for all tests of a worker; its network is whole again after each. */
  verna: VernaServer;
};

export const test = base.extend<TestFixtures & { healNetwork: void }, WorkerFixtures>({
  verna: [
    // Playwright reads from the braces which fixtures this one needs.
    async ({}, use) => {
      const verna = await startVerna();
      await use(verna);
      await verna.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: ({ verna }, use) => use(verna.url),

  healNetwork: [
    async ({ verna }, use) => {
      await use();
      await verna.restoreNetwork();
    },
    { auto: true },
  ],

  openTablet: async ({}, use) => {
    const profileDir = await mkdtemp(join(tmpdir(), 'verna-tablet-'));
    const opened: Tablet[] = [];
    await use(async () => {
      const tablet = await launchTablet(profileDir);
      opened.push(tablet);
      return tablet;
    });
    // Closing one that was killed does nothing.
    for (const tablet of opened) await tablet.close();
    await rm(profileDir, { recursive: true, force: true });
  },

  tabletBeside: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use({ context, page: await context.newPage() });
    await context.close();
  },
});

/**
 * Takes the network from a browser and its service workers: the browser says that it is offline, and whatever still
 * tries finds nobody. Cutting only the server (`verna.cutNetwork`) leaves a browser that believes to be online.
 */
export async function goOffline(context: BrowserContext, verna: VernaServer): Promise<void> {
  await Promise.all([context.setOffline(true), verna.cutNetwork()]);
}

export async function goOnline(context: BrowserContext, verna: VernaServer): Promise<void> {
  await verna.restoreNetwork();
  await context.setOffline(false);
}
