import './support';
import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isPersonal, mintRecord, type RecordBody } from '../../../src/device/mint';
import { recordSchema } from '../../../src/domain/record';
import { unlockSchema } from '../../../src/domain/unlock';

const clock = {
  now: () => Date.UTC(2026, 10, 22, 12),
  monotonicMs: () => 1234.5,
  tzOffset: () => 120,
  boot: randomUUID(),
};
const comment = (text: string) =>
  ({
    type: 'comment',
    session: randomUUID(),
    survey: randomUUID(),
    question: 'comment',
    locale: 'ru',
    text,
  }) as const;

const enrolment = {
  type: 'enrolment',
  phone: '+359888123456',
  directoryKey: 'ab'.repeat(32),
  firstName: 'Anna',
  locale: 'bg',
  staff: null,
  consents: [],
} as const satisfies RecordBody;

describe('minting a record', () => {
  it('makes a complete record whose hash is that of its body', async () => {
    const draft = await mintRecord(comment('Всё понравилось 🙂'), clock, -250);
    expect(v.is(recordSchema, { ...draft, pairing: randomUUID(), seq: 1 })).toBe(true);
    expect(draft.sha256).toBe(createHash('sha256').update(draft.body, 'utf8').digest('hex'));
    expect(draft).toMatchObject({
      occurredAt: '2026-11-22T12:00:00.000Z',
      serverOffsetMs: -250,
      tzOffset: 120,
    });
  });

  it('mends text that Postgres could not store: NUL and half an emoji', async () => {
    const draft = await mintRecord(comment('a\u0000b\ud83dc'), clock, null);
    expect((JSON.parse(draft.body) as { text: string }).text).toBe('ab\uFFFDc');
  });

  it('mends it in whatever somebody typed', async () => {
    const draft = await mintRecord({ ...enrolment, firstName: 'A\u0000nna\ud83d' }, clock, null);
    expect((JSON.parse(draft.body) as { firstName: string }).firstName).toBe('Anna\uFFFD');
  });

  it('makes a record of its own kind of an enrolment, a consent and a visit', async () => {
    const visit = { type: 'visit', member: randomUUID(), phone: null, sale: null, staff: null } as const;
    const consent = {
      type: 'consent',
      member: visit.member,
      purpose: 'call',
      version: 1,
      locale: 'bg',
      granted: false,
      staff: null,
    } as const;
    const drafts = await Promise.all([enrolment, visit, consent].map((body) => mintRecord(body, clock, 0)));
    expect(drafts.map(({ kind }) => kind)).toEqual(['enrolment', 'visit', 'consent']);
  });

  it('calls personal what holds words or a number, and nothing else', () => {
    const visit = { type: 'visit', sale: null, staff: null } as const;
    expect(isPersonal(enrolment)).toBe(true);
    expect(isPersonal({ ...visit, member: null, phone: enrolment.phone })).toBe(true);
    expect(isPersonal(comment('x'))).toBe(true);
    expect(isPersonal({ ...visit, member: randomUUID(), phone: null })).toBe(false);
    expect(isPersonal({ type: 'unlock', staff: randomUUID() })).toBe(false);
  });

  it('makes a record of its own kind of an unlocking', async () => {
    const unlock = { type: 'unlock', staff: randomUUID() } as const;
    const draft = await mintRecord(unlock, clock, 0);
    expect(v.is(recordSchema, { ...draft, pairing: randomUUID(), seq: 1 })).toBe(true);
    expect(draft.kind).toBe('unlock');
    expect(v.parse(unlockSchema, JSON.parse(draft.body))).toEqual(unlock);
  });
});
