import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const reportTabletsSchema = v.array(
  v.object({
    tablet: uuidSchema,
    name: v.string(),
    kind: v.picklist(['kiosk', 'import']),
    location: uuidSchema,
    pairing: v.nullable(uuidSchema),
    paired_at: v.nullable(v.string()),
    revoked_at: v.nullable(v.string()),
    /** When a later pairing of this tablet told that the storage of this one was cleared. */
    gone_at: v.nullable(v.string()),
    made: count,
    received: count,
    waiting: count,
    quarantined: count,
    missing: count,
    /** Numbers gone from the tablet's storage; those that had been sent before are no loss. */
    lost: count,
    seq_clashes: count,
    /** How much of the three a person has said to have seen, when, and the e-mail address of that person. */
    acknowledged: v.nullable(
      v.object({ lost: count, missing: count, clashes: count, at: v.string(), by: v.nullable(v.string()) }),
    ),
    last_seen_at: v.nullable(v.string()),
    last_received_at: v.nullable(v.string()),
    app_version: v.nullable(v.string()),
    /** As the tablet last told it; null where its browser does not know. */
    health: v.object({
      oldest_waiting_at: v.nullable(v.string()),
      persisted: v.nullable(v.boolean()),
      quota_bytes: v.nullable(count),
      usage_bytes: v.nullable(count),
      server_offset_ms: v.nullable(v.number()),
      battery_percent: v.nullable(v.number()),
      battery_charging: v.nullable(v.boolean()),
      durability: v.nullable(v.picklist(['strict', 'relaxed', 'failed'])),
    }),
  }),
);

/** One pairing of one tablet, or a tablet never paired (pairing is null). */
export type ReportTablet = v.InferOutput<typeof reportTabletsSchema>[number];

const missingSeqsSchema = v.array(v.object({ first: count, last: count }));

/** Numbers that never arrived, both ends included, lowest first. */
export type SeqRange = v.InferOutput<typeof missingSeqsSchema>[number];

const addTabletSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), tablet: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'name_taken']) }),
]);

const pairingCodeSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), code: v.string(), expires_at: v.string() }),
  v.object({ outcome: v.literal('forbidden') }),
]);

const revokeSchema = v.object({ outcome: v.picklist(['revoked', 'forbidden']) });

const acknowledgeSchema = v.object({ outcome: v.picklist(['acknowledged', 'forbidden']) });

/** Tablets: added, paired, revoked, and what each has made and lost. */
export const tabletCalls = (client: OwnerClient) => ({
  addTablet: (org: string, location: string, name: string) =>
    readReply(addTabletSchema, client.rpc('add_tablet', { org, location, name })),
  createPairingCode: (org: string, tablet: string) =>
    readReply(pairingCodeSchema, client.rpc('create_pairing_code', { org, tablet })),
  revokePairing: (org: string, pairing: string) =>
    readReply(revokeSchema, client.rpc('revoke_pairing', { org, pairing })),
  /** Says that the losses which `tablet` tells of have been seen; those after it have not. */
  acknowledgeLosses: (org: string, pairing: string, { lost, missing, seq_clashes }: ReportTablet) =>
    readReply(
      acknowledgeSchema,
      client.rpc('acknowledge_losses', { org, pairing, lost, missing, clashes: seq_clashes }),
    ),
  reportTablets: (org: string) => readReply(reportTabletsSchema, client.rpc('report_tablets', { org })),
  /** At most 100 ranges. */
  missingSeqs: (org: string, pairing: string) =>
    readReply(missingSeqsSchema, client.rpc('missing_seqs', { org, pairing })),
});
