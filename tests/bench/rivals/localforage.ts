import localforage from 'localforage';
import type { VernaRecord } from '../../../src/domain/record';
import { handWrittenLoop } from '../pages/hand-written-loop';
import type { OpenStore } from './open-store';

/** It knows single keys alone: a batch is read by a cursor and deleted by as many transactions as it has records. */
export const open: OpenStore = async (name) => {
  const store = localforage.createInstance({ name, driver: localforage.INDEXEDDB });
  await store.ready();
  const append = async (record: VernaRecord) => void (await store.setItem(record.id, record));
  return {
    append,
    fill: async (records) => void (await Promise.all(records.map(append))),
    drain: (tablet, batch) =>
      handWrittenLoop(
        {
          read: async (count) => {
            const records: VernaRecord[] = [];
            // Ends at the first answer that is not undefined.
            await store.iterate((record: VernaRecord) => (records.push(record) < count ? undefined : true));
            return records;
          },
          remove: async (sent) => void (await Promise.all(sent.map(({ id }) => store.removeItem(id)))),
        },
        tablet,
        batch,
      ),
  };
};
