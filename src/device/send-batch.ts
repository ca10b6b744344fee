import type { Failure, Result } from '../backend/failure';
import type { Credentials, IngestReply } from '../backend/tablet-calls';
import type { VernaRecord } from '../domain/record';
import type { Queue, QueuedRecord, Refusal } from './queue';

export type Ingest = (
  credentials: Credentials,
  nonce: string,
  records: readonly VernaRecord[],
) => Promise<Result<IngestReply>>;

/**
 * What became of one batch.
 *
 * - progress: the server named some of it, and those are settled; or it was empty, and the server took it
 * - nothing: nothing usable came back; everything is kept, to be sent again
 * - too_large: the server will not read so much at once, or cannot make sense of it; of a lone record: it is to blame
 * - paused: the server does not know this pairing, or no longer
 */
export type BatchOutcome =
  | { outcome: 'progress'; serverTime: string; sentAt: number; receivedAt: number }
  | { outcome: 'nothing'; failure: Failure }
  | { outcome: 'too_large' }
  | { outcome: 'paused' };

/** Sends one batch and settles exactly the records that the server names. `now` is the tablet's wall clock in ms. */
export async function sendBatch(
  batch: readonly QueuedRecord[],
  credentials: Credentials,
  { queue, ingest, now }: { queue: Queue; ingest: Ingest; now: () => number },
): Promise<BatchOutcome> {
  const sentAt = now();
  const result = await ingest(
    credentials,
    crypto.randomUUID(),
    batch.map(({ record }) => record),
  );
  const receivedAt = now();
  if (!result.ok) {
    // 401 and 403 blame the key or the pairing, never a record.
    if (result.failure.code === 'forbidden') return { outcome: 'paused' };
    if (result.failure.code !== 'too_large' || batch.length === 0)
      return { outcome: 'nothing', failure: result.failure };
    if (batch.length > 1) return { outcome: 'too_large' };
    // Anything on the way can answer 413 to everything: a record is to blame only if the server itself takes none.
    const none = await sendBatch([], credentials, { queue, ingest, now });
    return none.outcome === 'progress' ? { outcome: 'too_large' } : none;
  }

  const reply = result.value;
  switch (reply.outcome) {
    case 'revoked':
    case 'unknown_pairing':
      return { outcome: 'paused' };
    case 'too_large':
    case 'malformed':
      return { outcome: 'too_large' };
    case 'accepted': {
      const sent = new Map(batch.map((queued) => [queued.record.id as unknown, queued]));
      const acknowledged: QueuedRecord[] = [];
      const refused: Refusal[] = [];
      for (const { id, outcome, reason } of reply.records) {
        const queued = sent.get(id);
        if (!queued) continue;
        sent.delete(id);
        if (outcome === 'refused') refused.push({ queued, reason: reason ?? 'refused' });
        else acknowledged.push(queued);
      }
      if (batch.length > 0 && acknowledged.length + refused.length === 0) {
        return { outcome: 'nothing', failure: { code: 'bad_reply' } };
      }
      await queue.settle(acknowledged, refused);
      return { outcome: 'progress', serverTime: reply.server_time, sentAt, receivedAt };
    }
  }
}
