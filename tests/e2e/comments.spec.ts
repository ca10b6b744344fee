import { readFile } from 'node:fs/promises';
import { accessibilityViolations, violationsInBothSchemes } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { said } from './support/comments';
import { enrolment, PROGRAMME } from './support/members';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const HOUR_MS = 3_600_000;

test('the owner finds comments by any form of a word, marks them, takes them home, and hangs praise on the wall', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const { survey } = await tablet.report();
  const now = Date.now();
  const publish = { purpose: 'publish', version: 1, locale: 'bg' } as const;
  const [anna] = await tablet.tell([
    { at: now - 50 * HOUR_MS, body: enrolment('+359888123456', 'Anna', { consents: [publish] }) },
  ]);
  await tablet.tell([
    ...said(survey.id, {
      at: now - 9 * HOUR_MS,
      score: 2,
      text: 'Опашката беше дълга',
      locale: 'bg',
      reasons: ['long_wait'],
    }),
    ...said(survey.id, { at: now - 8 * HOUR_MS, score: 1, text: 'В очереди стояли полчаса', locale: 'ru' }),
    ...said(survey.id, { at: now - 7 * HOUR_MS, score: 3, text: '=1+1 queues, <b>two</b>', locale: 'en' }),
    ...said(survey.id, {
      at: now - 6 * HOUR_MS,
      score: 5,
      text: 'Чудесен хляб!',
      locale: 'bg',
      member: anna!,
    }),
  ]);

  await signInAsOwner(page, verna.url, shop, '/admin/scores');
  await page.getByRole('link', { name: 'All comments' }).click();
  await expect(page.getByText('4 comments')).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  const items = page.getByRole('main').getByRole('listitem');
  for (const [word, hit] of [
    ['опашки', 'Опашката'],
    ['очередь', 'очереди'],
    ['queue', 'queues'],
  ] as const) {
    await page.getByLabel('Search in comments').fill(word);
    await expect(page.getByText('1 comment', { exact: true })).toBeVisible();
    await expect(items.locator('mark')).toHaveText([hit]);
  }
  expect(page.url()).not.toContain('queue');

  await page.getByRole('button', { name: /^Tags: / }).click();
  await page.getByLabel('New tag').fill('tills');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: /^Star: / }).click();
  await expect(page.getByRole('button', { name: /^Star: / })).toHaveAttribute('aria-pressed', 'true');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByLabel('Search in comments').fill('');
  await expect(items).toHaveCount(4);
  await page.getByLabel('Tag', { exact: true }).selectOption('tills');
  await expect(items).toHaveCount(1);
  await page.reload();
  await expect(items).toHaveText([/queues, <b>two<\/b>/]);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`csat,3,"'=1+1 queues, <b>two</b>",en,,1,tills,,`);

  await page.getByRole('link', { name: 'Wall of praise' }).click();
  await expect(items).toHaveText([/Чудесен хляб!\s*Anna/]);
  await page.getByRole('button', { name: /^On the wall: / }).click();
  await expect(page.getByRole('button', { name: /^On the wall: / })).toHaveAttribute('aria-pressed', 'true');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.getByRole('link', { name: 'Show on a screen' }).click();
  const wall = page.getByRole('dialog', { name: 'Wall of praise' });
  await expect(wall).toContainText('Чудесен хляб!');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/admin\/praise$/);
});
