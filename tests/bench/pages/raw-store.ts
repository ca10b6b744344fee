import { handWrittenLoop } from './hand-written-loop';
import type { RecordStore } from './record-store';

/** IndexedDB as the browser gives it, for the floors: no library, no healing, no pairing. */
export async function openRawStore(
  name: string,
  durability: IDBTransactionDurability = 'strict',
): Promise<RecordStore> {
  const database = await openRawDatabase(name);
  /** Resolves when the transaction has completed. */
  const write = (work: (records: IDBObjectStore) => void): Promise<void> => {
    const tx = database.transaction('records', 'readwrite', { durability });
    work(tx.objectStore('records'));
    return completed(tx);
  };
  return {
    append: (record) => write((records) => void records.put(record)),
    fill: (waiting) => write((records) => waiting.forEach((record) => records.put(record))),
    drain: (tablet, batch) =>
      handWrittenLoop(
        {
          read: (count) =>
            succeeded(database.transaction('records').objectStore('records').getAll(null, count)),
          remove: (sent) => write((records) => sent.forEach(({ seq }) => records.delete(seq))),
        },
        tablet,
        batch,
      ),
  };
}

function openRawDatabase(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('records', { keyPath: 'seq' });
  return succeeded(opening);
}

function succeeded<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed'));
  });
}

function completed(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('The transaction was aborted'));
  });
}
