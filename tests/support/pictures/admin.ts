import { expect } from '@playwright/test';
import {
  admin_add,
  admin_add_tablet,
  admin_cancel,
  admin_code_label,
  admin_demo_done_title,
  admin_demo_make,
  admin_demo_title,
  admin_import_check,
  admin_import_checking,
  admin_loading,
  admin_nav_import,
  admin_nav_quarantine,
  admin_nav_tablets,
  admin_opening,
  admin_opening_set,
  admin_setup_title,
  admin_sign_in_title,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, type Tour } from './tour';

const RATINGS = {
  name: 'ratings-2025.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'date,shop,satisfaction,recommend,comment',
      '12.03.2025 09:14,5 Mill Lane,5,10,Lovely people',
      '12.03.2025 11:40,5 Mill Lane,4,9,',
      '12.03.2025 17:05,Station Square,2,4,The queue was far too long',
      '13.03.2025 08:32,Station Square,4,8,',
      '13.03.2025 10:21,5 Mill Lane,7,9,',
      '31.02.2025 12:00,5 Mill Lane,5,10,',
    ].join('\n'),
  ),
};

/** The owner's pages, on the shop that the demo makes. */
export async function adminPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const open = async (path: string, title: string) => {
    await page.goto(`${verna.url}${path}`);
    await expect(heading(title)).toBeVisible({ timeout: 15_000 });
  };
  const shoot = (screen: string, views = ADMIN_VIEWS, whole = false) =>
    gallery.shoot(page, `admin/${screen}`, locale, views, { whole });

  await open('/admin', admin_sign_in_title({}, { locale }));
  await shoot('sign-in');
  await open('/admin/demo', admin_demo_title({}, { locale }));
  await shoot('demo');
  await button(admin_demo_make({}, { locale })).click();
  await expect(heading(admin_demo_done_title({}, { locale }))).toBeVisible({ timeout: 180_000 });
  await shoot('demo-done');

  await page.goto(`${verna.url}/admin/scores`);
  await expect(page.getByRole('img').first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
  await shoot('scores', REPORT_VIEWS);
  await shoot('scores-whole', REPORT_VIEWS, true);

  await open('/admin/tablets', admin_nav_tablets({}, { locale }));
  await shoot('tablets', REPORT_VIEWS, true);
  await button(admin_opening({}, { locale })).first().click();
  await button(admin_opening_set({}, { locale })).click();
  await shoot('opening-hours');
  await button(admin_cancel({}, { locale })).click();
  await button(admin_add_tablet({}, { locale })).click();
  await shoot('add-tablet');
  await button(admin_add({}, { locale })).click();
  await expect(page.getByLabel(admin_code_label({}, { locale }), { exact: true })).toBeVisible();
  await shoot('code');

  await open('/admin/import', admin_nav_import({}, { locale }));
  await page.locator('input[type=file]').setInputFiles(RATINGS);
  await expect(heading(admin_import_check({}, { locale }))).toBeVisible();
  await expect(page.getByLabel(admin_import_checking({}, { locale }))).toHaveCount(0);
  await shoot('import', ADMIN_VIEWS, true);
  await open('/admin/quarantine', admin_nav_quarantine({}, { locale }));
  await shoot('quarantine');
  await open('/admin/setup', admin_setup_title({}, { locale }));
  await shoot('setup');
  await context.close();
}
