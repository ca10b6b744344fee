import { expect, type Page } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import {
  admin_compare_figures,
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

const PLACES = {
  en: ['Station Square', 'Harbour Street', 'North Market', 'Old Bridge Road'],
  ru: ['Вокзальная площадь', 'Портовая, 12', 'Северный рынок', 'Старый мост'],
  bg: ['Гаровият площад', 'ул. „Пристанищна“ 12', 'Северният пазар', 'Стария мост'],
} as const;

const COMPLAINTS = {
  en: ['The queue was far too long, again.', 'The terminal charged twice.'],
  ru: ['Снова слишком длинная очередь.', 'Терминал списал деньги дважды.'],
  bg: ['Опашката пак беше твърде дълга.', 'Терминалът взе парите два пъти.'],
} as const;

/** What changed, what to do, and places and periods side by side: in an empty shop and in a busy one. */
export async function comparingPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const shoot = async (screen: string, views = REPORT_VIEWS) => {
    await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
    await gallery.shoot(page, `comparing/${screen}`, locale, views, { whole: true });
    await page.emulateMedia({ media: 'screen' });
  };
  const open = async (path: string, shown: Parameters<Page['getByText']>[0]) => {
    await page.goto(`${verna.url}${path}`);
    await expect(page.getByText(shown).first()).toBeVisible({ timeout: 15_000 });
  };
  await page.goto(`${verna.url}/admin`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('heading', { name: admin_no_scores_title({}, { locale }) })).toBeVisible();
  await shoot('today-empty', ADMIN_VIEWS);

  const others = [];
  for (const place of PLACES[locale]) others.push(await shop.newTablet(place, '1'));
  await busyMonths(tour, shop.organization);
  await open('/admin', admin_today_figures({}, { locale }));
  await shoot('today-quiet', ADMIN_VIEWS);
  await troubleAt(tour, shop.organization, shop.location);
  await open('/admin', admin_today_calls({}, { locale }));
  await shoot('today');
  await open('/admin/compare?pick=month', admin_compare_figures({}, { locale }));
  await shoot('periods');
  await open(
    `/admin/compare?by=place&a=location:${shop.location}&b=location:${others[0]!.location}`,
    admin_compare_figures({}, { locale }),
  );
  await shoot('two-places');
  await open('/admin/places?days=7', admin_places_note({}, { locale }));
  await shoot('places');
  await context.close();
}

/** Three months in which nothing happens: every tablet counts every question at every hour that it is open. */
export async function busyMonths({ verna }: Tour, org: string): Promise<void> {
  const keys = Object.fromEntries(defaultSurvey.questions.map(({ type, key }) => [type, key]));
  await verna.backend.sql.exec(`
    insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n)
    select t.org_id, asked.question, (current_date - day)::timestamp + hour * interval '1 hour', t.location_id, t.id, asked.type, asked.score, 1
    from public.tablets as t cross join generate_series(1, 90) as day cross join generate_series(9, 18) as hour
    cross join lateral (
      values ('${keys['csat']}', 'csat', case when (day * 7 + hour * 3) % 5 = 0 then 3 else 4 + (hour + day) % 2 end),
        ('${keys['nps']}', 'nps', case (day * 3 + hour) % 4 when 0 then 6 when 1 then 8 else 9 end),
        ('${keys['expectation']}', 'expectation', (day + hour) % 3 - 1)
    ) as asked (question, type, score)
    where t.org_id = '${org}' and t.id <> (select max(id::text)::uuid from public.tablets where org_id = '${org}');
    insert into public.pairings (org_id, id, tablet_id, secret_hash, received, last_seen_at)
    select org_id, gen_random_uuid(), id, private.sha256_hex(id::text), 1, now() from public.tablets where org_id = '${org}';
  `);
}

/** A bad week at one location, a tablet that fell silent, two complaints, and two members who agreed to be called. */
export async function troubleAt({ verna, locale }: Tour, org: string, location: string): Promise<void> {
  const [overdue, recent] = COMPLAINTS[locale];
  await verna.backend.sql.exec(`
    update public.score_counts set score = 2 where org_id = '${org}' and location_id = '${location}' and type = 'csat' and score = 4
      and local_hour >= current_date - 7;
    update public.pairings set last_seen_at = now() - interval '5 hours'
    where org_id = '${org}' and tablet_id = (select min(id::text)::uuid from public.tablets where org_id = '${org}');
    insert into public.cases (org_id, occurred_at, clock, due_at, opened_by, text, locale)
    values ('${org}', now() - interval '53 hours', 'server', now() - interval '5 hours', 'owner@example.com', '${overdue}', '${locale}'),
      ('${org}', now() - interval '3 hours', 'server', now() + interval '45 hours', 'owner@example.com', '${recent}', '${locale}');
    insert into public.programmes (org_id) values ('${org}') on conflict do nothing;
    insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
    select '${org}', gen_random_uuid(), '+35988812345' || n, case n when 1 then '${PEOPLE[locale].name}' else 'Maximilian-Alexander' end, '${locale}', now()
    from generate_series(1, 2) as n;
    insert into public.consents (org_id, record_id, purpose, granted, version, locale, occurred_at, clock, member_id)
    select org_id, id, 'call', true, 1, locale, now(), 'server', id from public.members where org_id = '${org}';
    insert into public.point_entries (org_id, member_id, points, reason)
    select org_id, id, 140, 'welcome' from public.members where org_id = '${org}';
    insert into private.due_members (org_id, member_id, due_at)
    select org_id, id, now() + interval '12 days' from public.members where org_id = '${org}'
    on conflict (org_id, member_id) do update set due_at = excluded.due_at;
  `);
}
