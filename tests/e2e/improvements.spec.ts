import { addDays } from '../../src/domain/statistics/local-date';
import { keepScoreHistory } from '../support/score-history';
import { accessibilityViolations, violationsInBothSchemes } from './support/accessibility';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

test('the owner notes a change, reads what it did, finds it among the weeks, sets a target, and has it all in the weekly report', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url, 'UTC');
  const { location, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  const today = new Date().toISOString().slice(0, 10);
  const day = addDays(today, -36);
  await keepScoreHistory(verna.backend.sql, {
    organization: shop.organization,
    location,
    tablet,
    from: addDays(today, -140),
    to: today,
    contentOn: (date) => (date < day ? 0.7 : 0.85),
    perDay: 30,
  });
  await signInAsOwner(page, verna.url, shop, '/admin/improvements');
  await expect(page.getByRole('heading', { name: 'Nothing noted yet' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Note a change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What you changed').fill('Second till at noon');
  await dialog.getByLabel('On which day').fill(day);
  await dialog.getByLabel('Rise hoped for').fill('10');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();

  await expect(page.getByRole('heading', { name: 'Second till at noon' })).toBeVisible();
  await expect(page.getByText('More than chance: it rose.')).toBeVisible();
  await expect(page.getByText(/^Satisfied \d\d% → \d\d%: \+\d/)).toBeVisible();
  const weeks = page.getByRole('region', { name: 'Satisfied, week by week' });
  await expect(weeks.getByRole('list', { name: 'Changes' })).toContainText('Second till at noon');
  await expect(weeks.getByText(/lies above its limits|lies above the usual/)).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.goto(`${verna.url}/admin/scores`);
  await expect(weeks.getByRole('list', { name: 'Changes' })).toContainText('Second till at noon');
  await page.getByRole('button', { name: 'Set a target for Satisfied' }).click();
  await dialog.getByLabel('Target, in percent').fill('60');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Target 60%: reached')).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.goto(`${verna.url}/admin/improvements`);
  await expect(page.getByText('More than chance: it rose.')).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.goto(`${verna.url}/admin`);
  await page.getByRole('link', { name: 'Weekly report' }).click();
  const report = page.getByRole('article', { name: 'Weekly report' });
  await expect(report.getByRole('row', { name: /^The whole shop/ })).toContainText('Target 60%: reached');
  await expect(report.getByRole('link', { name: 'Second till at noon' })).toBeVisible();
  await page.getByRole('button', { name: 'Week before' }).click();
  await expect(page).toHaveURL(/\/admin\/report\?week=\d{4}-W\d\d$/);
  expect(await violationsInBothSchemes(page)).toEqual([]);
});
