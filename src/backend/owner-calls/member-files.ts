import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

const integer = v.pipe(v.number(), v.safeInteger());
const text = v.nullable(v.string());
/** Null where nobody knows who it was, or who asks may not. */
const person = { member: v.nullable(uuidSchema), first_name: text, phone: text };

const visitsSchema = v.object({
  visits: v.array(
    v.object({
      visit: uuidSchema,
      at: v.string(),
      /** On the clock of the place: YYYY-MM-DD HH:MM:SS. */
      local_at: v.string(),
      location: uuidSchema,
      /** Name of who checked in; null when nobody of the staff did. */
      staff: text,
      ...person,
      /** In minor units of the currency, below zero for a refund; null when nobody entered it. */
      amount: v.nullable(integer),
      currency: text,
      refused: text,
      points: integer,
    }),
  ),
  /** What to ask the next page with; null after the last. */
  next: text,
});
export type VisitRow = v.InferOutput<typeof visitsSchema>['visits'][number];

const ledgerSchema = v.object({
  entries: v.array(
    v.object({
      entry: uuidSchema,
      at: v.string(),
      ...person,
      points: integer,
      reason: v.string(),
      visit: v.nullable(uuidSchema),
      note: text,
      /** The e-mail address of who corrected; null for what the rules gave. */
      by: text,
    }),
  ),
  next: text,
});
export type LedgerRow = v.InferOutput<typeof ledgerSchema>['entries'][number];

/** As many as the server gives at once. */
const PAGE = 1_000;

/** All visits and the whole ledger, the oldest first, in pages; `after` is `next` of the page before. */
export const memberFileCalls = (client: OwnerClient) => ({
  reportVisits: (org: string, after?: string) =>
    readReply(visitsSchema, client.rpc('report_visits', { org, page: PAGE, ...(after && { after }) })),
  reportLedger: (org: string, after?: string) =>
    readReply(ledgerSchema, client.rpc('report_ledger', { org, page: PAGE, ...(after && { after }) })),
});
