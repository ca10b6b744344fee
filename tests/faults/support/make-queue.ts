import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { version as release } from '../../../package.json';
import type { TabletSettings } from '../../../src/backend/tablet-calls';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';
import { addModule } from '../../e2e/support/browser-module';
import { createShop } from '../../e2e/support/shop';
import { startVerna } from '../../e2e/support/verna-server';
import { CHROMIUM_ARGS, ensureChromium } from '../../support/chromium';
import { FIXTURES_DIR, type StoredQueue } from '../../support/stored-queues';
import type * as draining from '../pages/draining';
import type * as storedQueue from '../pages/stored-queue';

/**
 * `npx tsx tests/faults/support/make-queue.ts` writes the fixture of the release that package.json names: the queue of a
 * tablet in a real browser, on this build. To be run once a release and never again for it.
 */

declare global {
  interface Window {
    draining: typeof draining;
    storedQueue: typeof storedQueue;
  }
}

const verna = await startVerna();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] });
try {
  const queue = await makeQueue(await browser.newPage());
  const folder = join(FIXTURES_DIR, `queue-${release}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'queue.json'), `${JSON.stringify(queue)}\n`, { flag: 'wx' });
  console.log(`${queue.waiting.length} records of release ${release} wait in ${folder}`);
} finally {
  await browser.close();
  await verna.close();
}

/** Opens an empty page that has sent nothing yet. */
async function open(page: Page): Promise<void> {
  const pages = join(PROJECT_DIR, 'tests', 'faults', 'pages');
  await page.goto(`${verna.url}/manifest.webmanifest`);
  await addModule(page, join(pages, 'draining.ts'), 'draining');
  await addModule(page, join(pages, 'stored-queue.ts'), 'storedQueue');
}

/** Sent, refused and waiting records, comments among them, of a tablet that was paired anew in between. */
async function makeQueue(page: Page): Promise<StoredQueue> {
  const shop = await createShop(verna.url);
  const { tablet, code } = await shop.newTablet('Lenina 5', 'Counter');
  await open(page);
  await page.evaluate(() => window.storedQueue.plantKey());
  const first = await page.evaluate((given) => window.draining.become(given), code);
  const [, refused] = await page.evaluate(() => window.draining.write([4, 9]));
  await page.evaluate(() => window.draining.send());
  // Nothing more is sent from here on.
  await open(page);
  await page.evaluate(() => window.draining.write([2, 'The bread was warm.']));
  const again = await shop.calls.createPairingCode(shop.organization, tablet);
  if (!again.ok || again.value.outcome !== 'created') throw new Error('There is no pairing code');
  const second = await page.evaluate((given) => window.draining.become(given), again.value.code);
  await page.evaluate(() => window.draining.write([5, 'Хлябът беше топъл. 🍞', 1]));
  const dumped = await page.evaluate(() => window.storedQueue.dump());
  const state = dumped.database.stores.find(({ name }) => name === 'state')!;
  const settings = state.rows.find(({ key }) => key === 'settings')!.value as TabletSettings;
  return { release, ...dumped, pairings: [first, second], settings, quarantined: [refused!.id] };
}
