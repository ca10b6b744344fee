import { expect, type Page } from '@playwright/test';
import {
  staff_counter_consents,
  staff_counter_give,
  staff_counter_given,
  staff_counter_redeem,
  staff_counter_scan,
  staff_counter_scan_type,
  staff_counter_to_member,
  staff_back,
  staff_members_check_in,
  staff_members_done,
  staff_members_done_by_number,
  staff_members_find,
  staff_members_next,
  staff_members_start,
  staff_members_by_number,
  staff_members_unknown_title,
  staff_rating_kept,
  staff_rating_nameless,
  staff_rating_start,
  staff_rating_without_name,
} from '../../../src/i18n/paraglide/messages';
import { goOffline, goOnline } from '../../e2e/support/test';
import { enrolElsewhere } from '../../e2e/support/enrol-elsewhere';
import { beginProgramme, BULGARIAN_PROGRAMME } from '../../e2e/support/programme';
import { offerReward } from '../../e2e/support/rewards';
import { STAFF_VIEWS } from './gallery';
import { PEOPLE } from './people';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

const TIER = { en: 'Regular', ru: 'Постоянный гость', bg: 'Редовен гост' };
const REWARDS = [
  { name: { en: 'A cup of coffee', ru: 'Чашка кофе', bg: 'Чаша кафе' }, cost: 40 },
  { name: { en: 'Cinnamon bun', ru: 'Булочка с корицей', bg: 'Канелено кифло' }, cost: 50, stock: 3 },
  { name: { en: 'Rye loaf, 1 kg', ru: 'Ржаной хлеб, 1 кг', bg: 'Ръжен хляб, 1 кг' }, cost: 90 },
  {
    name: { en: 'Stollen', ru: 'Рождественский штоллен', bg: 'Коледен щолен' },
    cost: 120,
    from: '2126-12-01',
  },
  {
    name: { en: 'Linen bread bag', ru: 'Льняной мешок для хлеба', bg: 'Ленена торба за хляб' },
    cost: 30,
    stock: 0,
  },
];

const DAY_MS = 86_400_000;

/** Every screen on which staff check a customer in. */
export async function checkInPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { country, typed, phone, name } = PEOPLE[locale];
  const shop = await openShop(tour);
  await beginProgramme(verna.url, shop, {
    ...BULGARIAN_PROGRAMME,
    country,
    cooldown_hours: 4,
    expiry_months: 1,
    welcome_points: 65,
    tiers: [{ name: TIER, from: 50 }],
    offline_budget: { member: 45, tablet: 200 },
  });
  for (const reward of REWARDS) await offerReward(verna, shop, reward);
  const soon = new Date(Date.now() + 3 * DAY_MS);
  await enrolElsewhere(verna, shop, {
    phone,
    firstName: name,
    birthday: { month: soon.getUTCMonth() + 1, day: soon.getUTCDate() },
    cameOn: new Date(Date.now() - 20 * DAY_MS),
  });
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  const heading = (text: string) => page.getByRole('heading', { name: text, exact: true });
  const shoot = (screen: string) => gallery.shoot(page, `check-in/${screen}`, locale, STAFF_VIEWS);
  const find = async (digits: string) => {
    for (const digit of digits) await button(page, digit).click();
    await button(page, staff_members_find({}, { locale })).click();
  };

  await enterCode(page, shop.code, locale);
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(5);
  await page.goto(`${verna.url}/staff`);
  await button(page, staff_members_start({}, { locale })).click();
  for (const digit of typed) await button(page, digit).click();
  await shoot('number');
  await button(page, staff_counter_scan({}, { locale })).click();
  await expect(button(page, staff_counter_scan_type({}, { locale }))).toBeVisible();
  await shoot('scan');
  await button(page, staff_counter_scan_type({}, { locale })).click();
  await button(page, staff_members_find({}, { locale })).click();
  await expect(heading(name)).toBeVisible();
  await page.keyboard.type('1250');
  await shoot('known');
  await button(page, staff_counter_consents({}, { locale })).click();
  await shoot('consents');
  await button(page, staff_back({}, { locale })).click();
  await redeemPictures(page, tour, shoot);
  await button(page, staff_members_check_in({}, { locale })).click();
  await expect(heading(staff_members_done({ name }, { locale }))).toBeVisible();
  await shoot('checked-in');
  await button(page, staff_rating_start({ name }, { locale })).click();
  await expect(page.getByText(staff_rating_kept({ name }, { locale }))).toBeVisible();
  await shoot('rating');
  await button(page, staff_rating_without_name({}, { locale })).click();
  await expect(page.getByText(staff_rating_nameless({}, { locale }))).toBeVisible();
  await shoot('rating-nameless');
  await page.goto(`${verna.url}/staff`);
  await button(page, staff_members_start({}, { locale })).click();
  await find(typed);
  await expect(heading(name)).toBeVisible();
  await shoot('cooling');
  await page.keyboard.press('Enter');
  await button(page, staff_members_next({}, { locale })).click();
  await find(`${typed.slice(0, -1)}7`);
  await expect(heading(staff_members_unknown_title({}, { locale }))).toBeVisible();
  await shoot('unknown');
  await button(page, staff_members_by_number({}, { locale })).last().click();
  await expect(heading(staff_members_done_by_number({}, { locale }))).toBeVisible();
  await shoot('recorded');
  await page.getByRole('button', { name: staff_back({}, { locale }), exact: true }).click();
  await gallery.shoot(page, 'check-in/recent', locale, STAFF_VIEWS, { whole: true });
  await context.close();
}

/** A reward given with the server's word, and two that go too far without it. */
async function redeemPictures(
  page: Page,
  { verna, locale }: Tour,
  shoot: (screen: string) => Promise<void>,
): Promise<void> {
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const [coffee, bun, loaf] = REWARDS.map(({ name }) => name[locale]);
  await press(new RegExp(`^${staff_counter_redeem({}, { locale })}`));
  await expect(page.getByRole('button', { name: new RegExp(bun!) })).toBeVisible();
  await shoot('rewards');
  await press(new RegExp(loaf!));
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot('reward-refused');
  await page.getByRole('main').getByRole('button').first().click();
  await goOffline(page.context(), verna);
  await press(new RegExp(bun!));
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot('reward-over-budget');
  await press(staff_back({}, { locale }));
  await press(new RegExp(coffee!));
  await expect(page.getByRole('heading', { name: coffee! })).toBeVisible();
  await expect(button(page, staff_counter_give({}, { locale }))).toBeEnabled();
  await shoot('reward');
  await press(staff_counter_give({}, { locale }));
  await expect(
    page.getByRole('heading', { name: staff_counter_given({ reward: coffee! }, { locale }) }),
  ).toBeVisible();
  await shoot('reward-given');
  await goOnline(page.context(), verna);
  await press(staff_counter_to_member({ name: PEOPLE[locale].name }, { locale }));
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
