import type { Page } from '@playwright/test';
import { saltAndHash } from '../../src/device/pin-hash';
import { accessibilityViolations, violationsInBothSchemes } from './support/accessibility';
import { face, pairTablet, rate } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { unlock } from './support/pin';
import { filesIn, holding } from './support/profile';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const PIN = '482913';
const WORDS = 'The sourdough was wet inside, twice this week';
const NAME = 'Radostina';
const PHONE = '+359888123456';

/** A date of the page's own calendar. */
const inDays = (page: Page, days: number) =>
  page.evaluate((later) => new Date(Date.now() + later * 86_400_000).toLocaleDateString('sv'), days);

test('staff are told of a low score and note the complaint with no network; the owner reads it, calls and resolves it', async ({
  verna,
  page,
  openTablet,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.addStaff(shop.organization, 'Vera', await saltAndHash(PIN));
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  let device = await openTablet();
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  await device.page.evaluate(() => navigator.serviceWorker.ready);
  await goOffline(device.context, verna);
  const staff = device.page;
  await expect(staff.getByTestId('cue')).toBeHidden();
  await rate(staff, 1);
  await expect(staff.getByTestId('cue')).toBeVisible();

  await staff.goto(`${verna.url}/staff`);
  await expect(staff.getByRole('button', { name: 'Vera', exact: true })).toBeVisible();
  await expect(staff.getByText('Somebody was not happy')).toBeHidden();
  await unlock(staff, 'Vera', PIN);
  const cue = staff.getByRole('region', { name: /^Somebody was not happy, \d\d:\d\d$/ });
  await expect(cue).toContainText('Ask what happened');
  expect(await accessibilityViolations(staff)).toEqual([]);
  await cue.getByRole('button', { name: 'Note a complaint' }).click();
  await expect(staff.getByRole('heading', { name: 'What happened?' })).toBeFocused();
  await staff.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(staff.getByText('Please write down what happened.')).toBeVisible();
  expect(await accessibilityViolations(staff)).toEqual([]);
  await staff.getByLabel('The complaint').fill(WORDS);
  await staff.getByLabel('Telephone number').fill('0888 12 34');
  await staff.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(staff.getByText('There is no such number.')).toBeVisible();
  await staff.getByLabel('Telephone number').fill('+359 88 812 3456');
  await staff.getByLabel('First name').fill(NAME);
  await staff.getByRole('button', { name: 'Български' }).last().click();
  await staff.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(staff.getByRole('heading', { name: 'Noted' })).toBeVisible();
  expect(await accessibilityViolations(staff)).toEqual([]);
  await staff.getByRole('button', { name: 'Done' }).click();
  await expect(staff.getByText('Unlocked: Vera')).toBeVisible();
  await expect(cue).toBeHidden();
  await device.kill();

  const files = await filesIn(device.profileDir);
  // The search does find what lies there in the open.
  expect(holding(files, 'satisfaction').length).toBeGreaterThan(0);
  for (const personal of [WORDS, NAME, PHONE]) expect(holding(files, personal)).toEqual([]);

  device = await openTablet();
  await device.page.goto(verna.url).catch(() => {});
  await goOnline(device.context, verna);
  await device.page.goto(verna.url);
  await expect(face(device.page, 5)).toBeVisible();
  await expect
    .poll(() =>
      verna.backend.sql.query('select text from public.cases where org_id = $1', [shop.organization]),
    )
    .toEqual([{ text: WORDS }]);

  await signInAsOwner(page, verna.url, shop, '/admin/cases');
  const link = page.getByRole('link', { name: WORDS });
  await expect(page.getByRole('listitem').filter({ has: link })).toContainText(/Answer by .*Radostina/);
  await expect(page.getByRole('link', { name: /^Cases 1 waits$/ })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await link.click();
  await expect(page.getByRole('heading', { name: /^Complaint of/ })).toBeVisible();
  await expect(page.getByText('Answer in Bulgarian')).toBeVisible();
  await expect(page.getByText(/to Vera/)).toBeVisible();
  await expect(page.getByText('1 – Very poor')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Call +359 88 812 3456' })).toHaveAttribute(
    'href',
    `tel:${PHONE}`,
  );
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Contacted' }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('She comes on Friday');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const history = page.getByRole('region', { name: 'What was done' });
  await expect(history).toContainText('She comes on Friday');
  await page.getByRole('button', { name: 'Note a promise' }).click();
  await page.getByRole('dialog').getByLabel('What').fill('A fresh loaf on Friday');
  await page
    .getByRole('dialog')
    .getByLabel('By the end of')
    .fill(await inDays(page, 5));
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const work = page.getByRole('region', { name: 'Work on it' });
  await expect(work).toContainText('A fresh loaf on Friday');
  await expect(work).toContainText(/Promised by \d/);
  await expect(page.getByLabel('Message')).toHaveValue(/^Здравейте, Radostina! Тук е Verna Bakery\./);
  await expect(page.getByRole('link', { name: 'WhatsApp' })).toHaveAttribute(
    'href',
    /^https:\/\/wa\.me\/359888123456\?text=%D0%97/,
  );
  await page.getByRole('link', { name: 'All cases' }).click();
  await expect(page.getByRole('list').getByText(/Promised by \d/)).toBeVisible();
  // From here on by keys alone.
  await page.keyboard.press('j');
  await expect(link).toBeFocused();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Person')).toHaveValue(shop.email);
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(link).toBeFocused();
  await expect(page.getByRole('listitem').filter({ has: link })).toContainText(shop.email);
  await page.keyboard.press('r');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(dialog.getByText('Please choose the cause')).toBeVisible();
  await dialog.getByLabel('Product or delivery').press('Space');
  await dialog.getByLabel('Yes').press('Space');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'No complaint waits' })).toBeVisible();
  await page.getByRole('button', { name: 'Resolved' }).click();
  await expect(page.getByRole('listitem').filter({ has: link })).toContainText('Product or delivery');
  await link.press('Enter');
  await expect(history.getByRole('listitem')).toHaveCount(4);
  await expect(history).toContainText('Resolved · Product or delivery · Would come back');
  expect(await accessibilityViolations(page)).toEqual([]);
  await expect(page.getByRole('button', { name: 'Open again' })).toBeVisible();
  await page.getByRole('link', { name: 'All cases' }).click();
  await expect(page.getByRole('heading', { name: 'No complaint waits' })).toBeVisible();
  await page.getByRole('button', { name: 'Resolved' }).click();
  await expect(link).toBeVisible();
});

test('the owner enters a complaint that came by telephone', async ({ verna, page }) => {
  const shop = await createShop(verna.url);
  await signInAsOwner(page, verna.url, shop, '/admin/cases');
  await expect(page.getByRole('heading', { name: 'No complaint waits' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Enter a complaint' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Please write down what happened')).toBeVisible();
  await dialog.getByLabel('What happened').fill(WORDS);
  await dialog.getByLabel('Telephone number').fill('0888123456');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('There is no such number.')).toBeVisible();
  await dialog.getByLabel('Telephone number').fill(PHONE);
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(WORDS)).toBeVisible();
  await expect(page.getByText(`entered by ${shop.email}`)).toBeVisible();
});
