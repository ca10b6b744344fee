import { filesHolding } from './support/files';
import { face, leaveStep, pairTablet, rate } from './support/kiosk';
import { createShop } from './support/shop';
import { expect, goOffline, goOnline, test } from './support/test';

const WORDS = 'Zimtschnecke war kalt, sagt Frau Petrova-Kirilova';

test('a comment that waits cannot be read in the tablet’s files, and arrives as it was written', async ({
  openTablet,
  verna,
}) => {
  const shop = await createShop(verna.url);
  const { code, tablet } = await shop.newTablet('Lenina 5', 'Counter');
  let device = await openTablet();
  await device.page.goto(verna.url);
  await pairTablet(device.page, code);
  await device.page.evaluate(() => navigator.serviceWorker.ready);
  await goOffline(device.context, verna);

  const { page } = device;
  await rate(page, 2);
  for (const heading of ['What made the difference?', 'How likely are you', 'Was it as you expected?'])
    await leaveStep(page, heading, 'Skip');
  await page.getByRole('textbox').fill(WORDS);
  await leaveStep(page, 'Anything you would like', 'Send');
  await leaveStep(page, 'Saved. Thank you!', 'Done');
  await expect(face(page, 5)).toBeVisible();
  await device.kill();

  // The search does find what lies there in the open.
  expect(await filesHolding(device.profileDir, 'satisfaction')).not.toEqual([]);
  expect(await filesHolding(device.profileDir, 'Petrova-Kirilova')).toEqual([]);

  device = await openTablet();
  await device.page.goto(verna.url).catch(() => {});
  await goOnline(device.context, verna);
  await device.page.goto(verna.url);
  await expect
    .poll(() =>
      verna.backend.sql.query(
        'select comment from public.answers where tablet_id = $1 and comment is not null',
        [tablet],
      ),
    )
    .toEqual([{ comment: WORDS }]);
});
