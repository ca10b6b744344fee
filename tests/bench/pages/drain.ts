import type { VernaRecord } from '../../../src/domain/record';
import { browserClock } from '../../../src/device/clock';
import { DatabaseHandle } from '../../../src/device/database';
import { Queue } from '../../../src/device/queue';
import { Synchronizer } from '../../../src/device/synchronizer';
import { mintQueue } from './answers';
import { handWrittenLoop } from './hand-written-loop';
import { completed, openRawDatabase } from './raw-database';

export type DrainingTablet = { pairing: string; secret: string; survey: string };

const handle = new DatabaseHandle('bench-drain');

const rawDatabase = openRawDatabase('bench-drain-raw');
const GIVE_UP_MS = 120_000;

/** Drains `count` new records by Verna's own Synchronizer and Drain; returns how long that took, in ms. */
async function drainByVerna(count: number, tablet: DrainingTablet, firstSeq: number): Promise<number> {
  await fillVerna(await mintQueue(count, { ...tablet, firstSeq }), tablet);
  const ms = await new Promise<number>((resolve, reject) => {
    const startedAt = performance.now();
    const synchronizer = new Synchronizer({
      database: handle,
      clock: browserClock(),
      appVersion: 'bench',
      events: {
        status: () => {},
        settings: () => {},
        serverOffset: () => {},
        changed: () => {
          resolve(performance.now() - startedAt);
          synchronizer.stop();
        },
      },
    });
    setTimeout(() => reject(new Error('The queue did not empty')), GIVE_UP_MS);
    void synchronizer.start();
  });
  const { waiting, quarantined } = await new Queue(handle).counts();
  if (waiting + quarantined > 0) throw new Error(`${waiting} still wait, ${quarantined} in quarantine`);
  return ms;
}

/** The same by a loop of a few lines with a fixed batch; it keeps its records in a database of its own. */
async function drainByLoop(
  count: number,
  tablet: DrainingTablet,
  firstSeq: number,
  batch: number,
): Promise<number> {
  const database = await rawDatabase;
  const records = await mintQueue(count, { ...tablet, firstSeq });
  const filling = database.transaction('records', 'readwrite');
  for (const record of records) filling.objectStore('records').put(record);
  await completed(filling);
  const startedAt = performance.now();
  await handWrittenLoop(database, tablet, batch);
  return performance.now() - startedAt;
}

async function fillVerna(records: VernaRecord[], { pairing, secret }: DrainingTablet): Promise<void> {
  await handle.run(async (database) => {
    const tx = database.transaction(['records', 'state'], 'readwrite');
    void tx.objectStore('state').put({ id: pairing, secret, base: 0 }, 'pairing');
    for (const { seq: _, ...record } of records) void tx.objectStore('records').add({ ...record, base: 0 });
    await tx.done;
  });
}

declare global {
  interface Window {
    drains: { byVerna: typeof drainByVerna; byLoop: typeof drainByLoop };
  }
}
window.drains = { byVerna: drainByVerna, byLoop: drainByLoop };
