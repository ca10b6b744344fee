import { randomUUID } from 'node:crypto';
import { openDB } from 'idb';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { CheckInLog } from '../../../src/device/check-in-log';
import type { Logged } from '../../../src/domain/check-in-log';
import { draft, pairedStore, settings } from './support';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const DAY = 86_400_000;
const member = randomUUID();

function visit(at: number, more: Partial<Logged> = {}): Omit<Logged, 'pairing'> {
  return {
    id: uuidv7({ msecs: at }),
    at,
    member,
    lookup: 'ab'.repeat(16),
    sale: { amount: 1250, currency: 'EUR' },
    points: 10,
    reward: null,
    checked: false,
    ...more,
  };
}

async function logOf() {
  const { database, outbox, queue, pairing } = await pairedStore();
  const name = `test-${randomUUID()}`;
  let now = NOW;
  const open = () => new CheckInLog(database, () => now, name);
  return { open, name, outbox, queue, pairing, database, later: (ms: number) => (now += ms) };
}

describe('the log of check-ins', () => {
  it('remembers what was recorded, oldest first, also after the page was left', async () => {
    const { open, pairing } = await logOf();
    const entries = [visit(NOW - 2_000), visit(NOW - 1_000, { points: -30, reward: randomUUID() })];
    const log = open();
    for (const entry of entries.toReversed()) await log.add(entry);
    const remembered = entries.map((entry) => ({ ...entry, pairing }));
    expect(await log.entries()).toEqual(remembered);
    await log.close();
    expect(await log.entries()).toEqual(remembered);
    expect(await open().entries()).toEqual(remembered);
  });

  it('lets nobody read from the disk who was here', async () => {
    const { open, name } = await logOf();
    await open().add(visit(NOW));
    const database = await openDB(name);
    const stored = JSON.stringify(await database.getAll('entries'), (_, value: unknown) =>
      value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value,
    );
    database.close();
    expect(stored).toContain('data');
    expect(stored).not.toContain(member);
    expect(stored).not.toContain('lookup');
  });

  it('forgets what is older than two days', async () => {
    const { open, name, later } = await logOf();
    const log = open();
    await log.add(visit(NOW));
    later(2 * DAY);
    expect(await log.entries()).toHaveLength(1);
    later(1);
    expect(await log.entries()).toEqual([]);
    await log.add(visit(NOW + 2 * DAY + 1));
    const database = await openDB(name);
    expect(await database.count('entries')).toBe(1);
    database.close();
  });

  it('keeps for longer what has not been sent', async () => {
    const { open, outbox, later } = await logOf();
    const log = open();
    await log.add(visit(NOW - 1_000));
    await outbox.append({ ...draft(), occurredAt: new Date(NOW).toISOString() });
    await log.add(visit(NOW + 1));
    later(7 * DAY);
    await log.add(visit(NOW + 7 * DAY));
    expect((await log.entries()).map(({ at }) => at)).toEqual([NOW + 1, NOW + 7 * DAY]);
  });

  it('says nothing of what was recorded under another pairing', async () => {
    const { open, queue } = await logOf();
    await open().add(visit(NOW));
    await queue.becomePaired(randomUUID(), 'b'.repeat(64), settings);
    expect(await open().entries()).toEqual([]);
  });

  it('does without what was sealed under a key that is gone', async () => {
    const { open, database } = await logOf();
    await open().add(visit(NOW));
    await database.run((connection) => connection.delete('state', 'key'));
    const log = open();
    expect(await log.entries()).toEqual([]);
    const next = visit(NOW + 1);
    await log.add(next);
    expect(await log.entries()).toMatchObject([{ id: next.id }]);
  });
});
