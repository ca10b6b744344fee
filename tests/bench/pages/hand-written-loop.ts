import { publishableKey } from '../../../src/backend/config';
import type { VernaRecord } from '../../../src/domain/record';
import type { DrainingTablet } from './record-store';

export type Waiting = {
  /** The first `count` records that wait. */
  read: (count: number) => Promise<VernaRecord[]>;
  remove: (records: VernaRecord[]) => Promise<void>;
};

type Reply = { nonce: string; records: { id: string }[] };

/**
 * What a careful engineer writes on a good day: read a batch, send it, delete what was named, until nothing is left.
 * No back-off, no quarantine, no lock, no time limit.
 */
export async function handWrittenLoop(
  waiting: Waiting,
  tablet: DrainingTablet,
  batch: number,
): Promise<void> {
  for (;;) {
    const records = await waiting.read(batch);
    if (records.length === 0) return;
    const named = await send(records, tablet);
    await waiting.remove(records.filter(({ id }) => named.has(id)));
  }
}

/** Sends records and returns the ids that the server named. */
export async function send(
  records: readonly VernaRecord[],
  { pairing, secret }: DrainingTablet,
): Promise<ReadonlySet<string>> {
  const nonce = crypto.randomUUID();
  const response = await fetch('/rest/v1/rpc/ingest', {
    method: 'POST',
    headers: { apikey: publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ pairing, secret, nonce, records: JSON.stringify(records) }),
  });
  const reply = (await response.json()) as Reply;
  if (!response.ok || reply.nonce !== nonce) throw new Error(`The endpoint answered ${response.status}`);
  return new Set(reply.records.map(({ id }) => id));
}
