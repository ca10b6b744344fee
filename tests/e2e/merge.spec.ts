import { accessibilityViolations } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { enrolment, PROGRAMME, visit } from './support/members';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const HOUR_MS = 3_600_000;
const OLD = '+359888123456';
const NEW = '+359888123499';

test('the owner makes two members with two numbers one, and both numbers find it', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const now = Date.now();
  await tablet.tell([
    { at: now - 90 * HOUR_MS, body: enrolment(OLD, 'Anna') },
    { at: now - 80 * HOUR_MS, body: visit(OLD, 1250) },
    { at: now - 50 * HOUR_MS, body: enrolment(NEW, 'Ani') },
    { at: now - 40 * HOUR_MS, body: visit(NEW) },
    { at: now - 39 * HOUR_MS, body: enrolment('+359888123400', 'Boris') },
  ]);
  await signInAsOwner(page, verna.url, shop, '/admin/members');
  await page.getByRole('link', { name: 'Ani' }).click();
  await expect(page.getByRole('definition').first()).toHaveText('60 points');

  await page.getByRole('button', { name: 'Same person as…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Search').fill('Ani');
  await expect(dialog.getByText('Nobody else matches “Ani”.')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByLabel('Search').fill('3456');
  await dialog.getByRole('button', { name: 'Choose Anna' }).click();
  await expect(dialog.getByRole('radio', { name: /^Ani / })).toBeChecked();
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByRole('radio', { name: /^Anna / }).check();
  await expect(dialog.getByText('The page of Anna (+359 88 812 3456) stays')).toBeVisible();
  await expect(dialog.getByText('+359 88 812 3499 finds the same member from now on.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Merge for good' }).click();

  // The name that was told last. One gift for joining, both visits: 50 + 10 + 12 + 10.
  await expect(page.getByRole('definition').first()).toHaveText('82 points');
  await expect(page.getByRole('heading', { name: 'Ani', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: '+359 88 812 3456' })).toBeVisible();
  await expect(page.getByRole('link', { name: '+359 88 812 3499' })).toBeVisible();
  const history = page.getByRole('region', { name: 'What happened' });
  await expect(history.getByRole('listitem').filter({ hasText: /Visit/ })).toHaveCount(2);
  await expect(history.getByText('Became one with +359 88 812 3499')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  await page.getByRole('link', { name: 'All members' }).click();
  await expect(page.getByText('2 members')).toBeVisible();
  await page.getByLabel('Search').fill('3499');
  await expect(page.getByText('1 found')).toBeVisible();
  // A number that comes late finds whoever it belongs to now.
  await tablet.tell([{ at: now - 20 * HOUR_MS, body: visit(NEW) }]);
  await expect(page.getByRole('row', { name: /^Ani \+359 88 812 3456/ })).toContainText('92');
  await page.goBack();
  await expect(page.getByRole('definition').first()).toHaveText('92 points');
});
