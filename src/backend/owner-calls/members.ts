import * as v from 'valibot';
import { CASE_STATES } from '../../domain/case';
import { LOCALES } from '../../domain/locale';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../domain/member';
import { uuidSchema } from '../../domain/record';
import { REDEMPTION_FLAGS } from '../../domain/reward';
import { localizedTextSchema } from '../../domain/survey';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';
import { sessionAnswersSchema } from './session-answers';

const integer = v.pipe(v.number(), v.safeInteger());
const purpose = v.picklist(CONSENT_PURPOSES);

const reportMembersSchema = v.object({
  members: v.array(
    v.object({
      member: uuidSchema,
      first_name: v.string(),
      phone: v.string(),
      points: integer,
      visits: count,
      last_visit: v.nullable(v.string()),
      enrolled_at: v.string(),
    }),
  ),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  /** How many the search finds in all. */
  total: count,
});
/** One page of members, the newest first. */
export type ReportMembers = v.InferOutput<typeof reportMembersSchema>;
export type MemberRow = ReportMembers['members'][number];

/** Where something happened: null for what the owner did on these pages. */
const place = { tablet: v.nullable(uuidSchema), location: v.nullable(uuidSchema) };
const byStaff = { ...place, staff: v.nullable(uuidSchema) };

/** What points are given and taken for. */
const POINT_REASONS = [
  'welcome',
  'visit',
  'amount',
  'birthday',
  'referral',
  'redemption',
  'expiry',
  'correction',
  'merge',
] as const;

const timelineSchema = v.array(
  v.variant('what', [
    v.object({
      at: v.string(),
      what: v.literal('enrolment'),
      ...byStaff,
      /** What they typed as the code of whoever invited them. */
      referral_code: v.nullable(v.string()),
    }),
    v.object({
      at: v.string(),
      what: v.literal('visit'),
      ...byStaff,
      /** In minor units of the currency; null when nobody entered it. */
      amount: v.nullable(integer),
      currency: v.nullable(v.string()),
      refused: v.nullable(v.picklist(['cooldown', 'refund'])),
      points: integer,
    }),
    v.object({
      at: v.string(),
      what: v.literal('redemption'),
      ...byStaff,
      reward: uuidSchema,
      /** What it was called then; null when the shop never had such a reward. */
      name: v.nullable(localizedTextSchema),
      /** Below zero. */
      points: integer,
      flags: v.array(v.picklist(REDEMPTION_FLAGS)),
    }),
    /** Another member turned out to be the same person; the number is null once they were erased. */
    v.object({
      at: v.string(),
      what: v.literal('merge'),
      phone: v.nullable(v.string()),
      /** The e-mail address of who merged them; null for merges of long ago. */
      by: v.nullish(v.string(), null),
    }),
    v.object({
      at: v.string(),
      what: v.literal('rating'),
      ...place,
      answers: sessionAnswersSchema,
    }),
    v.object({
      at: v.string(),
      what: v.literal('case'),
      ...byStaff,
      case: uuidSchema,
      /** Null once it was emptied. */
      text: v.nullable(v.string()),
      state: v.picklist(CASE_STATES),
    }),
    v.object({ at: v.string(), what: v.literal('consent'), purpose, granted: v.boolean() }),
    v.object({
      at: v.string(),
      what: v.literal('points'),
      points: integer,
      reason: v.picklist(POINT_REASONS),
      note: v.nullable(v.string()),
      /** The e-mail address of who corrected; null for what the rules gave or took. */
      by: v.nullable(v.string()),
    }),
  ]),
);
export type TimelineEntry = v.InferOutput<typeof timelineSchema>[number];

const reportMemberSchema = v.nullable(
  v.object({
    member: uuidSchema,
    /** Null, like all that tells who it is, once they were erased. */
    first_name: v.nullable(v.string()),
    phone: v.nullable(v.string()),
    /** Of those who were merged into them: each finds them too. */
    other_phones: v.array(v.string()),
    email: v.nullable(v.string()),
    birthday: v.nullable(v.object({ month: v.number(), day: v.number() })),
    locale: v.nullable(v.picklist(LOCALES)),
    enrolled_at: v.string(),
    erased_at: v.nullable(v.string()),
    points: integer,
    /** All that the programme ever gave them; their tier goes by it. */
    earned: integer,
    /** Those that count. */
    visits: count,
    last_visit: v.nullable(v.string()),
    /** The latest of each purpose that was ever agreed to or withdrawn. */
    consents: v.array(
      v.object({
        purpose,
        granted: v.boolean(),
        version: v.number(),
        locale: v.picklist(LOCALES),
        at: v.string(),
        ...place,
      }),
    ),
    aliases: v.array(uuidSchema),
    /** The newest first, at most 500. */
    timeline: timelineSchema,
  }),
);
export type ReportMember = NonNullable<v.InferOutput<typeof reportMemberSchema>>;

const correctPointsSchema = v.object({
  outcome: v.picklist(['saved', 'bad_points', 'bad_note', 'unknown_member', 'forbidden']),
});
const eraseSchema = v.object({ outcome: v.picklist(['erased', 'unknown_member', 'forbidden']) });
const withdrawSchema = v.object({
  outcome: v.picklist(['saved', 'bad_purpose', 'unknown_member', 'forbidden']),
});
const mergeSchema = v.object({
  outcome: v.picklist(['merged', 'unknown_member', 'same_member', 'forbidden']),
});

/** Members, as the shop's people look at them and change what is theirs to change. */
export const memberCalls = (client: OwnerClient) => ({
  /**
   * search: the beginning of a first name, or digits of a number; pageSize: at most 200; after: `next` of the page
   * before.
   */
  reportMembers: (org: string, search: string, pageSize: number, after?: string) =>
    readReply(
      reportMembersSchema,
      client.rpc('report_members', { org, search, page: pageSize, ...(after && { after }) }),
    ),
  reportMember: (org: string, member: string) =>
    readReply(reportMemberSchema, client.rpc('report_member', { org, member })),
  /** points: what to add, or, below zero, to take away. */
  correctPoints: (org: string, member: string, points: number, note: string) =>
    readReply(correctPointsSchema, client.rpc('correct_points', { org, member, points, note })),
  eraseMember: (org: string, member: string) =>
    readReply(eraseSchema, client.rpc('erase_member', { org, member })),
  withdrawConsent: (org: string, member: string, purpose: ConsentPurpose) =>
    readReply(withdrawSchema, client.rpc('withdraw_consent', { org, member, purpose })),
  /** Two numbers of one person: all that is known of `duplicate` belongs to `kept` from now on, for good. */
  mergeMembers: (org: string, duplicate: string, kept: string) =>
    readReply(mergeSchema, client.rpc('merge_members', { org, duplicate, kept })),
});
