import { violationsInBothSchemes } from './support/accessibility';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

/** So many satisfied and so many not, that many days ago at noon. */
const counted = (tablet: string, days: number, good: number, bad: number) =>
  [
    [5, good],
    [1, bad],
  ].map(
    ([
      score,
      n,
    ]) => `insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n)
      select org_id, 'satisfaction', (now() at time zone 'Europe/Sofia')::date - ${days} + time '12:00', location_id, id, 'csat', ${score}, ${n}
      from public.tablets where id = '${tablet}'`,
  );

test('the first page says what changed beyond noise; old addresses still lead to the scores; two places are told apart', async ({
  verna,
  page,
}) => {
  const shop = await createShop(verna.url);
  const mill = await shop.newTablet('Lenina 5', 'Counter');
  const station = await shop.newTablet('Station Square', 'Door');
  await verna.backend.sql.exec(
    [
      ...counted(mill.tablet, 10, 160, 40),
      ...counted(mill.tablet, 3, 100, 100),
      ...counted(station.tablet, 10, 240, 60),
      ...counted(station.tablet, 3, 290, 10),
      `with named as (
        insert into public.dimensions (org_id, name, created_by) values ('${shop.organization}', 'Till', 'somebody') returning org_id, id
      )
      insert into public.dimension_values (org_id, dimension_id, name, position) select org_id, id, 'First', 1 from named`,
      // Only a paired tablet has received anything.
      `insert into public.pairings (org_id, id, tablet_id, secret_hash, received, last_seen_at)
        select org_id, gen_random_uuid(), id, private.sha256_hex(id::text), 1, now() from public.tablets where id = '${mill.tablet}'`,
    ].join(';'),
  );
  await signInAsOwner(page, verna.url, shop);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('At Lenina 5, satisfaction fell from 80% to 50%');
  await expect(page.getByText('Nothing waits for you')).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.getByRole('link', { name: 'Compare periods and places' }).click();
  await page.getByRole('button', { name: 'Two places' }).click();
  await expect(heading).toHaveText('Satisfied: lower, 65% against 88%');
  expect(new URL(page.url()).searchParams.get('by')).toBe('place');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.getByLabel('Second place').selectOption({ label: 'All locations' });
  await expect(page.getByText('One of these places is part of the other')).toBeVisible();

  await page.getByRole('link', { name: 'Places' }).click();
  await expect(page.getByRole('region', { name: 'Clearly below the rest' })).toContainText('Lenina 5');
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.goto(`${verna.url}/admin/split?by=tablet`);
  await expect(page.getByRole('region', { name: 'Clearly below the rest' })).toContainText('Counter');
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.goto(`${verna.url}/admin/tablets/dimensions`);
  await expect(page.getByRole('heading', { name: 'Till' })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await page.goto(`${verna.url}/admin?days=90`);
  await expect(page).toHaveURL(/\/admin\/scores\?days=90$/);
  await page.getByRole('button', { name: 'By month' }).click();
  await expect(page).toHaveURL(/by=month/);
});
