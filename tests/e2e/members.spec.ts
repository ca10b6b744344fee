import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { accessibilityViolations } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { enrolment, PROGRAMME, visit } from './support/members';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const HOUR_MS = 3_600_000;
const ANNA = '+359888123456';
const BORIS = '+359888123499';

const expectAccessible = async (page: Page) => expect(await accessibilityViolations(page)).toEqual([]);
const textOf = async (download: Download) => readFile(await download.path(), 'utf8');

test('the owner sets up a programme, changes a rule of it and ends it', async ({ verna, page }) => {
  const shop = await createShop(verna.url);
  await signInAsOwner(page, verna.url, shop, '/admin/members');
  await expect(page.getByRole('heading', { name: 'No loyalty programme yet' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Set up the programme' }).click();
  await page.getByRole('button', { name: 'Set up the programme' }).click();

  await page.getByLabel('Country').selectOption({ label: 'Bulgaria' });
  await expect(page.getByLabel('Currency')).toHaveValue('EUR');
  await page.getByLabel('For every visit').fill('ten');
  await page.getByRole('button', { name: 'Start the programme' }).click();
  await expect(page.getByText('A whole number from 0 to 1,000,000, please.')).toBeVisible();
  await expect(page.getByLabel('For every visit')).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel('For every visit').fill('10');
  await page.getByLabel('For every full (EUR)').fill('2,50');
  await expect(page.getByText('A visit with a sale of €12.50 gives 10 + 5 = 15 points.')).toBeVisible();
  await page.getByRole('button', { name: 'Start the programme' }).click();
  await expect(page.getByText('Saved. The rules hold from now on')).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByLabel('For every full (EUR)')).toHaveValue('2.50');
  await page.getByLabel('The amount of a sale gives points too').uncheck();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Saved. The rules hold from now on')).toBeVisible();
  const versions = 'select programme from public.programme_versions where org_id = $1 order by valid_from';
  expect(await verna.backend.sql.query(versions, [shop.organization])).toMatchObject([
    { programme: { country: 'BG', currency: 'EUR', points_per_amount: { points: 1, per: 250 } } },
    { programme: { points_per_visit: 10, points_per_amount: null } },
  ]);

  await page.getByRole('button', { name: 'End the programme…' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'End the programme', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The programme has ended' })).toBeVisible();
  await page.getByRole('link', { name: 'Members' }).click();
  await expect(page.getByRole('heading', { name: 'No loyalty programme yet' })).toBeVisible();
});

test('the owner finds a member, corrects the points, withdraws a consent, exports everything and erases it', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const now = Date.now();
  const [annaId] = await tablet.tell([
    {
      at: now - 50 * HOUR_MS,
      body: enrolment(ANNA, 'Anna', {
        email: 'anna@example.com',
        birthday: { month: 2, day: 29 },
        consents: [
          { purpose: 'programme', version: 1, locale: 'bg' },
          { purpose: 'messages', version: 1, locale: 'bg' },
        ],
      }),
    },
    { at: now - 49 * HOUR_MS, body: enrolment(BORIS, 'Борис') },
    { at: now - 30 * HOUR_MS, body: visit(ANNA, 1250) },
    { at: now - 29 * HOUR_MS, body: visit(ANNA, 800) },
  ]);

  await signInAsOwner(page, verna.url, shop, '/admin/members');
  await expect(page.getByText('2 members')).toBeVisible();
  await expect(page.getByRole('row', { name: /Anna/ })).toContainText('+359 88 812 3456');
  await expectAccessible(page);
  const csv = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  expect((await textOf(await csv)).split('\r\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^Борис,'\+359888123499,50,0,,/),
    expect.stringMatching(/^Anna,'\+359888123456,72,1,/),
  ]);
  await page.getByLabel('Search').fill('бор');
  await expect(page.getByText('1 found')).toBeVisible();
  await page.getByLabel('Search').fill('nobody');
  await expect(page.getByRole('heading', { name: 'Nobody matches “nobody”.' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Search').fill('3456');
  await page.getByRole('link', { name: 'Anna' }).click();

  await expect(page.getByRole('heading', { name: 'Anna', level: 1 })).toBeVisible();
  const balance = page.getByRole('definition').first();
  await expect(balance).toHaveText('72 points');
  await expect(page.getByText('29 February')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Visit, sale of €8.00' })).toContainText(
    'Not counted: too soon after the one before',
  );
  await expect(page.getByRole('row', { name: /^Messages/ })).toContainText('Counter, Lenina 5');
  expect(page.url()).not.toContain('888123456');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Correct the points' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Points to add').fill('−20');
  await expect(dialog.getByText('Balance afterwards: 52')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
  await expect(dialog.getByText('Please say why')).toBeVisible();
  await dialog.getByLabel('Why').fill('Returned the bread');
  await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
  await expect(balance).toHaveText('52 points');
  await expect(page.getByText(`Returned the bread · ${shop.email}`)).toBeVisible();

  await page.getByRole('button', { name: 'Withdraw Messages' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('row', { name: /^Messages/ })).toContainText('Withdrawn');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all data' }).click();
  const file: unknown = JSON.parse(await textOf(await download));
  expect(file).toMatchObject({
    organization: 'Verna Bakery',
    timeline_is_complete: true,
    first_name: 'Anna',
    phone: ANNA,
    email: 'anna@example.com',
    points: 52,
    aliases: [annaId],
    consents: expect.arrayContaining([
      expect.objectContaining({ purpose: 'programme', granted: true, tablet_name: 'Counter' }),
      expect.objectContaining({ purpose: 'messages', granted: false }),
    ]),
  });

  await page.getByRole('button', { name: 'Erase…' }).click();
  await dialog.getByLabel('Last four digits').fill('1234');
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByText('These are not the last four digits of +359 88 812 3456.')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('Last four digits').fill('3456');
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('heading', { name: 'Erased member' })).toBeVisible();
  await expect(page.getByText('anna@example.com')).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'All members' }).click();
  await page.getByLabel('Search').fill('');
  await expect(page.getByText('1 member', { exact: true })).toBeVisible();
});

test('a list of many members loads on, and keeps its place and search for whoever comes back', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const now = Date.now();
  const names = Array.from({ length: 130 }, (_, index) => `Member ${index + 1}`);
  for (let start = 0; start < names.length; start += 50) {
    await tablet.tell(
      names.slice(start, start + 50).map((name, index) => ({
        at: now - (200 - start - index) * 60_000,
        body: enrolment(`+3598887${String(start + index).padStart(5, '0')}`, name),
      })),
    );
  }
  await signInAsOwner(page, verna.url, shop, '/admin/members');
  const rows = page.getByRole('row').filter({ has: page.getByRole('link') });
  await expect(rows).toHaveCount(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(100);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(130);
  await expect(page.getByRole('button', { name: 'Show more' })).toBeHidden();
  expect(await rows.getByRole('link').allTextContents()).toEqual(names.toReversed());

  await page.getByRole('link', { name: 'Member 7', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Member 7', level: 1 })).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(130);

  const csv = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  expect((await textOf(await csv)).trim().split('\r\n')).toHaveLength(131);
});
