import { publishableKey } from '../../../src/backend/config';
import type { VernaRecord } from '../../../src/domain/record';
import { completed } from './raw-database';

type Reply = { nonce: string; records: { id: string }[] };

/**
 * What a careful engineer writes on a good day: read a batch, send it, delete what was named, strictly, until nothing
 * is left. No back-off, no quarantine, no lock, no time limit.
 */
export async function handWrittenLoop(
  database: IDBDatabase,
  { pairing, secret }: { pairing: string; secret: string },
  batch: number,
): Promise<void> {
  for (;;) {
    const records = await readBatch(database, batch);
    if (records.length === 0) return;
    const nonce = crypto.randomUUID();
    const response = await fetch('/rest/v1/rpc/ingest', {
      method: 'POST',
      headers: { apikey: publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ pairing, secret, nonce, records: JSON.stringify(records) }),
    });
    const reply = (await response.json()) as Reply;
    if (!response.ok || reply.nonce !== nonce) throw new Error(`The endpoint answered ${response.status}`);
    const named = new Set(reply.records.map(({ id }) => id));
    const tx = database.transaction('records', 'readwrite', { durability: 'strict' });
    for (const { id, seq } of records) if (named.has(id)) tx.objectStore('records').delete(seq);
    await completed(tx);
  }
}

function readBatch(database: IDBDatabase, batch: number): Promise<VernaRecord[]> {
  return new Promise((resolve, reject) => {
    const request = database.transaction('records').objectStore('records').getAll(null, batch);
    request.onsuccess = () => resolve(request.result as VernaRecord[]);
    request.onerror = () => reject(request.error ?? new Error('The queue could not be read'));
  });
}
