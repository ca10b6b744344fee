import type { Page } from '@playwright/test';
import { zonedInstant } from '../../src/domain/import/zoned-time';
import { addDays, dayNumber, mondayOf } from '../../src/domain/statistics/local-date';
import { accessibilityViolations } from './support/accessibility';
import { pairBareTablet, type Rating } from './support/bare-tablet';
import { openScores, signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';
import type { VernaServer } from './support/verna-server';

const ZONE = 'Europe/Sofia';
/** A Monday that is over. */
const MONDAY = mondayOf(addDays(new Date().toISOString().slice(0, 10), -7));
const PERIOD = { from: MONDAY, to: MONDAY };

/** So many ratings on that Monday from a local hour on. */
function ratings(
  fromHour: number,
  count: number,
  everySeconds: number,
  scoreOf: (index: number) => number,
): Rating[] {
  const { instantMs } = zonedInstant(dayNumber(MONDAY) * 86_400_000 + fromHour * 3_600_000, ZONE);
  return Array.from({ length: count }, (_, index) => ({
    at: instantMs + index * everySeconds * 1000,
    score: scoreOf(index),
  }));
}

/** Customers as they come: one a minute. */
const customers = (fromHour: number, count: number) =>
  ratings(fromHour, count, 60, (index) => 3 + (index % 3));

const flagsOf = (verna: VernaServer, tablet: string) =>
  verna.backend.sql.query(
    'select flag, count(*)::int as n from public.answers where tablet_id = $1 group by flag order by flag',
    [tablet],
  );

async function expectBothWays(page: Page, { flagged, all }: { flagged: number; all: number }): Promise<void> {
  const card = page.getByRole('region', { name: 'How was your visit today?' });
  const choice = page.getByRole('checkbox', { name: `${flagged} suspicious answers are` });
  await expect(choice).not.toBeChecked();
  await expect(card).toContainText(`n = ${all - flagged}`);
  await choice.check();
  await expect(card).toContainText(`n = ${all}`);
  await expect(page.getByText(`${flagged} suspicious answers are counted too`)).toBeVisible();
  await choice.uncheck();
  await expect(card).toContainText(`n = ${all - flagged}`);
}

test('a child hammering, a run of one score and a burst are left out of the scores, and shown both ways', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url, ZONE);
  const { tablet, send } = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  await send([
    ...customers(10, 40),
    ...ratings(12, 11, 3, () => 5),
    ...ratings(14, 9, 4, (index) => (index % 2 === 0 ? 1 : 5)),
    ...ratings(16, 7, 1, (index) => 1 + (index % 5)),
  ]);
  expect(await flagsOf(verna, tablet)).toEqual([
    { flag: 'burst', n: 7 },
    { flag: 'hammering', n: 9 },
    { flag: 'streak', n: 11 },
    { flag: null, n: 40 },
  ]);

  await openScores(page, verna.url, shop, PERIOD);
  await expectBothWays(page, { flagged: 27, all: 67 });
});

test('opening hours set on the screen flag what is answered outside them', async ({ verna, page }) => {
  const shop = await createShop(verna.url, ZONE);
  const { tablet, send } = await pairBareTablet(verna, shop, 'Lenina 5', 'Counter');
  await signInAsOwner(page, verna.url, shop, '/admin/tablets');
  await expect(page.getByText('Opening hours not known')).toBeVisible();
  await page.getByRole('button', { name: 'Opening hours' }).click();
  const dialog = page.getByRole('dialog', { name: 'Opening hours: Lenina 5' });
  await dialog.getByRole('button', { name: 'Set hours' }).click();
  expect(await accessibilityViolations(page)).toEqual([]);

  // Typed as people type; a mistake is named and nothing saved.
  await dialog.getByLabel('Monday opens').fill('20');
  await dialog.getByLabel('Monday closes').fill('1030');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('This closes before it opens.')).toBeVisible();
  await expect(dialog.getByLabel('Monday opens')).toBeFocused();
  await dialog.getByLabel('Monday opens').fill('10.30');
  await dialog.getByLabel('Monday closes').fill('20');
  await dialog.getByRole('button', { name: 'Copy to Tue–Fri' }).click();
  await dialog.getByLabel('Saturday', { exact: true }).selectOption('With a break');
  await dialog.getByRole('button', { name: 'As above, Sunday' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByText('Mon–Fri 10:30–20:00 · Sat–Sun 09:00–13:00, 14:00–18:00', { exact: true }),
  ).toBeVisible();

  await send([...customers(12, 30), ...customers(21, 20)]);
  expect(await flagsOf(verna, tablet)).toEqual([
    { flag: 'closed', n: 20 },
    { flag: null, n: 30 },
  ]);
  await page.goto(`${verna.url}/admin/scores?from=${PERIOD.from}&to=${PERIOD.to}`);
  await expectBothWays(page, { flagged: 20, all: 50 });

  await page.goto(`${verna.url}/admin/tablets`);
  await page.getByRole('button', { name: 'Opening hours' }).click();
  await expect(dialog.getByLabel('Friday opens')).toHaveValue('10:30');
  await dialog.getByRole('button', { name: 'Not known' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Opening hours not known')).toBeVisible();
});
