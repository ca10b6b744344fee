import { v7 as uuidv7 } from 'uuid';
import type { Answer } from '../../domain/answer';
import type { DemoSession } from '../../domain/demo/generate-demo';
import type { VernaRecord } from '../../domain/record';
import { sha256 } from '../../device/secrets';

/** Seconds between two answers of one customer. */
const ANSWER_MS = 4_000;

/**
 * One tablet's history as the records it would have made: ids minted at the time of the answer, seq without gaps, one
 * boot. Lazy, because thousands of hashes take a moment and the server should be busy meanwhile.
 */
export async function* demoRecords(
  sessions: Iterable<DemoSession>,
  pairing: string,
  survey: string,
): AsyncGenerator<VernaRecord, void, void> {
  const boot = crypto.randomUUID();
  let seq = 0;
  let bootedAt: number | null = null;
  for (const session of sessions) {
    const sessionId = uuidv7({ msecs: session.occurredAt });
    for (const [index, answer] of session.answers.entries()) {
      const at = session.occurredAt + index * ANSWER_MS;
      bootedAt ??= at;
      seq += 1;
      const full: Answer = { ...answer, session: sessionId, survey, locale: session.locale };
      const body = JSON.stringify(full);
      yield {
        id: uuidv7({ msecs: at }),
        pairing,
        seq,
        kind: 'answer',
        v: 1,
        body,
        sha256: await sha256(body),
        occurredAt: new Date(at).toISOString(),
        tzOffset: session.tzOffset,
        serverOffsetMs: 0,
        boot,
        monotonicMs: Math.max(0, at - bootedAt),
      };
    }
  }
}
