import { expect } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import {
  admin_close,
  admin_email,
  admin_password,
  admin_nav_staff,
  admin_pin_change,
  admin_sign_in,
  admin_staff_add,
  admin_staff_empty,
  admin_staff_remove,
  staff_pin_enter,
  staff_pin_lock,
  staff_pin_none,
  staff_pin_wait,
  staff_pin_wrong,
} from '../../../src/i18n/paraglide/messages';
import { saltAndHash } from '../../../src/device/pin-hash';
import { ADMIN_VIEWS, REPORT_VIEWS, STAFF_VIEWS } from './gallery';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

const PIN = '482913';
const WRONG_PIN = '739164';

const NAMES = {
  en: ['Alice', 'Ben', 'Charlotte Whitmore', 'Dev'],
  ru: ['Анна', 'Борис', 'Елизавета Константинова', 'Мария'],
  bg: ['Ана', 'Борис', 'Елисавета Константинова', 'Мария'],
} as const;

/** Staff and their PINs: the owner's page, and the lock on the tablet in every state. */
export async function pinPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const owner = await context.newPage();
  const ownerButton = (name: string) => owner.getByRole('button', { name, exact: true });
  const shootOwner = (screen: string, views = ADMIN_VIEWS) =>
    gallery.shoot(owner, `admin/${screen}`, locale, views);
  await owner.goto(`${verna.url}/admin/staff`);
  await owner.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await owner.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await ownerButton(admin_sign_in({}, { locale })).click();
  await expect(owner.getByRole('heading', { name: admin_staff_empty({}, { locale }) })).toBeVisible();
  await shootOwner('staff-empty');

  const staff = await openPage(context, verna.url);
  const tabletButton = (name: string) => staff.getByRole('button', { name, exact: true });
  const shoot = (screen: string) => gallery.shoot(staff, `staff/${screen}`, locale, STAFF_VIEWS);
  const typePin = async (pin: string) => {
    for (const digit of pin) await tabletButton(digit).click();
    await tabletButton(staff_pin_enter({}, { locale })).click();
  };
  await enterCode(staff, shop.code, locale);
  await expect(staff.getByRole('heading', { name: defaultSurvey.questions[0]!.text[locale] })).toBeVisible();
  await staff.goto(`${verna.url}/staff`);
  await expect(staff.getByText(staff_pin_none({}, { locale }))).toBeVisible();
  await shoot('open-to-all');

  for (const name of NAMES[locale])
    await shop.calls.addStaff(shop.organization, name, await saltAndHash(PIN));
  const [first, second] = NAMES[locale];
  await staff.reload();
  await expect(tabletButton(first)).toBeVisible();
  await shoot('locked');
  await tabletButton(first).click();
  for (const digit of '4829') await tabletButton(digit).click();
  await shoot('pin');
  await tabletButton(staff_pin_enter({}, { locale })).click();
  await expect(staff.getByText(staff_pin_wrong({}, { locale }))).toBeVisible();
  await shoot('pin-wrong');
  await staff.reload();
  await tabletButton(second).click();
  for (let wrong = 1; wrong <= 4; wrong += 1) {
    await typePin(WRONG_PIN);
    await expect(staff.getByText(staff_pin_wrong({}, { locale }))).toBeVisible();
  }
  await typePin(WRONG_PIN);
  await expect(staff.getByText(staff_pin_wait({}, { locale }))).toBeVisible();
  await shoot('pin-wait');
  await staff.reload();
  await tabletButton(first).click();
  await typePin(PIN);
  await expect(tabletButton(staff_pin_lock({}, { locale }))).toBeVisible();
  await shoot('unlocked');

  await owner.reload();
  await expect(
    owner.getByRole('heading', { name: admin_nav_staff({}, { locale }), exact: true }),
  ).toBeVisible();
  await shootOwner('staff', REPORT_VIEWS);
  await ownerButton(admin_staff_add({}, { locale })).click();
  await shootOwner('staff-add');
  await ownerButton(admin_close({}, { locale })).click();
  await ownerButton(admin_pin_change({}, { locale })).first().click();
  await shootOwner('staff-pin');
  await ownerButton(admin_close({}, { locale })).click();
  await ownerButton(admin_staff_remove({}, { locale })).first().click();
  await shootOwner('staff-remove');
  await context.close();
}
