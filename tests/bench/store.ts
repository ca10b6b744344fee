import type { Bench } from './support/bench';
import type { StoreTimes } from './pages/store';
import type { Figure } from './support/figure';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { openStubBackend } from './support/stub-backend';

const WARM_UP = 30;
const MANY = 10_000;
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export const store: Bench = {
  name: 'store',
  method:
    'Outbox.append until its transaction is durable, no throttle; floor: one strict IndexedDB put of the same ' +
    'record, no library, as many records lying there; alternating in one page',
  run: ({ devicePages: pages, quick }) =>
    withResources(async (resources) => {
      const site = await resources.keep(openSite(openStubBackend().backend, pages), ({ close }) => close());
      const { page } = await resources.openTablet();
      // A page that nobody else can look into reads its clock to 5 µs; any other to 0.1 ms, an eighth of what is timed.
      await page.route('**/store.html', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), ...ISOLATED } });
      });
      await page.goto(`${site.url}/store.html`);
      await page.waitForFunction(() => 'measureStore' in window);
      const count = quick ? 200 : 2_000;
      const measure = (waiting: number) =>
        page.evaluate((args) => window.measureStore(...args), [WARM_UP, count, waiting] as const);
      return [
        ...figuresOf('', await measure(0)),
        ...figuresOf(`, ${MANY.toLocaleString('en')} waiting`, await measure(MANY)),
      ];
    }),
};

function figuresOf(when: string, { store, raw }: StoreTimes): Figure[] {
  const floor = 'raw strict put';
  return [
    {
      what: `store one record${when}, median`,
      ms: median(store),
      floor: { what: floor, ms: median(raw) },
      budget: { ratio: 1.15 },
    },
    {
      what: `store one record${when}, p95`,
      ms: p95(store),
      floor: { what: floor, ms: p95(raw) },
      budget: { ratio: 1.5 },
      note: `n = ${store.length} each`,
    },
  ];
}
