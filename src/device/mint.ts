import { v7 as uuidv7 } from 'uuid';
import type { Answer } from '../domain/answer';
import type { Case } from '../domain/case';
import type { Consent, Enrolment, Visit } from '../domain/member';
import type { Pulse } from '../domain/pulse';
import type { Rater } from '../domain/rater';
import type { RecordDraft } from '../domain/record';
import type { Redemption } from '../domain/reward';
import type { Unlock } from '../domain/unlock';
import type { Clock } from './clock';
import { sha256 } from './secrets';

/** What a record is about; the body of each says by its type what it is. */
export type RecordBody = Answer | Unlock | Enrolment | Consent | Visit | Redemption | Case | Pulse | Rater;

/** What a customer wrote, what somebody thinks of working here, and whatever holds a number that is answered waits sealed. */
export const isPersonal = (body: RecordBody): boolean =>
  'text' in body || 'salt' in body || ('phone' in body && body.phone !== null);

/** A body as the text that is hashed, stored and sent. */
export type FrozenBody = { text: string; sha256: Promise<string> };

export function freeze(body: RecordBody, foreseen?: FrozenBody): FrozenBody {
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  return foreseen?.text === text ? foreseen : { text, sha256: sha256(text) };
}

/**
 * Makes a record at the moment the thing happened. serverOffsetMs is server time minus wall clock as last known, or
 * null. An answer that was foreseen needs no hashing any more, which is a turn less to wait for.
 */
export async function mintRecord(
  body: RecordBody,
  clock: Clock,
  serverOffsetMs: number | null,
  foreseen?: FrozenBody,
): Promise<RecordDraft> {
  const happened = { now: clock.now(), monotonicMs: clock.monotonicMs() };
  const frozen = freeze(body, foreseen);
  return {
    id: uuidv7(),
    // What is no answer to a question is of the kind that its type names.
    kind: 'question' in body ? 'answer' : body.type,
    v: 1,
    body: frozen.text,
    sha256: await frozen.sha256,
    occurredAt: new Date(happened.now).toISOString(),
    tzOffset: clock.tzOffset(),
    serverOffsetMs,
    boot: clock.boot,
    monotonicMs: happened.monotonicMs,
  };
}

/** Postgres takes no NUL and no half of a surrogate pair in text; an emoji cut in two must not cost what was typed beside it. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
