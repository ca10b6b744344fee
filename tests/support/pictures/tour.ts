import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Locale } from '../../../src/domain/locale';
import { staff_code_label, staff_pair } from '../../../src/i18n/paraglide/messages';
import { createShop, type TestShop } from '../../e2e/support/shop';
import type { VernaServer } from '../../e2e/support/verna-server';
import type { Gallery } from './gallery';

/** What every walk through the screens needs. */
export type Tour = { browser: Browser; verna: VernaServer; gallery: Gallery; locale: Locale };

const REGIONS = { en: 'en-GB', ru: 'ru-RU', bg: 'bg-BG' } as const;

const SHOPS = {
  en: { name: 'Golden Rye Bakery', location: '5 Mill Lane', tablet: 'Counter', timeZone: 'Europe/London' },
  ru: { name: 'Пекарня «Колос»', location: 'Ленина, 5', tablet: 'Касса', timeZone: 'Europe/Moscow' },
  bg: { name: 'Пекарна „Златен клас“', location: 'ул. „Витоша“ 5', tablet: 'Каса', timeZone: 'Europe/Sofia' },
} as const;

/** A browser that speaks the tour's language, with a profile of its own. */
export function openBrowser({ browser, locale }: Tour): Promise<BrowserContext> {
  return browser.newContext({
    locale: REGIONS[locale],
    timezoneId: SHOPS[locale].timeZone,
    hasTouch: true,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
  });
}

/** Opens an address and waits until the app would start again without the network. */
export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  return page;
}

/** A shop named in the tour's language, with one tablet waiting to be paired. */
export async function openShop(
  tour: Tour,
): Promise<TestShop & { code: string; tablet: string; location: string }> {
  const { name, location, tablet, timeZone } = SHOPS[tour.locale];
  const shop = await createShop(tour.verna.url, timeZone, { name, location, defaultLocale: tour.locale });
  return { ...shop, ...(await shop.newTablet(location, tablet)) };
}

/** Types the code on a tablet that is not paired yet. */
export async function enterCode(page: Page, code: string, locale: Locale): Promise<void> {
  await page.getByLabel(staff_code_label({}, { locale })).fill(code);
  await page.getByRole('button', { name: staff_pair({}, { locale }), exact: true }).click();
}
