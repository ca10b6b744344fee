import { writeFile } from 'node:fs/promises';
import { accessibilityViolations } from './support/accessibility';
import { face, finishSession, pairTablet, rate } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';
import { startVerna } from './support/verna-server';

test('an empty database greets with two doors, and the first leads to a live kiosk', async ({ page }) => {
  const fresh = await startVerna();
  try {
    await page.goto(fresh.url);
    await expect(page.getByRole('link', { name: /Show me a demo shop/ })).toBeVisible();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: /Set up my shop/ }).click();

    await page.getByLabel('E-mail address').fill('owner@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create account', exact: true }).click();

    await page.getByLabel('Name of the shop').fill('Bakery on the corner');
    await page.getByLabel('First location').fill('Vitosha 12');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the shop' }).click();
    await expect(page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use this device as the tablet' }).click();
    await expect(page.getByRole('heading', { name: 'This device is your tablet now' })).toBeVisible();

    await page.goto(fresh.url);
    await rate(page, 4);
    await expect
      .poll(() => fresh.backend.sql.query('select score from public.answers'))
      .toEqual([{ score: 4 }]);
  } finally {
    await fresh.close();
  }
});

test('the demo shop fills itself through the tablets’ own door and leaves this browser paired', async ({
  page,
}) => {
  test.setTimeout(480_000);
  const fresh = await startVerna();
  try {
    await page.goto(fresh.url);
    await page.getByRole('link', { name: /Show me a demo shop/ }).click();
    await page.getByRole('button', { name: 'Make the demo shop' }).click();
    await expect(page.getByRole('heading', { name: 'Your demo shop is open' })).toBeVisible({
      timeout: 400_000,
    });

    const [sums] = await fresh.backend.sql.query<{
      answers: number;
      flagged: number;
      locations: number;
      missing: number;
    }>(`
      select (select count(*)::int from public.answers) as answers,
        (select count(flag)::int from public.answers) as flagged,
        (select count(*)::int from public.locations) as locations,
        (select sum(made - received)::int from public.pairings) as missing`);
    expect(sums!.answers).toBeGreaterThan(10_000);
    expect(sums).toMatchObject({ flagged: 0, locations: 3, missing: 0 });

    await page.getByRole('link', { name: /Open the owner’s page/ }).click();
    await page.getByRole('link', { name: 'Scores', exact: true }).click();
    await expect(page.getByRole('region', { name: 'How was your visit today?' })).toContainText('n = ');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.goto(fresh.url);
    await expect(face(page, 5)).toBeVisible();
  } finally {
    await fresh.close();
  }
});

test('a tablet is added, paired, seen and revoked, and goes on after a new code', async ({
  verna,
  page,
  tabletBeside: { page: tablet },
}) => {
  const shop = await createShop(verna.url);
  await signInAsOwner(page, verna.url, shop, '/admin/tablets');
  await page.getByRole('button', { name: 'Add tablet' }).first().click();
  await page.getByLabel('Name').fill('Till 2');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const code = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
  expect(await accessibilityViolations(page)).toEqual([]);

  await tablet.goto(verna.url);
  await tablet.getByLabel('Pairing code').fill('0000-0000');
  await tablet.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect(tablet.getByRole('alert')).toContainText('This code is not known');
  expect(await accessibilityViolations(tablet)).toEqual([]);
  await pairTablet(tablet, code.toLowerCase());
  await rate(tablet, 5);
  await finishSession(tablet);

  await page.keyboard.press('Escape');
  const row = page.getByRole('row', { name: /Till 2 ./ });
  await expect(row).toContainText('Complete');
  expect(await accessibilityViolations(page)).toEqual([]);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row', { name: /Till 2 ./ })).toContainText('Revoked');

  await rate(tablet, 1);
  await finishSession(tablet);
  await expect(tablet.getByText(/Paused: this tablet needs a new pairing code/)).toBeVisible();
  const scores = () =>
    verna.backend.sql.query<{ score: number }>(
      'select score::int as score from public.answers where org_id = $1 order by id',
      [shop.organization],
    );
  expect(await scores()).toEqual([{ score: 5 }]);

  await page
    .getByRole('row', { name: /Till 2 ./ })
    .first()
    .getByRole('button', { name: 'New code' })
    .click();
  const next = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
  await tablet.goto(`${verna.url}/staff`);
  await tablet.getByLabel('Pairing code').fill(next);
  await tablet.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect.poll(scores).toEqual([{ score: 5 }, { score: 1 }]);
});

test('a file is tried, imported with its bad rows named, and adds nothing the second time', async ({
  verna,
  page,
}, testInfo) => {
  const shop = await createShop(verna.url);
  const file = testInfo.outputPath('ratings.csv');
  await writeFile(
    file,
    [
      'Date;Оценка;Магазин;Комментарий',
      '01.02.2026 10:15;5;Lenina 5;Очень вежливо',
      '02.02.2026 11:00;4;Lenina 5;',
      '13.02.2026 12:00;9;Lenina 5;нет такой оценки',
      '14.02.2026 12:30;3;Новый магазин;Долго ждали',
      '15.02.2026 12:30;;Lenina 5;без оценки',
      '31.02.2026 12:30;2;Lenina 5;нет такого дня',
    ].join('\r\n'),
  );
  await signInAsOwner(page, verna.url, shop, '/admin/import');
  await page.getByRole('button', { name: 'Choose a CSV file' }).setInputFiles(file);
  // A 9 among the scores makes the column look like 0 to 10; the owner knows better.
  await page.getByLabel('Recommendation, 0 to 10').selectOption('None');
  await page.getByLabel('Satisfaction, 1 to 5').selectOption('Оценка');
  await expect(page.getByText('3 rows will be taken')).toBeVisible();
  await expect(page.getByText('3 rows will be left out')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await expect(page.getByText('5 new answers stored')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);

  await page.reload();
  await page.getByRole('button', { name: 'Choose a CSV file' }).setInputFiles(file);
  await page.getByLabel('Recommendation, 0 to 10').selectOption('None');
  await page.getByLabel('Satisfaction, 1 to 5').selectOption('Оценка');
  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await expect(page.getByText('5 were already there')).toBeVisible();
  const locations = await verna.backend.sql.query<{ name: string; n: number }>(
    `select locations.name, count(answers.id)::int as n from public.locations
     left join public.answers on answers.location_id = locations.id
     where locations.org_id = $1 group by 1 order by 1`,
    [shop.organization],
  );
  expect(locations).toEqual([
    { name: 'Lenina 5', n: 3 },
    { name: 'Новый магазин', n: 2 },
  ]);
});
