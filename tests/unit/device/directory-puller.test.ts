import './support';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../../src/backend/failure';
import type { MembersPage, PullMembersReply } from '../../../src/backend/tablet-calls';
import { Directory } from '../../../src/device/directory';
import { DirectoryPuller } from '../../../src/device/directory-puller';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import * as server from './directory-seal';
import { lockManager } from './tabs';

const PHONES = ['+359888123456', '+359888123457', '+359888123458'];
const keys = PHONES.map((phone) => server.keyOf(phone));
const people = keys.map((key, index) => ({
  lookup: server.lookupOf(key),
  sealed: server.sealed(key, {
    id: randomUUID(),
    name: `Member ${index + 1}`,
    points: index,
    last_visit: null,
  }),
}));
const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: null,
  welcome_points: 0,
  birthday_points: 0,
  ...PLAIN_TERMS,
};
const membership = { directory_salt: server.SALT, programme, rewards: [] };

const HEARD_UNTIL = Date.parse('2026-11-22T12:00:00.000Z');

type Reply = Result<PullMembersReply>;
const page = (seq: number, more: boolean): { ok: true; value: MembersPage } => ({
  ok: true,
  value: { outcome: 'ok', seq, entries: people.slice(seq - 1, seq), gone: [], more },
});

/** A server that has one change a page, and whose answers a test can spoil. */
function setUp(spoil: (after: number, asked: number) => Reply | null = () => null, locks?: LockManager) {
  const asked: number[] = [];
  const directory = new Directory(`test-${randomUUID()}`);
  const pull = (_: unknown, after: number): Promise<Reply> => {
    asked.push(after);
    const honest = after < 3 ? page(after + 1, after < 2) : { ok: true as const, value: nothing };
    return Promise.resolve(spoil(after, asked.length) ?? honest);
  };
  const puller = new DirectoryPuller(locks, () => Promise.resolve(HEARD_UNTIL), directory, pull);
  return { asked, directory, puller };
}
const nothing: MembersPage = { outcome: 'ok', seq: 3, entries: [], gone: [], more: false };
const credentials = { pairing: randomUUID(), secret: 'ab'.repeat(32) };

async function namesIn(directory: Directory) {
  const found = await Promise.all(keys.map((key) => directory.find(key.toString('hex'))));
  return found.map((member) => member?.name ?? null);
}

async function waiting(): Promise<void> {
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('pulling the directory', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('takes page after page, and then only what has changed', async () => {
    const { asked, directory, puller } = setUp();
    await puller.keep(credentials, membership);
    expect(await namesIn(directory)).toEqual(['Member 1', 'Member 2', 'Member 3']);
    await puller.keep(credentials, membership);
    expect(asked).toEqual([0, 1, 2, 3]);
  });

  it('goes on where it was when the server could not be reached', async () => {
    const { asked, directory, puller } = setUp((_, n) =>
      n === 2 ? { ok: false, failure: { code: 'unreachable' } } : null,
    );
    await puller.keep(credentials, membership);
    expect(await namesIn(directory)).toEqual(['Member 1', null, null]);
    expect(await directory.heardUntil()).toBe(0);
    await puller.keep(credentials, membership);
    expect(await namesIn(directory)).toEqual(['Member 1', 'Member 2', 'Member 3']);
    expect(await directory.heardUntil()).toBe(HEARD_UNTIL);
    expect(asked).toEqual([0, 1, 1, 2]);
  });

  it('waits for as long as the server asks to be left alone', async () => {
    const { asked, puller } = setUp((_, n) =>
      n === 2 ? { ok: false, failure: { code: 'busy', retryAfterMs: 30_000 } } : null,
    );
    const pulled = puller.keep(credentials, membership);
    await waiting();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(asked).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(1);
    await pulled;
    expect(asked).toEqual([0, 1, 1, 2]);
  });

  it('waits no longer once it is stopped', async () => {
    const { asked, puller } = setUp(() => ({ ok: false, failure: { code: 'busy', retryAfterMs: 30_000 } }));
    const pulled = puller.keep(credentials, membership);
    await waiting();
    await puller.stop();
    await pulled;
    expect([asked, vi.getTimerCount()]).toEqual([[0], 0]);
  });

  it('forgets everybody when the pairing is revoked', async () => {
    const revoked: Reply = { ok: true, value: { outcome: 'revoked' } };
    const { directory, puller } = setUp((after) => (after === 3 ? revoked : null));
    await puller.keep(credentials, membership);
    await puller.keep(credentials, membership);
    expect(await namesIn(directory)).toEqual([null, null, null]);
  });

  it('begins anew when the server does', async () => {
    const restored = (after: number, n: number) => (n > 3 && after > 1 ? page(1, false) : null);
    const { asked, directory, puller } = setUp((after, n) => (n > 4 ? page(1, false) : restored(after, n)));
    await puller.keep(credentials, membership);
    await puller.keep(credentials, membership);
    expect(asked).toEqual([0, 1, 2, 3, 0]);
    expect(await namesIn(directory)).toEqual(['Member 1', null, null]);
  });

  it('is left to the tab that is at it', async () => {
    const locks = lockManager();
    const { asked, puller } = setUp(undefined, locks);
    await locks.request('verna.directory', {}, async () => {
      await puller.keep(credentials, membership);
      expect(asked).toEqual([]);
    });
    await puller.keep(credentials, membership);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('empties what an earlier start of the page left, and fills it again once there is a programme', async () => {
    const { directory, puller } = setUp();
    await puller.keep(credentials, membership);
    await puller.keep(credentials, null);
    expect(await namesIn(directory)).toEqual([null, null, null]);
    await puller.keep(credentials, membership);
    await puller.keep(credentials, null);
    expect(await namesIn(directory)).toEqual([null, null, null]);
  });
});
