import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { DatabaseHandle } from '../../../src/device/database';
import { testDurability } from '../../../src/device/health';
import { draft, pairedStore, settings } from './support';

describe('a database that has fewer records than were made', () => {
  it('goes on above the number that was reached, and tells how many are lost', async () => {
    const { outbox, queue, pairing } = await pairedStore();
    for (let index = 0; index < 3; index++) await outbox.append(draft());
    expect(await queue.resumeAbove(8)).toBe(5);
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 9 });
    const waiting = await queue.nextBatch(10, 1e6);
    expect(waiting.map(({ record }) => record.seq)).toEqual([1, 2, 3, 9]);
    expect(await queue.reached()).toEqual({ pairing, made: 9 });
    expect((await queue.pairing())?.lost).toBe(5);
  });

  it('loses twice and counts both', async () => {
    const { outbox, queue } = await pairedStore();
    await outbox.append(draft());
    await queue.resumeAbove(4);
    expect(await queue.resumeAbove(6)).toBe(2);
    expect((await queue.pairing())?.lost).toBe(5);
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 7 });
  });

  it('changes nothing while nothing is lost', async () => {
    const { outbox, queue } = await pairedStore();
    for (let index = 0; index < 3; index++) await outbox.append(draft());
    await queue.settle(await queue.nextBatch(2, 1e6), []);
    const before = await queue.pairing();
    expect(await queue.resumeAbove(3)).toBe(0);
    expect(await queue.resumeAbove(2)).toBe(0);
    expect(await queue.pairing()).toEqual(before);
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 4 });
  });

  it('numbers a new pairing from 1 again', async () => {
    const { outbox, queue } = await pairedStore();
    await outbox.append(draft());
    await queue.resumeAbove(5);
    await queue.becomePaired(randomUUID(), 'b'.repeat(64), settings);
    expect((await queue.pairing())?.lost).toBeUndefined();
    expect(await outbox.append(draft())).toEqual({ outcome: 'stored', seq: 1 });
  });
});

describe('the oldest record that waits', () => {
  it('is known by when it was made, and gone when it is sent', async () => {
    const { outbox, queue } = await pairedStore();
    expect(await queue.oldestWaitingAt()).toBeNull();
    await outbox.append({ ...draft(), occurredAt: '2026-11-22T10:00:00.000Z' });
    await outbox.append({ ...draft(), occurredAt: '2026-11-22T11:00:00.000Z' });
    expect(await queue.oldestWaitingAt()).toBe(Date.UTC(2026, 10, 22, 10));
    await queue.settle(await queue.nextBatch(10, 1e6), []);
    expect(await queue.oldestWaitingAt()).toBeNull();
  });
});

describe('the test of a strict write', () => {
  const name = `test-${randomUUID()}`;
  const open = () => new DatabaseHandle(name);

  it('is passed by a database that gives back what was written', async () => {
    expect(await testDurability(open)).toBe('strict');
  });

  it('says so when the browser grants less than it was asked for', async () => {
    const original = IDBDatabase.prototype.transaction;
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
    ) {
      return original.call(this, stores, mode);
    });
    expect(await testDurability(open)).toBe('relaxed');
    transaction.mockRestore();
  });

  it('fails when the write does, and when another connection does not see it', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await testDurability(open)).toBe('failed');
    put.mockRestore();
    const opened = [open(), new DatabaseHandle(`test-${randomUUID()}`)];
    expect(await testDurability(() => opened.shift()!)).toBe('failed');
  });
});
