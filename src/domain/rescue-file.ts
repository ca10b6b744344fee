import * as v from 'valibot';
import { uuidSchema } from './record';

/** No tablet's queue comes near it; more would only stop the browser that opens it. */
export const LARGEST_RESCUE_BYTES = 50_000_000;

const headSchema = v.object({
  format: v.literal('verna-rescue'),
  v: v.literal(1),
  /** The shop whose records these are. */
  organization: uuidSchema,
  /** The tablet's own wall clock. */
  exported_at: v.pipe(v.string(), v.isoTimestamp()),
  app_version: v.string(),
  /** How many records the file holds: one that was cut short is noticed. */
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type RescueHead = v.InferOutput<typeof headSchema>;

/** What the server makes of each record is its own affair: this file keeps refused ones as well. */
const rescuedSchema = v.looseObject({ id: v.string() });
export type RescuedRecord = v.InferOutput<typeof rescuedSchema>;

const base64 = v.pipe(v.string(), v.base64());
const sealedSchema = v.object({
  /** The sender's ephemeral public key (RFC 9180, 4.1), in base64. */
  enc: base64,
  /** The records' JSON under the shop's key, with the head as authenticated data, in base64. */
  data: base64,
});
export type Sealed = v.InferOutput<typeof sealedSchema>;

const recordsSchema = v.array(rescuedSchema);

/** The one file in which a tablet's queue travels: sealed to the shop, or plain for whoever may read it. */
export type RescueFile = { head: RescueHead } & (
  | { kind: 'sealed'; sealed: Sealed }
  | { kind: 'plain'; records: RescuedRecord[] }
);

/**
 * Why a file cannot be taken.
 *
 * - not_rescue: some other file
 * - newer: of a version of Verna that this page does not know
 * - damaged: torn, cut short or changed
 * - other_shop: made by another shop's tablet
 * - too_large: more than LARGEST_RESCUE_BYTES
 */
export type RescueProblem = 'not_rescue' | 'newer' | 'damaged' | 'other_shop' | 'too_large';

export function rescueText(file: RescueFile): string {
  return JSON.stringify({
    ...file.head,
    ...(file.kind === 'sealed' ? { sealed: file.sealed } : { records: file.records }),
  });
}

/** Parses a file's text; organization is the shop that would take it. */
export function parseRescueFile(text: string, organization: string): RescueFile | RescueProblem {
  // A file that was cut short is no JSON any more, but still says what it was.
  const looksLikeOne = /^\s*\{\s*"format"\s*:\s*"verna-rescue"/.test(text);
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return looksLikeOne ? 'damaged' : 'not_rescue';
  if (!('format' in value) || value.format !== 'verna-rescue') return 'not_rescue';
  if ('v' in value && typeof value.v === 'number' && value.v > 1) return 'newer';
  const head = v.safeParse(headSchema, value);
  if (!head.success) return 'damaged';
  if (head.output.organization !== organization) return 'other_shop';
  if ('sealed' in value) {
    const sealed = v.safeParse(sealedSchema, value.sealed);
    return sealed.success ? { head: head.output, kind: 'sealed', sealed: sealed.output } : 'damaged';
  }
  const records = checkedRecords(head.output, 'records' in value ? value.records : undefined);
  return records ? { head: head.output, kind: 'plain', records } : 'damaged';
}

/** The records that were sealed, or null when they are not as many as the head says. */
export function parseRescuedRecords(head: RescueHead, text: string): RescuedRecord[] | null {
  return checkedRecords(head, parseJson(text));
}

function checkedRecords(head: RescueHead, value: unknown): RescuedRecord[] | null {
  const records = v.safeParse(recordsSchema, value);
  return records.success && records.output.length === head.count ? records.output : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
