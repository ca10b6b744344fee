import { accessibilityViolations, violationsInBothSchemes } from './support/accessibility';
import { leaveStep, pairTablet, rate, skipReasons } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

test('the owner switches CES and two factors on, the kiosk asks them, and they are among the scores', async ({
  verna,
  page,
  browser,
}) => {
  const shop = await createShop(verna.url, 'UTC');
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await signInAsOwner(page, verna.url, shop, '/admin/questions');
  for (const name of ['Staff', 'Speed', 'Ease (CES)']) await page.getByRole('switch', { name }).check();
  await page.getByRole('switch', { name: 'Expectation' }).uncheck();
  const ease = page.getByRole('region', { name: 'Ease (CES)' });
  await ease.getByText('Wording').click();
  await ease.getByLabel('In Russian').fill('');
  await page.getByRole('button', { name: 'Save the questions' }).click();
  await expect(ease.getByLabel('In Russian')).toBeFocused();
  await expect(ease.getByText('Say it in this language too.')).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await ease.getByLabel('In Russian').fill('Всё было легко.');
  await page.getByRole('link', { name: 'Tablets' }).click();
  await page.getByRole('link', { name: 'Questions' }).click();
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await page.getByRole('button', { name: 'Save the questions' }).click();
  await expect(page.getByText(/^Saved\. Tablets take the new questions/)).toBeVisible();

  const tablet = await browser.newContext({ hasTouch: true, viewport: { width: 390, height: 700 } });
  const kiosk = await tablet.newPage();
  await kiosk.goto(verna.url);
  await pairTablet(kiosk, code);
  await rate(kiosk, 4);
  await skipReasons(kiosk);
  await kiosk.waitForTimeout(400);
  const rows = (name: string) => kiosk.getByRole('group', { name });
  for (const [row, face] of [
    ['Staff', 'Poor, 2 of 5'],
    ['Speed', 'Good, 4 of 5'],
    ['Staff', 'Very good, 5 of 5'],
  ] as const) {
    await rows(row).getByRole('radio', { name: face }).click();
    await expect(rows(row).getByRole('radio', { name: face })).toBeChecked();
  }
  expect(await accessibilityViolations(kiosk)).toEqual([]);
  await leaveStep(kiosk, 'How was each of these?', 'Continue');
  await leaveStep(kiosk, 'How likely are you', 'Skip');
  await expect(kiosk.getByRole('heading', { name: 'It was easy to get what I came for.' })).toBeVisible();
  expect(await accessibilityViolations(kiosk)).toEqual([]);
  await leaveStep(kiosk, 'It was easy', '6 of 7');
  await leaveStep(kiosk, 'Anything you would like', 'Skip');
  await tablet.close();

  const counted = () =>
    verna.backend.sql.query(
      `select question, score::int as score, n - n_flagged as n from public.score_counts
       where org_id = $1 and question <> 'satisfaction' order by question, score`,
      [shop.organization],
    );
  await expect.poll(counted).toEqual([
    { question: 'about_speed', score: 4, n: 1 },
    { question: 'about_staff', score: 2, n: 0 },
    { question: 'about_staff', score: 5, n: 1 },
    { question: 'effort', score: 6, n: 1 },
  ]);
  await page.getByRole('link', { name: 'Scores' }).click();
  await expect(page.getByRole('region', { name: 'It was easy to get what I came for.' })).toContainText(
    'Made easy',
  );
  await page.getByRole('region', { name: 'By factor' }).getByRole('button', { name: 'Staff' }).click();
  await expect(page.getByRole('region', { name: 'How the scores spread' })).toContainText('1 answer');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.goto(`${verna.url}/admin/drivers`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
});
