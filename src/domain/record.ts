import * as v from 'valibot';

/**
 * Everything a tablet produces is a record: written once, never edited, named by its id, counted by its seq.
 * The wire form and the stored form are the same object, so that what is hashed is what is sent.
 */

/** UUID of any version, lower case as every producer here writes it. */
export const uuidSchema = v.pipe(v.string(), v.uuid());

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex'));

export const recordSchema = v.object({
  /** UUIDv7, minted when the thing happened. */
  id: uuidSchema,
  /** The pairing under which the record was made; a re-paired tablet still sends what it made before. */
  pairing: uuidSchema,
  /** 1, 2, 3 … without gaps per pairing, taken in the transaction that stores the record. */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  kind: v.picklist([
    'answer',
    'unlock',
    'enrolment',
    'consent',
    'visit',
    'redemption',
    'case',
    'pulse',
    'rater',
  ]),
  /** Version of the body's shape; the server takes every version it ever took. */
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** JSON text, frozen: hashed once and sent as it is. */
  body: v.pipe(v.string(), v.maxLength(16_000)),
  /** SHA-256 of the body's UTF-8 bytes, in lower-case hex. */
  sha256: sha256Schema,
  /** The tablet's own wall clock, ISO 8601 in UTC with milliseconds. It may lie: see serverOffsetMs. */
  occurredAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Minutes to add to UTC for the tablet's local time (Sofia in summer: +180). */
  tzOffset: v.pipe(v.number(), v.integer(), v.minValue(-900), v.maxValue(900)),
  /** Server time minus the tablet's wall clock as last known, in ms; null while never known. */
  serverOffsetMs: v.nullable(v.pipe(v.number(), v.safeInteger())),
  /** Names one start of the page; monotonicMs is comparable within one boot only. */
  boot: uuidSchema,
  /** Milliseconds since that start; it never goes back. */
  monotonicMs: v.pipe(v.number(), v.minValue(0)),
});

export type VernaRecord = v.InferOutput<typeof recordSchema>;

/** A record before its place in the queue is known: the store adds pairing and seq. */
export type RecordDraft = Omit<VernaRecord, 'pairing' | 'seq'>;

/** What the server says of one record. The tablet deletes on the first three and quarantines on the last. */
export const RECORD_OUTCOMES = ['stored', 'duplicate', 'conflict', 'refused'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];
