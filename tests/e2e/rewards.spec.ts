import type { Page } from '@playwright/test';
import type { Redemption } from '../../src/domain/reward';
import { drawReward } from '../support/pictures/reward-drawings';
import { accessibilityViolations } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { enrolment, PROGRAMME } from './support/members';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const ANNA = '+359888123456';
const DAY_MS = 24 * 3_600_000;

const expectAccessible = async (page: Page) => expect(await accessibilityViolations(page)).toEqual([]);

test('the owner offers a reward with a picture, changes it and withdraws it, and tablets are told', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const offered = async () => (await tablet.report()).membership?.rewards ?? [];
  await signInAsOwner(page, verna.url, shop, '/admin/rewards');
  await expect(page.getByRole('heading', { name: 'No rewards yet' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Add a reward' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('English').fill('A coffee');
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await expect(dialog.getByLabel('Русский')).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel('Русский').fill('Кофе');
  await dialog.getByLabel('Български').fill('Кафе');
  await dialog.getByLabel('Cost in points').fill('40');
  await dialog.getByLabel('How many there are').fill('10');
  const chooser = dialog.getByLabel(/^Choose a/);
  await chooser.setInputFiles({ name: 'list.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(dialog.getByText('“list.png” is no picture that this browser can read.')).toBeVisible();
  await expectAccessible(page);
  await chooser.setInputFiles({
    name: 'cup.png',
    mimeType: 'image/png',
    buffer: await drawReward(page, 'cup'),
  });
  await expect(dialog.getByRole('button', { name: 'Remove the picture' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Offer it' }).click();

  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'A coffee' }) });
  await expect(card).toContainText('40 points');
  await expect(card).toContainText('10 left · Not given yet');
  await expect
    .poll(() => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(512);
  await expectAccessible(page);
  const [coffee] = await offered();
  expect(coffee).toMatchObject({ name: { en: 'A coffee', ru: 'Кофе', bg: 'Кафе' }, cost: 40, left: 10 });
  const picture = await tablet.picture(coffee!.picture!);
  expect(picture).toMatch(/^data:image\/webp;base64,/);
  expect(picture!.length).toBeLessThan(100_000);

  await card.getByRole('button', { name: 'Change' }).click();
  await dialog.getByLabel('Cost in points').fill('45');
  await dialog.getByLabel('Last day').fill('2030-12-31');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(card).toContainText('On offer until 31 Dec 2030');
  expect(await offered()).toEqual([{ ...coffee, cost: 45, until: '2030-12-31' }]);

  await card.getByRole('button', { name: 'Withdraw' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is on offer now' })).toBeVisible();
  await expectAccessible(page);
  expect(await offered()).toEqual([]);
  await card.getByRole('button', { name: 'Offer again' }).click();
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await expect(card).toContainText('No limit');
  expect(await offered()).toMatchObject([{ id: coffee!.id, cost: 45, left: null, picture: coffee!.picture }]);
});

test('the owner sees what was given for points, by whom, and what went beyond a rule', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, {
    ...PROGRAMME,
    tiers: [{ name: { en: 'Regular', ru: 'Постоянный', bg: 'Редовен' }, from: 50 }],
    offline_budget: { member: 20, tablet: 20 },
  });
  const name = { en: 'A coffee', ru: 'Кофе', bg: 'Кафе' };
  const terms = { name, stock: null, from: null, until: null, picture: null };
  const saved = await shop.calls.setReward(shop.organization, null, { ...terms, cost: 20 }, null);
  if (!saved.ok || saved.value.outcome !== 'saved') throw new Error('No reward');
  const reward = saved.value.reward;
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const redemption = (member: string, checked: boolean): Redemption => ({
    type: 'redemption',
    member,
    reward,
    cost: 20,
    staff: null,
    checked,
  });
  const now = Date.now();
  const [anna] = await tablet.tell([{ at: now - DAY_MS, body: enrolment(ANNA, 'Anna') }]);
  await tablet.tell([
    { at: now + 1000, body: redemption(anna!, true) },
    { at: now + 2000, body: redemption(anna!, false) },
    { at: now + 3000, body: redemption(anna!, false) },
  ]);

  await signInAsOwner(page, verna.url, shop, '/admin/rewards');
  const given = page.getByRole('region', { name: 'Given for points' });
  await expect(given.getByRole('listitem')).toHaveCount(3);
  await expect(page.getByText('No limit · Given 3 times')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '1 to look at' }).click();
  await expect(given.getByRole('listitem')).toHaveCount(1);
  const flagged = given.getByRole('listitem');
  await expect(flagged).toContainText('Counter, Lenina 5 · without a network');
  await expect(flagged).toContainText('Given offline above the day’s budget');
  await expectAccessible(page);

  await flagged.getByRole('link', { name: 'Anna' }).click();
  await expect(page.getByRole('heading', { name: 'Anna', level: 1 })).toBeVisible();
  const facts = page.getByRole('definition');
  await expect(facts.first()).toHaveText('−10 points');
  await expect(facts.filter({ hasText: 'Regular' })).toBeVisible();
  await expect(facts.filter({ hasText: 'A coffee' })).toContainText('30 more points');
  await page.getByRole('button', { name: 'Rewards', exact: true }).click();
  const entries = page.getByRole('region', { name: 'What happened' }).getByRole('listitem');
  await expect(entries).toHaveCount(3);
  await expect(entries.first()).toContainText('Cost more points than there were at the time');
  await expectAccessible(page);
});

test('the owner gives the programme tiers, an expiry and an offline budget, and takes a tier away again', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  const programme = async () => (await tablet.report()).membership?.programme;
  await signInAsOwner(page, verna.url, shop, '/admin/programme');
  await page.getByLabel('For inviting somebody').fill('25');
  await page.getByRole('button', { name: 'Add a tier' }).click();
  const first = page.getByRole('group', { name: 'Tier 1' });
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(first.getByLabel('English')).toBeFocused();
  await expectAccessible(page);
  await first.getByLabel('English').fill('Silver');
  await first.getByLabel('Русский').fill('Серебро');
  await first.getByLabel('Български').fill('Сребро');
  await page.getByRole('button', { name: 'Add a tier' }).click();
  const second = page.getByRole('group', { name: 'Tier 2' });
  await expect(second.getByLabel('From points')).toHaveValue('1000');
  await second.getByLabel('English').fill('Gold');
  await second.getByLabel('Русский').fill('Золото');
  await second.getByLabel('Български').fill('Злато');
  await second.getByLabel('From points').fill('500');
  await page.getByLabel('Points lapse when a member stays away').check();
  await page.getByLabel('Months without a visit').fill('6');
  await page.getByLabel('Points a day, one member').fill('100');
  await page.getByLabel('Points a day, one tablet').fill('300');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(second.getByText('More than the tier before it, please.')).toBeVisible();
  await second.getByLabel('From points').fill('900');
  await expect(page.getByText('Tiers: Silver and Gold')).toBeVisible();
  await expect(page.getByText('Points lapse after 6 months without a visit')).toBeVisible();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Saved. The rules hold from now on')).toBeVisible();
  await expectAccessible(page);
  expect(await programme()).toMatchObject({
    referral_points: 25,
    tiers: [
      { name: { en: 'Silver', ru: 'Серебро', bg: 'Сребро' }, from: 500 },
      { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: 900 },
    ],
    expiry_months: 6,
    offline_budget: { member: 100, tablet: 300 },
  });

  await page.reload();
  await page.getByRole('button', { name: 'Remove Tier 1' }).click();
  await expect(first.getByLabel('English')).toHaveValue('Gold');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Saved. The rules hold from now on')).toBeVisible();
  expect((await programme())?.tiers).toMatchObject([{ from: 900 }]);
});
