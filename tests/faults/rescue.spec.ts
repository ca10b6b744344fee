import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { accessibilityViolations } from '../e2e/support/accessibility';
import { face } from '../e2e/support/kiosk';
import { signInAsOwner } from '../e2e/support/owner';
import { goOffline } from '../e2e/support/test';
import type { VernaServer } from '../e2e/support/verna-server';
import { spoil } from './support-browser/spoil';
import { expectNothingLost, heldBy } from './support-browser/oracle';
import { expect, nextCustomer, pair, tap, test, type Counter } from './support-browser/test';

/** The owner's page of what is set aside, with the shop's key made. */
async function openQuarantine(page: Page, verna: VernaServer, { shop }: Counter): Promise<void> {
  await signInAsOwner(page, verna.url, shop, '/admin/quarantine');
  await expect(page.getByRole('heading', { name: 'Set aside', level: 1 })).toBeVisible();
  await expect
    .poll(() =>
      verna.backend.sql.query('select count(*)::int as n from public.rescue_keys where org_id = $1', [
        shop.organization,
      ]),
    )
    .toEqual([{ n: 1 }]);
}

async function importFile(page: Page, file: string, report: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Choose a rescue file' }).setInputFiles(file);
  await expect(page.getByText('4 answers', { exact: true })).toBeVisible();
  await expect(page.getByText('Made by: Counter')).toBeVisible();
  await page.getByRole('button', { name: 'Bring them in' }).click();
  const rescue = page.getByRole('region', { name: 'Rescue file' });
  for (const line of report) await expect(rescue.getByText(line)).toBeVisible();
}

test('a queue saved to a file outlives its tablet: imported twice, each record counts once', async ({
  verna,
  counter,
  page,
}, info) => {
  test.setTimeout(120_000);
  const { tablet, seen } = counter;
  await openQuarantine(page, verna, counter);
  const browser = await counter.launch();
  await browser.page.goto(verna.url);
  await pair(browser.page, counter);
  await browser.page.evaluate(() => navigator.serviceWorker.ready);

  await goOffline(browser.context, verna);
  for (const score of [5, 4, 2, 1]) {
    await tap(browser.page, seen, score);
    await nextCustomer(browser.page);
  }
  const poison = await spoil(browser.page, 9);
  await browser.page.goto(`${verna.url}/staff`);
  const download = browser.page.waitForEvent('download');
  await browser.page.getByRole('button', { name: 'Save to a file' }).click();
  const file = join(info.outputDir, 'rescue.json');
  await (await download).saveAs(file);
  await expect(browser.page.getByText('4 answers are in the file')).toBeVisible();
  const held = await heldBy(browser.page);
  expect(held.pending, 'an export deletes nothing').toHaveLength(4);

  // The tablet dies, and all that was on it.
  await browser.kill();
  await rm(counter.profileDir, { recursive: true });
  await verna.restoreNetwork();
  await expectNothingLost(verna, tablet, seen, [held]);

  await page.reload();
  const refused = '1 refused by the server: The score is not on its scale';
  await importFile(page, file, ['3 new answers stored', '0 were already there', refused]);
  const aside = [{ pending: [], quarantined: [poison] }];
  const stored = await expectNothingLost(verna, tablet, seen, aside);
  expect(stored).toEqual(new Set([...seen.confirmed].filter((id) => id !== poison)));

  await importFile(page, file, ['0 new answers stored', '3 were already there', refused]);
  expect(await expectNothingLost(verna, tablet, seen, aside)).toEqual(stored);
  await expect(page.getByRole('link', { name: 'Set aside 1 open' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  await page.goto(`${verna.url}/admin/tablets`);
  const row = page.getByRole('row', { name: 'Counter' }).filter({ has: page.getByRole('rowheader') });
  await expect(row.getByRole('cell').nth(3), 'missing').toHaveText('0');
});

test('a refused answer is seen, explained, mended and sent again, and the tablet forgets it', async ({
  verna,
  counter,
  kiosk,
  page,
}) => {
  test.setTimeout(120_000);
  const { tablet, seen } = counter;
  await goOffline(kiosk.context, verna);
  await tap(kiosk.page, seen, 3);
  await nextCustomer(kiosk.page);
  const id = await spoil(kiosk.page, 9);
  await verna.restoreNetwork();
  await kiosk.context.setOffline(false);
  await kiosk.page.reload();
  await expect.poll(() => heldBy(kiosk.page)).toEqual({ pending: [], quarantined: [id] });

  await openQuarantine(page, verna, counter);
  const entry = page.getByRole('listitem').filter({ hasText: 'The score is not on its scale' });
  await expect(entry).toContainText('How was your visit today?');
  await expect(entry).toContainText('9 (the scale is 1 to 5)');
  await expect(entry).toContainText('Counter · Lenina 5');
  await entry.getByRole('button', { name: 'Send again' }).click();
  await expect(entry.getByRole('alert')).toContainText('could not be counted this time either');
  await entry.getByRole('button', { name: 'Mend' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mend this answer' });
  await expect(dialog.getByRole('button', { name: 'Send again' })).toBeDisabled();
  await dialog.getByLabel('Answer').selectOption({ label: '3 – Okay' });
  expect(await accessibilityViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('The answer is counted.')).toBeVisible();
  await expect(page.getByText('Nothing is set aside.')).toBeVisible();
  await page.getByRole('button', { name: 'Settled (1)' }).click();
  await expect(entry).toContainText('settled');

  await kiosk.page.reload();
  await expect(face(kiosk.page, 5)).toBeVisible();
  await expect.poll(() => heldBy(kiosk.page)).toEqual({ pending: [], quarantined: [] });
  const answers = await verna.backend.sql.query(
    'select id, score::int as score from public.answers where tablet_id = $1',
    [tablet],
  );
  expect(answers).toEqual([{ id, score: 3 }]);
});
