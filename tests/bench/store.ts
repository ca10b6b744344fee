import type { Bench } from './support/bench';
import type {} from './pages/store';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { openStubBackend } from './support/stub-backend';

export const store: Bench = {
  name: 'store',
  method:
    'Outbox.append until its transaction is durable, no throttle; floor: one strict IndexedDB put of the same ' +
    'record, no library; alternating in one page',
  run: ({ devicePages: pages, quick }) =>
    withResources(async (resources) => {
      const site = await resources.keep(openSite(openStubBackend().backend, pages), ({ close }) => close());
      const { page } = await resources.openTablet();
      await page.goto(`${site.url}/store.html`);
      await page.waitForFunction(() => 'measureStore' in window);
      const count = quick ? 200 : 600;
      const times = await page.evaluate((writes) => window.measureStore(30, writes), count);
      const floor = 'raw strict put';
      return [
        {
          what: 'store one record, median',
          ms: median(times.store),
          floor: { what: floor, ms: median(times.raw) },
          budget: { ratio: 1.15 },
        },
        {
          what: 'store one record, p95',
          ms: p95(times.store),
          floor: { what: floor, ms: p95(times.raw) },
          budget: { ratio: 1.5 },
          note: `n = ${count} each`,
        },
      ];
    }),
};
