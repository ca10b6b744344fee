import { expect, type Page } from '@playwright/test';
import {
  kiosk_skip,
  membership_consent_call,
  membership_consent_programme,
  membership_continue,
  membership_day,
  membership_done,
  membership_email,
  membership_enrol_start,
  membership_first_name,
  membership_join,
  membership_month,
  membership_offer_points,
  membership_programme_needed,
  membership_welcome,
} from '../../../src/i18n/paraglide/messages';
import type { Locale } from '../../../src/domain/locale';
import { beginProgramme, BULGARIAN_PROGRAMME } from '../../e2e/support/programme';
import { JOIN_VIEWS } from './gallery';
import { tapFace, touch } from './kiosk';
import { PEOPLE } from './people';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

/** Every screen of joining: at the kiosk from the offer to the code, and where staff begin. */
export async function joinPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { country, typed, name, email } = PEOPLE[locale];
  const shop = await openShop(tour);
  await beginProgramme(verna.url, shop, { ...BULGARIAN_PROGRAMME, country, referral_points: 25 });
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  const shoot = (screen: string) =>
    gallery.shoot(page, `join/${screen}`, locale, JOIN_VIEWS, { before: () => touch(page) });

  await enterCode(page, shop.code, locale);
  await toThanks(page, locale);
  await shoot('offer');
  await page.getByText(membership_offer_points({ count: 10 }, { locale })).click();
  for (const digit of typed) await button(digit).click();
  await shoot('phone');
  await button(membership_continue({}, { locale })).click();
  await page.getByLabel(membership_email({}, { locale })).fill('charlotte@');
  await page.getByLabel(membership_first_name({}, { locale }), { exact: true }).fill(name);
  await button(membership_continue({}, { locale })).click();
  await shoot('person-problem');
  await page.getByLabel(membership_email({}, { locale })).fill(email);
  await page.getByLabel(membership_day({}, { locale })).selectOption('9');
  await page.getByLabel(membership_month({}, { locale })).selectOption('11');
  await shoot('person');
  await button(membership_continue({}, { locale })).click();
  await shoot('consents');
  await button(membership_join({}, { locale })).click();
  await expect(page.getByText(membership_programme_needed({}, { locale }))).toBeVisible();
  await page.getByRole('checkbox', { name: membership_consent_call({}, { locale }) }).check();
  await button(membership_join({}, { locale })).click();
  await shoot('consents-needed');
  await page.getByRole('checkbox', { name: membership_consent_programme({}, { locale }) }).check();
  await button(membership_join({}, { locale })).click();
  await expect(page.getByText(membership_welcome({ name }, { locale }))).toBeVisible();
  await shoot('welcome');
  await button(membership_done({}, { locale })).click();

  await page.goto(`${verna.url}/staff`);
  await expect(button(membership_enrol_start({}, { locale }))).toBeVisible();
  await gallery.shoot(page, 'join/staff', locale, JOIN_VIEWS);
  await button(membership_enrol_start({}, { locale })).click();
  await gallery.shoot(page, 'join/staff-phone', locale, JOIN_VIEWS);
  await context.close();
}

async function toThanks(page: Page, locale: Locale): Promise<void> {
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(5);
  await page.waitForTimeout(400);
  await tapFace(page, 5);
  const skip = page.getByRole('button', { name: kiosk_skip({}, { locale }), exact: true });
  for (let question = 0; question < 4; question += 1) {
    await expect(skip).toBeVisible();
    // In its first moment a screen takes no tap: it may still be the second one of an impatient thumb.
    await page.waitForTimeout(400);
    await skip.click();
  }
  await page.waitForTimeout(400);
}
