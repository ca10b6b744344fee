import './support';
import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mintRecord } from '../../../src/device/mint';
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

  it('makes a record of its own kind of an unlocking', async () => {
    const unlock = { type: 'unlock', staff: randomUUID() } as const;
    const draft = await mintRecord(unlock, clock, 0);
    expect(v.is(recordSchema, { ...draft, pairing: randomUUID(), seq: 1 })).toBe(true);
    expect(draft.kind).toBe('unlock');
    expect(v.parse(unlockSchema, JSON.parse(draft.body))).toEqual(unlock);
  });
});
