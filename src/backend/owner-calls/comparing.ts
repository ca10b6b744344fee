import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { SCORED_TYPES } from '../../domain/scored-type';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const scoredSchema = {
  question: v.string(),
  type: v.picklist(SCORED_TYPES),
  /** Each [score, n, how many of the n are flagged]. */
  counts: v.array(v.tuple([v.pipe(v.number(), v.integer()), count, count])),
};

const placeCountsSchema = v.object({ ...scoredSchema, location: uuidSchema, tablet: uuidSchema });
/** What one tablet counted for one question. */
export type PlaceCounts = v.InferOutput<typeof placeCountsSchema>;

const locationCountsSchema = v.object({ ...scoredSchema, location: uuidSchema });
const reportChangesSchema = v.object({
  now: v.array(locationCountsSchema),
  /** Of as many days right before. */
  before: v.array(locationCountsSchema),
});
/** What each location counted for each question. */
export type ReportChanges = v.InferOutput<typeof reportChangesSchema>;

const dayCountsSchema = v.object({ ...scoredSchema, day: v.string() });
/** What one side of a comparison counted for one question on one local day. */
export type SideDay = v.InferOutput<typeof dayCountsSchema>;

const membersToCallSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    members: v.array(
      v.object({
        member: uuidSchema,
        first_name: v.string(),
        phone: v.string(),
        /** Their last rating, where it was low. */
        rating: v.nullable(v.object({ at: v.string(), score: v.number(), location: v.nullable(uuidSchema) })),
        /** When they lose how many points, unless they come before. */
        lapse: v.nullable(v.object({ at: v.string(), points: v.pipe(v.number(), v.integer()) })),
      }),
    ),
    /** What to ask the next page with; null after the last. */
    next: v.nullable(v.string()),
    total: count,
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);
export type MembersToCall = v.InferOutput<typeof membersToCallSchema>;
export type MemberToCall = Extract<MembersToCall, { outcome: 'ok' }>['members'][number];

/** Local dates 'YYYY-MM-DD', both included, and what is looked at; null means all. */
export type SideFilter = {
  from: string;
  to: string;
  location: string | null;
  region: string | null;
  tablet: string | null;
};

/** What telling periods and places apart takes, and who should hear of it. */
export const comparingCalls = (client: OwnerClient) => ({
  reportPlaces: (org: string, from: string, to: string, question: string) =>
    readReply(
      v.array(placeCountsSchema),
      client.rpc('report_places', { org, from_date: from, to_date: to, question }),
    ),
  reportChanges: (org: string, from: string, to: string) =>
    readReply(reportChangesSchema, client.rpc('report_changes', { org, from_date: from, to_date: to })),
  reportSide: (org: string, { from, to, location, region, tablet }: SideFilter) =>
    readReply(
      v.array(dayCountsSchema),
      client.rpc('report_side', {
        org,
        from_date: from,
        to_date: to,
        ...(location !== null && { location }),
        ...(region !== null && { region }),
        ...(tablet !== null && { tablet }),
      }),
    ),
  /** pageSize: at most 100; after: `next` of the page before. */
  reportMembersToCall: (org: string, pageSize: number, after?: string) =>
    readReply(
      membersToCallSchema,
      client.rpc('report_members_to_call', { org, page: pageSize, ...(after && { after }) }),
    ),
});
