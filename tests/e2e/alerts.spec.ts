import { accessibilityViolations, violationsInBothSchemes } from './support/accessibility';
import { pairBareTablet } from './support/bare-tablet';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

const MINUTE_MS = 60_000;

test('low ratings that have just been given ring the bell, those of this morning do not, and it falls silent by itself', async ({
  verna,
  page,
  context,
}) => {
  await context.grantPermissions(['notifications'], { origin: verna.url });
  await page.addInitScript(() => {
    const told: string[] = [];
    const Own = window.Notification;
    window.Notification = class extends Own {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        told.push(title);
      }
    };
    Object.assign(window, { told });
  });
  const shop = await createShop(verna.url);
  const till = await pairBareTablet(verna, shop, 'Lenina 5', 'Till');
  const counter = await pairBareTablet(verna, shop, 'Vitosha 12', 'Counter');
  const now = Date.now();
  const low = (minutesAgo: number) => ({ at: now - minutesAgo * MINUTE_MS, score: 1 });
  await counter.send([184, 183, 182, 181].map(low));
  await till.send([{ at: now - 8 * MINUTE_MS, score: 5 }, ...[6, 4, 2].map(low)]);

  await signInAsOwner(page, verna.url, shop);
  const bell = page.getByRole('link', { name: 'Alerts 1 not seen yet' });
  await expect(bell).toBeVisible();
  await bell.click();
  const alert = page.getByRole('region', { name: 'Open', exact: true });
  await expect(alert.getByRole('listitem')).toHaveCount(1);
  await expect(alert).toContainText('3 of 4 ratings were low within 15 mins');
  await expect(alert).toContainText('At Lenina 5');
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.getByLabel('Tell me of alerts in this browser').check();
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect.poll(told).toEqual(['3 of 4 ratings were low within 15 mins']);

  await page.getByRole('button', { name: 'Choose alerts' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^E-mail needs hosted Supabase/)).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await alert.getByRole('button', { name: 'Add a note' }).click();
  await dialog.getByLabel('Note').fill('The second till was closed');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(alert).toContainText('The second till was closed');
  await expect(alert).toContainText(`Seen by ${shop.email}`);
  await expect(page.getByRole('link', { name: 'Alerts', exact: true })).toBeVisible();

  // As if an hour had gone by without another.
  const { sql } = verna.backend;
  await sql.query(
    `update public.answers set occurred_at = occurred_at - interval '1 hour' where org_id = $1`,
    [shop.organization],
  );
  await sql.query('update private.alert_runs set next_at = now() where org_id = $1', [shop.organization]);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nothing needs you now' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Closed' })).toContainText('Closed by itself');
});
