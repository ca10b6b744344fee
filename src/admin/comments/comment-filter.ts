import type { WantedComments } from '../../backend/owner-calls/comments';
import { LOCALES, type Locale } from '../../domain/locale';
import { SCORE_GROUPS, type ScoreGroup, type ScoreRanges } from '../../domain/score-group';
import { readFilter, writeFilter } from '../scores/filter';
import { datesOf, type Period } from '../scores/period';

/** A group of scores on any scale, or one of the faces. */
export const COMMENT_SCORES = ['low', 'middle', 'high', '1', '2', '3', '4', '5'] as const;
type CommentScore = (typeof COMMENT_SCORES)[number];

/** What the comments page shows; null means all. What is searched for is no part of it: no address holds it. */
export type CommentFilter = {
  period: Period | { kind: 'all' };
  location: string | null;
  region: string | null;
  tablet: string | null;
  score: CommentScore | null;
  /** Key of a reason that was chosen beside the comment. */
  reason: string | null;
  /** Language of the screen it was written on. */
  locale: Locale | null;
  flagged: 'without' | 'only' | null;
  tag: string | null;
  starred: boolean;
};

export const NO_COMMENT_FILTER: CommentFilter = {
  period: { kind: 'last', days: 30 },
  location: null,
  region: null,
  tablet: null,
  score: null,
  reason: null,
  locale: null,
  flagged: null,
  tag: null,
  starred: false,
};

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

/** Reads the page's address, which names period and place as the scores page's does; what makes no sense is left out. */
export function readCommentFilter(query: URLSearchParams): CommentFilter {
  const { period, location, region, tablet } = readFilter(query);
  const known = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === query.get(name)) ?? null;
  const reason = query.get('reason');
  const tag = query.get('tag')?.trim();
  return {
    period: query.get('days') === 'all' ? { kind: 'all' } : period,
    location,
    region,
    tablet,
    score: known('score', COMMENT_SCORES),
    reason: reason !== null && KEY.test(reason) ? reason : null,
    locale: known('language', LOCALES),
    flagged: known('flagged', ['without', 'only'] as const),
    tag: tag && tag.length <= 40 ? tag : null,
    starred: query.get('starred') === 'yes',
  };
}

/** The shortest address that reads back as the same filter. */
export function writeCommentFilter(filter: CommentFilter): URLSearchParams {
  const { period, location, region, tablet, score, reason, locale, flagged, tag, starred } = filter;
  const query = writeFilter({
    period: period.kind === 'all' ? { kind: 'last', days: 30 } : period,
    location,
    region,
    tablet,
    question: null,
    by: null,
    withFlagged: false,
  });
  if (period.kind === 'all') query.set('days', 'all');
  const rest = { score, reason, language: locale, flagged, tag, starred: starred ? 'yes' : null };
  for (const [name, value] of Object.entries(rest)) if (value !== null) query.set(name, value);
  return query;
}

/** How many choices besides the period narrow what is shown. */
export const filtersOn = ({ period: _, ...choices }: CommentFilter): number =>
  Object.values(choices).filter((choice) => choice !== null && choice !== false).length;

const rangesOf = (score: CommentScore): ScoreRanges =>
  score in SCORE_GROUPS ? SCORE_GROUPS[score as ScoreGroup] : { csat: [Number(score), Number(score)] };

/** What to ask the server for; `today` is the local date. */
export function wantedComments(filter: CommentFilter, today: string): Omit<WantedComments, 'search'> {
  const { period, location, region, tablet, score, reason, locale, flagged, tag, starred } = filter;
  return {
    ...(period.kind !== 'all' && datesOf(period, today)),
    ...(location && { location }),
    ...(region && { region }),
    ...(tablet && { tablet }),
    ...(locale && { locale }),
    ...(flagged && { flagged: flagged === 'only' }),
    ...(score && { scores: rangesOf(score) }),
    ...(reason && { reason }),
    ...(tag && { tag }),
    ...(starred && { starred }),
  };
}
