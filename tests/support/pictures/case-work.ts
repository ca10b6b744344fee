import { expect } from '@playwright/test';
import {
  admin_case_assign_title,
  admin_case_call,
  admin_case_promise_add,
  admin_case_promise_title,
  admin_case_resolve,
  admin_case_resolved_title,
  admin_case_work,
  admin_cases_keys_title,
  admin_cases_resolved,
  admin_email,
  admin_password,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { PEOPLE } from './people';
import { openBrowser, openShop, type Tour } from './tour';

const STORIES = {
  en: {
    open: [
      'The sourdough was wet inside, twice this week. She would like to know whether something has changed.',
      'He waited twenty minutes for a coffee that was paid for.',
      'The card terminal charged twice.',
      'Nobody at the till said hello.',
    ],
    promise: 'Money for the second charge is returned to the card',
  },
  ru: {
    open: [
      'Хлеб на закваске внутри сырой, уже второй раз за неделю. Спрашивает, не изменилось ли что-нибудь.',
      'Ждал двадцать минут кофе, за который уже заплатил.',
      'Терминал списал деньги дважды.',
      'На кассе никто не поздоровался.',
    ],
    promise: 'Вернуть на карту лишнее списание',
  },
  bg: {
    open: [
      'Хлябът с квас беше суров отвътре, за втори път тази седмица. Пита дали нещо се е променило.',
      'Чакал е двайсет минути за кафе, което вече е платил.',
      'Терминалът е взел парите два пъти.',
      'На касата никой не поздрави.',
    ],
    promise: 'Връщане на двойно взетата сума по картата',
  },
} as const;

/** How many resolved cases had which cause: enough that one stands out. */
const CAUSES = ['price', 'product', 'treatment', 'moved', 'none'] as const;
const RESOLVED = [4, 9, 26, 2, 2];

/** The owner's work on cases: the inbox with its figures, its keys and dialogs, and one case from promise to message. */
export async function caseWorkPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { open, promise } = STORIES[locale];
  const { phone, name } = PEOPLE[locale];
  const shop = await openShop(tour);
  const { sql } = verna.backend;
  await sql.query(
    `insert into public.cases (org_id, occurred_at, received_at, clock, local_at, due_at, tablet_id, location_id, locale, phone, first_name,
       text, score, state, contacted_at, assignee)
     select $1, at, at + case when n = 1 then interval '20 hours' else interval '0' end, 'server', at, at + interval '48 hours', $2, $3, $4, $5, $6,
       case when n = 5 then null else ($7::text[])[n] end, case when n = 5 then 1 end, case when n = 3 then 'contacted' else 'open' end,
       case when n = 3 then at + interval '3 hours' end, case when n = 2 then 'Vera' end
     from (select n, now() - (array[interval '53 hours', interval '30 hours', interval '28 hours', interval '5 hours', interval '40 minutes'])[n] as at
       from generate_series(1, 5) as n) as told`,
    [shop.organization, shop.tablet, shop.location, locale, phone, name, open],
  );
  await sql.query(
    `insert into public.cases (org_id, occurred_at, clock, received_at, local_at, due_at, tablet_id, location_id, locale, text, state, cause,
       contacted_at, resolved_at, would_return, promise_due_at, promise_kept)
     select $1, at, 'server', at, at, at + interval '48 hours', $2, $3, $4, $5, 'resolved', cause,
       at + interval '1 hour' * (2 + n * 7 % 60), at + interval '1 hour' * (20 + n * 13 % 90),
       (array['yes', 'yes', 'yes', 'no', 'unknown'])[1 + n % 5], at + interval '3 days', n % 6 > 0
     from (
       select row_number() over () as n, cause, now() - interval '5 days' - interval '40 hours' * row_number() over () as at
       from unnest($6::text[], $7::integer[]) as given (cause, times), generate_series(1, times)
     ) as told`,
    [shop.organization, shop.tablet, shop.location, locale, open[3], CAUSES, RESOLVED],
  );

  const context = await openBrowser(tour);
  const owner = await context.newPage();
  const button = (text: string) => owner.getByRole('button', { name: text, exact: true });
  const shoot = (screen: string, views = ADMIN_VIEWS, whole = false) =>
    gallery.shoot(owner, `case-work/${screen}`, locale, views, { whole });
  await owner.goto(`${verna.url}/admin/cases`);
  await owner.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await owner.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await button(admin_sign_in({}, { locale })).click();
  await expect(owner.getByRole('link', { name: open[0] })).toBeVisible();
  await owner.keyboard.press('j');
  await owner.keyboard.press('j');
  await shoot('inbox', REPORT_VIEWS, true);
  await owner.emulateMedia({ media: 'screen' });
  const dialog = (title: string) => owner.getByRole('dialog', { name: title });
  await owner.keyboard.press('?');
  await expect(dialog(admin_cases_keys_title({}, { locale }))).toBeVisible();
  await shoot('keys');
  await owner.keyboard.press('Escape');
  await owner.getByRole('link', { name: open[2] }).focus();
  await owner.keyboard.press('r');
  await expect(dialog(admin_case_resolved_title({}, { locale }))).toBeVisible();
  await shoot('resolve');
  await owner.keyboard.press('Escape');
  await owner.keyboard.press('a');
  await expect(dialog(admin_case_assign_title({}, { locale }))).toBeVisible();
  await shoot('assign');
  await owner.keyboard.press('Escape');
  await button(admin_cases_resolved({}, { locale })).click();
  await expect(owner.getByRole('link', { name: open[3] }).first()).toBeVisible();
  await shoot('resolved');

  await owner.goto(`${verna.url}/admin/cases`);
  await owner.getByRole('link', { name: open[2] }).click();
  await expect(owner.getByRole('heading', { name: admin_case_work({}, { locale }) })).toBeVisible();
  await button(admin_case_promise_add({}, { locale })).click();
  const promised = dialog(admin_case_promise_title({}, { locale }));
  await promised.getByRole('textbox').first().fill(promise);
  await promised.locator('input[type=date]').fill('2030-01-15');
  await shoot('promise');
  await promised.locator('button[type=submit]').click();
  await expect(owner.getByText(promise).first()).toBeVisible();
  await expect(owner.getByRole('link', { name: callStart(locale) })).toBeVisible();
  await shoot('case', REPORT_VIEWS, true);
  await owner.emulateMedia({ media: 'screen' });
  await expect(button(admin_case_resolve({}, { locale }))).toBeVisible();
  await context.close();
}

/** What a link that calls begins with in that language. */
const callStart = (locale: Tour['locale']) =>
  new RegExp(`^${admin_case_call({ phone: '' }, { locale }).trim()}`);
