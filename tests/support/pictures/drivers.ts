import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Answer } from '../../../src/domain/answer';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { createRandom } from '../../../src/domain/demo/random';
import type { Factor } from '../../../src/domain/factor';
import { reasonsFitting } from '../../../src/domain/reasons';
import type { Question } from '../../../src/domain/survey';
import {
  admin_drivers_factor_speed,
  admin_drivers_few,
  admin_drivers_first,
  admin_drivers_note_reasons,
  admin_drivers_today,
  admin_email,
  admin_loading,
  admin_no_scores_title,
  admin_password,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { pairByCode } from '../../e2e/support/bare-tablet';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

/** How much the whole visit goes with each, and how well it is done. */
const ASKED: readonly { factor: Factor; weight: number; level: number }[] = [
  { factor: 'speed', weight: 0.8, level: -0.4 },
  { factor: 'staff', weight: 0.4, level: 0.6 },
  { factor: 'product', weight: 0.35, level: 0.5 },
  { factor: 'price', weight: 0.1, level: -0.3 },
  { factor: 'range', weight: 0.05, level: 0.2 },
];
const STEPS = [-1.7, -1.1, -0.5, 0.5];
const DAY_MS = 86_400_000;

/** What moves the score: with nothing to tell from, with too little, from questions and from reasons. */
export async function driverPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const shoot = async (screen: string, views = REPORT_VIEWS) => {
    await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
    await gallery.shoot(page, `drivers/${screen}`, locale, views, { whole: true });
    await page.emulateMedia({ media: 'screen' });
  };
  await page.goto(`${verna.url}/admin/drivers`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('heading', { name: admin_no_scores_title({}, { locale }) })).toBeVisible();

  const questions: Question[] = ASKED.map(({ factor }) => {
    const text = { en: `How was the ${factor}?`, ru: factor, bg: factor };
    return { type: 'csat', key: factor, factor, text };
  });
  const survey = {
    questions: [...defaultSurvey.questions.slice(0, 1), ...questions, ...defaultSurvey.questions.slice(1)],
  };
  await verna.backend.sql.query(
    `insert into public.survey_versions (org_id, id, survey_id, number, definition)
     select org_id, $2, id, 2, $3::text::jsonb from public.surveys where org_id = $1`,
    [shop.organization, randomUUID(), JSON.stringify(survey)],
  );
  const till = await pairByCode(verna, shop);
  const version = (await till.report()).survey.id;
  const told = sessions(version, locale);
  await till.tell(told.slice(0, 12).flat());
  await page.reload();
  await expect(page.getByRole('heading', { name: admin_drivers_few({}, { locale }) })).toBeVisible();
  await shoot('few', ADMIN_VIEWS);
  for (let at = 12; at < told.length; at += 50) await till.tell(told.slice(at, at + 50).flat());
  await page.goto(`${verna.url}/admin/drivers?days=90`);
  const factor = admin_drivers_factor_speed({}, { locale });
  await expect(
    page.getByRole('heading', { name: admin_drivers_first({ factor }, { locale }) }),
  ).toBeVisible();
  await shoot('questions');
  await page.goto(`${verna.url}/admin/drivers?days=90&source=reasons`);
  await expect(page.getByText(admin_drivers_note_reasons({}, { locale }))).toBeVisible();
  await shoot('reasons');
  await page.goto(`${verna.url}/admin`);
  await expect(page.getByText(admin_drivers_today({}, { locale }), { exact: true })).toBeVisible();
  await shoot('today', ADMIN_VIEWS);
  await context.close();
}

/** Eighty days of customers, the earliest last, in whose answers what is done well or badly shows through their mood. */
function sessions(survey: string, locale: Tour['locale']): { at: number; body: Answer }[][] {
  const random = createRandom(11);
  const scoreOf = (value: number) => 1 + STEPS.filter((step) => value > step).length;
  const reasons = defaultSurvey.questions.find((question) => question.type === 'reasons')!;
  const now = Date.now();
  return Array.from({ length: 640 }, (_, n) => {
    const at = now - Math.floor(n / 8) * DAY_MS - (n % 8) * 1_500_000 - 60_000;
    const mood = 0.6 * random.normal();
    const felt = ASKED.map(({ level }) => level + mood + 0.8 * random.normal());
    const whole = ASKED.reduce(
      (sum, { weight }, index) => sum + weight * felt[index]!,
      0.2 + 0.5 * random.normal(),
    );
    const score = scoreOf(whole);
    const base = { session: randomUUID(), survey, locale };
    const answers: Answer[] = [{ ...base, type: 'csat', question: 'satisfaction', score }];
    ASKED.forEach(({ factor }, index) => {
      if (random.chance(0.85))
        answers.push({ ...base, type: 'csat', question: factor, score: scoreOf(felt[index]!) });
    });
    const offered = reasonsFitting(reasons, score);
    const named = offered.filter(({ factor }) => {
      const index = ASKED.findIndex((each) => each.factor === factor);
      return (
        index >= 0 && random.chance((score >= 4 ? felt[index]! > 0.6 : felt[index]! < -0.4) ? 0.6 : 0.06)
      );
    });
    if (named.length > 0) {
      answers.push({ ...base, type: 'reasons', question: 'reasons', choices: named.map(({ key }) => key) });
    }
    return answers.map((body, place) => ({ at: at + place * 4_000, body }));
  });
}
