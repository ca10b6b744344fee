import { expect } from '@playwright/test';
import {
  admin_email,
  admin_link_copy,
  admin_loading,
  admin_password,
  admin_report_title,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { busyMonths, troubleAt } from './comparing';
import { REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const WORDS = {
  en: {
    change: 'Second till at noon',
    places: ['Station Square', 'Harbour Street'],
    comments: ['The rye bread was still warm. Lovely.', 'Waited ages. Call me: +44 20 7946 0018'],
  },
  ru: {
    change: 'Вторая касса в обед',
    places: ['Вокзальная площадь', 'Портовая, 12'],
    comments: ['Хлеб ещё тёплый, спасибо!', 'Долго ждала. Позвоните: 8 (495) 123-45-67'],
  },
  bg: {
    change: 'Втора каса на обяд',
    places: ['Гаровият площад', 'ул. „Пристанищна“ 12'],
    comments: ['Хлябът беше още топъл.', 'Чаках дълго. Обадете се: +359 88 812 3456'],
  },
} as const;

/** The weekly report on the screen, on a telephone and on paper, after a week in which something happened. */
export async function reportPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const words = WORDS[locale];
  const shop = await openShop(tour);
  for (const place of words.places) await shop.newTablet(place, '1');
  await busyMonths(tour, shop.organization);
  await troubleAt(tour, shop.organization, shop.location);
  await lastWeek(tour, shop.organization, shop.location);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  await page.goto(`${verna.url}/admin/report`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('article', { name: admin_report_title({}, { locale }) })).toBeVisible();
  await expect(page.getByRole('button', { name: admin_link_copy({}, { locale }) })).toBeVisible();
  await expect(page.getByText(words.change).first()).toBeVisible();
  await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
  await gallery.shoot(page, 'report/week', locale, REPORT_VIEWS, { whole: true });
  await gallery.print(page, 'report/week', locale);
  await context.close();
}

/** What else a week holds: comments, reasons, a change that is watched, a target, cases that were answered, an alert. */
async function lastWeek({ verna, locale }: Tour, org: string, location: string): Promise<void> {
  const { change, comments } = WORDS[locale];
  const day = `(date_trunc('week', now()) - interval '3 days')`;
  await verna.backend.sql.exec(`
    update public.score_counts set score = 2 where org_id = '${org}' and location_id = '${location}' and type = 'csat' and score = 4
      and local_hour >= current_date - 14;
    insert into public.choice_counts (org_id, question, local_hour, location_id, tablet_id, choice, n)
    select t.org_id, 'reasons', ${day}::timestamp, t.location_id, t.id, chosen.key, chosen.n
    from public.tablets as t cross join (values ('long_wait', 21), ('friendly_staff', 34), ('quick', 12), ('high_price', 6)) as chosen (key, n)
    where t.org_id = '${org}' and t.location_id = '${location}';
    insert into public.improvements (org_id, name, happened_on, question, hoped_change, created_by)
    values ('${org}', '${change}', current_date - 45, 'satisfaction', 5, 'owner@example.com');
    insert into public.targets (org_id, question, target, set_by) values ('${org}', 'satisfaction', 85, 'owner@example.com');
    insert into public.alerts (org_id, kind, subject, facts, opened_at, closed_at)
    select '${org}', 'low_scores', jsonb_build_object('location', '${location}', 'question', 'satisfaction'),
      jsonb_build_object('low', 4, 'n', 6, 'minutes', 15, 'until', extract(epoch from ${day})), ${day}, ${day} + interval '40 minutes';
    insert into public.cases (org_id, occurred_at, clock, due_at, opened_by, text, locale)
    select '${org}', ${day} + n * interval '1 hour', 'server', ${day} + n * interval '1 hour' + interval '48 hours', 'owner@example.com', '${comments[1]}', '${locale}'
    from generate_series(1, 4) as n;
    select private.ensure_answers_partition(${day});
    insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id, question, type, comment, locale)
    select t.org_id, gen_random_uuid(), ${day} + told.n * interval '2 hours', 'server', (${day} + told.n * interval '2 hours')::timestamp,
      t.location_id, t.id, gen_random_uuid(), (select id from public.survey_versions where org_id = t.org_id limit 1), 'comment', 'comment', told.text, '${locale}'
    from public.tablets as t cross join (values (1, '${comments[0]}'), (2, '${comments[1]}')) as told (n, text)
    where t.org_id = '${org}' and t.location_id = '${location}';
  `);
}
