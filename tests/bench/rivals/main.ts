import { mintQueue, mintRecord } from '../pages/answers';
import type { RecordStore } from '../pages/record-store';
import { timeOf } from '../pages/time-of';
import { forceStrict } from './force-strict';
import type { Durability, OpenStore } from './open-store';

/** One page, one store: /?dexie&durability=asked. The first name is the file's below. */

const STORES: Record<string, () => Promise<OpenStore>> = {
  verna: async () => (await import('../pages/verna-store')).openVernaStore,
  raw: async () => (await import('./raw')).open,
  idb: async () => (await import('./idb')).open,
  dexie: async () => (await import('./dexie')).open,
  rxdb: async () => (await import('./rxdb')).open,
  pouchdb: async () => (await import('./pouchdb')).open,
  localforage: async () => (await import('./localforage')).open,
};

/** As many as Verna sends at once when it has many. */
const BATCH = 500;

const asked = new URLSearchParams(location.search);
const durability = asked.get('durability') as Durability;
const tablet = { pairing: crypto.randomUUID(), secret: 'secret', survey: crypto.randomUUID() };
let nextSeq = 1;

async function openStore(): Promise<RecordStore> {
  const load = STORES[asked.get('store') ?? ''];
  if (!load) throw new Error(`No store is called ${asked.get('store')}`);
  const open = await load();
  if (durability === 'forced') forceStrict();
  return open(`bench-rivals-${durability}`, tablet, durability);
}

const opening = openStore();

/** Stores records one after another, each minted right before; returns how long each was being stored, in ms. */
async function append(count: number): Promise<number[]> {
  const store = await opening;
  const times: number[] = [];
  for (let stored = 0; stored < count; stored++) {
    const record = await mintRecord(5, { ...tablet, seq: nextSeq++ });
    times.push(await timeOf(() => store.append(record)));
  }
  return times;
}

/** Lets `count` new records wait, and drains them; returns how long the draining took, in ms. */
async function drain(count: number): Promise<number> {
  const store = await opening;
  const records = await mintQueue(count, { ...tablet, firstSeq: nextSeq });
  nextSeq += count;
  await store.fill(records);
  return timeOf(() => store.drain(tablet, BATCH));
}

declare global {
  interface Window {
    rival: { append: typeof append; drain: typeof drain };
  }
}
window.rival = { append, drain };
