import { expect } from '@playwright/test';
import {
  staff_members_check_in,
  staff_members_done,
  staff_members_done_by_number,
  staff_members_find,
  staff_members_next,
  staff_members_start,
  staff_members_by_number,
  staff_members_unknown_title,
} from '../../../src/i18n/paraglide/messages';
import { enrolElsewhere } from '../../e2e/support/enrol-elsewhere';
import { beginProgramme, BULGARIAN_PROGRAMME } from '../../e2e/support/programme';
import { STAFF_VIEWS } from './gallery';
import { PEOPLE } from './people';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

/** Every screen on which staff check a customer in. */
export async function checkInPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { country, typed, phone, name } = PEOPLE[locale];
  const shop = await openShop(tour);
  await beginProgramme(verna.url, shop, { ...BULGARIAN_PROGRAMME, country, cooldown_hours: 4 });
  await enrolElsewhere(verna, shop, { phone, firstName: name });
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  const heading = (text: string) => page.getByRole('heading', { name: text, exact: true });
  const shoot = (screen: string) => gallery.shoot(page, `check-in/${screen}`, locale, STAFF_VIEWS);
  const find = async (digits: string) => {
    for (const digit of digits) await button(digit).click();
    await button(staff_members_find({}, { locale })).click();
  };

  await enterCode(page, shop.code, locale);
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(5);
  await page.goto(`${verna.url}/staff`);
  await button(staff_members_start({}, { locale })).click();
  for (const digit of typed) await button(digit).click();
  await shoot('number');
  await button(staff_members_find({}, { locale })).click();
  await expect(heading(name)).toBeVisible();
  await page.keyboard.type('1250');
  await shoot('known');
  await button(staff_members_check_in({}, { locale })).last().click();
  await expect(heading(staff_members_done({ name }, { locale }))).toBeVisible();
  await shoot('checked-in');
  await button(staff_members_next({}, { locale })).click();
  await find(typed);
  await expect(heading(name)).toBeVisible();
  await shoot('cooling');
  await page.keyboard.press('Enter');
  await button(staff_members_next({}, { locale })).click();
  await find(`${typed.slice(0, -1)}7`);
  await expect(heading(staff_members_unknown_title({}, { locale }))).toBeVisible();
  await shoot('unknown');
  await button(staff_members_by_number({}, { locale })).last().click();
  await expect(heading(staff_members_done_by_number({}, { locale }))).toBeVisible();
  await shoot('recorded');
  await context.close();
}
