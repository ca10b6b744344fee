import { expect } from '@playwright/test';
import { saltAndHash } from '../../../src/device/pin-hash';
import {
  admin_close,
  admin_email,
  admin_password,
  admin_pulse_nothing,
  admin_rights,
  admin_sign_in,
  admin_staff_add,
  staff_pin_enter,
  staff_pulse_later,
} from '../../../src/i18n/paraglide/messages';
import { beginProgramme } from '../../e2e/support/programme';
import { ADMIN_VIEWS, REPORT_VIEWS, STAFF_VIEWS } from './gallery';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

const PIN = '482913';

const NAMES = { en: ['Alice', 'Ben'], ru: ['Анна', 'Борис'], bg: ['Ана', 'Борис'] } as const;

/** What each of the team may do, and what the team says. */
export async function teamPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const org = shop.organization;
  await beginProgramme(verna.url, shop);
  const [first, second] = NAMES[locale];
  await shop.calls.addStaff(org, first, await saltAndHash(PIN));
  await shop.calls.addStaff(org, second, await saltAndHash(PIN), ['check_in', 'case']);
  await shop.calls.setTeamPulse(org, 3);
  const context = await openBrowser(tour);
  const owner = await context.newPage();
  const ownerButton = (name: string) => owner.getByRole('button', { name, exact: true });
  await owner.goto(`${verna.url}/admin/staff`);
  await owner.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await owner.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await ownerButton(admin_sign_in({}, { locale })).click();
  await expect(owner.getByText(admin_pulse_nothing({}, { locale }))).toBeVisible();
  await gallery.shoot(owner, 'team/too-few', locale, ADMIN_VIEWS, { whole: true });
  await ownerButton(admin_staff_add({}, { locale })).click();
  await gallery.shoot(owner, 'team/add', locale, ADMIN_VIEWS);
  await ownerButton(admin_close({}, { locale })).click();
  await ownerButton(admin_rights({}, { locale })).last().click();
  await gallery.shoot(owner, 'team/rights', locale, ADMIN_VIEWS);
  await verna.backend.sql.query(
    `insert into private.pulse_counts (org_id, month, score, n)
     select $1, date_trunc('month', now() at time zone 'UTC') - ago * interval '1 month', score, n
     from (values (7, 9, 2), (6, 8, 3), (4, 10, 4), (4, 5, 2), (2, 9, 5), (2, 7, 2)) as told (ago, score, n)`,
    [org],
  );
  await owner.reload();
  await expect(owner.getByRole('table')).toHaveCount(2);
  await gallery.shoot(owner, 'team/figures', locale, REPORT_VIEWS, { whole: true });

  const staff = await openPage(context, verna.url);
  await enterCode(staff, shop.code, locale);
  await expect(staff.getByRole('main').getByRole('button')).toHaveCount(5);
  await staff.goto(`${verna.url}/staff`);
  await expect(staff.getByRole('button', { name: second })).toBeVisible();
  await gallery.shoot(staff, 'team/locked', locale, STAFF_VIEWS);
  await staff.getByRole('button', { name: second }).click();
  for (const digit of PIN) await staff.getByRole('button', { name: digit, exact: true }).click();
  await staff.getByRole('button', { name: staff_pin_enter({}, { locale }), exact: true }).click();
  await expect(staff.getByRole('button', { name: staff_pulse_later({}, { locale }) })).toBeVisible();
  await gallery.shoot(staff, 'team/unlocked', locale, STAFF_VIEWS, { whole: true });
  await context.close();
}
