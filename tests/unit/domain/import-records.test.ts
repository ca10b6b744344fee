import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { answerSchema } from '../../../src/domain/answer';
import type { ImportPlan } from '../../../src/domain/import/plan';
import { recordBatches, uuidFromHash, type ImportedRecord } from '../../../src/domain/import/records';
import { recordSchema } from '../../../src/domain/record';
import { plan, row } from './import-support';

const CONTEXT = {
  organization: 'a0000000-0000-4000-8000-000000000001',
  survey: 'a0000000-0000-4000-8000-000000000002',
  locale: 'bg' as const,
  sha256: async (text: string) => createHash('sha256').update(text).digest('hex'),
};

async function recordsOf(sessions: ImportPlan['sessions'], context = CONTEXT, batchSize?: number) {
  const batches: ImportedRecord[][] = [];
  for await (const batch of recordBatches(sessions, context, batchSize)) batches.push(batch);
  return batches;
}

describe('records', () => {
  const rows = [
    row({ score: '5', comment: 'Super', reasons: 'quick' }),
    row({ score: '2' }),
    row({ score: '2' }),
    row({ score: '4', where: 'Lenina 5' }),
  ];

  test('satisfy the schemas that tablets and the server hold', async () => {
    const [records] = await recordsOf(plan(rows).sessions);
    expect(records).toHaveLength(6);
    const stored = v.pick(recordSchema, ['id', 'kind', 'v', 'body', 'sha256', 'occurredAt', 'tzOffset']);
    for (const record of records!) {
      expect(v.safeParse(stored, record).issues).toBeUndefined();
      const body = v.parse(answerSchema, JSON.parse(record.body));
      expect(body).toMatchObject({ survey: CONTEXT.survey, locale: 'bg' });
      expect(record.sha256).toBe(await CONTEXT.sha256(record.body));
      expect(record.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(records!.at(-1)).toMatchObject({
      location: 'Lenina 5',
      occurredAt: '2026-03-04T08:15:00.000Z',
      tzOffset: 120,
    });
  });

  test('of a second import are the same to the letter', async () => {
    expect(await recordsOf(plan(rows).sessions)).toEqual(await recordsOf(plan(rows).sessions));
  });

  test('of a file in another order have the same ids', async () => {
    const ids = async (list: string[][]) =>
      (await recordsOf(plan(list).sessions))
        .flat()
        .map(({ id }) => id)
        .sort();
    expect(await ids(rows.toReversed())).toEqual(await ids(rows));
  });

  test('of several rows of one respondent have the same ids whichever row comes first', async () => {
    const list = [row({ id: 'A', comment: 'Good' }), row({ id: 'A', comment: 'Slow' }), row({ id: 'B' })];
    const ids = async (from: string[][]) => {
      const { sessions } = plan(from, { externalId: 0 });
      return (await recordsOf(sessions))
        .flat()
        .map(({ id }) => id)
        .sort();
    };
    expect(await ids(list)).toHaveLength(3);
    expect(await ids(list.toReversed())).toEqual(await ids(list));
  });

  test('of two identical rows are two, and of another organization others', async () => {
    const records = (await recordsOf(plan(rows).sessions)).flat();
    const elsewhere = { ...CONTEXT, organization: 'a0000000-0000-4000-8000-000000000009' };
    const others = (await recordsOf(plan(rows).sessions, elsewhere)).flat();
    expect(new Set([...records, ...others].map(({ id }) => id)).size).toBe(12);
    const sessions = records.map(({ body }) => (JSON.parse(body) as { session: string }).session);
    expect(new Set(sessions).size).toBe(4);
  });

  test('keep their ids when a recoding or the time zone is corrected', async () => {
    const scores = [{ column: 3, scale: 'csat5' as const, recode: { 2: 4 } }];
    const corrected = plan(rows, { scores }, { timeZone: 'Europe/London' });
    const ids = (list: ImportedRecord[][]) => list.flat().map(({ id }) => id);
    expect(ids(await recordsOf(corrected.sessions))).toEqual(ids(await recordsOf(plan(rows).sessions)));
  });

  test('come in batches of whole sessions', async () => {
    const batches = await recordsOf(plan(rows).sessions, CONTEXT, 2);
    expect(batches.map((batch) => batch.length)).toEqual([3, 2, 1]);
    expect(await recordsOf([])).toEqual([]);
  });

  test('a UUID needs 128 bits of hash', () => {
    expect(uuidFromHash('f'.repeat(64))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    expect(() => uuidFromHash('FF')).toThrow(RangeError);
  });
});
