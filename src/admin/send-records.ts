import type { Failure, Result } from '../backend/failure';
import type { ImportReply } from '../backend/owner-calls/records';
import type { RecordOutcome } from '../domain/record';
import { again } from './again';
import { jsonBatches } from './batches';

/** Answers, not rows: a row with a score and a comment is two. */
export type ImportTotals = {
  total: number;
  sent: number;
  stored: number;
  /** Already there from an earlier import of the same answers. */
  duplicate: number;
  /** The same id with another content (a changed recoding or time zone): kept aside, the stored answer stays. */
  conflict: number;
  refused: number;
  refusedBy: Record<string, number>;
};

export type ImportEnd =
  | { end: 'finished'; totals: ImportTotals }
  | { end: 'cancelled'; totals: ImportTotals }
  /** `failure` is null when the server answered but would not take the batch. Running again goes on: it stores nothing twice. */
  | { end: 'failed'; totals: ImportTotals; failure: Failure | null };

export type Sending = {
  onProgress?: (totals: ImportTotals) => void;
  signal?: AbortSignal;
  /** How to wait between tries, in ms; tests hand in their own. */
  wait?: (ms: number) => Promise<void>;
};

/** One request: a JSON array as text, under a nonce that must come back. */
export type SendBatch = (nonce: string, records: string) => Promise<Result<ImportReply>>;

export function noTotals(total: number): ImportTotals {
  return { total, sent: 0, stored: 0, duplicate: 0, conflict: 0, refused: 0, refusedBy: {} };
}

/** Sends records in batches that the server takes, and counts what became of them. Returns what ended it early, or null. */
export async function sendRecords(
  records: Iterable<unknown>,
  totals: ImportTotals,
  send: SendBatch,
  { onProgress, signal, wait }: Sending,
): Promise<ImportEnd | null> {
  for (const batch of jsonBatches(records)) {
    if (signal?.aborted) return { end: 'cancelled', totals };
    const reply = await again(() => sendOnce(send, batch.json), wait);
    if (!reply.ok) return { end: 'failed', totals, failure: reply.failure };
    if (reply.value.outcome === 'accepted') reply.value.records.forEach((named) => count(totals, named));
    // One that is too large by itself must not hold up those behind it.
    else if (reply.value.outcome === 'too_large' && batch.items.length === 1)
      count(totals, { outcome: 'refused', reason: 'too_large' });
    else return { end: 'failed', totals, failure: null };
    totals.sent += batch.items.length;
    onProgress?.({ ...totals, refusedBy: { ...totals.refusedBy } });
  }
  return null;
}

function count(
  totals: ImportTotals,
  { outcome, reason = 'unknown' }: { outcome: RecordOutcome; reason?: string | undefined },
): void {
  totals[outcome] += 1;
  if (outcome === 'refused') totals.refusedBy[reason] = (totals.refusedBy[reason] ?? 0) + 1;
}

async function sendOnce(send: SendBatch, json: string): Promise<Result<ImportReply>> {
  const nonce = crypto.randomUUID();
  const reply = await send(nonce, json);
  return reply.ok && reply.value.nonce !== nonce ? { ok: false, failure: { code: 'bad_reply' } } : reply;
}
