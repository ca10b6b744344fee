import type { Page } from '@playwright/test';

/** What browsers call slow-2g: 2,000 ms there and back, 50 kbit/s. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 2_000,
    downloadThroughput: 50_000 / 8,
    uploadThroughput: 50_000 / 8,
  });
}

/** From when to when the page was sending, request by request, in ms on the clock that all pages of a browser share. */
export function timesOfSending(page: Page): Promise<{ from: number; to: number }[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('/rpc/ingest'))
      .map(({ startTime, duration }) => {
        const from = performance.timeOrigin + startTime;
        return { from, to: from + duration };
      }),
  );
}
