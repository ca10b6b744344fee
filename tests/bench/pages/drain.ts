import { mintQueue } from './answers';
import { openRawStore } from './raw-store';
import type { DrainingTablet, RecordStore } from './record-store';
import { timeOf } from './time-of';
import { openVernaStore } from './verna-store';

let verna: Promise<RecordStore> | null = null;
const raw = openRawStore('bench-drain-raw');

/** Drains `count` new records by Verna's own Synchronizer and Drain; returns how long that took, in ms. */
async function drainByVerna(count: number, tablet: DrainingTablet, firstSeq: number): Promise<number> {
  verna ??= openVernaStore('bench-drain', tablet);
  return drain(await verna, count, tablet, firstSeq, NaN);
}

/** The same by a loop of a few lines with a fixed batch; it keeps its records in a database of its own. */
async function drainByLoop(
  count: number,
  tablet: DrainingTablet,
  firstSeq: number,
  batch: number,
): Promise<number> {
  return drain(await raw, count, tablet, firstSeq, batch);
}

async function drain(
  store: RecordStore,
  count: number,
  tablet: DrainingTablet,
  firstSeq: number,
  batch: number,
): Promise<number> {
  await store.fill(await mintQueue(count, { ...tablet, firstSeq }));
  return timeOf(() => store.drain(tablet, batch));
}

declare global {
  interface Window {
    drains: { byVerna: typeof drainByVerna; byLoop: typeof drainByLoop };
  }
}
window.drains = { byVerna: drainByVerna, byLoop: drainByLoop };
