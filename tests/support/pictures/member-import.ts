import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import {
  admin_data_file_visits,
  admin_data_retention_label,
  admin_email,
  admin_import_check,
  admin_import_choose,
  admin_import_other,
  admin_import_report,
  admin_import_start,
  admin_password,
  admin_rows_balances,
  admin_rows_keys_done,
  admin_rows_members,
  admin_rows_visits,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { PROGRAMME } from '../../e2e/support/members';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const MEMBERS = {
  en: ['Card;Phone;First name;Birthday;Member since;E-mail;Newsletter', 'Alice', 'Oliver', 'Grace'],
  ru: ['Карта;Телефон;Имя;День рождения;Дата вступления;Почта;Рассылка', 'Анна', 'Дмитрий', 'Ольга'],
  bg: ['Карта;Телефон;Име;Рожден ден;Член от;Имейл;Бюлетин', 'Ана', 'Димитър', 'Елица'],
} as const;

const VISITS = [
  'InvoiceNo,Card,InvoiceDate,Amount',
  ...Array.from(
    { length: 40 },
    (_, n) => `A${n},${n % 3},2024-0${1 + (n % 9)}-11 1${n % 9}:05,${(12.5 + n * 3.15).toFixed(2)}`,
  ),
  'A90,0,2024-09-12 10:00,-5.50',
  'A91,,2024-09-12 11:00,19.90',
  'A92,1,someday,4.00',
];

/** Importing members, visits and balances; then the page of data and privacy. */
export async function memberImportPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const shoot = async (screen: string, views = ADMIN_VIEWS) => {
    await gallery.shoot(page, `member-import/${screen}`, locale, views, { whole: true });
    // What is hidden in print can't be used.
    await page.emulateMedia({ media: 'screen' });
  };
  const choose = async (kind: string, name: string, lines: readonly string[]) => {
    const file = join(tmpdir(), `verna-pictures-${name}.csv`);
    await writeFile(file, lines.join('\r\n'));
    await page.getByRole('radio', { name: kind }).check();
    await page
      .getByRole('button', {
        name: new RegExp(`${admin_import_choose({}, { locale })}|${admin_import_other({}, { locale })}`),
      })
      .setInputFiles(file);
    await expect(page.getByRole('heading', { name: admin_import_check({}, { locale }) })).toBeVisible();
  };
  const start = async (rows: number) => {
    await page
      .getByRole('button', { name: admin_import_start({ count: rows, n: String(rows) }, { locale }) })
      .click();
    await expect(page.getByRole('heading', { name: admin_import_report({}, { locale }) })).toBeVisible();
  };

  await page.goto(`${verna.url}/admin/import`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await shoot('choose');

  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const [header, ...names] = MEMBERS[locale];
  const members = names.map(
    (name, n) =>
      `${n};0888 12345${n};${name};24.12.;0${n + 1}.03.2024;${n === 1 ? 'none at home' : `m${n}@example.com`};${n === 1 ? '' : '1'}`,
  );
  await choose(admin_rows_members({}, { locale }), 'members', [header, ...members, '9;12;?;;05.03.2024;;']);
  await shoot('members-check', REPORT_VIEWS);
  await start(3);
  await expect(page.getByText(admin_rows_keys_done({}, { locale }))).toBeVisible();
  await shoot('members-report');
  await choose(admin_rows_visits({}, { locale }), 'visits', VISITS);
  await shoot('visits-check');
  await start(42);
  await choose(admin_rows_balances({}, { locale }), 'balances', ['Card,Points', '0,120', '1,80', '7,5']);
  await start(3);
  await shoot('balances-report');

  await page.goto(`${verna.url}/admin/members/data`);
  await expect(page.getByRole('group', { name: admin_data_file_visits({}, { locale }) })).toBeVisible();
  await page.getByLabel(admin_data_retention_label({}, { locale })).selectOption('12');
  await shoot('data', REPORT_VIEWS);
  await context.close();
}
