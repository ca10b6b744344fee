import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encodeQR } from 'qr';
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

/** What the browser's fake camera films once it is opened. */
const FILM = join(tmpdir(), `verna-film-${process.pid}.y4m`);

test.use({
  permissions: ['camera'],
  launchOptions: {
    args: [
      ...CHROMIUM_ARGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${FILM}`,
    ],
    ...(process.env['VERNA_CHROMIUM'] ? { executablePath: process.env['VERNA_CHROMIUM'] } : {}),
  },
});

/** Films a code, as if somebody held a screen before the camera; without one, a white wall. In YUV4MPEG2, C420. */
async function film(code: string): Promise<void> {
  const [width, height] = [640, 480];
  const light = Buffer.alloc(width * height, 235);
  const rows = code ? encodeQR(code, 'raw', { ecc: 'medium', border: 4 }) : [];
  const scale = Math.floor(height / Math.max(rows.length, 1));
  const left = Math.floor((width - rows.length * scale) / 2);
  for (const [y, row] of rows.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (!isDark) continue;
      for (let line = 0; line < scale; line += 1) {
        const start = (y * scale + line) * width + left + x * scale;
        light.fill(16, start, start + scale);
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  const header = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`;
  await writeFile(FILM, Buffer.concat([Buffer.from(header), frame, frame]));
}

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

test.beforeEach(() => film(''));
test.afterAll(() => rm(FILM, { force: true }));

test('a member’s code is read off a real picture, without the network and without a reader of the browser’s', async ({
  verna,
  page,
}) => {
  const { id, salt } = await counter(page, verna);
  await film(memberCode({ member: id, directoryKey: await directoryKey(ANNA.phone, salt) }));
  await goOffline(page.context(), verna);
  await page.goto('/staff');
  await page.getByRole('button', { name: 'Check in' }).click();
  await page.getByRole('button', { name: 'Scan a code' }).click();
  await expect(heading(page, ANNA.firstName)).toBeVisible();
});

test('a member’s code opens their entry without the network, before a camera and a reader of the browser’s', async ({
  verna,
  page,
}) => {
  await page.addInitScript(readFromWindow);
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
  await page.addInitScript(readFromWindow);
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
