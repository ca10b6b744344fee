import type { BrowserContext, Page } from '@playwright/test';
import { openMemoryBackend } from '../support/memory-backend';
import { createShop } from '../e2e/support/shop';
import type { Bench } from './support/bench';
import { openBarePage, openPairedKiosk } from './support/kiosk';
import { addPageClock } from './support/page-clock';
import { fillQueue } from './support/fill-queue';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { slowDown, TABLET_SLOWDOWN } from './support/throttle';

const WARM_UP = 1;
const MANY = 10_000;

export const start: Bench = {
  name: 'start',
  method:
    `navigation starts → the first face is painted and takes a touch; no network, a new page each time, ` +
    `${TABLET_SLOWDOWN} × CPU throttle; floor: a bare Svelte page from the same service worker; alternating`,
  run: ({ dist, bareDist, quick }) =>
    withResources(async (resources) => {
      const backend = await resources.keep(openMemoryBackend(), ({ close }) => close());
      const setup = await resources.keep(openSite(backend, dist), ({ close }) => close());
      const shop = await createShop(setup.url);
      const { context, page } = await resources.openTablet();
      await addPageClock(context);
      const kiosk = await openPairedKiosk(resources, { backend, dist, shop, page });
      const bare = await openBarePage(resources, { backend, bareDist, page });
      const full = await openPairedKiosk(resources, { backend, dist, shop, page });
      await context.setOffline(true);
      await Promise.all([kiosk.cutNetwork(), bare.cutNetwork(), full.cutNetwork()]);
      await fillQueue(page, MANY);

      const sites = { kiosk: kiosk.url, bare: bare.url, full: full.url };
      const took = { kiosk: [] as number[], bare: [] as number[], full: [] as number[] };
      for (let round = -WARM_UP; round < (quick ? 3 : 16); round++) {
        for (const name of ['kiosk', 'bare', 'full'] as const) {
          const ms = await startOnce(context, sites[name]);
          if (round >= 0) took[name].push(ms);
        }
      }

      await expectWaiting(context, full.url, MANY);
      const floor = { what: 'bare Svelte page, offline', ms: median(took.bare) };
      return [
        {
          what: 'offline start, queue empty, median',
          ms: median(took.kiosk),
          floor,
          budget: { ratio: 1.15 },
        },
        {
          what: 'offline start, queue empty, p95',
          ms: p95(took.kiosk),
          floor: { ...floor, ms: p95(took.bare) },
          note: `n = ${took.kiosk.length} each`,
        },
        {
          what: 'offline start, 10,000 waiting, median',
          ms: median(took.full),
          floor: { what: 'the same with an empty queue', ms: median(took.kiosk) },
          budget: { ratio: 1.2 },
        },
      ];
    }),
};

async function startOnce(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  try {
    await slowDown(page);
    await page.goto(url);
    return await page.evaluate(() => window.pageClock.startMs);
  } finally {
    await page.close();
  }
}

/** A start that had quietly lost its queue would be a fast one. */
async function expectWaiting(context: BrowserContext, url: string, count: number): Promise<void> {
  const page: Page = await context.newPage();
  await page.goto(url);
  await page
    .getByText(count.toLocaleString('en'))
    .or(page.getByText(String(count)))
    .first()
    .waitFor();
  await page.close();
}
