import type { Page } from '@playwright/test';
import { PROGRAMME } from '../support/members';
import { accessibilityViolations } from './support/accessibility';
import { membersOnTablet } from './support/directory';
import { enrolElsewhere } from './support/enrol-elsewhere';
import { pairTablet } from './support/kiosk';
import { filesIn, holding } from './support/profile';
import { beginProgramme } from './support/programme';
import { offerReward } from './support/rewards';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';
import type { VernaServer } from './support/verna-server';

const ANNA = { phone: '+359888123456', firstName: 'Annabella-Zdravka' };
const COFFEE = { name: { en: 'Free coffee', ru: 'Кофе', bg: 'Кафе' }, cost: 30 };
const CAKE = { name: { en: 'A whole cake', ru: 'Торт', bg: 'Торта' }, cost: 80 };

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

/** A shop with two rewards, of which its member, with 50 points, can have one; without the network 40 points may go a day. */
async function shopWithRewards(verna: VernaServer) {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop, { ...PROGRAMME, offline_budget: { member: 40, tablet: 40 } });
  const coffee = await offerReward(verna, shop, COFFEE);
  const cake = await offerReward(verna, shop, CAKE);
  await enrolElsewhere(verna, shop, ANNA);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  return { shop, code, tablet, coffee, cake };
}

async function greet(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Check in|Next customer)$/ }).click();
  await expect(heading(page, 'Telephone number')).toBeFocused();
  await page.keyboard.type('0888123456');
  await page.keyboard.press('Enter');
  await expect(heading(page, ANNA.firstName)).toBeVisible();
}

/** What the shop has received of a tablet's redemptions, by how many points they cost and whether they were checked. */
const received = (verna: VernaServer, tablet: string) =>
  verna.backend.sql.query(
    `select reward_id as reward, cost, checked from public.redemptions where tablet_id = $1 order by occurred_at`,
    [tablet],
  );

test('a reward is given with the server’s word, and refused with it', async ({ verna, page }) => {
  const { code, tablet, coffee } = await shopWithRewards(verna);
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${verna.url}/staff`);
  await greet(page);
  await expect(page.getByText('30 points to “A whole cake”')).toBeVisible();
  await press(page, /^Give a reward 1 within reach/);
  await expect(heading(page, `A reward for ${ANNA.firstName}`)).toBeFocused();
  expect(await accessibilityViolations(page)).toEqual([]);
  await press(page, /^A whole cake/);
  await expect(page.getByRole('alert')).toHaveText('This reward needs 30 points more than there are.');
  expect(await accessibilityViolations(page)).toEqual([]);
  await press(page, 'Another reward');
  await press(page, /^Free coffee/);
  await expect(page.getByText('The server has just confirmed the balance.')).toBeVisible();
  await press(page, 'Give it');
  await expect(heading(page, 'Hand over: Free coffee')).toBeFocused();
  await expect(page.getByText(`${ANNA.firstName} has 20 points left.`)).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await expect.poll(() => received(verna, tablet)).toEqual([{ reward: coffee, cost: 30, checked: true }]);

  // The server has heard of it, the directory has not been asked for again: the balance is counted once all the same.
  await greet(page);
  await expect(page.getByText('20 points', { exact: true })).toBeVisible();
});

test('without the network the budget is kept, what goes over it is given with a word, and all of it arrives', async ({
  verna,
  openTablet,
}) => {
  const { code, tablet, coffee, cake } = await shopWithRewards(verna);
  let device = await openTablet();
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  await device.page.evaluate(() => navigator.serviceWorker.ready);
  await device.page.goto(`${verna.url}/staff`);
  await expect.poll(() => membersOnTablet(device.page)).toBe(1);
  await goOffline(device.context, verna);

  const { page } = device;
  await greet(page);
  await press(page, /^Give a reward/);
  await press(page, /^Free coffee/);
  await expect(page.getByText(/As this tablet knows it/)).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
  await press(page, 'Give it');
  await expect(heading(page, 'Hand over: Free coffee')).toBeVisible();
  await press(page, 'Next customer');

  await page.keyboard.type('0888123456');
  await page.keyboard.press('Enter');
  await expect(page.getByText('20 points', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, `${ANNA.firstName}: checked in`)).toBeVisible();
  await press(page, 'Give a reward');
  await expect(page.getByText('30 points', { exact: true }).first()).toBeVisible();
  await press(page, /^Free coffee/);
  await expect(page.getByRole('alert')).toContainText('more than may be given today without the network');
  expect(await accessibilityViolations(page)).toEqual([]);
  await press(page, 'Give it anyway');
  await expect(page.getByText('Recorded. The owner will be shown it.')).toBeVisible();
  await press(page, `Back to ${ANNA.firstName}`);
  await press(page, /^Give a reward/);
  await press(page, /^A whole cake/);
  await expect(page.getByRole('alert')).toContainText('the points are too few');
  await press(page, 'Give it anyway');
  await press(page, 'Next customer');
  await press(page, 'Back');

  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1)).toContainText(ANNA.firstName);
  await expect(rows.nth(1)).toContainText('−80');
  await expect(page.getByText('Today: 1 check-in · 4 waiting to be sent')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.reload();
  await expect(page.getByRole('row').nth(1)).toContainText('Member');
  await device.kill();
  const files = await filesIn(device.profileDir);
  expect(holding(files, 'satisfaction')).not.toEqual([]);
  for (const secret of [ANNA.firstName, '888123456']) expect(holding(files, secret)).toEqual([]);

  device = await openTablet();
  await goOnline(device.context, verna);
  await device.page.goto(`${verna.url}/staff`);
  await expect
    .poll(() => received(verna, tablet))
    .toEqual([
      { reward: coffee, cost: 30, checked: false },
      { reward: coffee, cost: 30, checked: false },
      { reward: cake, cost: 80, checked: false },
    ]);
  await expect(device.page.getByText('Today: 1 check-in', { exact: true })).toBeVisible();
});
