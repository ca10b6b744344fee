import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure, Result } from '../../../src/backend/failure';
import type { FindMemberReply } from '../../../src/backend/tablet-calls';
import { CheckInLog } from '../../../src/device/check-in-log';
import { Directory } from '../../../src/device/directory';
import { Members } from '../../../src/device/members';
import { mintRecord } from '../../../src/device/mint';
import type { Logged, Whom } from '../../../src/domain/check-in-log';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import * as server from './directory-seal';
import { pairedStore } from './support';

const HOUR = 3_600_000;
const PHONE = '+359888123456';
const anna = { id: randomUUID(), name: 'Anna', points: 45, last_visit: '2026-11-22T10:00:00.000Z' };
const key = server.keyOf(PHONE);
const lookup = server.lookupOf(key);
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
const at = (time: string) => Date.parse(`2026-11-22T${time}:00.000Z`);

/** What the server was asked, and what it answers. */
type Asked = (...about: unknown[]) => Result<FindMemberReply>;

/** A paired tablet whose directory knows Anna, or nobody. */
async function tablet(answer: Asked, { knows = false, heardUntil = 0 } = {}) {
  const { outbox, queue, database, pairing } = await pairedStore();
  const directory = new Directory(`test-${randomUUID()}`);
  const owner = { pairing, salt: server.SALT };
  await directory.begin(owner);
  const entries = knows ? [server.entry(PHONE, anna)] : [];
  await directory.write(owner, 0, { outcome: 'ok', seq: 1, entries, gone: [], more: false });
  await directory.hearUntil(owner, heardUntil);
  const log = new CheckInLog(database, () => at('18:00'), `test-${randomUUID()}`);
  const members = new Members({
    database,
    directory,
    log,
    server: {
      findMember: (credentials, ...about) => Promise.resolve(answer('number', credentials.pairing, ...about)),
      findMemberByCode: (credentials, ...about) =>
        Promise.resolve(answer('code', credentials.pairing, ...about)),
    },
  });
  const checkIn = async (time: string, member = anna.id) => {
    const clock = { now: () => at(time), monotonicMs: () => 1, tzOffset: () => 0, boot: randomUUID() };
    const body = { type: 'visit', member, phone: null, sale: null, staff: null } as const;
    await outbox.append(await mintRecord(body, clock, null));
  };
  const remember = (time: string, whom: Whom, more: Partial<Logged> = {}) =>
    log.add({
      id: `${at(time).toString(16).padStart(12, '0').replace(/^.{8}/, '$&-')}-7000-8000-${randomUUID().slice(-12)}`,
      at: at(time),
      ...whom,
      sale: null,
      points: 10,
      reward: null,
      checked: false,
      ...more,
    });
  return { members, queue, pairing, checkIn, remember };
}
const neverAsked: Asked = () => {
  throw new Error('The server was asked');
};
const fails =
  (failure: Failure): Asked =>
  () => ({ ok: false, failure });
const answers =
  (value: FindMemberReply): Asked =>
  () => ({ ok: true, value });

beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));

describe('who has a number', () => {
  it('is told from the directory without asking the server', async () => {
    const { members } = await tablet(neverAsked, { knows: true });
    expect(await members.find(PHONE, membership)).toMatchObject({
      outcome: 'known',
      member: anna,
      balance: 45,
      whom: { member: anna.id, lookup },
    });
  });

  it('is asked of the server, with the key to the number, when the directory does not know', async () => {
    const asked: unknown[] = [];
    const { members, pairing } = await tablet((...about) => {
      asked.push(...about);
      return { ok: true, value: { outcome: 'found', member: anna } };
    });
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'known', member: anna });
    expect(asked).toEqual(['number', pairing, PHONE, key.toString('hex'), { timeoutMs: 2_000 }]);
  });

  it('is certainly nobody only when the server says so', async () => {
    const { members } = await tablet(answers({ outcome: 'unknown' }));
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'unknown', isCertain: true });
  });

  it.each<[string, Asked]>([
    ['nobody answers in time', fails({ code: 'timeout' })],
    ['too much was asked', fails({ code: 'busy', retryAfterMs: 60_000 })],
    ['the server is older', fails({ code: 'function_missing' })],
    ['the pairing was revoked', answers({ outcome: 'revoked' })],
  ])('is left open when %s', async (_, answer) => {
    const { members } = await tablet(answer);
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'unknown', isCertain: false });
  });

  it('is left open without asking when the browser knows that it is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { members } = await tablet(neverAsked);
    expect(await members.find(PHONE, membership)).toMatchObject({ outcome: 'unknown', isCertain: false });
  });
});

describe('who shows a code', () => {
  const enrolment = randomUUID();

  it('is told from the directory by the key in it, whatever id it names', async () => {
    const { members } = await tablet(neverAsked, { knows: true });
    const coded = { member: enrolment, directoryKey: key.toString('hex') };
    expect(await members.findByCode(coded, membership)).toMatchObject({ outcome: 'known', member: anna });
  });

  it('is asked of the server by the id when the code has no key, or the directory no entry', async () => {
    const asked: unknown[] = [];
    const { members, pairing } = await tablet((...about) => {
      asked.push(about);
      return { ok: true, value: { outcome: 'found', member: anna } };
    });
    for (const directoryKey of [null, key.toString('hex')]) {
      const found = await members.findByCode({ member: enrolment, directoryKey }, membership);
      expect(found).toMatchObject({ outcome: 'known', whom: { member: anna.id } });
    }
    const once = ['code', pairing, enrolment, { timeoutMs: 2_000 }];
    expect(asked).toEqual([once, once]);
  });

  it('stays named by the code while nobody can be asked', async () => {
    const { members } = await tablet(fails({ code: 'unreachable' }));
    const found = await members.findByCode({ member: enrolment, directoryKey: null }, membership);
    expect(found).toMatchObject({ outcome: 'unknown', isCertain: false, whom: { member: enrolment } });
  });
});

describe('the last visit that counted', () => {
  it('is told by this tablet’s clock', async () => {
    const { members, queue } = await tablet(neverAsked, { knows: true });
    await queue.keepSync({ lastSentAt: null, serverOffsetMs: HOUR });
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: at('09:00') });
  });

  it('may still wait on this tablet', async () => {
    const { members, checkIn } = await tablet(neverAsked, { knows: true });
    await checkIn('15:00');
    await checkIn('16:00');
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: at('15:00') });
  });

  it('is not another member’s', async () => {
    const { members, checkIn } = await tablet(neverAsked, { knows: true });
    await checkIn('15:00', randomUUID());
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: at('10:00') });
  });

  it('may have been sent and not been told of yet', async () => {
    const { members, remember } = await tablet(neverAsked, { knows: true, heardUntil: at('14:59') });
    await remember('15:00', { member: anna.id, lookup });
    expect(await members.find(PHONE, membership)).toMatchObject({ countedAt: at('15:00') });
  });

  it('may be one that was recorded by number, before anybody knew whose it is and after', async () => {
    const byNumber = { member: null, lookup };
    const nobody = await tablet(fails({ code: 'unreachable' }));
    await nobody.remember('15:00', byNumber);
    await nobody.remember('16:00', { member: null, lookup: '00'.repeat(16) });
    expect(await nobody.members.find(PHONE, membership)).toMatchObject({
      outcome: 'unknown',
      countedAt: at('15:00'),
    });
    const known = await tablet(neverAsked, { knows: true });
    await known.remember('15:00', byNumber);
    expect(await known.members.find(PHONE, membership)).toMatchObject({ countedAt: at('15:00') });
  });
});

describe('the balance', () => {
  const whom = { member: anna.id, lookup };
  const reward = randomUUID();

  it('is what was told, and what this tablet has recorded since', async () => {
    const { members, remember } = await tablet(neverAsked, { knows: true, heardUntil: at('14:00') });
    await remember('13:59', whom);
    await remember('14:00', whom);
    await remember('15:00', whom, { points: -30, reward });
    await remember('15:01', { member: randomUUID(), lookup: null });
    expect(await members.find(PHONE, membership)).toMatchObject({ balance: 25 });
  });

  it('is asked of the server, which has not heard of what waits', async () => {
    vi.useFakeTimers({ now: at('16:00'), toFake: ['Date'] });
    const { members, remember, checkIn } = await tablet(answers({ outcome: 'found', member: anna }));
    await remember('14:00', whom);
    await checkIn('15:00');
    await remember('15:00', whom, { points: 12 });
    expect(await members.askBalance(whom)).toBe(57);
    vi.useRealTimers();
  });

  it('is nothing when the server cannot be asked', async () => {
    const { members } = await tablet(fails({ code: 'timeout' }), { knows: true });
    expect(await members.askBalance(whom)).toBeNull();
  });
});
