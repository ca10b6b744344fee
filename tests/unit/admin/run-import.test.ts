import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport, type ImportRun } from '../../../src/admin/rating-import/run-import';
import { countsOf } from '../../../src/admin/scores/counts';
import { measuresOf } from '../../../src/admin/scores/measure';
import { defaultSurvey } from '../../../src/domain/default-survey';
import type { ImportedSession } from '../../../src/domain/import/plan';
import { openOwner, type Owner } from './owner';

const CSAT = measuresOf([defaultSurvey]).find(({ type }) => type === 'csat')!;

let owner: Owner;
beforeAll(async () => {
  owner = await openOwner();
}, 60_000);
afterAll(() => owner.backend.close());

const run = (sessions: ImportedSession[], changes: Partial<ImportRun> = {}) =>
  runImport({
    calls: owner.calls,
    organization: owner.organization,
    survey: owner.survey,
    locale: 'en',
    sessions,
    locationOf: () => owner.location,
    wait: async () => {},
    ...changes,
  });

function sessionsOn(day: string, count: number): ImportedSession[] {
  return Array.from({ length: count }, (_, index) => ({
    location: null,
    value: null,
    occurredAt: Date.parse(`${day}T09:00:00Z`) + index,
    tzOffset: 120,
    answers: [{ type: 'csat', question: 'satisfaction', score: 1 + (index % 5) }],
    identity: `${day}:${index}`,
    occurrence: 1,
  }));
}

async function counts(from: string, to: string): Promise<number[]> {
  const report = await owner.calls.reportAnswers(owner.organization, {
    from,
    to,
    location: null,
    tablet: null,
  });
  if (!report.ok) throw new Error(report.failure.code);
  return countsOf(report.value.scores, CSAT, false);
}

describe('an import', () => {
  it('stores every answer once, however often the file comes', async () => {
    const sessions = sessionsOn('2026-01-05', 1203);
    const seen: number[] = [];
    const first = await run(sessions, { onProgress: ({ sent }) => seen.push(sent) });
    expect(first).toMatchObject({
      end: 'finished',
      totals: { total: 1203, sent: 1203, stored: 1203, duplicate: 0 },
    });
    expect(seen.at(-1)).toBe(1203);
    expect(seen.length).toBeGreaterThan(2);
    const second = await run(sessions.toReversed());
    expect(second).toMatchObject({ end: 'finished', totals: { stored: 0, duplicate: 1203 } });
    expect(await counts('2026-01-05', '2026-01-05')).toEqual([241, 241, 241, 240, 240]);
  });

  it('goes on after a lost answer without doubling what had arrived', async () => {
    const sessions = sessionsOn('2026-01-06', 520);
    let calls = 0;
    const loses: ImportRun['calls'] = {
      ...owner.calls,
      importRecords: async (...args) => {
        const reply = await owner.calls.importRecords(...args);
        calls += 1;
        // Stored on the server, but its answer never came back.
        return calls === 1 ? { ok: false, failure: { code: 'unreachable' } } : reply;
      },
    };
    const result = await run(sessions, { calls: loses });
    expect(result).toMatchObject({ end: 'finished', totals: { sent: 520, refused: 0, conflict: 0 } });
    expect((await counts('2026-01-06', '2026-01-06')).reduce((a, b) => a + b)).toBe(520);
  });

  it('ends with what went wrong when the network stays away', async () => {
    const gone: ImportRun['calls'] = {
      ...owner.calls,
      importRecords: () => Promise.resolve({ ok: false, failure: { code: 'unreachable' } }),
    };
    const result = await run(sessionsOn('2026-01-07', 3), { calls: gone });
    expect(result).toMatchObject({ end: 'failed', failure: { code: 'unreachable' }, totals: { sent: 0 } });
  });

  it('takes no answer that is to another request', async () => {
    const stranger: ImportRun['calls'] = {
      ...owner.calls,
      importRecords: () =>
        Promise.resolve({ ok: true, value: { outcome: 'accepted', nonce: 'other', records: [] } }),
    };
    const result = await run(sessionsOn('2026-01-07', 3), { calls: stranger });
    expect(result).toMatchObject({ end: 'failed', failure: { code: 'bad_reply' } });
  });

  it('stops between batches when asked to', async () => {
    const stop = new AbortController();
    const result = await run(sessionsOn('2026-01-08', 520), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(result.end).toBe('cancelled');
    expect(result.totals.stored).toBeGreaterThan(0);
    expect(result.totals.stored).toBeLessThan(520);
  });

  it('keeps a changed row aside instead of storing it beside the old one', async () => {
    const [session] = sessionsOn('2026-01-09', 1) as [ImportedSession];
    await run([session]);
    const changed: ImportedSession = {
      ...session,
      answers: [{ type: 'csat', question: 'satisfaction', score: 5 }],
    };
    expect(await run([changed])).toMatchObject({ totals: { stored: 0, conflict: 1 } });
    expect(await counts('2026-01-09', '2026-01-09')).toEqual([1, 0, 0, 0, 0]);
  });

  it('brings rows of a value in by a source that stands for it, once', async () => {
    const saved = await owner.calls.saveDimension(owner.organization, null, 'Till', [
      { value: null, name: 'First' },
    ]);
    if (!saved.ok || saved.value.outcome !== 'saved') throw new Error('no dimension');
    const { dimension } = saved.value;
    const sessions = sessionsOn('2026-01-11', 3).map((session, index) => ({
      ...session,
      value: [null, 'first', 'Second'][index]!,
    }));
    expect(await run(sessions, { dimension })).toMatchObject({ end: 'finished', totals: { stored: 3 } });
    expect(await run(sessions, { dimension })).toMatchObject({ totals: { stored: 0, duplicate: 3 } });
    const values = await owner.calls.dimensionValues(owner.organization);
    const split = await owner.calls.reportOwnSplit(owner.organization, dimension, {
      from: '2026-01-11',
      to: '2026-01-11',
      question: 'satisfaction',
    });
    if (!values.ok || !split.ok) throw new Error('no split');
    const nameOf = (id: string | null) => values.value.find((value) => value.id === id)?.name ?? 'none';
    expect(split.value.map(({ value, counts }) => [nameOf(value), counts]).sort()).toEqual([
      ['First', [[2, 1, 0]]],
      ['Second', [[3, 1, 0]]],
      ['none', [[1, 1, 0]]],
    ]);
  });

  it('says what the server refused and why', async () => {
    const result = await run(sessionsOn('2026-01-10', 2), { survey: crypto.randomUUID() });
    expect(result).toMatchObject({
      end: 'finished',
      totals: { refused: 2, refusedBy: { unknown_survey: 2 } },
    });
  });
});
