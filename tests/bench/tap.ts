import type { Page } from '@playwright/test';
import { openEmbeddedBackend } from '../../supabase/embedded/backend';
import { createShop } from '../e2e/support/shop';
import type { Bench } from './support/bench';
import { openBarePage, openPairedKiosk } from './support/kiosk';
import { addPageClock } from './support/page-clock';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { slowDown, TABLET_SLOWDOWN } from './support/throttle';

const WARM_UP = 2;
/** A customer comes to a kiosk that has been standing there: what loads after the first paint has loaded. */
const REST_MS = 700;

export const tap: Bench = {
  name: 'tap',
  method:
    `finger leaves the glass → the screen that says "saved" is painted, built kiosk, paired and online, ` +
    `${TABLET_SLOWDOWN} × CPU throttle; floor: a bare Svelte page that stores nothing; alternating, each after a reload`,
  run: ({ dist, bareDist, quick }) =>
    withResources(async (resources) => {
      const backend = await resources.keep(openEmbeddedBackend(null), ({ close }) => close());
      const setup = await resources.keep(openSite(backend, dist), ({ close }) => close());
      const shop = await createShop(setup.url);
      const { context, page } = await resources.openTablet();
      await addPageClock(context);
      const kiosk = await openPairedKiosk(resources, { backend, dist, shop, page });
      const bare = await openBarePage(resources, { backend, bareDist, page });
      await slowDown(page);

      const kioskMs: number[] = [];
      const bareMs: number[] = [];
      for (let round = -WARM_UP; round < (quick ? 6 : 40); round++) {
        const score = (Math.abs(round) % 5) + 1;
        const [kioskTook, bareTook] = [
          await tapOnce(page, kiosk.url, score),
          await tapOnce(page, bare.url, score),
        ];
        if (round < 0) continue;
        kioskMs.push(kioskTook);
        bareMs.push(bareTook);
      }

      const floor = 'bare Svelte page';
      return [
        {
          what: 'tap → durable → painted, median',
          ms: median(kioskMs),
          floor: { what: floor, ms: median(bareMs) },
          budget: { ratio: 1.3 },
        },
        {
          what: 'tap → durable → painted, p95',
          ms: p95(kioskMs),
          floor: { what: floor, ms: p95(bareMs) },
          budget: { ms: 100 },
          note: `n = ${kioskMs.length} each`,
        },
      ];
    }),
};

/** Loads the page anew and taps one of its five faces, as a finger does. */
async function tapOnce(page: Page, url: string, score: number): Promise<number> {
  await page.goto(url);
  await page.evaluate(() => window.pageClock.startMs);
  await page.waitForTimeout(REST_MS);
  const box = await page
    .locator('main button')
    .nth(score - 1)
    .boundingBox();
  if (!box) throw new Error(`${url} shows no face for ${score}`);
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  return page.evaluate(() => window.pageClock.tapMs);
}
