import * as v from 'valibot';
import type { Locale } from '../../domain/locale';
import { uuidSchema } from '../../domain/record';
import type { ScoreRanges } from '../../domain/score-group';
import { SCORED_TYPES } from '../../domain/scored-type';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

/** What to show; an absent field lets everything through. Dates are local, 'YYYY-MM-DD', both included. */
export type WantedComments = {
  search?: string;
  from?: string;
  to?: string;
  location?: string;
  region?: string;
  tablet?: string;
  locale?: Locale;
  /** True shows only what is flagged, false only what is not. */
  flagged?: boolean;
  /** What the comment's session scored. */
  scores?: ScoreRanges;
  reason?: string;
  tag?: string;
  starred?: true;
};

const foundCommentsSchema = v.object({
  comments: v.array(
    v.object({
      id: uuidSchema,
      occurred_at: v.string(),
      local_at: v.string(),
      location: uuidSchema,
      tablet: uuidSchema,
      text: v.string(),
      locale: v.string(),
      flag: v.nullable(v.string()),
      /** What the session scored: the visit, where that was asked, else NPS, CES, expectation, a factor. */
      score: v.nullable(v.object({ type: v.picklist(SCORED_TYPES), score: v.number() })),
      choices: v.nullable(v.array(v.string())),
      starred: v.boolean(),
      tags: v.array(v.string()),
      /** Words of the text that the search found, in small letters. */
      hits: v.array(v.string()),
    }),
  ),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  /** How many fit, at most 10,000; null on later pages. */
  total: v.nullable(count),
  is_more: v.boolean(),
});
/** A page of comments, the newest first. */
export type FoundComments = v.InferOutput<typeof foundCommentsSchema>;
export type FoundComment = FoundComments['comments'][number];

const tagsSchema = v.array(v.object({ tag: v.string(), n: count }));
/** Tags in use, the most used first. */
export type CommentTags = v.InferOutput<typeof tagsSchema>;

const markSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), tag: v.string() }),
  v.object({ outcome: v.picklist(['bad_mark', 'too_many_tags', 'unknown_comment', 'forbidden']) }),
]);
export type MarkOutcome = v.InferOutput<typeof markSchema>;

/** What may be noted on a comment: a star, a tag of the shop's own words, a place on the wall of praise. */
export type CommentMark = { kind: 'star' | 'praise' } | { kind: 'tag'; tag: string };

const praiseSchema = v.object({
  praise: v.array(
    v.object({
      id: uuidSchema,
      occurred_at: v.string(),
      local_at: v.string(),
      location: uuidSchema,
      text: v.string(),
      locale: v.string(),
      first_name: v.string(),
      picked: v.boolean(),
    }),
  ),
  next: v.nullable(v.string()),
});
/** A page of words whose authors agree to have them published, the newest first. */
export type PraisePage = v.InferOutput<typeof praiseSchema>;
export type Praise = PraisePage['praise'][number];

/** What customers wrote, and what the shop notes on it. */
export const commentCalls = (client: OwnerClient) => ({
  /** pageSize: at most 200; after: `next` of the page before. */
  searchComments: (org: string, wanted: WantedComments, pageSize: number, after?: string) =>
    readReply(
      foundCommentsSchema,
      client.rpc('search_comments', {
        org,
        wanted: JSON.stringify(wanted),
        page_size: pageSize,
        ...(after && { before: after }),
      }),
    ),
  commentTags: (org: string) => readReply(tagsSchema, client.rpc('report_comment_tags', { org })),
  markComment: (org: string, comment: string, mark: CommentMark, isSet: boolean) =>
    readReply(
      markSchema,
      client.rpc('mark_comment', {
        org,
        comment,
        kind: mark.kind,
        is_set: isSet,
        ...(mark.kind === 'tag' && { tag: mark.tag }),
      }),
    ),
  /** scores: what a high score is; pageSize: at most 200. */
  reportPraise: (
    org: string,
    scores: ScoreRanges,
    { picked, pageSize, after }: { picked: boolean; pageSize: number; after?: string },
  ) =>
    readReply(
      praiseSchema,
      client.rpc('report_praise', {
        org,
        scores: JSON.stringify(scores),
        picked,
        page_size: pageSize,
        ...(after && { before: after }),
      }),
    ),
});
