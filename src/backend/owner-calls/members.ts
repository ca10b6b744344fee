import * as v from 'valibot';
import { LOCALES } from '../../domain/locale';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../domain/member';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

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

const timelineSchema = v.array(
  v.variant('what', [
    v.object({ at: v.string(), what: v.literal('enrolment'), ...byStaff }),
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
    v.object({ at: v.string(), what: v.literal('consent'), purpose, granted: v.boolean() }),
    v.object({
      at: v.string(),
      what: v.literal('points'),
      points: integer,
      reason: v.picklist(['welcome', 'visit', 'amount', 'birthday', 'correction']),
      note: v.nullable(v.string()),
      /** The e-mail address of who corrected; null for what the rules gave. */
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
    email: v.nullable(v.string()),
    birthday: v.nullable(v.object({ month: v.number(), day: v.number() })),
    locale: v.nullable(v.picklist(LOCALES)),
    enrolled_at: v.string(),
    erased_at: v.nullable(v.string()),
    points: integer,
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
});
