import { afterAll, beforeAll, expect, it } from 'vitest';
import { DemoBuilder, type DemoOptions } from '../../../src/admin/demo/build-demo';
import { openOwner, type Owner } from './owner';

let owner: Owner;
beforeAll(async () => {
  owner = await openOwner();
}, 60_000);
afterAll(() => owner.backend.close());

const optionsOf = (changes: Partial<DemoOptions> = {}): DemoOptions => ({
  calls: owner.calls,
  words: { shop: 'Corner Shop', tablet: 'Tablet 1', counter: 'Counter', locale: 'en' },
  endsAt: Date.now(),
  onProgress: () => {},
  days: 3,
  tabletContext: owner.tabletContext,
  ...changes,
});

it('makes a shop whose tablets have sent all they made', async () => {
  let last = { stored: 0, total: 0 };
  const result = await new DemoBuilder(optionsOf({ onProgress: (progress) => (last = progress) })).run();
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  expect(result.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const tablets = await owner.calls.reportTablets(result.organization);
  if (!tablets.ok) throw new Error(tablets.failure.code);
  const paired = tablets.value.filter(({ pairing }) => pairing !== null);
  expect(paired).toHaveLength(3);
  for (const { made, received, seq_clashes } of paired) {
    expect(made).toBeGreaterThan(50);
    expect([received, seq_clashes]).toEqual([made, 0]);
  }
  expect(tablets.value.map(({ name }) => name).toSorted()).toEqual([
    'Counter',
    'Tablet 1',
    'Tablet 1',
    'Tablet 1',
  ]);
  expect(last.stored).toBe(last.total);
  expect(paired.reduce((sum, { received }) => sum + received, 0)).toBe(last.total);
  const flags = await owner.backend.sql.query(
    'select flag from public.answers where flag is not null limit 1',
  );
  expect(flags, 'no customer of the demo looks like an abuser').toEqual([]);
  const improvements = await owner.calls.improvements(result.organization);
  expect(improvements.ok && improvements.value).toMatchObject([
    { name: 'Second till opened', question: 'satisfaction', hoped_change: 5 },
  ]);
  const shops = await owner.calls.organizations();
  expect(shops.ok && shops.value.find(({ id }) => id === result.organization)?.is_demo).toBe(true);
});

it('goes on where the network left it, with nothing lost or doubled', async () => {
  const { fetch } = owner.tabletContext;
  let ingests = 0;
  let isDown = false;
  const flaky: typeof globalThis.fetch = async (input, init) => {
    if (isDown) throw new TypeError('network');
    const reply = await fetch!(input, init);
    if (String(input).endsWith('/ingest') && (ingests += 1) === 2) {
      // The second batch is stored, its answer is lost, and then the network is gone.
      isDown = true;
      throw new TypeError('network');
    }
    return reply;
  };
  let total = 0;
  const builder = new DemoBuilder(
    optionsOf({
      tabletContext: { ...owner.tabletContext, fetch: flaky },
      onProgress: (progress) => (total = progress.total),
      wait: async () => {},
    }),
  );
  expect(await builder.run()).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
  isDown = false;
  const result = await builder.run();
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  const tablets = await owner.calls.reportTablets(result.organization);
  if (!tablets.ok) throw new Error(tablets.failure.code);
  expect(tablets.value.reduce((sum, { received }) => sum + received, 0)).toBe(total);
});
