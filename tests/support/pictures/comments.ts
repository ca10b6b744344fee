import { expect } from '@playwright/test';
import { demoComment } from '../../../src/domain/demo/comments';
import { createRandom } from '../../../src/domain/demo/random';
import { SCORE_GROUPS } from '../../../src/domain/score-group';
import {
  admin_comments_empty,
  admin_comments_filters,
  admin_comments_search,
  admin_comments_tags,
  admin_comments_title,
  admin_email,
  admin_loading,
  admin_password,
  admin_praise_none,
  admin_praise_title,
  admin_sign_in,
} from '../../../src/i18n/paraglide/messages';
import { pairByCode } from '../../e2e/support/bare-tablet';
import { said, type Said } from '../../e2e/support/comments';
import { enrolment, PROGRAMME } from '../../e2e/support/members';
import { ADMIN_VIEWS, REPORT_VIEWS } from './gallery';
import { openBrowser, openShop, type Tour } from './tour';

const HOUR_MS = 3_600_000;

/** Members who agreed to be quoted, what they said, what is searched for and noted. */
const WORDS = {
  en: {
    names: ['Charlotte', 'Oliver', 'Grace'],
    praise: [
      'The best sourdough in town, and the girls behind the counter know me by name.',
      'Always fresh, always friendly.',
      'I forgot my purse and they kept the cake for me until the evening. You do not see that any more! My mother has been coming here for thirty years, and now I bring my own children every Saturday.',
    ],
    search: 'queues',
    tags: ['queue', 'second till', 'for the team meeting'],
  },
  ru: {
    names: ['Елизавета', 'Дмитрий', 'Ольга'],
    praise: [
      'Лучший хлеб на закваске в городе, а девушки за прилавком знают меня по имени.',
      'Всегда свежо, всегда с улыбкой.',
      'Забыла кошелёк, и мне отложили торт до вечера. Такого уже нигде не увидишь! Мама ходит сюда тридцать лет, а теперь я каждую субботу привожу своих детей.',
    ],
    search: 'очередь',
    tags: ['очередь', 'вторая касса', 'обсудить на планёрке'],
  },
  bg: {
    names: ['Радостина', 'Димитър', 'Елица'],
    praise: [
      'Най-хубавият хляб с квас в града, а момичетата зад щанда ме знаят по име.',
      'Винаги прясно, винаги с усмивка.',
      'Забравих си портмонето и ми запазиха тортата до вечерта. Такова нещо вече не се вижда! Майка ми идва тук от трийсет години, а сега всяка събота водя и моите деца.',
    ],
    search: 'опашки',
    tags: ['опашка', 'втора каса', 'за срещата на екипа'],
  },
} as const;

/** A month of what customers wrote, most of them content. */
function month({ locale }: Tour, now: number): Said[] {
  const random = createRandom(5);
  const down = ['long_wait', 'high_price', 'missing_items', 'unhelpful_staff'] as const;
  return Array.from({ length: 46 }, (_, index) => {
    const score = [5, 4, 2, 5, 1, 3, 5][index % 7]!;
    const reasons =
      score <= 2 ? [down[index % 4]!] : index % 3 === 0 ? ['friendly_staff', 'good_choice'] : [];
    return {
      at: now - (46 - index) * 14 * HOUR_MS,
      score,
      reasons,
      text: demoComment(random, locale, score, reasons),
      locale,
    };
  });
}

/** Comments: found, marked, and the best of them on a wall. */
export async function commentPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { names, praise, search, tags } = WORDS[locale];
  const shop = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await context.newPage();
  const heading = (text: string) => page.getByRole('heading', { name: text, exact: true });
  const open = async (path: string) => {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${verna.url}${path}`);
    await expect(heading(admin_loading({}, { locale }))).toHaveCount(0);
  };
  const shoot = (screen: string, views = ADMIN_VIEWS) =>
    gallery.shoot(page, `comments/${screen}`, locale, views, { whole: true });

  await page.goto(`${verna.url}/admin/comments`);
  await page.getByLabel(admin_email({}, { locale })).fill(shop.email);
  await page.getByLabel(admin_password({}, { locale })).fill(shop.password);
  await page.getByRole('button', { name: admin_sign_in({}, { locale }), exact: true }).click();
  await expect(page.getByText(admin_comments_empty({}, { locale }))).toBeVisible();
  await shoot('none');
  await open('/admin/praise');
  await expect(heading(admin_praise_none({}, { locale }))).toBeVisible();
  await shoot('praise-none');

  await shop.calls.setProgramme(shop.organization, PROGRAMME);
  const tablet = await pairByCode(verna, shop);
  const { survey } = await tablet.report();
  const now = Date.now();
  const consents = [{ purpose: 'publish', version: 1, locale } as const];
  const members = await tablet.tell(
    names.map((name, index) => ({
      at: now - 900 * HOUR_MS,
      body: enrolment(`+35988812345${index}`, name, { locale, consents }),
    })),
  );
  await tablet.tell(month(tour, now).flatMap((one) => said(survey.id, one)));
  await tablet.tell(
    praise.flatMap((text, index) =>
      said(survey.id, { at: now - (90 - index) * HOUR_MS, score: 5, text, locale, member: members[index]! }),
    ),
  );
  const { calls, organization } = shop;
  const found = await calls.searchComments(organization, { scores: SCORE_GROUPS.low }, 3);
  if (!found.ok) throw new Error(found.failure.code);
  for (const [index, { id }] of found.value.comments.entries()) {
    for (const tag of tags.slice(0, index + 1))
      await calls.markComment(organization, id, { kind: 'tag', tag }, true);
    if (index < 2) await calls.markComment(organization, id, { kind: 'star' }, true);
  }

  await open('/admin/comments');
  await expect(heading(admin_comments_title({}, { locale }))).toBeVisible();
  await shoot('list', REPORT_VIEWS);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: admin_comments_filters({}, { locale }) }).click();
  await shoot('filters', ADMIN_VIEWS.slice(1));
  await page.getByLabel(admin_comments_search({}, { locale })).fill(search);
  await expect(page.locator('mark').first()).toBeVisible();
  await page.getByRole('button', { name: admin_comments_filters({}, { locale }) }).click();
  await page
    .getByRole('main')
    .getByRole('button', { name: `${admin_comments_tags({}, { locale })}: ` })
    .first()
    .click();
  await shoot('search', REPORT_VIEWS.slice(0, 4));

  await open('/admin/praise');
  await expect(heading(admin_praise_title({}, { locale }))).toBeVisible();
  await page.getByRole('listitem').nth(0).getByRole('button').click();
  await page.getByRole('listitem').nth(1).getByRole('button').click();
  await expect(page.locator('[aria-pressed="true"]').nth(2)).toBeVisible();
  await shoot('praise', REPORT_VIEWS);
  await open('/admin/praise/show');
  await expect(page.getByRole('dialog')).toContainText(praise[2]!);
  await gallery.shoot(page, 'comments/wall', locale, [
    ...REPORT_VIEWS.slice(0, 3),
    { name: 'tv', width: 1920, height: 1080 },
  ]);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog')).toContainText(praise[1]!);
  await gallery.shoot(page, 'comments/wall-short', locale, [{ name: 'tv', width: 1920, height: 1080 }]);
  await context.close();
}
