import type { Page } from '@playwright/test';
import { accessibilityViolations } from './support/accessibility';
import { byKeyboard, face, leaveStep, pairTablet, rate } from './support/kiosk';
import { createShop } from './support/shop';
import { expect, test } from './support/test';
import type { VernaServer } from './support/verna-server';

async function pairedKiosk(page: Page, verna: VernaServer) {
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto('/');
  await pairTablet(page, code);
  const answers = () =>
    verna.backend.sql.query<Record<string, unknown>>(
      `select question, type, score::int as score, choices, comment, locale from public.answers
       where tablet_id = $1 order by id`,
      [tablet],
    );
  return { shop, answers };
}

test('a whole session by keyboard alone is stored answer by answer', async ({ page, verna }) => {
  const { answers } = await pairedKiosk(page, verna);
  await byKeyboard(face(page, 2));
  const heading = (name: string) => page.getByRole('heading', { name });
  await expect(heading('What made the difference?')).toBeFocused();
  for (const reason of ['Long wait', 'High prices']) {
    const chip = page.getByRole('button', { name: reason });
    await expect(async () => {
      if ((await chip.getAttribute('aria-pressed')) === 'false') await byKeyboard(chip);
      await expect(chip).toHaveAttribute('aria-pressed', 'true', { timeout: 150 });
    }).toPass({ intervals: [50] });
  }
  await leaveStep(page, 'What made the difference?', 'Continue', byKeyboard);
  await leaveStep(page, 'How likely are you', '3 of 10', byKeyboard);
  await leaveStep(page, 'Was it as you expected?', 'Worse than expected', byKeyboard);
  await page.getByRole('textbox').fill('  Nobody at the till 🙁 ');
  await leaveStep(page, 'Anything you would like', 'Send', byKeyboard);
  await expect(heading('Saved. Thank you!')).toBeVisible();

  await expect.poll(answers).toEqual([
    { question: 'satisfaction', type: 'csat', score: 2, choices: null, comment: null, locale: 'en' },
    {
      question: 'reasons',
      type: 'reasons',
      score: null,
      choices: ['high_price', 'long_wait'],
      comment: null,
      locale: 'en',
    },
    { question: 'recommend', type: 'nps', score: 3, choices: null, comment: null, locale: 'en' },
    { question: 'expectation', type: 'expectation', score: -1, choices: null, comment: null, locale: 'en' },
    {
      question: 'comment',
      type: 'comment',
      score: null,
      choices: null,
      comment: 'Nobody at the till 🙁',
      locale: 'en',
    },
  ]);
});

test('a staff page that was open before the tablet was paired tells what another tab sends', async ({
  page,
  context,
  verna,
}) => {
  const { code } = await (await createShop(verna.url)).newTablet('Lenina 5', 'Counter');
  await page.goto('/');
  const staff = await context.newPage();
  await staff.goto(`${verna.url}/staff`);
  // A page behind another draws nothing, and a customer sees no such page.
  await page.bringToFront();
  await pairTablet(page, code);
  await rate(page, 5);
  const lastSent = staff.locator('dl > div').filter({ hasText: 'Last sent' }).locator('dd');
  await expect(lastSent).toHaveText(/\d\d:\d\d/);
});

test('an abandoned session keeps its answer, and the next customer finds the first screen in the shop’s language', async ({
  page,
  verna,
}) => {
  const { answers } = await pairedKiosk(page, verna);
  await page.getByRole('button', { name: 'Русский' }).click();
  await expect(page.getByRole('heading', { name: 'Как прошёл ваш визит?' })).toBeVisible();
  await face(page, 5)
    .or(page.getByRole('button', { name: /5 из 5/ }))
    .click();
  await expect(page.getByRole('heading', { name: 'Что повлияло на оценку?' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru');
  // Nobody touches it again.
  await expect(page.getByRole('heading', { name: 'How was your visit today?' })).toBeVisible({
    timeout: 40_000,
  });
  await expect.poll(answers).toMatchObject([{ question: 'satisfaction', score: 5, locale: 'ru' }]);
});

test('ten taps of an impatient thumb are one answer', async ({ page, verna }) => {
  const { answers } = await pairedKiosk(page, verna);
  const box = (await face(page, 4).boundingBox())!;
  for (let tap = 0; tap < 10; tap += 1)
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByRole('heading', { name: 'What made the difference?' })).toBeVisible();
  await expect.poll(async () => (await answers()).length).toBe(1);
});

test('a finger lifted on a face is one answer, drawn off it none', async ({ page, verna }) => {
  const { answers } = await pairedKiosk(page, verna);
  const device = await page.context().newCDPSession(page);
  const middleOf = async (score: number) => {
    const { x, y, width, height } = (await face(page, score).boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    device.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });

  await touch('touchStart', await middleOf(1));
  await touch('touchMove', { x: 5, y: 5 });
  await touch('touchEnd');
  await touch('touchStart', await middleOf(4));
  await touch('touchEnd');
  await expect(page.getByText('Saved. Thank you!').first()).toBeVisible();
  await expect.poll(async () => (await answers()).map(({ score }) => score)).toEqual([4]);
});

test('a code that was used once opens no second tablet, and five wrong codes ask for patience', async ({
  page,
  verna,
  browser,
}) => {
  await verna.backend.sql.exec('delete from private.pairing_attempts');
  const shop = await createShop(verna.url);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto('/');
  await pairTablet(page, code);

  const other = await browser.newPage();
  await other.goto(verna.url);
  const tryCode = async (text: string) => {
    await other.getByLabel('Pairing code').fill(text);
    await other.getByRole('button', { name: 'Pair', exact: true }).click();
  };
  await tryCode(code);
  await expect(other.getByRole('alert')).toContainText('has been used already');
  for (const wrong of ['1111-1111', '2222-2222', '3333-3333']) {
    await tryCode(wrong);
    await expect(other.getByRole('alert')).toContainText('not known');
  }
  await tryCode('4444-4444');
  await expect(other.getByRole('alert')).toContainText('not known');
  await tryCode('5555-5555');
  await expect(other.getByRole('alert')).toContainText('Too many wrong codes');
  await other.close();
  await verna.backend.sql.exec('delete from private.pairing_attempts');
});

for (const [name, viewport] of Object.entries({
  landscape: { width: 1280, height: 800 },
  portrait: { width: 800, height: 1280 },
  phone: { width: 390, height: 844 },
})) {
  test(`every kiosk screen fits without scrolling and passes WCAG 2.2 AA (${name})`, async ({
    page,
    verna,
  }) => {
    await page.setViewportSize(viewport);
    await pairedKiosk(page, verna);
    const check = async () => {
      expect(await accessibilityViolations(page)).toEqual([]);
      const overflow = await page.evaluate(() => {
        const root = document.documentElement;
        return { x: root.scrollWidth - root.clientWidth, y: root.scrollHeight - root.clientHeight };
      });
      expect(overflow).toEqual({ x: 0, y: 0 });
    };
    await check();
    const faces = await Promise.all([1, 2, 3, 4, 5].map((score) => face(page, score).boundingBox()));
    for (const box of faces) expect(box!.width).toBeGreaterThanOrEqual(name === 'phone' ? 56 : 96);
    await rate(page, 1);
    for (const heading of [
      'What made the difference?',
      'How likely are you',
      'Was it as you expected?',
      'Anything you would like',
    ]) {
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
      await check();
      await leaveStep(page, heading, 'Skip');
    }
    await expect(page.getByRole('heading', { name: 'Saved. Thank you!' })).toBeVisible();
    await check();
  });
}
