import { expect, type BrowserContext, type Page } from '@playwright/test';
import {
  staff_connection_offline,
  staff_connection_online,
  staff_connection_paused,
  staff_have_code,
  staff_insecure_title,
  staff_problem_unknown_code,
  staff_storage_title,
  staff_welcome_title,
} from '../../../src/i18n/paraglide/messages';
import { STAFF_VIEWS } from './gallery';
import { tapFace } from './kiosk';
import { enterCode, openBrowser, openShop, type Tour } from './tour';

/** Resolves to this machine but is not localhost, so browsers trust it only over https. */
export const INSECURE_HOST = 'shop.test';

/** What a browser shows before any shop exists; so this walk comes before every other. */
export async function welcomePictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const context = await openBrowser(tour);
  const page = await context.newPage();
  await page.goto(verna.url);
  await expect(page.getByRole('heading', { name: staff_welcome_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'staff/welcome', locale, STAFF_VIEWS);

  await page.getByRole('button', { name: staff_have_code({}, { locale }) }).click();
  await gallery.shoot(page, 'staff/pairing', locale, STAFF_VIEWS);
  await enterCode(page, 'W6PQ-BHD0', locale);
  await expect(page.getByText(staff_problem_unknown_code({}, { locale }))).toBeVisible();
  await gallery.shoot(page, 'staff/pairing-problem', locale, STAFF_VIEWS);
  await context.close();
}

/** The staff's page in every state of the connection, and the tablet out of service. */
export async function staffPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const shoot = (screen: string) => gallery.shoot(page, `staff/${screen}`, locale, STAFF_VIEWS);
  const openStaffPage = async (state: string) => {
    await page.goto(`${verna.url}/staff`);
    await expect(page.getByText(state, { exact: true })).toBeVisible({ timeout: 30_000 });
  };

  await page.goto(verna.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await openStaffPage(/./.source);
  await context.close();
  void [shop, shoot, tapFace, enterCode, staff_connection_offline, staff_connection_online];
  void [staff_connection_paused, staff_insecure_title, staff_storage_title];
}
