import { expect, type Page } from '@playwright/test';
import {
  admin_compare_figures,
  admin_demo_done_title,
  admin_demo_make,
  admin_email,
  admin_loading,
  admin_no_scores_title,
  admin_password,
  admin_places_note,
  admin_sign_in,
  admin_today_calls,
  admin_today_figures,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { PEOPLE } from './people';
import { openBrowser, openShop, type Tour } from './tour';

/** What changed, what to do, and places and periods side by side: in an empty shop and in the demo's. */
export async function comparingPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  await emptyShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const loaded = () => expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
  const shoot = async (screen: string) => {
    await loaded();
    await gallery.shoot(page, `comparing/${screen}`, locale, REPORT_VIEWS, { whole: true });
    await page.emulateMedia({ media: 'screen' });
  };
  await page.goto(`${verna.url}/admin/demo`);
  await page.getByRole('button', { name: admin_demo_make({}, { locale }), exact: true }).click();
  await expect(
    page.getByRole('heading', { name: admin_demo_done_title({}, { locale }), exact: true }),
  ).toBeVisible({ timeout: 180_000 });

  await page.goto(`${verna.url}/admin`);
  await expect(page.getByRole('heading', { name: admin_today_figures({}, { locale }) })).toBeVisible();
  await shoot('today-quiet');
  await troubleIn(tour);
  await page.goto(`${verna.url}/admin`);
  await expect(page.getByRole('heading', { name: admin_today_calls({}, { locale }) })).toBeVisible();
  await shoot('today');

  await compare(
    page,
    verna.url,
    tour,
    '?pick=own&a_from=2020-01-01&a_to=2020-01-02&b_from=2020-01-02&b_to=2020-01-03',
  );
  await gallery.shoot(page, 'comparing/overlap', locale, ADMIN_VIEWS);
  await compare(page, verna.url, tour, '?pick=month');
  await expect(page.getByRole('heading', { name: admin_compare_figures({}, { locale }) })).toBeVisible();
  await shoot('periods');
  const locations = await locationsOf(tour);
  await compare(page, verna.url, tour, `?by=place&a=location:${locations[0]}&b=location:${locations[1]}`);
  await expect(page.getByRole('heading', { name: admin_compare_figures({}, { locale }) })).toBeVisible();
  await shoot('two-places');

  await page.goto(`${verna.url}/admin/places?days=7`);
  await expect(page.getByText(admin_places_note({}, { locale }))).toBeVisible();
  await shoot('places');
  await context.close();
}

async function emptyShop(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  await page.goto(`${verna.url}/admin`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('heading', { name: admin_no_scores_title({}, { locale }) })).toBeVisible();
  await gallery.shoot(page, 'comparing/today-empty', locale, REPORT_VIEWS, { whole: true });
  await context.close();
}

async function compare(page: Page, url: string, { locale }: Tour, query: string): Promise<void> {
  await page.goto(`${url}/admin/compare${query}`);
  await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
}

const DEMO = `(select id from public.organizations where is_demo order by created_at desc limit 1)`;

async function locationsOf({ verna }: Tour): Promise<string[]> {
  const rows = await verna.backend.sql.query<{ id: string }>(
    `select id from public.locations where org_id = ${DEMO} order by name`,
  );
  return rows.map(({ id }) => id);
}

/** A bad week at one location, two complaints, and two members who agreed to be called. */
async function troubleIn(tour: Tour): Promise<void> {
  const { verna, locale } = tour;
  const { name } = PEOPLE[locale];
  const words = {
    en: ['The queue was far too long, again.', 'The terminal charged twice.'],
    ru: ['Снова слишком длинная очередь.', 'Терминал списал деньги дважды.'],
    bg: ['Опашката пак беше твърде дълга.', 'Терминалът взе парите два пъти.'],
  }[locale];
  await verna.backend.sql.exec(`
    update public.score_counts set score = 2 where org_id = ${DEMO} and type = 'csat' and score = 4
      and local_hour >= now() - interval '8 days' and extract(minute from local_hour) = 0
      and location_id = (select id from public.locations where org_id = ${DEMO} order by name limit 1)
      and not exists (
        select 1 from public.score_counts as other where other.org_id = score_counts.org_id and other.question = score_counts.question
          and other.local_hour = score_counts.local_hour and other.location_id = score_counts.location_id
          and other.tablet_id = score_counts.tablet_id and other.score = 2);
    insert into public.cases (org_id, occurred_at, clock, due_at, opened_by, text, locale)
    values (${DEMO}, now() - interval '53 hours', 'server', now() - interval '5 hours', 'owner@example.com', '${words[0]}', '${locale}'),
      (${DEMO}, now() - interval '3 hours', 'server', now() + interval '45 hours', 'owner@example.com', '${words[1]}', '${locale}');
    insert into public.programmes (org_id) values (${DEMO}) on conflict do nothing;
    insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
    select ${DEMO}, gen_random_uuid(), '+35988812345' || n, case n when 1 then '${name}' else 'Maximilian-Alexander' end, '${locale}', now()
    from generate_series(1, 2) as n;
    insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, member_id)
    select org_id, id, 'call', true, 1, locale, now(), 'server', id from public.members where org_id = ${DEMO};
    insert into public.session_members (org_id, record_id, session_id, occurred_at, alias)
    select ${DEMO}, gen_random_uuid(), rated.session_id, rated.occurred_at, m.id
    from public.members as m join (
      select session_id, occurred_at, row_number() over (order by occurred_at desc) as n from public.answers
      where org_id = ${DEMO} and type = 'csat' and score = 1
    ) as rated on m.phone = '+35988812345' || rated.n
    where m.org_id = ${DEMO};
    insert into public.point_entries (org_id, member_id, points, reason)
    select org_id, id, 140, 'welcome' from public.members where org_id = ${DEMO} and phone like '%2';
    insert into private.due_members (org_id, member_id, due_at)
    select org_id, id, now() + interval '12 days' from public.members where org_id = ${DEMO} and phone like '%2'
    on conflict (org_id, member_id) do update set due_at = excluded.due_at;
  `);
}
