import * as v from 'valibot';
import { uuidSchema, RECORD_OUTCOMES } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

/** What became of each record or row of one request. */
export const importSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('accepted'),
    nonce: v.string(),
    records: v.array(
      v.object({ id: v.unknown(), outcome: v.picklist(RECORD_OUTCOMES), reason: v.optional(v.string()) }),
    ),
  }),
  v.object({
    outcome: v.picklist(['forbidden', 'too_large', 'malformed', 'name_taken', 'bad_note']),
    nonce: v.string(),
  }),
]);

const openImportSourceSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('ready'), source: uuidSchema }),
  v.object({
    outcome: v.picklist(['forbidden', 'unknown_dimension', 'bad_value', 'too_many', 'name_taken']),
  }),
]);

export type ImportReply = v.InferOutput<typeof importSchema>;

const rescueKeysSchema = v.array(v.object({ public_key: v.string(), private_key: v.string() }));

const createRescueKeySchema = v.object({
  outcome: v.picklist(['created', 'exists', 'malformed', 'forbidden']),
});

const reportQuarantineSchema = v.object({
  open: count,
  resolved: count,
  records: v.array(
    v.object({
      id: uuidSchema,
      tablet: uuidSchema,
      outcome: v.picklist(['conflict', 'refused']),
      reason: v.string(),
      /** JSON text as a rule; whatever was sent, when that was none. */
      record: v.string(),
      received_at: v.string(),
      resolved_at: v.nullable(v.string()),
    }),
  ),
});

/** One page of the quarantine, and how many there are in all. */
export type ReportQuarantine = v.InferOutput<typeof reportQuarantineSchema>;

export type QuarantineEntry = ReportQuarantine['records'][number];

const resendSchema = v.object({
  outcome: v.picklist([...RECORD_OUTCOMES, 'resolved', 'too_large', 'forbidden']),
  reason: v.optional(v.string()),
});

export type ResendReply = v.InferOutput<typeof resendSchema>;

/** Records that come in by other ways than a tablet's own: from files, from a rescue, from the quarantine. */
export const recordCalls = (client: OwnerClient) => ({
  /** records: a JSON array of record drafts as text, at most 500 of them and 1,000,000 bytes. */
  importRecords: (org: string, location: string, nonce: string, records: string) =>
    readReply(importSchema, client.rpc('import_records', { org, location, nonce, records })),
  /** The source of a location's rows of one value, which is made where there is none. */
  openImportSource: (org: string, location: string, dimension: string, value: string) =>
    readReply(openImportSourceSchema, client.rpc('open_import_source', { org, location, dimension, value })),
  /** As importRecords, from a source that openImportSource gave. */
  importSourceRecords: (org: string, source: string, nonce: string, records: string) =>
    readReply(importSchema, client.rpc('import_source_records', { org, source, nonce, records })),
  /** records: a JSON array of a rescue file's records as text, at most 500 of them and 1,000,000 bytes. */
  importRescue: (org: string, nonce: string, records: string) =>
    readReply(importSchema, client.rpc('import_rescue', { org, nonce, records })),
  /** The shop's key pair, for who may import a rescue file; empty while there is none. */
  rescueKeys: (org: string) =>
    readReply(
      rescueKeysSchema,
      client.from('rescue_keys').select('public_key, private_key').eq('org_id', org).limit(1),
    ),
  createRescueKey: (org: string, publicKey: string, privateKey: string) =>
    readReply(
      createRescueKeySchema,
      client.rpc('create_rescue_key', { org, public_key: publicKey, private_key: privateKey }),
    ),
  /** A page of the quarantine, newest first; `after` is the last one of the page before. A page of 0 only counts. */
  reportQuarantine: (org: string, resolved: boolean, pageSize: number, after?: QuarantineEntry) =>
    readReply(
      reportQuarantineSchema,
      client.rpc('report_quarantine', {
        org,
        resolved,
        page_size: pageSize,
        ...(after && { before_at: after.received_at, before_id: after.id }),
      }),
    ),
  /** body: the answer's JSON text, as it was or mended. */
  resendQuarantined: (org: string, quarantined: string, body: string) =>
    readReply(resendSchema, client.rpc('resend_quarantined', { org, quarantined, body })),
});
