import type { Page } from '@playwright/test';
import { pairTablet } from '../e2e/support/kiosk';
import { beginProgramme } from '../e2e/support/programme';
import { createShop } from '../e2e/support/shop';
import { expect, goOffline, goOnline, test } from '../e2e/support/test';

const TYPED = '0888123456';

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

async function typeNumber(page: Page): Promise<void> {
  for (const digit of TYPED) await page.getByRole('button', { name: digit, exact: true }).click();
}

async function enrol(page: Page, name: string, consents: readonly RegExp[]): Promise<void> {
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  await typeNumber(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('First name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  for (const consent of consents) await page.getByRole('checkbox', { name: consent }).check();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(heading(page, `Welcome, ${name}!`)).toBeVisible();
}

test('two tablets that enrol one number without the network make one member, and both come to know the same', async ({
  browser,
  verna,
}) => {
  test.setTimeout(120_000);
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop);
  const tablets = [];
  for (const name of ['Counter', 'Door']) {
    const { code, tablet } = await shop.newTablet('Lenina 5', name);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(verna.url);
    await pairTablet(page, code);
    await page.evaluate(() => navigator.serviceWorker.ready);
    tablets.push({ tablet, context, page });
  }
  const [counter, door] = tablets as [(typeof tablets)[0], (typeof tablets)[0]];
  const members = () =>
    verna.backend.sql.query(
      `select first_name,
         (select count(distinct tablet_id)::int from public.enrolments as e where e.member_id = m.id) as enrolled_at,
         (select count(*)::int from public.member_aliases as a where a.member_id = m.id) as aliases,
         (select array_agg(distinct purpose order by purpose) from public.consents as c
           where c.member_id = m.id and granted) as consents,
         (select sum(points)::int from public.point_entries as p where p.member_id = m.id) as points
       from public.members as m where org_id = $1`,
      [shop.organization],
    );

  for (const { context } of tablets) await goOffline(context, verna);
  for (const { page } of tablets) await page.goto(`${verna.url}/staff`);
  await enrol(counter.page, 'Anna', [/Be a member/, /Call me back/]);
  await enrol(door.page, 'Anna Maria', [/Be a member/]);
  expect(await members()).toEqual([]);

  // The one that enrolled later is heard first.
  await goOnline(door.context, verna);
  await expect.poll(members).toMatchObject([{ enrolled_at: 1 }]);
  await goOnline(counter.context, verna);
  await expect.poll(members).toEqual([
    {
      first_name: 'Anna Maria',
      enrolled_at: 2,
      aliases: 2,
      consents: ['call', 'programme'],
      points: 10,
    },
  ]);

  for (const { context, page } of tablets) {
    const pulled = page.waitForResponse('**/rest/v1/rpc/pull_members');
    await page.goto(`${verna.url}/staff`);
    await (await pulled).finished();
    await goOffline(context, verna);
    await page.getByRole('button', { name: 'Check in' }).click();
    await typeNumber(page);
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await expect(heading(page, 'Anna Maria')).toBeVisible();
    await expect(page.getByText('10 points', { exact: true })).toBeVisible();
    await goOnline(context, verna);
    await context.close();
  }
});
