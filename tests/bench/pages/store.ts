import { mintQueue, mintRecord } from './answers';
import { openRawStore } from './raw-store';
import { timeOf } from './time-of';
import { openVernaStore } from './verna-store';

const TABLET = { pairing: crypto.randomUUID(), secret: '', survey: crypto.randomUUID() };

/** Times in ms, one per write. */
export type StoreTimes = { store: number[]; raw: number[] };

/**
 * Writes records by turns through Outbox.append and as one bare strict put of the same record, while `waiting` records
 * lie in each database already.
 */
async function measure(warmUp: number, count: number, waiting: number): Promise<StoreTimes> {
  const verna = await openVernaStore(`bench-store-${waiting}`, TABLET);
  const raw = await openRawStore(`bench-store-raw-${waiting}`);
  const queue = await mintQueue(waiting, TABLET);
  await Promise.all([verna.fill(queue), raw.fill(queue)]);
  const times: StoreTimes = { store: [], raw: [] };
  for (let round = 1 - warmUp; round <= count; round++) {
    const record = await mintRecord(5, { ...TABLET, seq: waiting + warmUp + round });
    const storeFirst = round % 2 === 0;
    const before = storeFirst ? NaN : await timeOf(() => raw.append(record));
    const storeMs = await timeOf(() => verna.append(record));
    const rawMs = storeFirst ? await timeOf(() => raw.append(record)) : before;
    if (round < 1) continue;
    times.store.push(storeMs);
    times.raw.push(rawMs);
  }
  return times;
}

declare global {
  interface Window {
    measureStore: typeof measure;
  }
}
window.measureStore = measure;
