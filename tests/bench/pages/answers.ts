import type { Answer } from '../../../src/domain/answer';
import type { RecordDraft, VernaRecord } from '../../../src/domain/record';
import { browserClock } from '../../../src/device/clock';
import { mintAnswer } from '../../../src/device/mint';

const clock = browserClock();

/** A rating as the kiosk mints it. */
function mintRating(score: number, survey: string): Promise<RecordDraft> {
  const answer: Answer = {
    type: 'csat',
    score,
    session: crypto.randomUUID(),
    survey,
    question: 'satisfaction',
    locale: 'en',
  };
  return mintAnswer(answer, clock, 0);
}

/** Records with seq from `firstSeq` on, as they wait in a tablet's queue. */
export function mintQueue(
  count: number,
  { pairing, survey, firstSeq = 1 }: { pairing: string; survey: string; firstSeq?: number },
): Promise<VernaRecord[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      ...(await mintRating(1 + (index % 5), survey)),
      pairing,
      seq: firstSeq + index,
    })),
  );
}
