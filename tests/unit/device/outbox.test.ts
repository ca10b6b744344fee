import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import { draft, pairedStore, settings } from './support';

describe('outbox and queue', () => {
  it('numbers records 1, 2, 3 without a gap, also when they are stored at the same moment', async () => {
    const { outbox, queue } = await pairedStore();
    await Promise.all(Array.from({ length: 20 }, () => outbox.append(draft())));
    const batch = await queue.nextBatch(100, 1e6);
    expect(batch.map(({ record }) => record.seq)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(await queue.counts()).toEqual({ waiting: 20, quarantined: 0, made: 20 });
  });

  it('opens every appending transaction with strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const { outbox } = await pairedStore();
    transaction.mockClear();
    await outbox.append(draft());
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes.length).toBe(1);
    expect(writes.map(([, , options]) => options?.durability)).toEqual(['strict']);
    transaction.mockRestore();
  });

  it('refuses to store before the tablet is paired', async () => {
    const outbox = new Outbox(new DatabaseHandle(`test-${randomUUID()}`));
    expect(await outbox.append(draft())).toEqual({ outcome: 'failed', failure: 'unavailable' });
  });

  it('stores a record once when its connection dies right after it reached the disk', async () => {
    const { outbox, queue, database } = await pairedStore();
    await outbox.append(draft());
    const run = database.run.bind(database);
    let deaths = 0;
    vi.spyOn(database, 'run').mockImplementation((work) =>
      run(async (connection) => {
        const value = await work(connection);
        deaths += 1;
        if (deaths === 1)
          throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
        return value;
      }),
    );
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 2 });
    expect(deaths).toBe(2);
    expect(await queue.counts()).toEqual({ waiting: 2, quarantined: 0, made: 2 });
  });

  it('opens a new connection when the old one is lost, and stores the record once', async () => {
    const { outbox, queue } = await pairedStore();
    const original = IDBDatabase.prototype.transaction;
    let failures = 0;
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...args: Parameters<typeof original>
    ) {
      if (failures < 2) {
        failures += 1;
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      }
      return original.apply(this, args);
    });
    const result = await outbox.append(draft());
    transaction.mockRestore();
    expect(failures).toBe(2);
    expect(result.outcome).toBe('stored');
    expect((await queue.counts()).waiting).toBe(1);
  });

  it('frees the ballast and stores the record when the disk is full', async () => {
    const { outbox, queue, database } = await pairedStore();
    await queue.ensureBallast();
    const put = IDBObjectStore.prototype.add;
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const result = await outbox.append(draft());
    add.mockRestore();
    expect(IDBObjectStore.prototype.add).toBe(put);
    expect(result.outcome).toBe('stored');
    expect(await database.run((handle) => handle.get('state', 'ballast'))).toBeUndefined();
    expect((await queue.counts()).made).toBe(1);
  });

  it('frees the ballast to settle what would make room on a full disk', async () => {
    const { outbox, queue, database } = await pairedStore();
    await queue.ensureBallast();
    await outbox.append(draft());
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await queue.settle(await queue.nextBatch(10, 1e6), []);
    put.mockRestore();
    expect(await database.run((handle) => handle.get('state', 'ballast'))).toBeUndefined();
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 0, made: 1 });
  });

  it('says that the tablet is full when freeing the ballast does not help', async () => {
    const { outbox, queue } = await pairedStore();
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const result = await outbox.append(draft());
    add.mockRestore();
    expect(result).toEqual({ outcome: 'failed', failure: 'full' });
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 0, made: 0 });
  });

  it('purges what is acknowledged, sets aside what is refused, keeps the rest', async () => {
    const { outbox, queue, database } = await pairedStore();
    for (let index = 0; index < 3; index++) await outbox.append(draft());
    const [first, second, third] = await queue.nextBatch(10, 1e6);
    await queue.settle([first!], [{ queued: second!, reason: 'off_scale' }]);
    expect(await queue.nextBatch(10, 1e6)).toEqual([third]);
    expect(await queue.counts()).toEqual({ waiting: 1, quarantined: 1, made: 3 });
    const [kept] = await database.run((handle) => handle.getAll('quarantine'));
    expect(kept).toMatchObject({ record: second!.record, reason: 'off_scale' });
  });

  it('forgets of what was set aside exactly what the server names as settled', async () => {
    const { outbox, queue } = await pairedStore();
    for (let index = 0; index < 4; index++) await outbox.append(draft());
    const batch = await queue.nextBatch(10, 1e6);
    await queue.settle(
      [],
      batch.slice(0, 3).map((queued) => ({ queued, reason: 'off_scale' })),
    );
    const [settled, kept, alsoSettled] = batch.map(({ record }) => record);
    // One that still waits is no business of this list: only a reply to its own batch lets it go.
    const named = [settled!.id, alsoSettled!.id, batch[3]!.record.id, randomUUID()];
    expect(await queue.forgetSettled(named)).toBe(2);
    expect(await queue.forgetSettled(named)).toBe(0);
    expect(await queue.setAside()).toEqual(new Set([kept!.id]));
    expect(await queue.counts()).toEqual({ waiting: 1, quarantined: 1, made: 4 });
  });

  it('purges exactly what is acknowledged when the server names some and passes over others', async () => {
    const { outbox, queue } = await pairedStore();
    for (let index = 0; index < 7; index++) await outbox.append(draft());
    const batch = await queue.nextBatch(10, 1e6);
    await queue.settle(
      batch.filter(({ record }) => [1, 2, 5, 7].includes(record.seq)),
      [],
    );
    expect((await queue.nextBatch(10, 1e6)).map(({ record }) => record.seq)).toEqual([3, 4, 6]);
  });

  it('never hands out an empty batch while something waits, however large the record', async () => {
    const { outbox, queue } = await pairedStore();
    await outbox.append(draft('x'.repeat(3000)));
    await outbox.append(draft('y'));
    expect(await queue.nextBatch(50, 100)).toHaveLength(1);
  });

  it('keeps what was made under the pairing before, and begins at 1 under the new one', async () => {
    const { outbox, queue, pairing } = await pairedStore();
    await outbox.append(draft());
    const next = randomUUID();
    await queue.becomePaired(next, 'b'.repeat(64), settings);
    await outbox.append(draft());
    const waiting = await queue.nextBatch(10, 1e6);
    expect(new Set(waiting.map(({ record }) => `${record.pairing}:${record.seq}`))).toEqual(
      new Set([`${pairing}:1`, `${next}:1`]),
    );
  });

  it('knows how many records it made when none of them waits any more, also after a restart', async () => {
    const { outbox, queue, database } = await pairedStore();
    for (let index = 0; index < 3; index++) await outbox.append(draft());
    await queue.settle(await queue.nextBatch(10, 1e6), []);
    await database.close();
    expect(await new Queue(database).counts()).toEqual({ waiting: 0, quarantined: 0, made: 3 });
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 4 });
  });

  it('takes no number for a record that could not be stored', async () => {
    const { outbox } = await pairedStore();
    await outbox.append(draft());
    const uncloneable = { ...draft(), body: (() => {}) as never };
    expect(await outbox.append(uncloneable)).toEqual({ outcome: 'failed', failure: 'unavailable' });
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 2 });
  });

  it('begins at 1 under a new pairing also when all that was made before has been sent', async () => {
    const { outbox, queue } = await pairedStore();
    await outbox.append(draft());
    await queue.settle(await queue.nextBatch(10, 1e6), []);
    await queue.becomePaired(randomUUID(), 'b'.repeat(64), settings);
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 1 });
  });

  it('keeps its number when it is paired with the same identity again', async () => {
    const { outbox, queue, pairing } = await pairedStore();
    await outbox.append(draft());
    await queue.becomePaired(pairing, 'a'.repeat(64), settings);
    await outbox.append(draft());
    expect((await queue.nextBatch(10, 1e6)).map(({ record }) => record.seq)).toEqual([1, 2]);
  });
});
