import { expect } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { FACTORS } from '../../../src/domain/factor';
import { draftOf, surveyOf } from '../../../src/domain/survey-draft';
import {
  admin_email,
  admin_password,
  admin_questions_title,
  admin_questions_wording,
  admin_sign_in,
  kiosk_continue,
  kiosk_factors_title,
  kiosk_skip,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, JOIN_VIEWS, REPORT_VIEWS } from './gallery';
import { tapFace } from './kiosk';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

/** What the owner may ask, and how the kiosk then asks for every factor and for effort. */
export async function questionPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const versions = await shop.calls.surveyVersions(shop.organization);
  const base = versions.ok ? versions.value[0]!.id : '';
  const draft = draftOf([defaultSurvey]);
  for (const factor of FACTORS) draft.factors[factor].isOn = true;
  draft.ces.isOn = true;
  draft.nps.isOn = false;
  draft.expectation.isOn = false;
  const saved = await shop.calls.saveSurvey(shop.organization, base, surveyOf(draft, [defaultSurvey]));
  expect(saved).toMatchObject({ value: { outcome: 'saved' } });

  const context = await openBrowser(tour);
  const kiosk = await openPage(context, verna.url);
  const stay = { before: () => kiosk.mouse.click(2, 2) };
  await enterCode(kiosk, shop.code, locale);
  await kiosk.waitForTimeout(800);
  await tapFace(kiosk, 5);
  await kiosk.waitForTimeout(800);
  await kiosk.getByRole('button', { name: kiosk_skip({}, { locale }), exact: true }).click();
  await expect(kiosk.getByRole('heading', { name: kiosk_factors_title({}, { locale }) })).toBeVisible();
  await kiosk.waitForTimeout(400);
  await kiosk.getByRole('radio').nth(4).click();
  await kiosk.getByRole('radio').nth(17).click();
  await gallery.shoot(kiosk, 'questions/factors', locale, JOIN_VIEWS, stay);
  await kiosk.getByRole('button', { name: kiosk_continue({}, { locale }), exact: true }).click();
  await kiosk.waitForTimeout(800);
  await gallery.shoot(kiosk, 'questions/effort', locale, JOIN_VIEWS, stay);
  await kiosk.close();

  const page = await context.newPage();
  await page.goto(`${verna.url}/admin/questions`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('heading', { name: admin_questions_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'questions/page', locale, REPORT_VIEWS, { whole: true });
  await page.emulateMedia({ media: 'screen' });
  await page.getByText(admin_questions_wording({}, { locale })).first().click();
  await page.locator('details details, [role=group] details').first().click();
  await gallery.shoot(page, 'questions/wording', locale, ADMIN_VIEWS);
  await context.close();
}
