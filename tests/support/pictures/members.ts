import { expect } from '@playwright/test';
import {
  admin_email,
  admin_loading,
  admin_member_consents,
  admin_member_correct,
  admin_member_erase,
  admin_members_no_programme,
  admin_members_none,
  admin_members_not_found,
  admin_members_search,
  admin_nav_members,
  admin_password,
  admin_programme,
  admin_programme_end,
  admin_programme_start,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { pairByCode, type MemberEvent } from '../../e2e/support/bare-tablet';
import { enrolment, PROGRAMME, visit } from '../../e2e/support/members';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const NAMES = {
  en: ['Alice', 'Oliver', 'Maximilian-Alexander', 'Grace', 'Harry', 'Isla', 'Jack', 'Emily'],
  ru: ['Анна', 'Дмитрий', 'Екатерина Александровна', 'Ольга', 'Павел', 'Ирина', 'Егор', 'Майя'],
  bg: ['Ана', 'Димитър', 'Мария-Магдалена', 'Георги', 'Елица', 'Никола', 'Цветелина', 'Иво'],
} as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A few months of a shop's members: one comes often, most now and then. */
function history(names: readonly string[], locale: Tour['locale'], now: number): MemberEvent[] {
  const enrolled = names.map((name, index) => {
    const phone = `+35988812345${index}`;
    const consents = (['programme', 'messages', 'call'] as const)
      .slice(0, 1 + (index % 3))
      .map((purpose) => ({ purpose, version: 1, locale }));
    const more = index === 2 ? { email: 'member@example.com', birthday: { month: 2, day: 29 } } : {};
    return {
      at: now - (100 - index * 9) * DAY_MS,
      body: enrolment(phone, name, { locale, consents, ...more }),
    };
  });
  const visits = names.flatMap((_, index) =>
    Array.from({ length: index === 2 ? 6 : index % 4 }, (_, time) => ({
      at: now - (30 - time * 4) * DAY_MS - index * HOUR_MS,
      body: visit(`+35988812345${index}`, 450 + 385 * time),
    })),
  );
  const tooSoon = { at: now - 30 * DAY_MS, body: visit('+359888123452', 300) };
  return [...enrolled, ...visits, tooSoon].sort((a, b) => a.at - b.at);
}

/** The owner's pages of the programme and its members, from an empty shop on. */
export async function memberPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const tablet = await pairByCode(verna, shop);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const shoot = async (screen: string, views = ADMIN_VIEWS, whole = true) => {
    await gallery.shoot(page, `members/${screen}`, locale, views, { whole });
    // What is hidden in print can't be used.
    await page.emulateMedia({ media: 'screen' });
  };
  const open = async (path: string, title: string) => {
    await page.goto(`${verna.url}${path}`);
    await expect(heading(title)).toBeVisible();
    await expect(page.getByLabel(admin_loading({}, { locale }))).toHaveCount(0);
  };

  await page.goto(`${verna.url}/admin/members`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await button(admin_sign_in({}, { locale })).click();
  await expect(heading(admin_members_no_programme({}, { locale }))).toBeVisible();
  await shoot('no-programme');
  await open('/admin/programme', admin_members_no_programme({}, { locale }));
  await button(admin_programme_start({}, { locale })).click();
  await shoot('programme-first', REPORT_VIEWS);
  await shop.calls.setProgramme(shop.organization, { ...PROGRAMME, cooldown_hours: 22 });
  await open('/admin/programme', admin_programme({}, { locale }));
  await shoot('programme');
  await button(admin_programme_end({}, { locale })).click();
  await shoot('programme-end', ADMIN_VIEWS, false);

  await open('/admin/members', admin_members_none({}, { locale }));
  await shoot('none');
  await tablet.tell(history(NAMES[locale], locale, Date.now()));
  await open('/admin/members', admin_nav_members({}, { locale }));
  await shoot('list', REPORT_VIEWS);
  await page.getByLabel(admin_members_search({}, { locale })).fill('?');
  await expect(heading(admin_members_not_found({ search: '?' }, { locale }))).toBeVisible();
  await shoot('not-found');
  await page.getByLabel(admin_members_search({}, { locale })).fill('123452');
  await page.getByRole('link', { name: NAMES[locale][2] }).click();
  await expect(heading(admin_member_consents({}, { locale }))).toBeVisible();
  await shoot('member', REPORT_VIEWS);
  await button(admin_member_correct({}, { locale })).click();
  await shoot('correct', ADMIN_VIEWS, false);
  await page.keyboard.press('Escape');
  await button(admin_member_erase({}, { locale })).click();
  await shoot('erase', ADMIN_VIEWS, false);
  await context.close();
}
