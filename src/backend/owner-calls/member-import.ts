import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';
import { importSchema } from './records';

const saltsSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('ok'), directory: v.string(), import: v.string() }),
  v.object({ outcome: v.picklist(['no_programme', 'forbidden']) }),
]);

const keylessSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    members: v.array(v.object({ member: uuidSchema, phone: v.string() })),
    total: count,
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);

const keepKeysSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), kept: count }),
  v.object({ outcome: v.picklist(['malformed', 'forbidden']) }),
]);

/** What files of members need beside importRecords. */
export const memberImportCalls = (client: OwnerClient) => ({
  /** What ids (`import`) and directory keys (`directory`) are made with, in hex. */
  importSalts: (org: string) => readReply(saltsSchema, client.rpc('import_salts', { org })),
  /** balances: a JSON array of balances as text, at most 500; note: what stands beside each entry of the ledger. */
  importBalances: (org: string, nonce: string, balances: string, note: string) =>
    readReply(importSchema, client.rpc('import_balances', { org, nonce, balances, note })),
  /** Members whom tablets cannot find offline, at most 500 at once, and how many there are. A page of 0 only counts. */
  reportKeylessMembers: (org: string, page: number) =>
    readReply(keylessSchema, client.rpc('report_keyless_members', { org, page })),
  /** keys: a JSON array of {member, key} as text, at most 500. */
  keepDirectoryKeys: (org: string, keys: string) =>
    readReply(keepKeysSchema, client.rpc('keep_directory_keys', { org, keys })),
});
