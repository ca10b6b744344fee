import { expect, type Page } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import {
  staff_connection_offline,
  staff_connection_online,
  staff_connection_paused,
  staff_have_code,
  staff_insecure_title,
  staff_last_sent,
  staff_problem_unknown_code,
  staff_quarantined,
  staff_storage_title,
  staff_waiting,
  staff_welcome_title,
} from '../../../src/i18n/paraglide/messages';
import { STAFF_VIEWS } from './gallery';
import { tapFace } from './kiosk';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

/** As a shop's own network would name this machine; browsers would trust it only over https. */
export const INSECURE_HOST = '192.168.0.10';

/** What a browser shows before any shop exists; so this walk comes before every other. */
export async function welcomePictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  await expect(page.getByRole('heading', { name: staff_welcome_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'staff/welcome', locale, STAFF_VIEWS);

  await page.getByRole('button', { name: staff_have_code({}, { locale }) }).click();
  await gallery.shoot(page, 'staff/pairing', locale, STAFF_VIEWS);
  await enterCode(page, 'W6PQ-BHD0', locale);
  await expect(page.getByText(staff_problem_unknown_code({}, { locale }))).toBeVisible();
  await gallery.shoot(page, 'staff/pairing-problem', locale, STAFF_VIEWS);
  await context.close();
}

/** The staff's page in every state of the queue, with the real network coming and going. */
export async function staffPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { organization, calls, tablet, code } = await openShop(tour);
  const context = await openBrowser(tour);
  const kiosk = await openPage(context, verna.url);
  const staff = await context.newPage();
  const figure = (name: string) => staff.locator('dl > div').filter({ hasText: name }).locator('dd');
  const shoot = (screen: string) => gallery.shoot(staff, `staff/${screen}`, locale, STAFF_VIEWS);
  const inState = (state: string) =>
    expect(staff.getByRole('heading', { name: state, exact: true })).toBeVisible({ timeout: 30_000 });

  await staff.goto(`${verna.url}/staff`);
  await shoot('not-paired');
  await enterCode(kiosk, code, locale);
  await rateAndLeave(kiosk, 5, tour);
  await inState(staff_connection_online({}, { locale }));
  await expect(figure(staff_waiting({}, { locale }))).toHaveText('0');
  await expect(figure(staff_last_sent({}, { locale }))).toHaveText(/\d\d:\d\d/);
  await shoot('online');

  await Promise.all([context.setOffline(true), verna.cutNetwork()]);
  for (const score of [4, 5, 2]) await rateAndLeave(kiosk, score, tour);
  await staff.reload();
  await inState(staff_connection_offline({}, { locale }));
  await expect(figure(staff_waiting({}, { locale }))).toHaveText('3');
  await shoot('offline');

  await spoilOneRecord(staff);
  await verna.restoreNetwork();
  await context.setOffline(false);
  await inState(staff_connection_online({}, { locale }));
  await expect(figure(staff_quarantined({}, { locale }))).toHaveText('1', { timeout: 30_000 });
  await shoot('set-aside');

  const report = await calls.reportTablets(organization);
  const pairing = report.ok ? report.value.find((each) => each.tablet === tablet)?.pairing : null;
  if (!pairing) throw new Error('The server does not know the pairing');
  await calls.revokePairing(organization, pairing);
  await rateAndLeave(kiosk, 3, tour);
  await staff.reload();
  await inState(staff_connection_paused({}, { locale }));
  await shoot('paused');
  await context.close();
}

/** What stands there when nothing may be promised to a customer. */
export async function outOfServicePictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  // As a browser answers that has been told to keep no site data.
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('Site data is blocked', 'SecurityError');
    };
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: staff_storage_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'staff/out-of-service', locale, STAFF_VIEWS);
  await page.goto(verna.url.replace('127.0.0.1', INSECURE_HOST));
  await expect(page.getByRole('heading', { name: staff_insecure_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'staff/insecure', locale, STAFF_VIEWS);
  await context.close();
}

/** One tap and gone: the tablet is at its first screen again. */
async function rateAndLeave(kiosk: Page, score: number, { locale }: Tour): Promise<void> {
  const question = kiosk.getByRole('heading', { name: defaultSurvey.questions[0]!.text[locale] });
  await expect(question).toBeVisible();
  await kiosk.waitForTimeout(400);
  await tapFace(kiosk, score);
  await expect(question).toBeHidden();
  await kiosk.reload();
}

/** Changes one waiting record behind Verna's back, so that its hash is wrong and the server has to refuse it. */
async function spoilOneRecord(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('verna-tablet');
        opening.onsuccess = () => {
          const tx = opening.result.transaction('records', 'readwrite');
          const first = tx.objectStore('records').openCursor();
          first.onsuccess = () => first.result?.update({ ...first.result.value, sha256: '0'.repeat(64) });
          tx.onabort = () => reject(tx.error as DOMException);
          tx.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
}
