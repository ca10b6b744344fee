import { readFile, writeFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { accessibilityViolations } from './support/accessibility';
import { PROGRAMME } from './support/members';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const MEMBERS = [
  'Клиент;Телефон;Име;Рожден ден;Член от;Програма;Съобщения;Магазин',
  '17;0888 123 456;Анна;24.12.;05.03.2024;да;не;Lenina 5',
  '18;+359 888 123 499;Борис;;06.03.2024;да;да;Нов магазин',
  '19;12345;Вера;;07.03.2024;да;;Lenina 5',
  '18;0888 123 477;Галя;;08.03.2024;;;Lenina 5',
].join('\r\n');
const VISITS = [
  'InvoiceNo,CustomerID,InvoiceDate,amount',
  'A1,17,2024-03-10 10:00,25.50',
  'A2,17,2024-03-11 10:00,-5.50',
  'A3,,2024-03-12 10:00,99.99',
  'A4,18,2024-03-13,12.00',
  'A5,18,yesterday,12.00',
].join('\n');
const BALANCES = ['Телефон,Точки', '0888 123 456,120', '0888 000 000,7'].join('\n');

const expectAccessible = async (page: Page) => expect(await accessibilityViolations(page)).toEqual([]);
const textOf = async (download: Download) => readFile(await download.path(), 'utf8');

test('a shop brings its members, their visits and their points along, once', async ({
  verna,
  page,
}, testInfo) => {
  const shop = await createShop(verna.url);
  const choose = async (kind: string, name: string, text: string) => {
    const file = testInfo.outputPath(name);
    await writeFile(file, text);
    await page.getByRole('radio', { name: kind }).check();
    await page.getByRole('button', { name: 'Choose a CSV file' }).setInputFiles(file);
  };
  const members = () =>
    verna.backend.sql.query(
      `select m.first_name as name, l.name as place,
         (select count(*)::int from public.visits as v where v.member_id = m.id and v.refused is null) as visits,
         (select sum(points)::int from public.point_entries as p where p.member_id = m.id) as points,
         exists (select 1 from private.directory_entries as d where d.member_id = m.id and d.sealed is not null) as offline
       from public.members as m join public.enrolments as e on e.org_id = m.org_id and e.member_id = m.id
       join public.locations as l on l.id = e.location_id where m.org_id = $1 order by 1`,
      [shop.organization],
    );

  await signInAsOwner(page, verna.url, shop, '/admin/import');
  await page.getByRole('radio', { name: 'Members' }).check();
  await expect(page.getByRole('heading', { name: 'No loyalty programme yet' })).toBeVisible();
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  await page.reload();
  await choose('Members', 'members.csv', MEMBERS);
  await expect(page.getByLabel('Telephone number')).toHaveValue('1');
  await expect(page.getByLabel('First name')).toHaveValue('2');
  await expect(page.getByLabel('Birthday')).toHaveValue('3');
  await expect(page.getByLabel('Their id in your former system')).toHaveValue('0');
  await expect(page.getByText('2 rows will be taken')).toBeVisible();
  await expect(page.getByText('No such telephone number: 1')).toBeVisible();
  await expect(page.getByText('The same id as in an earlier row: 1')).toBeVisible();
  await expectAccessible(page);
  await page.locator('summary').click();
  await expect(page.getByRole('row', { name: '4 No such telephone number' })).toBeVisible();
  expect(await members()).toEqual([]);

  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('3 new records stored')).toBeVisible();
  await expect(page.getByText('Tablets know all your members, with a network and without.')).toBeVisible();
  await expectAccessible(page);
  expect(await members()).toEqual([
    { name: 'Анна', place: 'Lenina 5', visits: 0, points: 50, offline: true },
    { name: 'Борис', place: 'Нов магазин', visits: 0, points: 50, offline: true },
  ]);

  await choose('Visits', 'visits.csv', VISITS);
  await expect(page.getByText('4 rows will be taken')).toBeVisible();
  await expect(page.getByText('Sales of €131.99 together.')).toBeVisible();
  await expect(page.getByText('1 sale names nobody')).toBeVisible();
  await expect(page.getByText('The date can’t be read: 1')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import 4 rows' }).click();
  await expect(page.getByText('4 new records stored')).toBeVisible();

  await choose('Opening balances', 'balances.csv', BALANCES);
  await expect(page.getByText('127 points together.')).toBeVisible();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('1 new record stored')).toBeVisible();
  await expect(page.getByText('nobody with this number or id is a member')).toBeVisible();
  const everything = [
    // 50 for joining, 10 for the visit, 25 of its sale less 5 that went back, and 120 brought along.
    { name: 'Анна', place: 'Lenina 5', visits: 1, points: 200, offline: true },
    { name: 'Борис', place: 'Нов магазин', visits: 1, points: 72, offline: true },
  ];
  expect(await members()).toEqual(everything);

  await choose('Members', 'members.csv', MEMBERS);
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('3 were already there')).toBeVisible();
  await choose('Visits', 'visits.csv', VISITS);
  await page.getByRole('button', { name: 'Import 4 rows' }).click();
  await expect(page.getByText('4 were already there')).toBeVisible();
  expect(await members()).toEqual(everything);

  await page.goto(`${verna.url}/admin/members`);
  await page.getByRole('link', { name: 'Анна' }).click();
  await expect(page.getByText('Refund of €5.50')).toBeVisible();
  await expect(page.getByText('Opening balance')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Joined' })).toContainText(
    'Lenina 5 · from a file',
  );
  await expect(page.getByText('by themselves')).toHaveCount(0);
});

test('the owner takes files along and says how long members are kept', async ({ verna, page }) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const { organization: org } = shop;
  await verna.backend.sql.query(
    `insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
     values ($1, gen_random_uuid(), '+359888123456', '=Anna()', 'bg', '2020-01-05Z')`,
    [org],
  );
  const anna = (await shop.calls.reportMembers(org, '', 10)) as { value: { members: { member: string }[] } };
  await verna.backend.sql.query(
    `insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id, amount, currency)
     select $1::uuid, gen_random_uuid(), '2020-01-05 08:00Z'::timestamptz + n * interval '1 minute', 'tablet', '2020-01-05 10:00',
       $1::uuid, l.id, $2::uuid, 1250, 'EUR'
     from public.locations as l, generate_series(1, 1100) as n where l.org_id = $1::uuid`,
    [org, anna.value.members[0]!.member],
  );
  await verna.backend.sql.query(
    `insert into public.point_entries (org_id, member_id, points, reason, created_at) values ($1, $2, 50, 'welcome', '2020-01-05Z')`,
    [org, anna.value.members[0]!.member],
  );

  await signInAsOwner(page, verna.url, shop, '/admin/members');
  await page.getByRole('link', { name: 'Data and privacy' }).click();
  await expectAccessible(page);
  const fileOf = async (name: string) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('group', { name, exact: true }).getByRole('button').click();
    return textOf(await waiting);
  };
  const visits = await fileOf('Visits');
  expect(visits.trimEnd().split('\r\n')).toHaveLength(1101);
  expect(visits.split('\r\n')[1]).toContain(`,Lenina 5,,'=Anna(),'+359888123456,12.5,EUR,,0,`);
  expect((await fileOf('Points')).split('\r\n')[1]).toContain(`'=Anna(),'+359888123456,50,welcome`);

  await page.getByLabel('Forget members who have not come for').selectOption('24 months');
  await expect(page.getByText('1 member has stayed away that long')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save and forget 1 member' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByText(`Set by ${shop.email}`)).toBeVisible();
  await verna.backend.sql.query('select private.forget_old($1)', [org]);
  await page.getByRole('link', { name: '← Members' }).click();
  await expect(page.getByText('Nobody has joined yet')).toBeVisible();
});
