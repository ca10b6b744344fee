import * as v from 'valibot';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const reportRetentionSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    /** Null while everybody is kept. */
    months: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    changed_at: v.nullable(v.string()),
    changed_by: v.nullable(v.string()),
    /** How many members the asked number of months would forget at once. */
    due: count,
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);
export type ReportRetention = Extract<v.InferOutput<typeof reportRetentionSchema>, { outcome: 'ok' }>;

const setRetentionSchema = v.object({ outcome: v.picklist(['saved', 'bad_months', 'forbidden']) });

/** How long members are kept who no longer come. */
export const retentionCalls = (client: OwnerClient) => ({
  /** months: whom so many would forget is counted; null counts nobody. */
  reportRetention: (org: string, months: number | null) =>
    readReply(
      reportRetentionSchema,
      client.rpc('report_retention', { org, ...(months !== null && { months }) }),
    ),
  /** 1 to 120, or null to keep everybody. */
  setRetention: (org: string, months: number | null) =>
    // The generated types know of no argument that may be null.
    readReply(setRetentionSchema, client.rpc('set_retention', { org, months: months as number })),
});
