import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import type { RecordDraft } from '../../../src/domain/record';
import type { TabletSettings } from '../../../src/backend/tablet-calls';

/**
 * What the tablet takes for granted of IndexedDB. The same cases run on fake-indexeddb, so that the tests which lean on
 * it lean on something true, and in a real browser (tests/e2e/device.spec.ts). They import nothing of either.
 */
export type StoreCase = { name: string; run: (store: Store) => Promise<void> };

type Store = { outbox: Outbox; queue: Queue; database: DatabaseHandle; pairing: string };

export async function openStore(): Promise<Store> {
  const database = new DatabaseHandle(`contract-${crypto.randomUUID()}`);
  const [outbox, queue, pairing] = [new Outbox(database), new Queue(database), crypto.randomUUID()];
  await queue.becomePaired(pairing, 'a'.repeat(64), {} as TabletSettings);
  return { outbox, queue, database, pairing };
}

export const STORE_CONTRACT: readonly StoreCase[] = [
  {
    name: 'numbers what is stored at the same moment 1, 2, 3 and hands it out in that order',
    run: async ({ outbox, queue }) => {
      await Promise.all(Array.from({ length: 20 }, () => outbox.append(draft())));
      same(
        await seqs(queue),
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
    },
  },
  {
    name: 'takes no number for what is refused or taken back',
    run: async ({ outbox, queue, database }) => {
      same(await outbox.append(draft()), { outcome: 'stored', seq: 1 });
      await outbox.rehearse(draft());
      await database.run(async (handle) => {
        const tx = handle.transaction('records', 'readwrite');
        const adding = tx.store.add({ ...draft(), pairing: 'nobody', base: 0 });
        tx.abort();
        await Promise.allSettled([adding, tx.done]);
      });
      same(await outbox.append(draft()), { outcome: 'stored', seq: 2 });
      same(await seqs(queue), [1, 2]);
    },
  },
  {
    name: 'never gives a number out twice, also when all before it were deleted and the connection is another',
    run: async ({ outbox, queue, database }) => {
      await outbox.append(draft());
      await queue.settle(await queue.nextBatch(10, 1e6), []);
      await database.close();
      same(await outbox.append(draft()), { outcome: 'stored', seq: 2 });
      same(await queue.counts(), { waiting: 1, quarantined: 0, made: 2 });
    },
  },
  {
    name: 'deletes exactly what was named, sets aside what was refused, keeps the rest',
    run: async ({ outbox, queue }) => {
      for (let index = 0; index < 7; index++) await outbox.append(draft());
      const batch = await queue.nextBatch(10, 1e6);
      const named = batch.filter(({ record }) => [1, 2, 5].includes(record.seq));
      await queue.settle(named, [{ queued: batch[6]!, reason: 'off_scale' }]);
      same(await seqs(queue), [3, 4, 6]);
      same(await queue.counts(), { waiting: 3, quarantined: 1, made: 7 });
    },
  },
  {
    name: 'settles the same batch twice without harm',
    run: async ({ outbox, queue }) => {
      for (let index = 0; index < 3; index++) await outbox.append(draft());
      const [first, second] = await queue.nextBatch(2, 1e6);
      for (let time = 0; time < 2; time++)
        await queue.settle([first!], [{ queued: second!, reason: 'off_scale' }]);
      same(await queue.counts(), { waiting: 1, quarantined: 1, made: 3 });
    },
  },
  {
    name: 'keeps under its own pairing what was made before a new one, which begins at 1',
    run: async ({ outbox, queue, pairing }) => {
      await outbox.append(draft());
      const next = crypto.randomUUID();
      await queue.becomePaired(next, 'b'.repeat(64), {} as TabletSettings);
      await outbox.append(draft());
      const waiting = await queue.nextBatch(10, 1e6);
      same(
        waiting.map(({ record }) => [record.pairing, record.seq]),
        [
          [pairing, 1],
          [next, 1],
        ],
      );
    },
  },
  {
    name: 'stores through a new connection when the old one was closed under it',
    run: async ({ outbox, queue, database }) => {
      await outbox.append(draft());
      await database.run((handle) => Promise.resolve(handle.close()));
      same(await outbox.append(draft()), { outcome: 'stored', seq: 2 });
      same(await seqs(queue), [1, 2]);
    },
  },
];

function draft(): RecordDraft {
  return {
    id: crypto.randomUUID(),
    kind: 'answer',
    v: 1,
    body: '{}',
    sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    occurredAt: '2026-11-22T12:00:00.000Z',
    tzOffset: 120,
    serverOffsetMs: null,
    boot: crypto.randomUUID(),
    monotonicMs: 1,
  };
}

async function seqs(queue: Queue): Promise<number[]> {
  return (await queue.nextBatch(100, 1e6)).map(({ record }) => record.seq);
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`It is ${is} and should be ${should}`);
}
