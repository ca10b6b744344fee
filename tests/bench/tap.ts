import type { Page } from '@playwright/test';
import { openMemoryBackend } from '../support/memory-backend';
import { finishSession } from '../e2e/support/kiosk';
import { createShop } from '../e2e/support/shop';
import type { Bench } from './support/bench';
import { openBarePage, openPairedKiosk } from './support/kiosk';
import { addPageClock } from './support/page-clock';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { slowDown, TABLET_SLOWDOWN } from './support/throttle';

/** A customer comes to a kiosk that has been standing there: what loads after the first paint has loaded. */
const REST_MS = 700;
/** How long a finger stays on the glass, in ms. */
const HOLD_MS = 80;
const CUSTOMERS = 11;

export const tap: Bench = {
  name: 'tap',
  method:
    `finger leaves the glass → the screen that says "saved" is painted, built kiosk, paired and online, ` +
    `${TABLET_SLOWDOWN} × CPU throttle; floor: a bare Svelte page that stores nothing; ${CUSTOMERS} customers in a row ` +
    `after each load, by turns`,
  run: ({ dist, bareDist, quick }) =>
    withResources(async (resources) => {
      const backend = await resources.keep(openMemoryBackend(), ({ close }) => close());
      const setup = await resources.keep(openSite(backend, dist), ({ close }) => close());
      const shop = await createShop(setup.url);
      const { context, page } = await resources.openTablet();
      await addPageClock(context);
      const kiosk = await openPairedKiosk(resources, { backend, dist, shop, page });
      const bare = await openBarePage(resources, { backend, bareDist, page });
      await slowDown(page);

      const took = { kiosk: { first: [], later: [] } as Taps, bare: { first: [], later: [] } as Taps };
      for (let round = 0; round < (quick ? 1 : 5); round++) {
        await serveCustomers(page, kiosk.url, finishSession, took.kiosk);
        await serveCustomers(page, bare.url, pressDone, took.bare);
      }

      const floor = 'bare Svelte page';
      return [
        {
          what: 'tap → durable → painted, median',
          ms: median(took.kiosk.later),
          floor: { what: floor, ms: median(took.bare.later) },
          budget: { ratio: 1.3 },
        },
        {
          what: 'tap → durable → painted, p95',
          ms: p95(took.kiosk.later),
          floor: { what: floor, ms: p95(took.bare.later) },
          budget: { ms: 100 },
          note: `n = ${took.kiosk.later.length} each`,
        },
        {
          what: 'first tap after a start, median',
          ms: median(took.kiosk.first),
          floor: { what: floor, ms: median(took.bare.first) },
          note: `n = ${took.kiosk.first.length} each`,
        },
      ];
    }),
};

/** Times in ms: the first tap after a load runs code that the browser has not run before. */
type Taps = { first: number[]; later: number[] };

async function serveCustomers(
  page: Page,
  url: string,
  leave: (page: Page) => Promise<void>,
  taps: Taps,
): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => window.pageClock.startMs);
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    await page.waitForTimeout(REST_MS);
    const ms = await tapFace(page, (customer % 5) + 1);
    (customer === 0 ? taps.first : taps.later).push(ms);
    await leave(page);
  }
}

/** Taps a face as a finger does, and says how long the thanks took. */
async function tapFace(page: Page, score: number): Promise<number> {
  const box = await page
    .locator('main button')
    .nth(score - 1)
    .boundingBox();
  if (!box) throw new Error(`${page.url()} shows no face for ${score}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const measuring = page.evaluate(() => window.pageClock.nextTapMs());
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await page.waitForTimeout(HOLD_MS);
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
  return measuring;
}

/** The bare page's way back to its faces. */
async function pressDone(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Done' }).click();
}
