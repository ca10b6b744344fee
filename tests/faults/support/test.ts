import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DrainState } from '../../../src/device/drain';
import type { Random } from '../../../src/domain/demo/random';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';
import { addModule } from '../../e2e/support/browser-module';
import { createShop, type TestShop } from '../../e2e/support/shop';
import type { FaultProxy } from '../../support/fault-proxy';
import type * as draining from '../pages/draining';
import type { DrainOptions, Given } from '../pages/draining';
import { seededRandom } from '../support-browser/seed';
import { test as base } from '../support-browser/test';
import { nothingSeen, type Seen } from '../support-browser/witness';
import { startFaultServer, type FaultServer } from './server';

export { expect } from '@playwright/test';

declare global {
  interface Window {
    draining: typeof draining;
  }
}

/** A paired tablet in a real browser, without its screens. */
export type Device = {
  tablet: string;
  page: Page;
  seen: Seen;
  /** Stores the answers as taps are stored; returns the ids that were confirmed. */
  write: (given: readonly Given[]) => Promise<string[]>;
  /** Begins to drain, or sends now; returns the drain's state once this go is over. */
  send: (options?: DrainOptions) => Promise<DrainState>;
  /** Takes a new pairing code, as staff do when the old pairing no longer works. */
  pairAnew: () => Promise<void>;
  /** Another tab of the same browser. */
  openTab: () => Promise<Page>;
};

type TestFixtures = { random: Random; network: FaultProxy; device: Device };
type WorkerFixtures = { server: FaultServer; bakery: TestShop };

/** On real Postgres; also for the kiosk's own screens, whose fixtures ask for `verna`. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // Playwright reads from the braces which fixtures this one needs.
    async ({}, use) => {
      const server = await startFaultServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  verna: [({ server }, use) => use(server), { scope: 'worker' }],
  bakery: [async ({ server }, use) => use(await createShop(server.url)), { scope: 'worker' }],

  network: async ({ server }, use) => {
    await server.network.heal();
    await use(server.network);
    await server.network.heal();
  },

  random: async ({}, use) => use(seededRandom()),

  device: async ({ server, bakery, page, context }, use) => {
    const { tablet, code } = await bakery.newTablet('Lenina 5', randomUUID());
    const seen = nothingSeen();
    await addDraining(page, server.url);
    const become = (given: string) =>
      page.evaluate((pairingCode) => window.draining.become(pairingCode), given);
    await become(code);
    await use({
      tablet,
      page,
      seen,
      write: async (given) => {
        const made = await page.evaluate((answers) => window.draining.write(answers), given);
        for (const { id, sha256 } of made) {
          seen.made.set(id, sha256);
          seen.confirmed.add(id);
        }
        return made.map(({ id }) => id);
      },
      send: (options = {}) => page.evaluate((given) => window.draining.send(given), options),
      pairAnew: async () => {
        const reply = await bakery.calls.createPairingCode(bakery.organization, tablet);
        if (!reply.ok || reply.value.outcome !== 'created') throw new Error('There is no pairing code');
        await become(reply.value.code);
      },
      openTab: async () => {
        const tab = await context.newPage();
        await addDraining(tab, server.url);
        return tab;
      },
    });
  },
});

/** A file of the app's own origin that runs no script of the app. */
async function addDraining(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/manifest.webmanifest`);
  await addModule(page, join(PROJECT_DIR, 'tests/faults/pages/draining.ts'), 'draining');
}

/** So many scores of 1 to 5. */
export function scores(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.integer(1, 5));
}
