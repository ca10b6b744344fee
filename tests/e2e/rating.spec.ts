import type { Page } from '@playwright/test';
import { accessibilityViolations } from './support/accessibility';
import { membersOnTablet } from './support/directory';
import { enrolElsewhere } from './support/enrol-elsewhere';
import { face, finishAfterReasons, pairTablet, rate, skipReasons } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { beginProgramme } from './support/programme';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const ANNA = { phone: '+359888123456', firstName: 'Anna' };

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const kept = (page: Page) => page.getByText('Anna, your answer is kept with your membership.');

/** Checks Anna in and hands her the tablet. */
async function handOver(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/staff`);
  await page.getByRole('button', { name: 'Check in' }).click();
  await expect(heading(page, 'Telephone number')).toBeFocused();
  await page.keyboard.type('0888123456');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Anna')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Anna: checked in')).toBeVisible();
  await page.getByRole('button', { name: 'Let Anna rate' }).click();
  await expect(face(page, 5)).toBeVisible();
  await expect(kept(page)).toBeVisible();
}

test('a member rates right after the check-in, and the rating is theirs only while they want it to be', async ({
  verna,
  page,
  context,
}) => {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop);
  await enrolElsewhere(verna, shop, ANNA);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${verna.url}/staff`);
  await expect.poll(() => membersOnTablet(page)).toBe(1);
  await goOffline(context, verna);

  await handOver(page, verna.url);
  expect(await accessibilityViolations(page)).toEqual([]);
  await rate(page, 4);
  await expect(kept(page)).toBeVisible();
  await skipReasons(page);
  await finishAfterReasons(page, 9);
  // Whoever comes next finds the kiosk, and nobody's name on it.
  await expect(page).toHaveURL(`${verna.url}/`);
  await expect(page.getByText('Anna')).toHaveCount(0);

  await handOver(page, verna.url);
  await page.getByRole('button', { name: 'Rather without my name' }).click();
  await expect(page.getByText('Your answer stays without a name.')).toBeVisible();
  await rate(page, 1);
  await skipReasons(page);
  await finishAfterReasons(page);
  await expect(page).toHaveURL(`${verna.url}/`);

  await goOnline(context, verna);
  await expect
    .poll(() =>
      verna.backend.sql.query(
        `select (select count(*)::integer from public.answers where tablet_id = $1) as answers,
           (select count(*)::integer from public.session_members where org_id = $2) as named`,
        [tablet, shop.organization],
      ),
    )
    .toEqual([{ answers: 3, named: 1 }]);

  await signInAsOwner(page, verna.url, shop, '/admin/members');
  await page.getByRole('link', { name: 'Anna' }).click();
  const rated = page.getByRole('listitem').filter({ hasText: 'Rated' });
  await expect(rated).toHaveCount(1);
  await expect(rated).toContainText('4 – Good');
  expect(await accessibilityViolations(page)).toEqual([]);
});
