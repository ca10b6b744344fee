import { saltAndHash } from '../../src/device/pin-hash';
import { accessibilityViolations } from './support/accessibility';
import { face, pairTablet } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { unlock } from './support/pin';
import { beginProgramme } from './support/programme';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const PIN = '482913';
const QUESTION = 'How likely are you to recommend working here to a friend?';

test('each person may do on a tablet what the owner says, and nothing is there without a PIN', async ({
  verna,
  page,
  tabletBeside: { page: staff },
}) => {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await signInAsOwner(page, verna.url, shop, '/admin/staff');
  await page.getByRole('button', { name: 'Add person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Vera');
  await dialog.getByLabel('PIN').fill(PIN);
  await dialog.getByRole('checkbox', { name: 'Note complaints' }).uncheck();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const row = page.getByRole('row', { name: /^Vera/ });
  await expect(row).toContainText('Check customers in · Enrol members · Redeem rewards');
  await row.getByRole('button', { name: 'Rights' }).click();
  await expect(dialog.getByRole('checkbox', { name: 'Note complaints' })).not.toBeChecked();
  await dialog.getByRole('checkbox', { name: 'Note complaints' }).check();
  await dialog.getByRole('checkbox', { name: 'Check customers in' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'Redeem rewards' }).uncheck();
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Enrol members · Note complaints');
  expect(await accessibilityViolations(page)).toEqual([]);

  await staff.goto(verna.url);
  await pairTablet(staff, code);
  await staff.evaluate(() => navigator.serviceWorker.ready);
  await staff.goto(`${verna.url}/staff`);
  await expect(staff.getByRole('button', { name: 'Vera', exact: true })).toBeVisible();
  await expect(staff.getByText('Waiting to be sent')).toBeHidden();
  await expect(staff.getByRole('button', { name: 'Note a complaint' })).toBeHidden();
  await expect(staff.getByRole('link', { name: 'Kiosk in full screen' })).toBeHidden();
  expect(await accessibilityViolations(staff)).toEqual([]);
  await unlock(staff, 'Vera', PIN);
  await expect(staff.getByText('Waiting to be sent')).toBeVisible();
  await expect(staff.getByRole('button', { name: 'Check in' })).toBeHidden();
  await expect(staff.getByRole('button', { name: 'Enrol', exact: true })).toBeVisible();
  await expect(staff.getByRole('button', { name: 'Note a complaint' })).toBeVisible();
  await expect(
    staff.getByText('Not among your rights on this tablet: checking in and redeeming rewards.'),
  ).toBeVisible();
  expect(await accessibilityViolations(staff)).toEqual([]);
});

test('the team is asked once a round, by nobody’s name, and the owner sees a figure from five answers up', async ({
  verna,
  page,
  tabletBeside: { page: staff },
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.addStaff(shop.organization, 'Vera', await saltAndHash(PIN));
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await signInAsOwner(page, verna.url, shop, '/admin/staff');
  await page.getByLabel('How often they are asked').selectOption('Every month');
  await expect(page.getByText('Too few answers so far.')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  await staff.goto(verna.url);
  await pairTablet(staff, code);
  await staff.evaluate(() => navigator.serviceWorker.ready);
  await staff.goto(`${verna.url}/staff`);
  await unlock(staff, 'Vera', PIN);
  await expect(staff.getByRole('heading', { name: QUESTION })).toBeVisible();
  expect(await accessibilityViolations(staff)).toEqual([]);
  await staff.getByRole('button', { name: '9 of 10' }).click();
  await expect(staff.getByText('Counted, without your name.')).toBeVisible();
  await staff.reload();
  await unlock(staff, 'Vera', PIN);
  await expect(staff.getByText('Waiting to be sent')).toBeVisible();
  await expect(staff.getByRole('heading', { name: QUESTION })).toBeHidden();

  const { sql } = verna.backend;
  await expect
    .poll(() => sql.query('select score, n from private.pulse_counts where org_id = $1', [shop.organization]))
    .toEqual([{ score: 9, n: 1 }]);
  await sql.query(
    `update private.pulse_counts set month = date_trunc('month', now() at time zone 'UTC') - interval '2 months', n = 4
     where org_id = $1`,
    [shop.organization],
  );
  await page.reload();
  await expect(page.getByText('Too few answers so far.')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Employee NPS' })).toBeHidden();
  await sql.query('update private.pulse_counts set n = 5 where org_id = $1', [shop.organization]);
  await page.reload();
  const table = page.getByRole('table', { name: 'What the team says' });
  await expect(table.getByRole('row').nth(1)).toContainText('100');
  await expect(table.getByRole('row').nth(1)).toContainText('5');
  expect(await accessibilityViolations(page)).toEqual([]);
});

test('the kiosk fills the screen when staff wish it, and again after somebody has left it', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.addStaff(shop.organization, 'Vera', await saltAndHash(PIN));
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${verna.url}/staff`);
  await unlock(page, 'Vera', PIN);
  await page.getByRole('link', { name: 'Kiosk in full screen' }).click();
  await expect(face(page, 5)).toBeVisible();
  expect(await isFull()).toBe(false);
  // The shop's name: nothing there takes the touch.
  const touch = () => page.getByText('Verna Bakery').click();
  await expect(async () => {
    await touch();
    expect(await isFull()).toBe(true);
  }).toPass();
  await page.evaluate(() => document.exitFullscreen());
  await expect.poll(isFull).toBe(false);
  await expect(face(page, 5)).toBeVisible();
  await touch();
  await expect.poll(isFull).toBe(true);
  await page.evaluate(() => document.exitFullscreen());
  await page.goto(`${verna.url}/staff`);
  await unlock(page, 'Vera', PIN);
  await page.getByRole('button', { name: 'End full screen' }).click();
  await expect(page.getByRole('link', { name: 'Kiosk in full screen' })).toBeVisible();
});
