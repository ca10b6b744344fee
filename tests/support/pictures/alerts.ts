import { expect } from '@playwright/test';
import {
  admin_alert_acknowledge,
  admin_alert_add_note,
  admin_alerts_open_none,
  admin_alerts_rules_low,
  admin_alerts_settings,
  admin_cancel,
  admin_email,
  admin_nav_alerts,
  admin_password,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { pairByCode } from '../../e2e/support/bare-tablet';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const NOTES = {
  en: 'The second till was closed. It has been open since half past twelve.',
  ru: 'Вторая касса была закрыта. Открыта с половины первого.',
  bg: 'Втората каса беше затворена. От дванадесет и половина работи.',
} as const;

/** From nothing to see to one of every kind, seen, noted and over. */
export async function alertPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const shop = await openShop(tour);
  const { calls, organization } = shop;
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const button = (words: string) => page.getByRole('button', { name: words, exact: true });
  const heading = (words: string) => page.getByRole('heading', { name: words, exact: true });
  await page.goto(`${verna.url}/admin/alerts`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await button(admin_sign_in({}, { locale })).click();
  await expect(heading(admin_alerts_open_none({}, { locale }))).toBeVisible();
  await gallery.shoot(page, 'alerts/none', locale, ADMIN_VIEWS, { whole: true });

  const now = Date.now();
  const till = await pairByCode(verna, shop);
  await till.send(
    [13, 9, 6, 4, 2].map((minutes, n) => ({ at: now - minutes * 60_000, score: [2, 1, 4, 1, 2][n]! })),
  );
  await till.silence(95);
  for (const hoursLeft of [2, -5]) {
    await calls.openCase(organization, { text: 'x', locale, phone: null, firstName: null });
    await verna.backend.sql.query(
      `update public.cases set due_at = now() + $2 * interval '1 hour' where org_id = $1 and due_at > now() + interval '1 day'`,
      [organization, hoursLeft],
    );
  }
  const monday = new Date(now - ((new Date(now).getUTCDay() + 6) % 7) * 86_400_000 - 7 * 86_400_000);
  const limits = { question: 'satisfaction', location: null, week: monday.toISOString().slice(0, 10) };
  await calls.noteScoreLimits(organization, { ...limits, score: 0.71, lower: 0.774, upper: 0.912, n: 214 });
  await verna.backend.sql.query(`update private.alert_runs set next_at = now() where org_id = $1`, [
    organization,
  ]);
  await calls.reportAlerts(organization, 1);
  await verna.backend.sql.query(
    `update public.alerts set opened_at = opened_at - case kind when 'case_due' then interval '5 hours' when 'tablet_silent' then interval '80 minutes'
       when 'score_left_limits' then interval '2 days' else interval '3 minutes' end where org_id = $1`,
    [organization],
  );
  await verna.backend.sql.query(
    `insert into public.alerts (org_id, kind, subject, facts, opened_at, closed_at)
     select org_id, kind, subject, facts || jsonb_build_object('low', 3, 'n', 4, 'until', extract(epoch from opened_at - interval '26 hours')), opened_at - interval '26 hours', opened_at - interval '25 hours'
     from public.alerts where org_id = $1 and kind = 'low_scores'`,
    [organization],
  );
  await page.reload();
  await expect(heading(admin_nav_alerts({}, { locale }))).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(6);
  await gallery.shoot(page, 'alerts/list', locale, REPORT_VIEWS, { whole: true });
  await page.emulateMedia({ media: 'screen' });

  await page
    .getByRole('button', { name: admin_alert_add_note({}, { locale }) })
    .first()
    .click();
  await page.getByRole('textbox').fill(NOTES[locale]);
  await gallery.shoot(page, 'alerts/note', locale, ADMIN_VIEWS);
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('button').last().click();
  await expect(page.getByText(NOTES[locale])).toBeVisible();
  await button(admin_alert_acknowledge({}, { locale })).first().click();
  await gallery.shoot(page, 'alerts/seen', locale, ADMIN_VIEWS, { whole: true });

  await button(admin_alerts_settings({}, { locale })).click();
  await expect(page.getByLabel(admin_alerts_rules_low({}, { locale }))).toBeVisible();
  await gallery.shoot(page, 'alerts/rules', locale, REPORT_VIEWS.slice(0, 4));
  await page.getByLabel(shop.email).scrollIntoViewIfNeeded();
  await gallery.shoot(
    page,
    'alerts/rules-end',
    locale,
    [...ADMIN_VIEWS, { name: 'tablet', width: 800, height: 1280 }],
    {
      before: () => page.getByLabel(shop.email).scrollIntoViewIfNeeded(),
    },
  );
  await button(admin_cancel({}, { locale })).click();
  await context.close();
}
