import type { Answer } from '../../../src/domain/answer';
import type { VernaRecord } from '../../../src/domain/record';
import { browserClock } from '../../../src/device/clock';
import { mintRecord as mint } from '../../../src/device/mint';

const clock = browserClock();

type Maker = { pairing: string; survey: string };

/** A rating as the kiosk mints it, with its place in the queue. */
export async function mintRecord(
  score: number,
  { pairing, survey, seq }: Maker & { seq: number },
): Promise<VernaRecord> {
  const answer: Answer = {
    type: 'csat',
    score,
    session: crypto.randomUUID(),
    survey,
    question: 'satisfaction',
    locale: 'en',
  };
  return { ...(await mint(answer, clock, 0)), pairing, seq };
}

/** Records with seq from `firstSeq` on, as they wait in a tablet's queue. */
export function mintQueue(
  count: number,
  { pairing, survey, firstSeq = 1 }: Maker & { firstSeq?: number },
): Promise<VernaRecord[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      mintRecord(1 + (index % 5), { pairing, survey, seq: firstSeq + index }),
    ),
  );
}
