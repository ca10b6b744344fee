import type { OpeningHours } from '../../src/domain/opening-hours';
import { accessibilityViolations } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { signInAsOwner } from './support/owner';
import { createShop, type TestShop } from './support/shop';
import { expect, test } from './support/test';
import type { VernaServer } from './support/verna-server';

const ALWAYS: OpeningHours = {
  1: [['00:00', '24:00']],
  2: [['00:00', '24:00']],
  3: [['00:00', '24:00']],
  4: [['00:00', '24:00']],
  5: [['00:00', '24:00']],
  6: [['00:00', '24:00']],
  7: [['00:00', '24:00']],
};
const NEVER: OpeningHours = {};

/** Two tablets not heard of for two hours: one in a shop that never closes, one in a shop that is closed for good. */
async function silenceTwo(verna: VernaServer, shop: TestShop) {
  const open = await pairBareTablet(verna, shop, 'Vitosha 12', 'Till');
  const closed = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  await open.send([{ at: Date.now() - 86_400_000, score: 5 }]);
  for (const [{ location, silence }, hours] of [
    [open, ALWAYS],
    [closed, NEVER],
  ] as const) {
    expect(await shop.calls.setOpeningHours(shop.organization, location, hours)).toMatchObject({
      value: { outcome: 'saved' },
    });
    await silence(120);
  }
  return { open, closed };
}

test('a tablet that is silent while its shop is open is named on every page until it is heard', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  const { open } = await silenceTwo(verna, shop);

  await signInAsOwner(page, verna.url, shop, '/admin/scores');
  const banner = page.getByRole('status').filter({ hasText: 'Check power and network' });
  await expect(banner).toContainText('Till (Vitosha 12) silent for 2 hrs of opening time.');
  await expect(banner).not.toContainText('Counter');
  await expect(page).toHaveTitle(/^\(1\) /);
  await expect(
    page.getByText(/^Complete to .* · Till \(Vitosha 12\) silent for 2 hrs of opening time$/),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await expect(banner).toBeVisible();
  await banner.getByRole('link', { name: /Tablets/ }).click();

  const rowOf = (name: string) =>
    page.getByRole('row', { name }).filter({ has: page.getByRole('rowheader') });
  await expect(rowOf('Till')).toContainText('Silent for 2 hrs of opening time');
  await expect(rowOf('Counter')).not.toContainText('Silent');
  expect(await accessibilityViolations(page)).toEqual([]);

  await open.report();
  await expect(banner).toBeHidden();
  await expect(rowOf('Till')).toContainText('Complete');
  await expect(page).toHaveTitle(/^Tablets/);
});

test('an owner who cannot reach the server is not told that every tablet is silent', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  const till = await pairBareTablet(verna, shop, 'Vitosha 12', 'Till');
  await till.report();
  await page.clock.install();
  await signInAsOwner(page, verna.url, shop, '/admin/tablets');
  await expect(page.getByRole('table')).toBeVisible();
  await verna.cutNetwork();
  // Less than a session lasts: a page that had to sign in again would first try to.
  await page.clock.fastForward('00:40:00');
  await expect(page.getByText('The server can’t be reached.')).toBeVisible();
  await expect(page.getByText('Check power and network')).toHaveCount(0);
  await expect(page).toHaveTitle(/^Tablets/);
});

test('where the owner allowed it the browser tells of a silence once, and takes it back when the tablet is heard', async ({
  verna,
  page,
  context,
}) => {
  await context.grantPermissions(['notifications'], { origin: verna.url });
  // The browser's own notifications, written down as they come and go.
  await page.addInitScript(() => {
    const told: string[] = [];
    const Own = window.Notification;
    window.Notification = class extends Own {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        told.push(`shown: ${title}`);
      }
      override close() {
        super.close();
        told.push(`closed: ${this.title}`);
      }
    };
    Object.assign(window, { told });
  });
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);

  const shop = await createShop(verna.url);
  const { open } = await silenceTwo(verna, shop);
  const silent = 'Till (Vitosha 12) silent for 2 hrs of opening time';
  await signInAsOwner(page, verna.url, shop, '/admin/tablets');
  const choice = page.getByLabel('Tell me of alerts in this browser');
  await expect(choice).not.toBeChecked();
  expect(await told()).toEqual([]);
  await choice.check();
  await expect.poll(told).toEqual([`shown: ${silent}`]);

  await page.reload();
  await expect(choice).toBeChecked();
  await expect(page.getByText(`${silent}.`)).toBeVisible();
  expect(await told()).toEqual([]);

  await open.report();
  await expect(page.getByText(`${silent}.`)).toBeHidden();
  await open.silence(130);
  await expect.poll(told).toEqual(['shown: Till (Vitosha 12) silent for 2 hrs of opening time']);
  await open.report();
  await expect
    .poll(told)
    .toEqual([
      'shown: Till (Vitosha 12) silent for 2 hrs of opening time',
      'closed: Till (Vitosha 12) silent for 2 hrs of opening time',
    ]);
});
