import { expect } from '@playwright/test';
import {
  admin_email,
  admin_loading,
  admin_member_consents,
  admin_member_merge,
  admin_member_merge_choose,
  admin_members_search,
  admin_password,
  admin_programme,
  admin_programme_save,
  admin_reward_cost,
  admin_reward_picture_choose,
  admin_reward_picture_other,
  admin_reward_save_new,
  admin_reward_stock,
  admin_reward_withdraw,
  admin_rewards,
  admin_rewards_add,
  admin_rewards_none,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import type { Programme } from '../../../src/domain/member';
import { LANGUAGE_NAMES } from '../../../src/admin/languages';
import { LOCALES } from '../../../src/domain/locale';
import type { Redemption } from '../../../src/domain/reward';
import { pairByCode, type MemberEvent } from '../../e2e/support/bare-tablet';
import { enrolment, PROGRAMME, visit } from '../../e2e/support/members';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { drawReward } from './reward-drawings';
import { openBrowser, openShop, type Tour } from './tour';

const REWARDS = [
  { name: { en: 'A coffee', ru: 'Кофе', bg: 'Кафе' }, cost: '80', stock: '', drawing: 'cup' },
  {
    name: { en: 'A loaf of rye bread', ru: 'Ржаной хлеб', bg: 'Ръжен хляб' },
    cost: '150',
    stock: '12',
    drawing: 'loaf',
  },
  {
    name: { en: 'A birthday cake', ru: 'Торт ко дню рождения', bg: 'Торта за рожден ден' },
    cost: '600',
    stock: '2',
    drawing: 'cake',
  },
  { name: { en: 'Filter bag', ru: 'Фильтр-пакет', bg: 'Торбичка' }, cost: '40', stock: '', drawing: null },
] as const;

const TERMS: Partial<Programme> = {
  referral_points: 50,
  tiers: [
    { name: { en: 'Silver', ru: 'Серебро', bg: 'Сребро' }, from: 100 },
    { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: 500 },
  ],
  expiry_months: 1,
  offline_budget: { member: 100, tablet: 150 },
};

const NAMES = { en: ['Grace', 'Oliver'], ru: ['Ольга', 'Павел'], bg: ['Елица', 'Димитър'] } as const;
const NUMBERS = ['+359888123450', '+359888123451', '+359888123460'] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One who comes and gets rewards, some beyond a rule, and joined once more with another number; and one who just joined. */
function history(locale: Tour['locale'], now: number): MemberEvent[] {
  const [name, friend] = NAMES[locale];
  return [
    { at: now - 25 * DAY_MS, body: enrolment(NUMBERS[0], name, { locale }) },
    { at: now - 24 * DAY_MS, body: enrolment(NUMBERS[1], friend, { locale }) },
    ...Array.from({ length: 9 }, (_, n) => ({
      at: now - (24 - n) * DAY_MS + 2 * HOUR_MS,
      body: visit(NUMBERS[0], 1250 + n * 730),
    })),
    { at: now - 12 * DAY_MS, body: enrolment(NUMBERS[2], name, { locale }) },
    { at: now - 11 * DAY_MS, body: visit(NUMBERS[2], 900) },
  ];
}

const redemption = (member: string, reward: string, cost: number, checked: boolean): Redemption => ({
  type: 'redemption',
  member,
  reward,
  cost,
  staff: null,
  checked,
});

/** The owner's rewards, what members got for points, where one stands, and two that are the same person. */
export async function rewardPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  await shop.calls.setProgramme(shop.organization, { ...PROGRAMME, cooldown_hours: 4, ...TERMS });
  const tablet = await pairByCode(verna, shop);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const shoot = async (screen: string, views = ADMIN_VIEWS, whole = true) => {
    await gallery.shoot(page, `rewards/${screen}`, locale, views, { whole });
    // What is hidden in print can't be used.
    await page.emulateMedia({ media: 'screen' });
  };
  const open = async (path: string, title: string) => {
    await page.goto(`${verna.url}${path}`);
    await expect(heading(title)).toBeVisible();
    await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
  };

  await page.goto(`${verna.url}/admin/rewards`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await button(admin_sign_in({}, { locale })).click();
  await expect(heading(admin_rewards_none({}, { locale }))).toBeVisible();
  await shoot('none');

  for (const reward of REWARDS) {
    await button(admin_rewards_add({}, { locale })).click();
    if (reward === REWARDS[0]) {
      await button(admin_reward_save_new({}, { locale })).click();
      await shoot('problems', ADMIN_VIEWS, false);
    }
    for (const language of LOCALES)
      await page.getByLabel(LANGUAGE_NAMES[language]).fill(reward.name[language]);
    await page.getByLabel(admin_reward_cost({}, { locale })).fill(reward.cost);
    await page.getByLabel(admin_reward_stock({}, { locale })).fill(reward.stock);
    if (reward.drawing) {
      const buffer = await drawReward(page, reward.drawing);
      await page
        .getByLabel(admin_reward_picture_choose({}, { locale }))
        .setInputFiles({ name: 'reward.png', mimeType: 'image/png', buffer });
      await expect(page.getByLabel(admin_reward_picture_other({}, { locale }))).toBeAttached();
    }
    if (reward === REWARDS[1]) await shoot('edit', REPORT_VIEWS.slice(0, 4), false);
    await button(admin_reward_save_new({}, { locale })).click();
    await expect(heading(reward.name[locale])).toBeVisible();
  }

  const reports = await shop.calls.reportRewards(shop.organization);
  if (!reports.ok) throw new Error(reports.failure.code);
  const idOf = (cost: number) => reports.value.find((reward) => reward.cost === cost)!.reward;
  await shop.calls.setReward(shop.organization, idOf(40), null, null);
  const now = Date.now();
  const [grace] = await tablet.tell(history(locale, now));
  await tablet.tell([
    { at: now - 9 * DAY_MS, body: redemption(grace!, idOf(80), 80, true) },
    { at: now + 1000, body: redemption(grace!, idOf(80), 80, false) },
    { at: now + 2000, body: redemption(grace!, idOf(150), 150, false) },
  ]);
  await open('/admin/rewards', admin_rewards({}, { locale }));
  await expect(page.getByRole('listitem').filter({ hasText: NAMES[locale][0] })).toHaveCount(3);
  await shoot('list', REPORT_VIEWS);
  await page
    .getByRole('button', { name: admin_reward_withdraw({}, { locale }) })
    .first()
    .click();
  await shoot('withdraw', ADMIN_VIEWS, false);

  await open('/admin/programme', admin_programme({}, { locale }));
  await expect(button(admin_programme_save({}, { locale }))).toBeVisible();
  await shoot('programme', REPORT_VIEWS);

  await page.goto(`${verna.url}/admin/members`);
  await page.getByLabel(admin_members_search({}, { locale })).fill('123450');
  await page.getByRole('link', { name: NAMES[locale][0] }).and(page.locator(`tr:has-text('3450') a`)).click();
  await expect(heading(admin_member_consents({}, { locale }))).toBeVisible();
  await shoot('member', REPORT_VIEWS);
  await button(admin_member_merge({}, { locale })).click();
  await page.getByRole('dialog').getByLabel(admin_members_search({}, { locale })).fill(NAMES[locale][0]);
  await expect(page.getByRole('button', { name: admin_member_merge_choose({}, { locale }) })).toHaveCount(1);
  await shoot('merge-search', ADMIN_VIEWS, false);
  await page.getByRole('button', { name: admin_member_merge_choose({}, { locale }) }).click();
  await shoot('merge', REPORT_VIEWS.slice(0, 4), false);
  await context.close();
}
