import { expect, type Page } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import {
  admin_add_location,
  admin_dimension_add,
  admin_dimension_edit,
  admin_dimensions,
  admin_email,
  admin_loading,
  admin_nav_tablets,
  admin_password,
  admin_region,
  admin_sign_in,
  admin_view_split,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { PEOPLE } from './people';
import { openBrowser, openShop, type Tour } from './tour';

const WORDS = {
  en: {
    places: ['Harbour Street', 'North Market'],
    own: 'Counter',
    values: ['Bread', 'Coffee'],
    region: 'Coast',
  },
  ru: {
    places: ['Портовая, 12', 'Северный рынок'],
    own: 'Прилавок',
    values: ['Хлеб', 'Кофе'],
    region: 'Побережье',
  },
  bg: {
    places: ['ул. „Пристанищна“ 12', 'Северният пазар'],
    own: 'Щанд',
    values: ['Хляб', 'Кафе'],
    region: 'Крайбрежие',
  },
} as const;

/** One figure split in every way, what tablets stand for, and where places are. */
export async function splitPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { places, own, values, region } = WORDS[locale];
  const shop = await openShop(tour);
  await Promise.all(places.map((place) => shop.newTablet(place, '1')));
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const shoot = async (screen: string, views = ADMIN_VIEWS) => {
    await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
    await gallery.shoot(page, `splits/${screen}`, locale, views, { whole: true });
    await page.emulateMedia({ media: 'screen' });
  };
  const button = (of: Page, name: string) => of.getByRole('button', { name }).first();
  await page.goto(`${verna.url}/admin/tablets/dimensions`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByRole('heading', { name: admin_dimensions({}, { locale }), level: 1 })).toBeVisible();
  await shoot('dimensions-empty');
  await button(page, admin_dimension_add({}, { locale })).click();
  await shoot('dimension-dialog', REPORT_VIEWS.slice(0, -1));
  await page.keyboard.press('Escape');

  await customers(tour, shop.organization, { own, values: [...values], region });
  await page.goto(`${verna.url}/admin/tablets/dimensions`);
  await expect(page.getByRole('heading', { name: own })).toBeVisible();
  await shoot('dimensions');
  await page
    .getByRole('row')
    .getByRole('button', { name: admin_dimension_edit({}, { locale }) })
    .first()
    .click();
  await shoot('tablet-value');
  await page.keyboard.press('Escape');
  for (const by of [
    'language',
    'visitor',
    'reason',
    'staff',
    'location',
    'tablet',
    `own:${shop.organization}`,
  ]) {
    await page.goto(`${verna.url}/admin/split?by=${by}`);
    await expect(
      page.getByRole('link', { name: admin_view_split({}, { locale }), exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible({ timeout: 15_000 });
    await shoot(`by-${by.split(':')[0]!}`, by === 'reason' ? REPORT_VIEWS : ADMIN_VIEWS);
  }
  await page.goto(`${verna.url}/admin/tablets`);
  await expect(
    page.getByRole('heading', { name: admin_nav_tablets({}, { locale }), level: 1 }),
  ).toBeVisible();
  await shoot('tablets');
  await button(page, admin_region({}, { locale })).click();
  await shoot('region-dialog');
  await page.keyboard.press('Escape');
  await button(page, admin_add_location({}, { locale })).click();
  await shoot('add-location');
  for (const path of ['admin?flagged=with', 'admin/compare?pick=month', 'admin/places']) {
    await page.goto(`${verna.url}/${path}`);
    await expect(page.getByRole('checkbox').last()).toBeVisible({ timeout: 15_000 });
    await shoot(`flagged-${path.replace(/\W+/g, '-')}`);
  }
  await context.close();
}

type Own = { own: string; values: string[]; region: string };

/** Five weeks of customers in three languages, some with reasons, some known as members, and two people who take turns. */
async function customers({ verna, locale }: Tour, org: string, { own, values, region }: Own): Promise<void> {
  const keys = Object.fromEntries(defaultSurvey.questions.map(({ type, key }) => [type, key]));
  const reasons = defaultSurvey.questions.flatMap((question) =>
    question.type === 'reasons' ? question.choices.map(({ key }) => key) : [],
  );
  const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
  await verna.backend.sql.exec(`
    select private.ensure_answers_partition(now() - month * interval '1 month') from generate_series(0, 2) as month;
    create temporary table told as
    select t.org_id, t.id as tablet, t.location_id as location, gen_random_uuid() as session, day, hour,
      (current_date - day)::timestamp + hour * interval '1 hour' as local_at,
      (array['bg', 'ru', 'en'])[1 + (day + hour) % 3] as locale,
      case when (day + hour) % 3 = 1 and hour % 2 = 0 then 2 when (day * 7 + hour * 3) % 6 = 0 then 3 else 4 + (hour + day) % 2 end as score,
      case when day % 11 = 3 and hour = 12 then 'burst' end as flag
    from public.tablets as t cross join generate_series(1, 35) as day cross join generate_series(9, 18) as hour
    where t.org_id = '${org}';
    insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id, question, type, score, locale, flag)
    select org_id, gen_random_uuid(), local_at at time zone 'UTC', 'server', local_at, location, tablet, session,
      (select id from public.survey_versions where org_id = '${org}' limit 1), '${keys['csat']}', 'csat', score, locale, flag from told;
    insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id, question, type, choices, locale)
    select org_id, gen_random_uuid(), local_at at time zone 'UTC', 'server', local_at, location, tablet, session,
      (select id from public.survey_versions where org_id = '${org}' limit 1), '${keys['reasons']}', 'reasons',
      array[(array[${quoted(reasons)}])[1 + (day + score * 3) % ${reasons.length}], (array[${quoted(reasons)}])[1 + (hour + score) % ${reasons.length}]], locale
    from told where (day + hour) % 4 < 3;
    insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n, n_flagged)
    select org_id, '${keys['csat']}', local_at, location, tablet, 'csat', score, 1, count(flag) from told
    group by org_id, local_at, location, tablet, score;
    insert into public.pairings (org_id, id, tablet_id, secret_hash, received, last_seen_at)
    select org_id, gen_random_uuid(), id, private.sha256_hex(id::text), 1, now() from public.tablets where org_id = '${org}';
    insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
    select '${org}', gen_random_uuid(), '+35988810' || lpad(n::text, 4, '0'), '${PEOPLE[locale].name}', '${locale}', now() - interval '35 days'
    from generate_series(1, 60) as n;
    insert into public.visits (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, member_id)
    select m.org_id, gen_random_uuid(), t.local_at at time zone 'UTC', 'server', t.local_at, t.tablet, t.location, m.id
    from (select *, row_number() over (order by id) as place from public.members where org_id = '${org}') as m
    join (select *, row_number() over (order by day desc, session) as place from told) as t on t.place = m.place * 3;
    insert into public.session_members (org_id, record_id, session_id, occurred_at, alias)
    select t.org_id, gen_random_uuid(), t.session, t.local_at at time zone 'UTC', m.id
    from (select *, row_number() over (order by id) as place from public.members where org_id = '${org}') as m
    join (select *, row_number() over (order by day desc, session) as place from told) as t on t.place % 180 = m.place * 3 % 180;
    insert into public.staff (org_id, name, pin_salt, pin_hash)
    select '${org}', name, repeat('a', 32), repeat('b', 64) from unnest(array['${PEOPLE[locale].name}', 'Max']) as name;
    insert into public.staff_unlocks (org_id, id, occurred_at, clock, tablet_id, location_id, staff_id)
    select t.org_id, gen_random_uuid(), (t.local_at + interval '20 minutes') at time zone 'UTC', 'server', t.tablet, t.location, s.id
    from told as t join (select *, row_number() over (order by name) as place from public.staff where org_id = '${org}') as s
      on s.place = case when t.hour < 14 then 1 else 2 end where t.hour in (10, 12, 15, 17);
    insert into public.dimensions (org_id, id, name, created_by) values ('${org}', '${org}', '${own}', 'owner@example.com');
    insert into public.dimension_values (org_id, dimension_id, name, position)
    select '${org}', '${org}', name, place from unnest(array[${quoted(values)}]) with ordinality as named (name, place);
    insert into public.tablet_values (org_id, tablet_id, dimension_id, since, value_id, set_by)
    select t.org_id, t.id, '${org}', case t.place when 2 then current_date - 12 else '2000-01-01' end, v.id, 'owner@example.com'
    from (select *, row_number() over (order by id) as place from public.tablets where org_id = '${org}') as t
    join public.dimension_values as v on v.org_id = '${org}' and v.position = 1 + t.place % 2;
    update public.locations set region = '${region}'
    where org_id = '${org}' and name = (select min(name) from public.locations where org_id = '${org}');
    drop table told;
  `);
}
