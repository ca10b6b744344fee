import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { CHROMIUM_ARGS } from '../support/chromium';
import { PROGRAMME } from '../support/members';
import { memberCode } from '../../src/domain/member-code';
import { directoryKey } from '../../src/device/directory-key';
import { accessibilityViolations } from './support/accessibility';
import { enrolElsewhere } from './support/enrol-elsewhere';
import { membersOnTablet } from './support/directory';
import { pairTablet } from './support/kiosk';
import { beginProgramme } from './support/programme';
import { createShop } from './support/shop';
import { expect, goOffline, test } from './support/test';
import type { VernaServer } from './support/verna-server';

const ANNA = { phone: '+359888123456', firstName: 'Annabella' };

test.use({
  permissions: ['camera'],
  launchOptions: {
    args: [...CHROMIUM_ARGS, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ...(process.env['VERNA_CHROMIUM'] ? { executablePath: process.env['VERNA_CHROMIUM'] } : {}),
  },
});

/** Chromium reads codes on some systems only: here what it is shown is written on the window instead of on paper. */
function readFromWindow(): void {
  class WindowReader {
    static getSupportedFormats = () => Promise.resolve(['qr_code']);
    detect = (video: HTMLVideoElement) => {
      const { shown } = window as { shown?: string };
      return Promise.resolve(shown && video.videoWidth > 0 ? [{ rawValue: shown }] : []);
    };
  }
  Object.assign(window, { BarcodeDetector: WindowReader });
}

async function counter(page: Page, verna: VernaServer) {
  await page.addInitScript(readFromWindow);
  const shop = await createShop(verna.url);
  await beginProgramme(verna.url, shop, PROGRAMME);
  await enrolElsewhere(verna, shop, ANNA);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  await page.goto(verna.url);
  await pairTablet(page, code);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => membersOnTablet(page)).toBe(1);
  const [member] = await verna.backend.sql.query<{ id: string; salt: string }>(
    `select enrolments.id, programmes.directory_salt as salt from public.enrolments
     join public.programmes using (org_id) where org_id = $1`,
    [shop.organization],
  );
  return member!;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

async function scan(page: Page): Promise<void> {
  await page.goto('/staff');
  await page.getByRole('button', { name: 'Check in' }).click();
  await page.getByRole('button', { name: 'Scan a code' }).click();
  await expect(page.getByText('Hold the code in front of the camera.')).toBeVisible();
}

const show = (page: Page, shown: string) =>
  page.evaluate((code) => Object.assign(window, { shown: code }), shown);

test('a member’s code opens their entry without the network, before a real camera of the browser', async ({
  verna,
  page,
}) => {
  const { id, salt } = await counter(page, verna);
  await goOffline(page.context(), verna);
  await scan(page);
  expect(await accessibilityViolations(page)).toEqual([]);
  await show(page, 'https://example.com');
  await expect(page.getByText('This is not a member’s code.')).toBeVisible();
  await show(page, memberCode({ member: id, directoryKey: await directoryKey(ANNA.phone, salt) }));
  await expect(heading(page, ANNA.firstName)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, `${ANNA.firstName}: checked in`)).toBeVisible();
});

test('a code without a key is asked about, and counts by itself where nobody can be asked', async ({
  verna,
  page,
}) => {
  const { id } = await counter(page, verna);
  await scan(page);
  await show(page, memberCode({ member: id, directoryKey: null }));
  await expect(heading(page, ANNA.firstName)).toBeVisible();
  await goOffline(page.context(), verna);
  await scan(page);
  await show(page, memberCode({ member: randomUUID(), directoryKey: null }));
  await expect(heading(page, 'A member not known here yet')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Visit recorded')).toBeVisible();
  await expect(page.getByText(/counts for whoever has the code/)).toBeVisible();
});
