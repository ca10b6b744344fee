import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../src/backend/failure';
import type { findMember } from '../../../src/backend/tablet-calls';
import { Directory } from '../../../src/device/directory';
import { Members } from '../../../src/device/members';
import { mintRecord } from '../../../src/device/mint';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import * as server from './directory-seal';
import { pairedStore } from './support';

const HOUR = 3_600_000;
const PHONE = '+359888123456';
const anna = { id: randomUUID(), name: 'Anna', points: 45, last_visit: '2026-11-22T10:00:00.000Z' };
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
type Ask = typeof findMember;

/** A paired tablet whose directory knows Anna, or nobody. */
async function tablet(ask: Ask, knows = false) {
  const { outbox, queue, database, pairing } = await pairedStore();
  const directory = new Directory(`test-${randomUUID()}`);
  const owner = { pairing, salt: server.SALT };
  await directory.begin(owner);
  const entries = knows ? [server.entry(PHONE, anna)] : [];
  await directory.write(owner, 0, { outcome: 'ok', seq: 1, entries, gone: [], more: false });
  const checkIn = async (at: string, member = anna.id) => {
    const clock = { now: () => Date.parse(at), monotonicMs: () => 1, tzOffset: () => 0, boot: randomUUID() };
    const body = { type: 'visit', member, phone: null, sale: null, staff: null } as const;
    await outbox.append(await mintRecord(body, clock, null));
  };
  return { members: new Members(database, directory, ask), queue, pairing, checkIn };
}
const neverAsked: Ask = () => Promise.reject(new Error('The server was asked'));
const fails =
  (failure: Failure): Ask =>
  () =>
    Promise.resolve({ ok: false, failure });
const answers =
  (value: Extract<Awaited<ReturnType<Ask>>, { ok: true }>['value']): Ask =>
  () =>
    Promise.resolve({ ok: true, value });

describe('who has a number', () => {
  beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));

  it('is told from the directory without asking the server', async () => {
    const { members } = await tablet(neverAsked, true);
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'known', member: anna });
  });

  it('is asked of the server, with the key to the number, when the directory does not know', async () => {
    const asked: unknown[] = [];
    const { members, pairing } = await tablet((credentials, ...rest) => {
      asked.push(credentials.pairing, ...rest);
      return Promise.resolve({ ok: true, value: { outcome: 'found', member: anna } });
    });
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'known', member: anna });
    const key = server.keyOf(PHONE).toString('hex');
    expect(asked).toEqual([pairing, PHONE, key, { timeoutMs: 2_000 }]);
  });

  it('is certainly nobody only when the server says so', async () => {
    const { members } = await tablet(answers({ outcome: 'unknown' }));
    expect(await members.find(PHONE, membership)).toEqual({ outcome: 'unknown', isCertain: true });
  });

  it.each<[string, Ask]>([
    ['nobody answers in time', fails({ code: 'timeout' })],
    ['too much was asked', fails({ code: 'busy', retryAfterMs: 60_000 })],
    ['the server is older', fails({ code: 'function_missing' })],
    ['the pairing was revoked', answers({ outcome: 'revoked' })],
  ])('is left open when %s', async (_, ask) => {
    const { members } = await tablet(ask);
    expect(await members.find(PHONE, membership)).toEqual({ outcome: 'unknown', isCertain: false });
  });

  it('is left open without asking when the browser knows that it is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { members } = await tablet(neverAsked);
    expect(await members.find(PHONE, membership)).toEqual({ outcome: 'unknown', isCertain: false });
  });
});

describe('the last visit that counted', () => {
  beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));
  const noon = Date.parse('2026-11-22T12:00:00.000Z');

  it('is told by this tablet’s clock', async () => {
    const { members, queue } = await tablet(neverAsked, true);
    await queue.keepSync({ lastSentAt: null, serverOffsetMs: HOUR });
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: noon - 3 * HOUR });
  });

  it('may still wait on this tablet', async () => {
    const { members, checkIn } = await tablet(neverAsked, true);
    await checkIn('2026-11-22T15:00:00.000Z');
    await checkIn('2026-11-22T16:00:00.000Z');
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: noon + 3 * HOUR });
  });

  it('is not another member’s', async () => {
    const { members, checkIn } = await tablet(neverAsked, true);
    await checkIn('2026-11-22T15:00:00.000Z', randomUUID());
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: noon - 2 * HOUR });
  });
});
