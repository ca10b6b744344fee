import { DatabaseHandle } from '../../../src/device/database';
import { raiseHighWater } from '../../../src/device/high-water';
import { Queue } from '../../../src/device/queue';
import type { VernaRecord } from '../../../src/domain/record';
import type { StoredDatabase, StoredStore } from '../../support/stored-queues';

/*
 * Runs inside a real browser: writes down what a tablet's browser holds, and puts it back exactly so. Putting it back
 * uses no part of Verna, because today's parts are what is to meet it.
 */

const DATABASE = 'verna-tablet';
/** No person's words, and random bytes of half a megabyte. */
const BALLAST = 'ballast';
/** A browser gives its keys to nobody, so this one is made of known bytes before anything is sealed. */
const KEY_BYTES = new Uint8Array(32).map((_, index) => index);

/** Gives this browser, while it has sealed nothing yet, a key that can be written down. */
export async function plantKey(): Promise<void> {
  const handle = new DatabaseHandle();
  const key = await importKey();
  await handle.run((database) => database.put('state', key, 'key'));
  await handle.close();
}

export async function dump(): Promise<{
  database: StoredDatabase;
  localStorage: Record<string, string>;
  waiting: VernaRecord[];
}> {
  const handle = new DatabaseHandle();
  const queue = new Queue(handle);
  const waiting = (await queue.nextBatch(10_000, Infinity)).map(({ record }) => record);
  // As the synchronizer does whenever it counts.
  const reached = await queue.reached();
  if (reached) raiseHighWater(reached);
  await handle.close();
  const database = await opened(indexedDB.open(DATABASE));
  const stores = await Promise.all(
    [...database.objectStoreNames].map((name) => dumpStore(database.transaction(name, 'readwrite'), name)),
  );
  database.close();
  return { database: { version: database.version, stores }, localStorage: { ...localStorage }, waiting };
}

async function dumpStore(tx: IDBTransaction, name: string): Promise<StoredStore> {
  const store = tx.objectStore(name);
  const { keyPath, autoIncrement } = store;
  const [keys, values] = await Promise.all([opened(store.getAllKeys()), opened(store.getAll())]);
  const indexes = [...store.indexNames].map((index) => {
    const { keyPath, unique } = store.index(index);
    return { name: index, keyPath, unique };
  });
  // The generator tells its number only by handing it out; it takes it back with the transaction.
  const nextKey = autoIncrement ? ((await opened(store.add({ id: 'next' }))) as number) : null;
  tx.abort();
  const rows = keys.map((key, at) => ({
    ...(keyPath === null && { key: key as string }),
    value: pack(values[at]),
  }));
  return { name, keyPath, indexes, nextKey, rows: rows.filter(({ key }) => key !== BALLAST) };
}

/** In a browser that has no database yet. */
export async function load(queue: {
  database: StoredDatabase;
  localStorage: Record<string, string>;
}): Promise<void> {
  const { version, stores } = queue.database;
  const key = await importKey();
  const opening = indexedDB.open(DATABASE, version);
  opening.onupgradeneeded = () => {
    for (const { name, keyPath, indexes, nextKey } of stores) {
      const store = opening.result.createObjectStore(name, { keyPath, autoIncrement: nextKey !== null });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique });
    }
  };
  const database = await opened(opening);
  const tx = database.transaction([...database.objectStoreNames], 'readwrite');
  for (const { name, keyPath, nextKey, rows } of stores) {
    const store = tx.objectStore(name);
    if (nextKey !== null && nextKey > 1) {
      // A key given by hand moves the generator behind it.
      store.add({ [keyPath as string]: nextKey - 1, id: 'last' });
      store.delete(nextKey - 1);
    }
    for (const row of rows) store.add(unpack(row.value, key), row.key);
  }
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error!);
  });
  database.close();
  for (const [name, value] of Object.entries(queue.localStorage)) localStorage.setItem(name, value);
}

function opened<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

function importKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', KEY_BYTES, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** JSON knows neither bytes nor keys: they become objects of one property whose name begins with a dollar sign. */
function pack(value: unknown): unknown {
  if (value instanceof CryptoKey) return { $key: 'fixed' };
  if (value instanceof ArrayBuffer) return { $buffer: [...new Uint8Array(value)] };
  if (value instanceof Uint8Array) return { $bytes: [...value] };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value === 'object' && value !== null) return mapValues(value, pack);
  return value;
}

function unpack(value: unknown, key: CryptoKey): unknown {
  if (Array.isArray(value)) return value.map((each) => unpack(each, key));
  if (typeof value !== 'object' || value === null) return value;
  const { $key, $buffer, $bytes } = value as { $key?: string; $buffer?: number[]; $bytes?: number[] };
  if ($key) return key;
  if ($buffer) return new Uint8Array($buffer).buffer;
  if ($bytes) return new Uint8Array($bytes);
  return mapValues(value, (each) => unpack(each, key));
}

function mapValues(value: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, change(each)]));
}
