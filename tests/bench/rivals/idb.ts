import { openDB, type DBSchema } from 'idb';
import type { VernaRecord } from '../../../src/domain/record';
import { handWrittenLoop } from '../pages/hand-written-loop';
import type { OpenStore } from './open-store';

interface Schema extends DBSchema {
  records: { key: number; value: VernaRecord };
}

/** The shortcuts (`database.put`) take no options: strict means opening the transaction oneself. */
export const open: OpenStore = async (name, _tablet, asked) => {
  const durability = asked === 'asked' ? 'strict' : 'default';
  const database = await openDB<Schema>(name, 1, {
    upgrade: (upgrading) => void upgrading.createObjectStore('records', { keyPath: 'seq' }),
  });
  return {
    append: async (record) => {
      const tx = database.transaction('records', 'readwrite', { durability });
      await Promise.all([tx.store.put(record), tx.done]);
    },
    fill: async (records) => {
      const tx = database.transaction('records', 'readwrite');
      await Promise.all([...records.map((record) => tx.store.put(record)), tx.done]);
    },
    drain: (tablet, batch) =>
      handWrittenLoop(
        {
          read: (count) => database.getAll('records', null, count),
          remove: async (sent) => {
            const tx = database.transaction('records', 'readwrite', { durability });
            await Promise.all([...sent.map(({ seq }) => tx.store.delete(seq)), tx.done]);
          },
        },
        tablet,
        batch,
      ),
  };
};
