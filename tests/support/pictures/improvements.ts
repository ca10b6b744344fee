import { expect } from '@playwright/test';
import {
  admin_control,
  admin_email,
  admin_improvement_compared,
  admin_improvement_edit,
  admin_improvements_add,
  admin_improvements_empty,
  admin_nav_improvements,
  admin_password,
  admin_question_csat,
  admin_sign_in,
  admin_target_change_of,
} from '../../../src/i18n/paraglide/messages';
import { addDays, mondayOf } from '../../../src/domain/statistics/local-date';
import { keepScoreHistory } from '../score-history';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const CHANGES = {
  en: ['Second till at noon', 'Rye bread from another mill', 'Evening shift with two people'],
  ru: ['Вторая касса в обед', 'Ржаной хлеб с другой мельницы', 'Вечерняя смена вдвоём'],
  bg: ['Втора каса по обяд', 'Ръжен хляб от друга мелница', 'Вечерна смяна с двама души'],
} as const;

/** From nothing noted to a verdict, with the weeks around it. */
export async function improvementPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const heading = (text: string) => page.getByRole('heading', { name: text, exact: true });
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  const shoot = (screen: string, views = REPORT_VIEWS) =>
    gallery.shoot(page, `improvements/${screen}`, locale, views, { whole: true });

  const today = new Date().toISOString().slice(0, 10);
  const monday = mondayOf(today);
  const till = addDays(monday, -7 * 9 + 1);
  const broken = addDays(monday, -7 * 17);
  await keepScoreHistory(verna.backend.sql, {
    organization: shop.organization,
    location: shop.location,
    tablet: shop.tablet,
    from: addDays(monday, -7 * 44),
    to: today,
    contentOn: (day) => (day >= till ? 0.81 : day >= broken && day < addDays(broken, 7) ? 0.52 : 0.72),
    perDay: 36,
  });

  await page.goto(`${verna.url}/admin/improvements`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await button(admin_sign_in({}, { locale })).click();
  await expect(heading(admin_improvements_empty({}, { locale }))).toBeVisible({ timeout: 15_000 });
  await shoot('none', ADMIN_VIEWS);
  await button(admin_improvements_add({}, { locale })).click();
  await shoot('note', ADMIN_VIEWS);

  const note = async (name: string, happened_on: string, hoped_change: number, question = 'satisfaction') => {
    const reply = await shop.calls.saveImprovement(shop.organization, null, {
      name,
      happened_on,
      ended_on: null,
      question,
      location_id: question === 'recommend' ? null : shop.location,
      hoped_change,
      note: null,
    });
    return reply.ok && reply.value.outcome === 'saved' ? reply.value.improvement : '';
  };
  const [second, bread, evening] = CHANGES[locale];
  const id = await note(second, till, 7);
  await note(bread, addDays(monday, -25), 5);
  await note(evening, addDays(today, -3), 10, 'recommend');
  await shop.calls.setTarget(shop.organization, 'satisfaction', null, 85);
  await shop.calls.setTarget(shop.organization, 'recommend', null, 20);

  await page.goto(`${verna.url}/admin/improvements`);
  await expect(heading(admin_nav_improvements({}, { locale }))).toBeVisible();
  await expect(page.getByRole('img').first()).toBeVisible();
  await shoot('list');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${verna.url}/admin/improvements/${id}`);
  await expect(heading(admin_improvement_compared({}, { locale }))).toBeVisible({ timeout: 15_000 });
  const name = admin_question_csat({}, { locale });
  await expect(heading(admin_control({ name }, { locale }))).toBeVisible({ timeout: 15_000 });
  await shoot('one');
  await page.emulateMedia({ media: 'screen' });
  await button(admin_improvement_edit({}, { locale })).click();
  await gallery.shoot(page, 'improvements/correct', locale, ADMIN_VIEWS);
  await page.goto(`${verna.url}/admin/scores`);
  await expect(heading(admin_control({ name }, { locale }))).toBeVisible({ timeout: 15_000 });
  await expect(button(admin_target_change_of({ name }, { locale }))).toBeVisible();
  await shoot('scores');
  await page.emulateMedia({ media: 'screen' });
  await button(admin_target_change_of({ name }, { locale })).click();
  await gallery.shoot(page, 'improvements/target', locale, ADMIN_VIEWS);
  await context.close();
}
