import type { Component } from 'svelte';
import {
  admin_comments_title,
  admin_data_title,
  admin_demo_try,
  admin_dimensions,
  admin_nav_alerts,
  admin_nav_cases,
  admin_nav_import,
  admin_nav_improvements,
  admin_nav_members,
  admin_nav_quarantine,
  admin_nav_staff,
  admin_nav_tablets,
  admin_nav_today,
  admin_praise_title,
  admin_programme,
  admin_questions_title,
  admin_report_title,
  admin_rewards,
  admin_setup_title,
  admin_view_compare,
  admin_view_drivers,
  admin_view_places,
  admin_view_scores,
  admin_view_split,
} from '../i18n/paraglide/messages';
import type { MemberList } from './members/member-list.svelte';
import Today from './today/Today.svelte';

/** What a page may be about, besides its shop. */
export type PageSubject = {
  /** What stands for it in the address; '' where the address names nothing. */
  id: string;
  /** The list of members as it was left: coming back finds the search and the place in it. */
  members: MemberList;
};

type AnyProps = Record<string, unknown>;

/** A page of the owner's. Its code is a file of its own, fetched when the page is first wanted or about to be. */
export type OwnerPage = {
  path: RegExp;
  title: () => string;
  load: () => Promise<Component<AnyProps>>;
  props: (subject: PageSubject) => AnyProps;
};

function page<Props extends AnyProps>(
  path: string,
  title: () => string,
  load: () => Promise<{ default: Component<Props> }>,
  props: (subject: PageSubject) => NoInfer<Props>,
): OwnerPage {
  return {
    path: new RegExp(`^/admin${path.replace(':id', '([0-9a-f-]{36})')}$`),
    title,
    // Which props a page takes is known here and nowhere else, so that one place can show them all.
    load: async () => (await load()).default as unknown as Component<AnyProps>,
    props,
  };
}

const plain = (path: string, title: () => string, load: () => Promise<{ default: Component }>): OwnerPage =>
  page(path, title, load as () => Promise<{ default: Component<AnyProps> }>, () => ({}));

/** Shown without a shop: to whoever wants a demo, and to whoever has none yet. */
export const DEMO = plain('/demo', admin_demo_try, () => import('./demo/Demo.svelte'));
export const SETUP = plain('/setup', admin_setup_title, () => import('./setup/Setup.svelte'));
/** Comes with what shows it: forty small files asked for one by one would keep the first page waiting for longer. */
export const TODAY = plain('', admin_nav_today, () => Promise.resolve({ default: Today }));

const PAGES: readonly OwnerPage[] = [
  TODAY,
  plain('/scores', admin_view_scores, () => import('./scores/Scores.svelte')),
  plain('/compare', admin_view_compare, () => import('./compare/Compare.svelte')),
  plain('/places', admin_view_places, () => import('./places/Places.svelte')),
  plain('/drivers', admin_view_drivers, () => import('./drivers/Drivers.svelte')),
  plain('/split', admin_view_split, () => import('./split/Split.svelte')),
  plain('/report', admin_report_title, () => import('./report/Report.svelte')),
  plain('/cases', admin_nav_cases, () => import('./cases/Cases.svelte')),
  page(
    '/cases/:id',
    admin_nav_cases,
    () => import('./cases/Case.svelte'),
    ({ id }) => ({ id }),
  ),
  plain('/comments', admin_comments_title, () => import('./comments/Comments.svelte')),
  plain('/alerts', admin_nav_alerts, () => import('./alerts/Alerts.svelte')),
  page(
    '/members',
    admin_nav_members,
    () => import('./members/Members.svelte'),
    ({ members }) => ({ list: members }),
  ),
  page(
    '/members/:id',
    admin_nav_members,
    () => import('./members/Member.svelte'),
    ({ id, members }) => ({
      id,
      onerased: () => members.forget(id),
      onmerged: (from: string) => members.forget(from),
    }),
  ),
  plain('/improvements', admin_nav_improvements, () => import('./improvements/Improvements.svelte')),
  page(
    '/improvements/:id',
    admin_nav_improvements,
    () => import('./improvements/Improvement.svelte'),
    ({ id }) => ({ id }),
  ),
  plain('/praise', admin_praise_title, () => import('./praise/Praise.svelte')),
  plain('/praise/show', admin_praise_title, () => import('./praise/PraiseShow.svelte')),
  plain('/members/data', admin_data_title, () => import('./member-data/MemberData.svelte')),
  plain('/programme', admin_programme, () => import('./programme/Programme.svelte')),
  plain('/rewards', admin_rewards, () => import('./rewards/Rewards.svelte')),
  plain('/questions', admin_questions_title, () => import('./questions/QuestionsPage.svelte')),
  plain('/tablets', admin_nav_tablets, () => import('./tablets/Tablets.svelte')),
  plain('/tablets/dimensions', admin_dimensions, () => import('./dimensions/Dimensions.svelte')),
  plain('/staff', admin_nav_staff, () => import('./staff/Staff.svelte')),
  plain('/import', admin_nav_import, () => import('./import/Import.svelte')),
  plain('/quarantine', admin_nav_quarantine, () => import('./quarantine/Quarantine.svelte')),
];

/** The page at an address and what the address names, or null where there is none. */
export function pageAt(path: string): { page: OwnerPage; id: string } | null {
  const tidy = path.replace(/\/+$/, '');
  for (const page of [...PAGES, DEMO, SETUP]) {
    const match = page.path.exec(tidy);
    if (match) return { page, id: match[1] ?? '' };
  }
  return null;
}

/** Every page of a shop, those first that are opened most. */
export const shopPages = (): readonly OwnerPage[] => PAGES;
