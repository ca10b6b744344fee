import type { Page } from '@playwright/test';
import { PROGRAMME } from '../support/members';
import { accessibilityViolations } from './support/accessibility';
import { membersOnTablet } from './support/directory';
import { enrolElsewhere } from './support/enrol-elsewhere';
import { pairTablet } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { filesIn, holding } from './support/profile';
import { beginProgramme } from './support/programme';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const ANNA = { phone: '+359888123456', firstName: 'Annabella-Zdravka' };
const STRANGER = '0877654321';

const DAY_MS = 86_400_000;
/** Three days from now: the greeting says so, and nothing is given for a birthday told less than a month ahead. */
const SOON = new Date(Date.now() + 3 * DAY_MS);

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** Opens the check-in, or goes on to the next customer, and types a number on the keys of the screen. */
async function typeNumber(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: /^(Check in|Next customer)$/ }).click();
  for (const digit of number) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Find', exact: true }).click();
}

/** Records what a customer says to one of the consents. */
async function say(page: Page, consent: string, word: string): Promise<void> {
  const asked = page.getByRole('group', { name: consent });
  await asked.getByRole('button', { name: word }).click();
  await expect(asked.getByRole('status')).toHaveText('Recorded');
}

test('a member is known, greeted and checked in without the network, and nobody reads who in the tablet’s files', async ({
  verna,
  openTablet,
}) => {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop, { ...PROGRAMME, expiry_months: 1 });
  await enrolElsewhere(verna, shop, {
    ...ANNA,
    birthday: { month: SOON.getUTCMonth() + 1, day: SOON.getUTCDate() },
    cameOn: new Date(Date.now() - 20 * DAY_MS),
  });
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  let device = await openTablet();
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  await device.page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => membersOnTablet(device.page)).toBe(1);
  await goOffline(device.context, verna);

  const { page } = device;
  await page.goto(`${verna.url}/staff`);
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await typeNumber(page, '0888123456');
  await expect(heading(page, ANNA.firstName)).toBeVisible();
  await expect(page.getByText('60 points', { exact: true })).toBeVisible();
  const birthday = SOON.toLocaleDateString('en-GB', { month: 'long', day: 'numeric', timeZone: 'UTC' });
  await expect(page.getByText(`Birthday: ${birthday}`)).toBeVisible();
  await expect(page.getByText(/^60 points lapse on .* A visit today keeps them\.$/)).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Consents' }).click();
  await say(page, 'News and offers', 'Agrees');
  await say(page, 'Call me back', 'Takes it back');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.keyboard.type('1250');
  await page.keyboard.press('Enter');
  await expect(heading(page, `${ANNA.firstName}: checked in`)).toBeVisible();
  await expect(page.getByText('This visit adds 22 points once it has been sent.')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  // The server has not heard of that visit, and the tablet knows that it counts.
  await typeNumber(page, '0888123456');
  await expect(page.getByText('Counted already')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('This check-in is kept and gives no points.')).toBeVisible();

  await typeNumber(page, STRANGER);
  await expect(heading(page, 'Not known on this tablet')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Record the visit' }).last().click();
  await expect(heading(page, 'Visit recorded')).toBeVisible();
  await device.kill();

  const files = await filesIn(device.profileDir);
  // The search does find what lies there in the open.
  expect(holding(files, 'satisfaction')).not.toEqual([]);
  for (const secret of [ANNA.firstName, '888123456', '877654321']) {
    expect(holding(files, secret)).toEqual([]);
  }

  device = await openTablet();
  await goOnline(device.context, verna);
  await device.page.goto(verna.url);
  await expect
    .poll(() =>
      verna.backend.sql.query(
        `select amount::integer, members.first_name from public.visits
           left join public.members on members.org_id = visits.org_id and members.id = visits.member_id
         where tablet_id = $1 order by occurred_at`,
        [tablet],
      ),
    )
    .toEqual([
      { amount: 1250, first_name: ANNA.firstName },
      { amount: null, first_name: ANNA.firstName },
      { amount: null, first_name: null },
    ]);
  const ledger = await verna.backend.sql.query(
    'select reason, sum(points)::integer as points from public.point_entries where org_id = $1 group by reason order by reason',
    [shop.organization],
  );
  expect(ledger).toEqual([
    { reason: 'amount', points: 12 },
    { reason: 'visit', points: 20 },
    { reason: 'welcome', points: 50 },
  ]);
  await signInAsOwner(device.page, verna.url, shop, '/admin/members');
  await device.page.getByRole('link', { name: ANNA.firstName }).click();
  const consent = (purpose: string) => device.page.getByRole('row', { name: purpose });
  await expect(consent('Messages')).toContainText('Given');
  await expect(consent('Messages')).toContainText('Counter, Lenina 5');
  await expect(consent('A follow-up call')).toContainText('Withdrawn');
  await expect(consent('Publishing their words')).toContainText('Not given');
});

test('with the network the server is asked about who is new, and says who is no member', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop, PROGRAMME);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${verna.url}/staff`);
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
  await enrolElsewhere(verna, shop, ANNA);
  await typeNumber(page, '0888123456');
  await expect(heading(page, ANNA.firstName)).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await typeNumber(page, STRANGER);
  await expect(heading(page, 'Not a member yet')).toBeVisible();
  await expect(page.getByText('Nobody here has the number 087 765 4321.')).toBeVisible();
});

test('a tablet whose pairing was revoked forgets everybody', async ({ verna, page }) => {
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop, PROGRAMME);
  await enrolElsewhere(verna, shop, ANNA);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await expect.poll(() => membersOnTablet(page)).toBe(1);
  await verna.backend.sql.query('update public.pairings set revoked_at = now() where tablet_id = $1', [
    tablet,
  ]);
  await page.reload();
  await expect.poll(() => membersOnTablet(page)).toBe(0);
});
