import type { BrowserContext } from '@playwright/test';
import { addDays } from '../../src/domain/statistics/local-date';
import { signInAsOwner } from '../e2e/support/owner';
import { createShop, type TestShop } from '../e2e/support/shop';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openMemoryBackend } from '../support/memory-backend';
import { keepScoreHistory } from '../support/score-history';
import type { Bench } from './support/bench';
import { openBarePage } from './support/kiosk';
import { addPageClock } from './support/page-clock';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { slowDown, TABLET_SLOWDOWN } from './support/throttle';

const WARM_UP = 1;
/** As the demo shop: three places, ninety days. */
const PLACES = ['Lenina 5', 'Vitosha 12', 'Harbour 3'];
const DAYS = 90;
const PER_DAY = 40;
const MOST_MS = 1_500;

export const owner: Bench = {
  name: 'owner',
  method:
    `navigation starts → the owner, signed in, sees today’s figures and the first control takes a touch; ${PLACES.length} places, ` +
    `${DAYS} days, a new page each time, ${TABLET_SLOWDOWN} × CPU throttle; floor: a bare Svelte page; alternating`,
  run: ({ dist, bareDist, quick }) =>
    withResources(async (resources) => {
      const backend = await resources.keep(openMemoryBackend(), ({ close }) => close());
      const site = await resources.keep(openSite(backend, dist), ({ close }) => close());
      const shop = await createShop(site.url);
      await fill(backend, shop);
      const { context, page } = await resources.openTablet();
      await addPageClock(context);
      const bare = await openBarePage(resources, { backend, bareDist, page });
      await signInAsOwner(page, site.url, shop);
      await page.getByRole('heading', { name: 'The whole shop' }).waitFor();

      const took = { warm: [] as number[], cold: [] as number[], bare: [] as number[] };
      for (let round = -WARM_UP; round < (quick ? 3 : 11); round++) {
        for (const name of ['warm', 'cold', 'bare'] as const) {
          const ms = await openOnce(context, name === 'bare' ? bare.url : `${site.url}/admin`, name);
          if (round >= 0) took[name].push(ms);
        }
      }
      const floor = { what: 'a bare Svelte page', ms: median(took.bare) };
      return [
        {
          what: 'the owner’s first page, median',
          ms: median(took.warm),
          floor,
          budget: { ms: MOST_MS },
        },
        {
          what: 'the same, p95',
          ms: p95(took.warm),
          floor: { ...floor, ms: p95(took.bare) },
          note: `n = ${took.warm.length} each`,
        },
        {
          what: 'the same with nothing in the browser’s cache, median',
          ms: median(took.cold),
          floor,
          budget: { ms: MOST_MS },
        },
      ];
    }),
};

async function fill(backend: EmbeddedBackend, shop: TestShop): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  for (const place of PLACES) {
    const { location, tablet } = await shop.newTablet(place, 'Counter');
    await keepScoreHistory(backend.sql, {
      organization: shop.organization,
      location,
      tablet,
      from: addDays(today, -DAYS),
      to: today,
      contentOn: () => 0.8,
      perDay: PER_DAY,
    });
  }
}

async function openOnce(
  context: BrowserContext,
  url: string,
  name: 'warm' | 'cold' | 'bare',
): Promise<number> {
  const page = await context.newPage();
  try {
    await slowDown(page);
    if (name === 'cold') {
      const session = await context.newCDPSession(page);
      await session.send('Network.clearBrowserCache');
    }
    await page.goto(url);
    const ms = await page.evaluate(() => window.pageClock.startMs);
    // A page that had a control and no figures yet would be a fast one.
    if (name !== 'bare' && !(await page.getByRole('heading', { name: 'The whole shop' }).isVisible()))
      throw new Error('The figures were not there yet');
    return ms;
  } finally {
    await page.close();
  }
}
