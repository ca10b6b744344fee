import { v7 as uuidv7 } from 'uuid';
import type { Answer } from '../domain/answer';
import type { RecordDraft } from '../domain/record';
import type { Clock } from './clock';
import { sha256 } from './secrets';

/**
 * Makes a record of an answer at the moment it was given. The body is frozen as text here: what is hashed is what is
 * stored and sent. serverOffsetMs is server time minus wall clock as last known, or null.
 */
export async function mintAnswer(
  answer: Answer,
  clock: Clock,
  serverOffsetMs: number | null,
): Promise<RecordDraft> {
  const happened = { now: clock.now(), monotonicMs: clock.monotonicMs() };
  const body = JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  return {
    id: uuidv7(),
    kind: 'answer',
    v: 1,
    body,
    sha256: await sha256(body),
    occurredAt: new Date(happened.now).toISOString(),
    tzOffset: clock.tzOffset(),
    serverOffsetMs,
    boot: clock.boot,
    monotonicMs: happened.monotonicMs,
  };
}

/** Postgres takes no NUL and no half of a surrogate pair in text; an emoji cut in two must not cost the comment. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
