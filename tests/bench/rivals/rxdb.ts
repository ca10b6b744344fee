import { createRxDatabase, type RxJsonSchema } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { VernaRecord } from '../../../src/domain/record';
import { send } from '../pages/hand-written-loop';
import type { OpenStore } from './open-store';

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const number = { type: 'number' } as const;

const schema: RxJsonSchema<VernaRecord> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(36),
    pairing: text(36),
    seq: number,
    kind: text(20),
    v: number,
    body: text(100_000),
    sha256: text(64),
    occurredAt: text(30),
    tzOffset: number,
    serverOffsetMs: number,
    boot: text(36),
    monotonicMs: number,
  },
};

/**
 * On Dexie, the storage that comes free with it, which passes Dexie's option on. Sends by its own replication, which
 * keeps the records: deleting them would come on top, and leave a stub of each.
 */
export const open: OpenStore = async (name, _tablet, durability) => {
  const database = await createRxDatabase({
    name,
    storage: getRxStorageDexie(durability === 'asked' ? { chromeTransactionDurability: 'strict' } : {}),
    // One tab: telling others would only cost it time.
    multiInstance: false,
  });
  const { records } = await database.addCollections<{ records: never }>({ records: { schema } });
  return {
    append: async (record) => void (await records.insert(record)),
    fill: async (waiting) => {
      // What is inserted at once gets one time, and finding the next batch within one time grows with its square.
      for (let at = 0; at < waiting.length; at += 50) await records.bulkInsert(waiting.slice(at, at + 50));
    },
    drain: async (tablet, batch) => {
      const replication = replicateRxCollection<VernaRecord, unknown>({
        replicationIdentifier: tablet.pairing,
        collection: records,
        live: false,
        push: {
          batchSize: batch,
          handler: async (rows) => {
            const documents = rows.map(({ newDocumentState: { _deleted, ...record } }) => record);
            await send(documents as VernaRecord[], tablet);
            return [];
          },
        },
      });
      replication.error$.subscribe((error) => console.error(error));
      await replication.awaitInitialReplication();
    },
  };
};
