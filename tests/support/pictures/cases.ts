import { expect } from '@playwright/test';
import {
  admin_case_mark_contacted,
  admin_cases_empty,
  admin_cases_enter,
  admin_close,
  admin_email,
  admin_nav_cases,
  admin_password,
  admin_sign_in,
  staff_case_save,
  staff_case_saved,
  staff_case_start,
  staff_case_text,
  staff_case_title,
  staff_cue_dismiss,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, KIOSK_VIEWS, REPORT_VIEWS, STAFF_VIEWS } from './gallery';
import { tapFace } from './kiosk';
import { PEOPLE } from './people';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

const COMPLAINTS = {
  en: [
    'The sourdough was wet inside, twice this week. She would like to know whether something has changed.',
    'He waited twenty minutes for a coffee that was paid for.',
    'The card terminal charged twice.',
  ],
  ru: [
    'Хлеб на закваске внутри сырой, уже второй раз за неделю. Спрашивает, не изменилось ли что-нибудь.',
    'Ждал двадцать минут кофе, за который уже заплатил.',
    'Терминал списал деньги дважды.',
  ],
  bg: [
    'Хлябът с квас беше суров отвътре, за втори път тази седмица. Пита дали нещо се е променило.',
    'Чакал е двайсет минути за кафе, което вече е платил.',
    'Терминалът е взел парите два пъти.',
  ],
} as const;

/** A complaint from the cue at the counter to the owner's last word. */
export async function casePictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { phone, name } = PEOPLE[locale];
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const owner = await context.newPage();
  const heading = (page: typeof owner, text: string) =>
    page.getByRole('heading', { name: text, exact: true });
  const shootOwner = (screen: string, views = ADMIN_VIEWS) =>
    gallery.shoot(owner, `cases/${screen}`, locale, views, { whole: true });
  await owner.goto(`${verna.url}/admin/cases`);
  await owner.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await owner.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await owner.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(heading(owner, admin_cases_empty({}, { locale }))).toBeVisible();
  await shootOwner('none');

  const staff = await openPage(context, verna.url);
  const button = (text: string) => staff.getByRole('button', { name: text, exact: true });
  const shoot = (screen: string) => gallery.shoot(staff, `cases/${screen}`, locale, STAFF_VIEWS);
  await enterCode(staff, shop.code, locale);
  await expect(staff.getByRole('main').getByRole('button')).toHaveCount(5);
  await staff.waitForTimeout(400);
  await tapFace(staff, 1);
  await expect(staff.getByTestId('cue')).toBeVisible();
  await gallery.shoot(staff, 'cases/kiosk-cue', locale, KIOSK_VIEWS.slice(0, 2));
  await staff.goto(`${verna.url}/staff`);
  await expect(button(staff_cue_dismiss({}, { locale }))).toBeVisible();
  await shoot('cue');
  await button(staff_case_start({}, { locale })).first().click();
  await expect(heading(staff, staff_case_title({}, { locale }))).toBeVisible();
  await button(staff_case_save({}, { locale })).click();
  await shoot('note-empty');
  await staff.getByLabel(staff_case_text({}, { locale })).fill(COMPLAINTS[locale][0]);
  await staff.getByRole('textbox').nth(1).fill(phone);
  await staff.getByRole('textbox').nth(2).fill(name);
  await shoot('note');
  await button(staff_case_save({}, { locale })).click();
  await expect(heading(staff, staff_case_saved({}, { locale }))).toBeVisible();
  await shoot('noted');

  for (const text of COMPLAINTS[locale].slice(1))
    await shop.calls.openCase(shop.organization, { text, locale, phone: null, firstName: null });
  // As if two days had gone by, one of them without the network.
  const { sql } = verna.backend;
  const first = `select id from public.cases where org_id = $1 and opened_by is null`;
  await expect.poll(() => sql.query(first, [shop.organization])).toHaveLength(1);
  await sql.query(
    `update public.cases set occurred_at = occurred_at - interval '50 hours', due_at = due_at - interval '50 hours',
       received_at = received_at - interval '26 hours' where org_id = $1 and opened_by is null`,
    [shop.organization],
  );
  const known = await shop.calls.reportCases(shop.organization, 'waiting', 50);
  const second = known.ok ? known.value.cases[1]!.case : '';
  await shop.calls.setCaseState(shop.organization, second, 'contacted', '');
  await owner.reload();
  await expect(heading(owner, admin_nav_cases({}, { locale }))).toBeVisible();
  await expect(owner.getByRole('listitem')).toHaveCount(3);
  await shootOwner('list', REPORT_VIEWS);
  await owner.emulateMedia({ media: 'screen' });
  await owner.getByRole('link', { name: COMPLAINTS[locale][0] }).click();
  await expect(owner.getByText(COMPLAINTS[locale][0])).toBeVisible();
  await shootOwner('case', REPORT_VIEWS);
  await owner.emulateMedia({ media: 'screen' });
  await owner.getByRole('button', { name: admin_case_mark_contacted({}, { locale }), exact: true }).click();
  await gallery.shoot(owner, 'cases/contacted', locale, ADMIN_VIEWS);
  await owner.getByRole('button', { name: admin_close({}, { locale }), exact: true }).click();
  await owner.goto(`${verna.url}/admin/cases`);
  await owner.getByRole('button', { name: admin_cases_enter({}, { locale }), exact: true }).click();
  await gallery.shoot(owner, 'cases/enter', locale, ADMIN_VIEWS);
  await context.close();
}
