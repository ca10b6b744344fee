import * as v from 'valibot';
import { RECORD_OUTCOMES, uuidSchema, type VernaRecord } from '../domain/record';
import { LOCALES } from '../domain/locale';
import { surveySchema } from '../domain/survey';
import { callFunction, type CallContext } from './call-function';
import type { Result } from './failure';

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
  survey: v.object({ id: uuidSchema, survey: surveySchema }),
});
export type TabletSettings = v.InferOutput<typeof tabletSettingsSchema>;

export type Credentials = { pairing: string; secret: string };

const serverTime = v.pipe(v.string(), v.isoTimestamp());

const pairReplySchema = v.variant('outcome', [
  v.object({ outcome: v.literal('paired'), server_time: serverTime, settings: tabletSettingsSchema }),
  v.object({ outcome: v.literal('throttled'), retry_after_s: v.number() }),
  v.object({ outcome: v.picklist(['unknown_code', 'expired_code', 'used_code', 'malformed']) }),
]);
export type PairReply = v.InferOutput<typeof pairReplySchema>;

const pullReplySchema = v.variant('outcome', [
  v.object({ outcome: v.literal('ok'), server_time: serverTime, settings: tabletSettingsSchema }),
  v.object({ outcome: v.picklist(['revoked', 'unknown_pairing']) }),
]);
export type PullReply = v.InferOutput<typeof pullReplySchema>;

const ingestReplySchema = v.variant('outcome', [
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
export type IngestReply = v.InferOutput<typeof ingestReplySchema>;

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
export function pull(
  credentials: Credentials,
  health: Health,
  context?: CallContext,
): Promise<Result<PullReply>> {
  return parsed(
    pullReplySchema,
    callFunction('pull', { ...credentials, health: JSON.stringify(health) }, context),
  );
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
  return reply.ok && reply.value.nonce !== nonce ? { ok: false, failure: { code: 'bad_reply' } } : reply;
}

const setupStateSchema = v.object({ fresh: v.boolean() });

/** Whether nobody has set up a shop on this server yet. */
export function setupState(context?: CallContext): Promise<Result<{ fresh: boolean }>> {
  return parsed(setupStateSchema, callFunction('setup_state', {}, context));
}

async function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  call: Promise<Result<unknown>>,
): Promise<Result<v.InferOutput<Schema>>> {
  const result = await call;
  if (!result.ok) return result;
  const parse = v.safeParse(schema, result.value);
  return parse.success
    ? { ok: true, value: parse.output }
    : { ok: false, failure: { code: 'bad_reply', cause: parse.issues.map((issue) => v.getDotPath(issue)) } };
}
