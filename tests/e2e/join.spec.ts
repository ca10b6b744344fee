import type { Page } from '@playwright/test';
import { saltAndHash } from '../../src/device/pin-hash';
import { accessibilityViolations } from './support/accessibility';
import { byKeyboard, face, leaveStep, pairTablet, rate } from './support/kiosk';
import { filesIn, holding } from './support/profile';
import { beginProgramme, BULGARIAN_PROGRAMME } from './support/programme';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';
import type { VernaServer } from './support/verna-server';

const NAME = 'Radostina';
const TYPED = '0888123456';
const PHONE = '+359888123456';
const EMAIL = 'radostina.kirilova@example.com';
const PIN = '482913';

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

async function pairedInShop(page: Page, verna: VernaServer) {
  const shop = await createShop(verna.url);
  // With all that a form of joining can ask.
  await beginProgramme(verna.url, shop, { ...BULGARIAN_PROGRAMME, referral_points: 25 });
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  return { shop, tablet };
}

/** From the first screen to the thanks, where the offer is. */
async function toThanks(page: Page): Promise<void> {
  await rate(page, 5);
  for (const question of [
    'What made the difference?',
    'How likely are you',
    'Was it as you expected?',
    'Anything you would like',
  ])
    await leaveStep(page, question, 'Skip');
  await expect(heading(page, 'Saved. Thank you!')).toBeVisible();
}

/** A tap within a blink of the last screen's is taken for a slip of the thumb; one that was taken is not repeated. */
async function join(page: Page): Promise<void> {
  const offer = page.getByRole('button', { name: /^Join Verna Bakery/ });
  await expect(offer).toBeVisible();
  await expect(async () => {
    if (await offer.isVisible()) await offer.click({ timeout: 500 });
    await expect(offer).toBeHidden({ timeout: 150 });
  }).toPass({ intervals: [50] });
  await expect(heading(page, 'Your phone number')).toBeVisible();
}

async function typeNumber(page: Page): Promise<void> {
  for (const digit of TYPED) await page.getByRole('button', { name: digit, exact: true }).click();
  await expect(page.getByText('088 812 3456')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const member = (verna: VernaServer, organization: string) =>
  verna.backend.sql.query<Record<string, unknown>>(
    `select phone, first_name, email, birthday_day, birthday_month, locale,
       (select array_agg(purpose order by purpose) from public.consents
         where consents.member_id = members.id and granted) as consents,
       (select staff.name from public.enrolments left join public.staff on staff.id = staff_id
         where enrolments.member_id = members.id) as staff
     from public.members where org_id = $1`,
    [organization],
  );

test('a customer joins with no network; nothing on the tablet names them, and the shop hears exactly what they agreed to', async ({
  verna,
  openTablet,
}) => {
  let device = await openTablet();
  const { shop } = await pairedInShop(device.page, verna);
  await goOffline(device.context, verna);
  const { page } = device;
  await toThanks(page);
  await join(page);
  await typeNumber(page);
  await page.getByLabel('First name').fill(NAME);
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Day').selectOption('29');
  await page.getByLabel('Month').selectOption('February');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('checkbox', { name: /Be a member/ }).check();
  await page.getByRole('checkbox', { name: 'Call me back' }).check();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(heading(page, `Welcome, ${NAME}!`)).toBeVisible();
  await expect(page.getByText('Saved. New members begin with 10 points.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Your membership as a QR code' })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(face(page, 5)).toBeVisible();
  await device.kill();

  const files = await filesIn(device.profileDir);
  // The search does find what lies there in the open.
  expect(holding(files, 'satisfaction').length).toBeGreaterThan(0);
  for (const personal of [NAME, PHONE, TYPED, '888123456', EMAIL])
    expect(holding(files, personal)).toEqual([]);

  device = await openTablet();
  await device.page.goto(verna.url).catch(() => {});
  await goOnline(device.context, verna);
  await device.page.goto(verna.url);
  await expect
    .poll(() => member(verna, shop.organization))
    .toEqual([
      {
        phone: PHONE,
        first_name: NAME,
        email: EMAIL,
        birthday_day: 29,
        birthday_month: 2,
        locale: 'en',
        consents: ['call', 'programme'],
        staff: null,
      },
    ]);
});

test('staff enrol a customer under their own name, by keyboard alone', async ({ verna, page }) => {
  const { shop } = await pairedInShop(page, verna);
  await shop.calls.addStaff(shop.organization, 'Vera', await saltAndHash(PIN));
  await page.goto(`${verna.url}/staff`);
  await page.getByRole('button', { name: 'Vera' }).click();
  await expect(heading(page, 'Vera')).toBeFocused();
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Unlocked: Vera')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await byKeyboard(page.getByRole('button', { name: 'Enrol', exact: true }));
  await expect(heading(page, 'Your phone number')).toBeFocused();
  await page.keyboard.type(TYPED);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'What may we call you?')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(NAME);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'What do you agree to?')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(heading(page, `Welcome, ${NAME}!`)).toBeFocused();
  expect(await accessibilityViolations(page)).toEqual([]);
  await byKeyboard(page.getByRole('button', { name: 'Done' }));
  await expect(page.getByText('Unlocked: Vera')).toBeVisible();
  await expect
    .poll(() => member(verna, shop.organization))
    .toMatchObject([{ first_name: NAME, consents: ['programme'], staff: 'Vera' }]);
});

test('an abandoned form is gone after the countdown, and the next customer finds it empty', async ({
  verna,
  page,
}) => {
  await page.clock.install();
  await pairedInShop(page, verna);
  await toThanks(page);
  await join(page);
  await typeNumber(page);
  await page.getByLabel('First name').fill(NAME);
  await page.clock.fastForward(30_000);
  await expect(page.getByText('Touch the screen to stay')).toBeVisible();
  await page.clock.fastForward(6_000);
  await expect(face(page, 5)).toBeVisible();
  await toThanks(page);
  await join(page);
  await expect(page.getByText('088 812 3456')).toBeHidden();
  await typeNumber(page);
  await expect(page.getByLabel('First name')).toHaveValue('');
});

const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
];

test('every screen of joining fits tablets and phones without scrolling and passes WCAG 2.2 AA', async ({
  page,
  verna,
}) => {
  await pairedInShop(page, verna);
  const checkFit = async () => {
    const overflow = () =>
      page.evaluate(() => {
        const box = document.querySelector('main > *')!;
        return { x: box.scrollWidth - box.clientWidth, y: box.scrollHeight - box.clientHeight };
      });
    // The screen takes a new size a frame later.
    await expect.poll(overflow).toEqual({ x: 0, y: 0 });
    for (const target of await page.getByRole('main').locator('button, input, select').all()) {
      const { height } = (await target.boundingBox())!;
      expect(height, await target.innerHTML()).toBeGreaterThanOrEqual(56);
    }
  };
  const checkEverywhere = async () => {
    for (const language of ['Русский', 'Български', 'English']) {
      await page.getByRole('button', { name: language }).click();
      for (const viewport of VIEWPORTS) {
        await page.setViewportSize(viewport);
        await checkFit();
      }
    }
    expect(await accessibilityViolations(page)).toEqual([]);
  };
  await toThanks(page);
  await join(page);
  await checkEverywhere();
  await typeNumber(page);
  await checkEverywhere();
  await page.getByLabel('First name').fill(NAME);
  await page.getByRole('button', { name: 'Continue' }).click();
  await checkEverywhere();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('we may not keep your details');
  await checkEverywhere();
  await page.getByRole('checkbox', { name: /Be a member/ }).check();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(heading(page, `Welcome, ${NAME}!`)).toBeVisible();
  await checkEverywhere();
});
