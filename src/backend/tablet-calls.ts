import * as v from 'valibot';
import { RECORD_OUTCOMES, uuidSchema, type VernaRecord } from '../domain/record';
import { LOCALES } from '../domain/locale';
import { knownMemberSchema, programmeSchema } from '../domain/member';
import { offeredRewardSchema } from '../domain/reward';
import { STAFF_RIGHTS } from '../domain/staff-rights';
import { askableSurveySchema } from '../domain/survey';
import { callFunction, type CallContext } from './call-function';
import type { Result } from './failure';
import { parsed, throttledSchema, unthrottled, type Throttled } from './reply';

const hex = (bytes: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)));

const membershipSchema = v.object({
  /** What the numbers in this shop's directory are hashed with; see src/device/directory-key.ts. */
  directory_salt: hex(32),
  programme: programmeSchema,
  rewards: v.optional(v.array(offeredRewardSchema), []),
});
/** The shop's programme for its members. */
export type Membership = v.InferOutput<typeof membershipSchema>;

/** What a tablet knows of its shop. */
export const tabletSettingsSchema = v.object({
  organization: v.object({
    id: uuidSchema,
    name: v.string(),
    default_locale: v.picklist(LOCALES),
    accent: v.string(),
  }),
  location: v.object({ id: uuidSchema, name: v.string(), time_zone: v.string() }),
  tablet: v.object({ id: uuidSchema, name: v.string() }),
  survey: v.object({ id: uuidSchema, survey: askableSurveySchema }),
  /** The shop's public key, to which a rescue file is sealed (src/device/rescue-key.ts). Null until an owner's page made the pair. */
  rescue_key: v.optional(v.nullable(v.string()), null),
  /** Null while the shop has no programme; an older server tells of none. */
  membership: v.optional(v.nullable(membershipSchema), null),
  /** Every how many months the team is asked how it is to work here; null when it is not. */
  pulse_months: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
});
export type TabletSettings = v.InferOutput<typeof tabletSettingsSchema>;

const staffMemberSchema = v.object({
  id: uuidSchema,
  name: v.string(),
  pin_salt: hex(16),
  /** PBKDF2 with HMAC-SHA-256 over the digits; see src/domain/pin.ts. */
  pin_hash: hex(32),
  /** An older server lets everybody do everything. */
  rights: v.optional(v.array(v.picklist(STAFF_RIGHTS)), [...STAFF_RIGHTS]),
});
/** Somebody who may unlock the tablet with a PIN. */
export type StaffMember = v.InferOutput<typeof staffMemberSchema>;

/** Staff come with the settings and are kept apart from them: the settings are remembered where no personal data may be. */
const serverSettingsSchema = v.object({
  ...tabletSettingsSchema.entries,
  staff: v.optional(v.array(staffMemberSchema), []),
});

export type Credentials = { pairing: string; secret: string };

const serverTime = v.pipe(v.string(), v.isoTimestamp());

const pairReplySchema = v.variant('outcome', [
  v.object({ outcome: v.literal('paired'), server_time: serverTime, settings: serverSettingsSchema }),
  throttledSchema,
  v.object({ outcome: v.picklist(['unknown_code', 'expired_code', 'used_code', 'malformed']) }),
]);
export type PairReply = v.InferOutput<typeof pairReplySchema>;

const pullReplySchema = v.variant('outcome', [
  throttledSchema,
  v.object({
    outcome: v.literal('ok'),
    server_time: serverTime,
    settings: serverSettingsSchema,
    /** Ids of refused records that the owner has settled: this tablet need not keep them. An older server tells none. */
    settled: v.optional(v.array(uuidSchema), []),
  }),
  v.object({ outcome: v.picklist(['revoked', 'unknown_pairing']) }),
]);
export type PullReply = Exclude<v.InferOutput<typeof pullReplySchema>, Throttled>;

const ingestReplySchema = v.variant('outcome', [
  v.object({ ...throttledSchema.entries, nonce: v.string() }),
  v.object({
    outcome: v.literal('accepted'),
    nonce: v.string(),
    server_time: serverTime,
    records: v.array(
      v.object({ id: v.unknown(), outcome: v.picklist(RECORD_OUTCOMES), reason: v.optional(v.string()) }),
    ),
  }),
  v.object({
    outcome: v.picklist(['revoked', 'unknown_pairing', 'too_large', 'malformed']),
    nonce: v.string(),
  }),
]);
export type IngestReply = Exclude<v.InferOutput<typeof ingestReplySchema>, Throttled>;

/** What a tablet tells about itself; no customer's words in it. What its browser does not know is left out. */
export type Health = {
  made: number;
  waiting: number;
  quarantined: number;
  app_version: string;
  /** Numbers that were given out and are gone from the tablet's database. */
  lost: number;
  /** The pairing that was here before the browser's storage was cleared, and the number it had reached. */
  gone?: { pairing: string; made: number };
  /** Age of the oldest record that waits; absent while none does. */
  oldest_waiting_s?: number;
  /** Whether the browser promised not to evict what waits. */
  persisted?: boolean;
  quota_bytes?: number;
  usage_bytes?: number;
  /** Server time minus the tablet's wall clock. */
  server_offset_ms?: number;
  /** 0 to 100. */
  battery_percent?: number;
  battery_charging?: boolean;
  /** How the test of a strict write ended on this start of the page. */
  durability?: 'strict' | 'relaxed' | 'failed';
};

/** Turns a pairing code into a pairing; safe to ask again with the same credentials. */
export function pair(code: string, credentials: Credentials, appVersion: string, context?: CallContext) {
  const args = { code, ...credentials, app_version: appVersion };
  return parsed(pairReplySchema, callFunction('pair', args, context));
}

/** Settings down, health up. */
export async function pull(
  credentials: Credentials,
  health: Health,
  context?: CallContext,
): Promise<Result<PullReply>> {
  const args = { ...credentials, health: JSON.stringify(health) };
  return unthrottled(await parsed(pullReplySchema, callFunction('pull', args, context)));
}

/**
 * Sends a batch. The nonce must come back: a 200 without it is somebody else's answer and counts as no answer.
 */
export async function ingest(
  credentials: Credentials,
  nonce: string,
  records: readonly VernaRecord[],
  context?: CallContext,
): Promise<Result<IngestReply>> {
  const args = { ...credentials, nonce, records: JSON.stringify(records) };
  const reply = await parsed(ingestReplySchema, callFunction('ingest', args, context));
  return reply.ok && reply.value.nonce !== nonce
    ? { ok: false, failure: { code: 'bad_reply' } }
    : unthrottled(reply);
}

const seqSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const pullMembersReplySchema = v.variant('outcome', [
  throttledSchema,
  v.object({
    outcome: v.literal('ok'),
    /** Number of the last change in this page: what to ask after next. */
    seq: seqSchema,
    entries: v.array(v.object({ lookup: hex(16), sealed: v.pipe(v.string(), v.base64()) })),
    /** Whom the tablet must forget. */
    gone: v.array(hex(16)),
    /** Whether there are changes after these. */
    more: v.boolean(),
  }),
  v.object({ outcome: v.picklist(['revoked', 'unknown_pairing']) }),
]);
export type PullMembersReply = Exclude<v.InferOutput<typeof pullMembersReplySchema>, Throttled>;
/** Changes to the shop's members, sealed for who knows the number. */
export type MembersPage = Extract<PullMembersReply, { outcome: 'ok' }>;

/** The changes to the shop's members after the one of that number, at most 1,000. */
export async function pullMembers(
  credentials: Credentials,
  after: number,
  context?: CallContext,
): Promise<Result<PullMembersReply>> {
  const call = callFunction('pull_members', { ...credentials, after }, context);
  return unthrottled(await parsed(pullMembersReplySchema, call));
}

export const findMemberReplySchema = v.variant('outcome', [
  throttledSchema,
  v.object({ outcome: v.literal('found'), member: knownMemberSchema }),
  v.object({ outcome: v.picklist(['unknown', 'revoked', 'unknown_pairing']) }),
]);
export type FindMemberReply = Exclude<v.InferOutput<typeof findMemberReplySchema>, Throttled>;

/** The member of a number in E.164. directoryKey, in hex, is kept for a member that has none yet. */
export async function findMember(
  credentials: Credentials,
  phone: string,
  directoryKey: string,
  context?: CallContext,
): Promise<Result<FindMemberReply>> {
  const call = callFunction('find_member', { ...credentials, phone, directory_key: directoryKey }, context);
  return unthrottled(await parsed(findMemberReplySchema, call));
}

const setupStateSchema = v.object({ fresh: v.boolean() });

/** Whether nobody has set up a shop on this server yet. */
export function setupState(context?: CallContext): Promise<Result<{ fresh: boolean }>> {
  return parsed(setupStateSchema, callFunction('setup_state', {}, context));
}
