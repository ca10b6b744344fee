import { browserClock } from '../../../src/device/clock';
import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import { Synchronizer } from '../../../src/device/synchronizer';
import type { VernaRecord } from '../../../src/domain/record';
import type { DrainingTablet, RecordStore } from './record-store';

const GIVE_UP_MS = 120_000;

/** A paired tablet's own database: Outbox puts in, Synchronizer and Drain take out. Always strict. */
export async function openVernaStore(
  name: string,
  { pairing, secret }: DrainingTablet,
): Promise<RecordStore> {
  const handle = new DatabaseHandle(name);
  await handle.run((database) => database.put('state', { id: pairing, secret, base: 0 }, 'pairing'));
  const outbox = new Outbox(handle);
  return {
    append: async ({ pairing: _pairing, seq: _seq, ...draft }) => {
      const { outcome } = await outbox.append(draft);
      if (outcome !== 'stored') throw new Error('Outbox did not store the record');
    },
    fill: (records) => fill(handle, records),
    drain: () => drain(handle),
  };
}

async function fill(handle: DatabaseHandle, waiting: VernaRecord[]): Promise<void> {
  await handle.run(async (database) => {
    const tx = database.transaction('records', 'readwrite');
    for (const { seq: _, ...record } of waiting) void tx.store.add({ ...record, base: 0 });
    await tx.done;
  });
}

async function drain(handle: DatabaseHandle): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const synchronizer = new Synchronizer({
      database: handle,
      clock: browserClock(),
      appVersion: 'bench',
      events: {
        status: () => {},
        settings: () => {},
        serverOffset: () => {},
        changed: () => {
          resolve();
          synchronizer.stop();
        },
      },
    });
    setTimeout(() => reject(new Error('The queue did not empty')), GIVE_UP_MS);
    void synchronizer.start();
  });
  const { waiting, quarantined } = await new Queue(handle).counts();
  if (waiting + quarantined > 0) throw new Error(`${waiting} still wait, ${quarantined} in quarantine`);
}
