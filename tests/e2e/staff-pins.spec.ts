import type { Page } from '@playwright/test';
import { saltAndHash } from '../../src/device/pin-hash';
import { accessibilityViolations } from './support/accessibility';
import { pairTablet, rate } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const PIN = '482913';
const WRONG_PIN = '739164';

const personButton = (page: Page) => page.getByRole('button', { name: 'Vera', exact: true });

async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

/** What a page is told when another app comes to the front; headless Chromium calls every page visible. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

test('the owner gives a PIN, and the tablet asks for it without the network and makes who guesses wait', async ({
  verna,
  page,
  tabletBeside: device,
}) => {
  // Eight PINs are checked with all their rounds.
  test.slow();
  const shop = await createShop(verna.url);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  await device.page.evaluate(() => navigator.serviceWorker.ready);
  const staff = device.page;
  await staff.clock.install();
  await staff.goto(`${verna.url}/staff`);
  await expect(staff.getByText('This page is open to everyone')).toBeVisible();

  await signInAsOwner(page, verna.url, shop, '/admin/staff');
  await expect(page.getByRole('heading', { name: 'Nobody has a PIN yet' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Vera');
  await expect(dialog.getByLabel('PIN')).toHaveValue(/^\d{6}$/);
  await dialog.getByLabel('PIN').fill('1234');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('one of the first that anybody would try')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByLabel('PIN').fill(PIN);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row', { name: /Vera/ })).toContainText('Not yet');
  expect(await accessibilityViolations(page)).toEqual([]);

  await staff.reload();
  await expect(personButton(staff)).toBeVisible();
  await expect(staff.getByText('This page is open to everyone')).toBeHidden();
  expect(await accessibilityViolations(staff)).toEqual([]);

  await goOffline(device.context, verna);
  await staff.reload();
  await personButton(staff).click();
  expect(await accessibilityViolations(staff)).toEqual([]);
  for (let wrong = 1; wrong <= 4; wrong += 1) {
    await typePin(staff, WRONG_PIN);
    await expect(staff.getByText('That was not the right PIN')).toBeVisible();
  }
  await typePin(staff, WRONG_PIN);
  const key = staff.getByRole('button', { name: '1', exact: true });
  await expect(staff.getByText('Too many wrong tries')).toBeVisible();
  await expect(key).toBeDisabled();
  await staff.reload();
  await personButton(staff).click();
  await expect(staff.getByText('Too many wrong tries')).toBeVisible();
  await expect(key).toBeDisabled();
  await staff.clock.fastForward(30_000);
  await expect(key).toBeEnabled();

  const unlocked = staff.getByText('Unlocked: Vera');
  await typePin(staff, PIN);
  await expect(unlocked).toBeVisible();
  expect(await accessibilityViolations(staff)).toEqual([]);
  // A touch in between: two and a half minutes since the PIN, but never two without one.
  await staff.mouse.click(5, 5);
  await staff.clock.fastForward(75_000);
  await staff.mouse.click(5, 5);
  await staff.clock.fastForward(75_000);
  await expect(unlocked).toBeVisible();
  await staff.clock.fastForward(75_000);
  await expect(personButton(staff)).toBeVisible();
  await expect(unlocked).toBeHidden();
});

test('an answer within a minute of a PIN is flagged, and the owner sees it both ways', async ({
  verna,
  page,
  tabletBeside: { context, page: tabletPage },
}) => {
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await shop.calls.addStaff(shop.organization, 'Vera', await saltAndHash(PIN));
  await tabletPage.goto(verna.url);
  await pairTablet(tabletPage, code);
  await tabletPage.evaluate(() => navigator.serviceWorker.ready);
  await goOffline(context, verna);

  // The answer before, the unlocking and the answer after come with one batch when the network is back.
  await rate(tabletPage, 1);
  await tabletPage.goto(`${verna.url}/staff`);
  await personButton(tabletPage).click();
  await typePin(tabletPage, PIN);
  await expect(tabletPage.getByText('Unlocked: Vera')).toBeVisible();
  await hide(tabletPage);
  await expect(personButton(tabletPage)).toBeVisible();
  await expect(tabletPage.getByText('Unlocked: Vera')).toBeHidden();
  await tabletPage.goto(verna.url);
  await rate(tabletPage, 5);
  await goOnline(context, verna);
  await expect
    .poll(() =>
      verna.backend.sql.query(
        "select score, flag from public.answers where tablet_id = $1 and type = 'csat' order by score",
        [tablet],
      ),
    )
    .toEqual([
      { score: 1, flag: 'staff' },
      { score: 5, flag: 'staff' },
    ]);

  await signInAsOwner(page, verna.url, shop, '/admin/scores');
  const left = page.getByRole('checkbox', { name: '2 suspicious answers are left out; count them too' });
  await expect(left).toBeVisible();
  const card = page.getByRole('region', { name: 'How was your visit today?' });
  await expect(card).toContainText('Too few answers: 0 of 10');
  await left.click();
  await expect(page.getByRole('checkbox', { name: '2 suspicious answers are counted too' })).toBeChecked();
  await expect(card).toContainText('Too few answers: 2 of 10');
  await page.getByRole('link', { name: 'Staff' }).click();
  await expect(page.getByRole('row', { name: /Vera/ })).toContainText('Counter');
});
