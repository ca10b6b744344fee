import * as v from 'valibot';
import type { CaseCause, WouldReturn } from '../../domain/case';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const outcomes = <const Refusals extends readonly string[]>(...refusals: Refusals) =>
  v.object({ outcome: v.picklist(['saved', 'forbidden', 'unknown_case', ...refusals]) });
const resolveSchema = outcomes('bad_cause', 'bad_return', 'bad_note');
const assignSchema = outcomes('bad_name', 'unknown_person');
const promiseSchema = outcomes('bad_promise', 'bad_due');
const settleSchema = outcomes('no_promise', 'bad_note');
const rerateSchema = outcomes('bad_score', 'bad_return', 'bad_note');

const teamSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    team: v.array(
      v.object({
        person: uuidSchema,
        email: v.string(),
        role: v.picklist(['owner', 'manager', 'analyst']),
        is_you: v.boolean(),
      }),
    ),
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);
export type TeamPerson = Extract<v.InferOutput<typeof teamSchema>, { outcome: 'ok' }>['team'][number];

const seconds = v.nullable(v.pipe(v.number(), v.minValue(0)));
/** Of n: what half and what nine in ten of them do not exceed; null of none. */
const timeTakenSchema = v.object({ n: count, median_s: seconds, p90_s: seconds });
export type TimeTaken = v.InferOutput<typeof timeTakenSchema>;
/** k of n. */
const partSchema = v.object({ n: count, k: count });
export type Part = v.InferOutput<typeof partSchema>;

const caseTimesSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    n: count,
    /** From the telling to the first contact and to the resolution, of those that came to it. */
    contact: timeTakenSchema,
    resolution: timeTakenSchema,
    /** On the way from the tablet, of those where it was more than an hour. */
    lost: timeTakenSchema,
    /** Contacted within 48 hours, of those whose 48 hours are over. */
    in_time: partSchema,
    /** Kept, of those somebody said something about; and whose day has passed without a word. */
    promises: v.object({ ...partSchema.entries, unsettled: count }),
    /** Would come back, of those who said yes or no. */
    returning: partSchema,
    /** Rate it 4 or 5 after, of those who were asked. */
    rerated: partSchema,
    causes: v.object({ price: count, product: count, treatment: count, moved: count, none: count }),
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);
export type CaseTimes = Extract<v.InferOutput<typeof caseTimesSchema>, { outcome: 'ok' }>;

/** What is done about a case, each signed and kept; and how it went over a time. A note has at most 1,000 characters. */
export const caseWorkCalls = (client: OwnerClient) => ({
  /** Also of a resolved case, for what was understood later. */
  resolveCase: (org: string, id: string, cause: CaseCause, wouldReturn: WouldReturn, note: string) =>
    readReply(resolveSchema, client.rpc('resolve_case', { org, id, cause, would_return: wouldReturn, note })),
  /** To a team member, to anybody by name (at most 60 characters), or, with null, to nobody. */
  assignCase: (org: string, id: string, to: { person: string } | { name: string } | null) =>
    readReply(assignSchema, client.rpc('assign_case', { org, id, ...to })),
  /** due: ISO 8601. */
  promiseInCase: (org: string, id: string, promise: string, due: string) =>
    readReply(promiseSchema, client.rpc('promise_in_case', { org, id, promise, due })),
  settlePromise: (org: string, id: string, kept: boolean, note: string) =>
    readReply(settleSchema, client.rpc('settle_promise', { org, id, kept, note })),
  /** score: CSAT, 1 to 5. */
  rerateCase: (org: string, id: string, score: number, wouldReturn: WouldReturn, note: string) =>
    readReply(rerateSchema, client.rpc('rerate_case', { org, id, score, would_return: wouldReturn, note })),
  reportTeam: (org: string) => readReply(teamSchema, client.rpc('report_team', { org })),
  /** Cases told on these local dates, both included; location: null is all. */
  reportCaseTimes: (org: string, from: string, to: string, location: string | null) =>
    readReply(
      caseTimesSchema,
      client.rpc('report_case_times', {
        org,
        from_date: from,
        to_date: to,
        ...(location !== null && { location }),
      }),
    ),
});
