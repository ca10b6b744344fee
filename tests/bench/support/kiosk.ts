import type { Page } from '@playwright/test';
import type { EmbeddedBackend } from '../../../supabase/embedded/backend';
import { pairTablet } from '../../e2e/support/kiosk';
import type { TestShop } from '../../e2e/support/shop';
import { openSite, type Site } from './site';
import type { Resources } from './resources';

/** The kiosk on an origin of its own, paired in this page's browser and ready for going offline. */
export async function openPairedKiosk(
  resources: Resources,
  { backend, dist, shop, page }: { backend: EmbeddedBackend; dist: string; shop: TestShop; page: Page },
): Promise<Site> {
  const site = await resources.keep(openSite(backend, dist), ({ close }) => close());
  const { code } = await shop.newTablet('Lenina 5', `Counter ${new URL(site.url).port}`);
  await page.goto(site.url);
  await pairTablet(page, code);
  await untilInstalled(page);
  return site;
}

/** The bare Svelte page on an origin of its own, ready for going offline. */
export async function openBarePage(
  resources: Resources,
  { backend, bareDist, page }: { backend: EmbeddedBackend; bareDist: string; page: Page },
): Promise<Site> {
  const site = await resources.keep(openSite(backend, bareDist), ({ close }) => close());
  await page.goto(site.url);
  await untilInstalled(page);
  return site;
}

/** Resolves when the service worker holds every file and answers for this page. */
async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
