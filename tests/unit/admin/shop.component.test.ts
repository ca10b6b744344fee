import { afterEach, expect, it, vi } from 'vitest';
import { ok, scriptedShop } from './member-fixture';

afterEach(() => vi.useRealTimers());

it('sees what changed between its loading and its first look at the pulse', async () => {
  vi.useFakeTimers();
  const server = { pulse: 'before', quarantined: 0 };
  const shop = scriptedShop({
    locations: () => ok([]),
    surveyVersions: () => ok([]),
    reportTablets: () => ok([]),
    reportQuarantine: () => ok({ records: [], resolved: 0, open: server.quarantined }),
    reportCases: () => ok({ cases: [], next: null, total: 0, waiting: 0, overdue: 0, mine: 0 }),
    reportPulse: () => ok(server.pulse),
  });
  expect(await shop.load()).toBeNull();
  expect(shop.quarantined).toBe(0);

  Object.assign(server, { pulse: 'after', quarantined: 1 });
  const stop = shop.watch(() => false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(shop.quarantined).toBe(1);
  expect(shop.revision).toBe(1);
  stop();
});
