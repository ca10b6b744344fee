import { Dexie, type EntityTable } from 'dexie';
import type { VernaRecord } from '../../../src/domain/record';
import { handWrittenLoop } from '../pages/hand-written-loop';
import type { OpenStore } from './open-store';

export const open: OpenStore = async (name, _tablet, durability) => {
  const database = new Dexie(
    name,
    durability === 'asked' ? { chromeTransactionDurability: 'strict' } : {},
  ) as Dexie & { records: EntityTable<VernaRecord, 'seq'> };
  database.version(1).stores({ records: 'seq' });
  await database.open();
  const { records } = database;
  return {
    append: async (record) => void (await records.add(record)),
    fill: async (waiting) => void (await records.bulkAdd(waiting)),
    drain: (tablet, batch) =>
      handWrittenLoop(
        {
          read: (count) => records.limit(count).toArray(),
          remove: (sent) => records.bulkDelete(sent.map(({ seq }) => seq)),
        },
        tablet,
        batch,
      ),
  };
};
