import type { Page } from '@playwright/test';

/** How much slower than this machine a shop's tablet is taken to be. */
export const TABLET_SLOWDOWN = 4;

/** Slows the page's main thread down; it stays so over navigations. */
export async function slowDown(page: Page, times = TABLET_SLOWDOWN): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}
