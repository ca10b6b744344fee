import type { RecordDraft } from '../../../src/domain/record';
import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { mintRating } from './answers';
import { completed, openRawDatabase } from './raw-database';

const PAIRING = crypto.randomUUID();

/** Times in ms, one per write. */
export type StoreTimes = { store: number[]; raw: number[] };

/** Writes records by turns through Outbox.append and as one bare strict put of the same record. */
async function measure(warmUp: number, count: number): Promise<StoreTimes> {
  const handle = new DatabaseHandle('bench-store');
  await handle.run((database) => database.put('state', { id: PAIRING, secret: '', base: 0 }, 'pairing'));
  const outbox = new Outbox(handle);
  const raw = await openRawDatabase('bench-store-raw');
  const times: StoreTimes = { store: [], raw: [] };
  for (let round = 1 - warmUp; round <= count; round++) {
    const draft = await mintRating(5, PAIRING);
    const seq = round + warmUp;
    const storeFirst = round % 2 === 0;
    const before = storeFirst ? NaN : await timeOf(() => writeRaw(raw, draft, seq));
    const storeMs = await timeOf(() => append(outbox, draft));
    const rawMs = storeFirst ? await timeOf(() => writeRaw(raw, draft, seq)) : before;
    if (round < 1) continue;
    times.store.push(storeMs);
    times.raw.push(rawMs);
  }
  return times;
}

async function append(outbox: Outbox, draft: RecordDraft): Promise<void> {
  const { outcome } = await outbox.append(draft);
  if (outcome !== 'stored') throw new Error('Outbox did not store the record');
}

async function writeRaw(database: IDBDatabase, draft: RecordDraft, seq: number): Promise<void> {
  const tx = database.transaction('records', 'readwrite', { durability: 'strict' });
  tx.objectStore('records').put({ ...draft, pairing: PAIRING, seq });
  await completed(tx);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

declare global {
  interface Window {
    measureStore: typeof measure;
  }
}
window.measureStore = measure;
