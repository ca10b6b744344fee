import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { accessibilityViolations } from './support/accessibility';
import { face, finishSession, pairTablet, rate } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { createShop, type TestShop } from './support/shop';
import { launchTablet, type Tablet } from './support/tablet';
import { expect, goOffline, test as base } from './support/test';
import type { VernaServer } from './support/verna-server';

/** A tablet's profile folder, which a test may copy, cut and put back while no browser runs on it. */
const test = base.extend<{ profile: string }>({
  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'verna-profile-'));
    await use(join(folder, 'tablet'));
    await rm(folder, { recursive: true, force: true });
  },
});

/** Where Chromium keeps the databases of a profile's sites; their localStorage lies elsewhere. */
const databasesOf = (profile: string) => join(profile, 'Default', 'IndexedDB');

async function openPaired(profile: string, url: string, code: string): Promise<Tablet> {
  const tablet = await launchTablet(profile);
  await tablet.page.goto(url);
  await pairTablet(tablet.page, code);
  // The service worker must hold the app before the network goes.
  await tablet.page.evaluate(() => navigator.serviceWorker.ready);
  return tablet;
}

async function open(profile: string, url: string): Promise<Tablet> {
  const tablet = await launchTablet(profile);
  await tablet.page.goto(url);
  return tablet;
}

async function answer(page: Page): Promise<void> {
  await rate(page, 5);
  await finishSession(page);
}

/** What the owner reads of a tablet: its row, and the notes under it. */
async function openTablets(page: Page, verna: VernaServer, shop: TestShop) {
  await signInAsOwner(page, verna.url, shop, '/admin/tablets');
  await expect(page.getByRole('heading', { name: 'Tablets', level: 1 })).toBeVisible({ timeout: 30_000 });
  return {
    row: page.getByRole('row', { name: 'Counter' }).filter({ has: page.getByRole('rowheader') }),
    notes: page.getByRole('list', { name: 'Counter' }),
  };
}

async function waitUntilReceived(verna: VernaServer, tablet: string, count: number): Promise<void> {
  await expect
    .poll(() =>
      verna.backend.sql.query(
        'select sum(received)::int as received from public.pairings where tablet_id = $1',
        [tablet],
      ),
    )
    .toEqual([{ received: count }]);
}

/** A shop whose one tablet has sent one answer. */
async function openWithOneAnswer(verna: VernaServer, profile: string) {
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  const device = await openPaired(profile, verna.url, code);
  await answer(device.page);
  await waitUntilReceived(verna, tablet, 1);
  return { shop, tablet, device };
}

test('a database restored from an old copy is noticed, and the owner reads which answers it lost', async ({
  verna,
  profile,
  page,
}) => {
  test.setTimeout(120_000);
  const { shop, tablet, device: first } = await openWithOneAnswer(verna, profile);
  let device = first;
  await device.close();
  await cp(databasesOf(profile), `${profile}-copy`, { recursive: true });

  device = await open(profile, verna.url);
  await goOffline(device.context, verna);
  for (let taps = 0; taps < 3; taps++) await answer(device.page);
  await expect(device.page.getByText(/Offline · 3 waiting/)).toBeVisible();
  await device.close();
  await rm(databasesOf(profile), { recursive: true });
  await cp(`${profile}-copy`, databasesOf(profile), { recursive: true });
  await verna.restoreNetwork();

  device = await open(profile, verna.url);
  await expect(face(device.page, 5)).toBeVisible();
  await expect
    .poll(() =>
      verna.backend.sql.query(
        'select made::int, received::int, waiting::int, lost::int from public.pairings where tablet_id = $1',
        [tablet],
      ),
    )
    .toEqual([{ made: 4, received: 1, waiting: 0, lost: 3 }]);
  await answer(device.page);
  await waitUntilReceived(verna, tablet, 2);
  const seqs = await verna.backend.sql.query<{ seq: number }>(
    'select seq::int from public.received where org_id = $1 order by seq',
    [shop.organization],
  );
  expect(seqs).toEqual([{ seq: 1 }, { seq: 5 }]);

  const { row, notes } = await openTablets(page, verna, shop);
  await expect(row).toContainText('3 answers lost by the tablet');
  await expect(notes).toContainText('Numbers that never arrived: 2–4.');
  expect(await accessibilityViolations(page)).toEqual([]);

  // Somebody has seen it: the note goes, the figure stays.
  await page.getByRole('button', { name: 'I have seen this' }).click();
  await expect(row).toContainText('Complete but for 3 answers');
  await expect(row).toContainText(`Seen: ${shop.email}`);
  await expect(row.getByRole('cell', { name: '3', exact: true })).toBeVisible();
  await expect(notes).not.toContainText('Numbers that never arrived');
  await device.close();
});

test('a tablet whose profile was copied is named on the owner’s page with what to do, until somebody has seen it', async ({
  verna,
  profile,
  page,
}) => {
  test.setTimeout(120_000);
  const { shop, tablet, device } = await openWithOneAnswer(verna, profile);
  await device.close();
  await cp(profile, `${profile}-copy`, { recursive: true });
  for (const [index, folder] of [profile, `${profile}-copy`].entries()) {
    const twin = await open(folder, verna.url);
    await answer(twin.page);
    await waitUntilReceived(verna, tablet, 2 + index);
    await twin.close();
  }

  const { row, notes } = await openTablets(page, verna, shop);
  await expect(row).toContainText('Made twice: a copy of this tablet is in use');
  await expect(notes).toContainText(
    '1 number was given to two answers. Both count. Pair each device with a code of its own, then revoke this pairing.',
  );
  await page.getByRole('button', { name: 'I have seen this' }).click();
  await expect(row).not.toContainText('Made twice');
  await expect(row).toContainText(`Seen: ${shop.email}`);
});

test('a browser whose storage was cleared tells, once it is paired again, what went with it', async ({
  verna,
  profile,
  page,
}) => {
  test.setTimeout(120_000);
  const { shop, tablet, device: first } = await openWithOneAnswer(verna, profile);
  let device = first;
  await goOffline(device.context, verna);
  for (let taps = 0; taps < 2; taps++) await answer(device.page);
  await expect(device.page.getByText(/Offline · 2 waiting/)).toBeVisible();
  await device.close();
  await rm(databasesOf(profile), { recursive: true });
  await verna.restoreNetwork();

  device = await open(profile, verna.url);
  const again = await shop.calls.createPairingCode(shop.organization, tablet);
  if (!again.ok || again.value.outcome !== 'created') throw new Error('No second code was made');
  await pairTablet(device.page, again.value.code);
  await answer(device.page);
  await waitUntilReceived(verna, tablet, 2);

  const { notes } = await openTablets(page, verna, shop);
  await expect(page.getByText('Storage cleared: 2 answers lost')).toBeVisible();
  await expect(notes.first()).toContainText('Numbers that never arrived: 2–3.');
  await expect
    .poll(() => device.page.evaluate(() => localStorage.getItem('verna.high-water')))
    .not.toContain('gone');
  await device.close();
});
