import { describe, expect, it } from 'vitest';
import { beginMend, mendedAnswer } from '../../../src/admin/quarantine/mend';
import { questionOf, readRecord } from '../../../src/admin/quarantine/read-record';
import { summaryOf } from '../../../src/admin/quarantine/rescue-summary';
import type { StoredSurveyVersion } from '../../../src/backend/owner-calls/shop';
import { defaultSurvey } from '../../../src/domain/default-survey';

const [newest, earlier] = [crypto.randomUUID(), crypto.randomUUID()];
const surveys: StoredSurveyVersion[] = [
  { id: newest, number: 2, definition: defaultSurvey },
  { id: earlier, number: 1, definition: { questions: defaultSurvey.questions.slice(0, 2) } },
];
const session = crypto.randomUUID();
const rated = { type: 'csat', session, survey: earlier, question: 'satisfaction', locale: 'bg', score: 9 };

const record = (body: unknown, envelope: object = {}) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    occurredAt: '2026-11-22T08:30:00.000Z',
    serverOffsetMs: 90_000,
    ...envelope,
  });

/** The answer that comes of a record when the owner changes nothing, or this. */
function mended(body: unknown, change: object = {}) {
  const read = readRecord(record(body));
  return mendedAnswer({ ...beginMend(read, surveys), ...change }, read.given, surveys, 'en');
}

describe('a quarantined record', () => {
  it('is read with the server’s correction of its clock', () => {
    const read = readRecord(record(rated));
    expect(read.given).toMatchObject({ type: 'csat', score: 9, question: 'satisfaction' });
    expect(read.occurredAt).toBe(Date.parse('2026-11-22T08:31:30.000Z'));
    expect(JSON.parse(read.body!)).toEqual(rated);
  });

  it.each([
    ['no JSON', 'torn {'],
    ['a number', '7'],
    ['nothing', 'null'],
    ['a body that is none', record('{')],
    ['a body of tomorrow', record({ ...rated, type: 'visit' })],
    ['no body', JSON.stringify({ id: 7, body: 7, occurredAt: 'never', serverOffsetMs: 'much' })],
  ])('is not taken for an answer when it is %s', (_, text) => {
    expect(readRecord(text).given).toBeNull();
  });

  it('is read field by field, for one of them is wrong', () => {
    const read = readRecord(record({ ...rated, score: '5', session: 'nobody', locale: 'de' }));
    expect(read.given).toMatchObject({ type: 'csat', score: null, session: null, locale: null });
  });

  it('finds its question in its own survey, and else in the newest', () => {
    const given = readRecord(record(rated)).given!;
    expect(questionOf(given, surveys)).toMatchObject({ survey: earlier, question: { key: 'satisfaction' } });
    expect(questionOf({ ...given, survey: 'gone' }, surveys)).toMatchObject({ survey: newest });
    expect(questionOf({ ...given, question: 'unheard_of' }, surveys)).toBeNull();
  });
});

describe('mending', () => {
  it('asks for the score that is off its scale and keeps everything else', () => {
    expect(mended(rated)).toBeNull();
    expect(mended(rated, { score: 4 })).toEqual({ ...rated, score: 4 });
  });

  it('takes no score off the scale', () => {
    for (const score of [0, 6, 2.5, NaN]) expect(mended(rated, { score })).toBeNull();
  });

  it('files what an unknown survey asked under the newest', () => {
    expect(mended({ ...rated, survey: crypto.randomUUID(), score: 5 })).toEqual({
      ...rated,
      survey: newest,
      score: 5,
    });
  });

  it('files another question under a survey that asks it', () => {
    expect(mended({ ...rated, score: 9 }, { question: 'recommend', score: 9 })).toEqual({
      ...rated,
      type: 'nps',
      question: 'recommend',
      survey: newest,
      score: 9,
    });
  });

  it('keeps the reasons that the survey knows', () => {
    const { score: _, ...base } = rated;
    const given = { ...base, type: 'reasons', question: 'reasons', choices: ['quick', 'GONE', 'high_price'] };
    expect(mended(given)).toMatchObject({ choices: ['quick', 'high_price'] });
    expect(mended(given, { choices: [] })).toBeNull();
  });

  it('takes a text of one to two thousand characters', () => {
    const { score: _, ...base } = rated;
    const given = { ...base, survey: newest, type: 'comment', question: 'comment', text: 'щ'.repeat(2_001) };
    expect(mended(given)).toBeNull();
    expect(mended(given, { text: ' ' })).toBeNull();
    expect(mended(given, { text: ' Добре ' })).toMatchObject({ text: 'Добре', locale: 'bg' });
  });

  it('makes an answer out of nothing readable', () => {
    expect(mended('{', { question: 'satisfaction', score: 3 })).toMatchObject({
      type: 'csat',
      survey: newest,
      locale: 'en',
      score: 3,
    });
  });
});

it('says of a rescue file what it holds, from when to when, and of which tablets', () => {
  const of = (pairing: string, occurredAt: string) =>
    JSON.parse(record(rated, { pairing, occurredAt, serverOffsetMs: null })) as { id: string };
  const records = [of('one', '2026-11-03T08:00:00Z'), of('two', '2026-11-01T08:00:00Z'), of('else', 'never')];
  const pairings = [
    { pairing: 'one', name: 'Till 2' },
    { pairing: 'two', name: 'Counter' },
    { pairing: null, name: 'Never paired' },
  ];
  expect(summaryOf(records, pairings)).toEqual({
    count: 3,
    firstAt: Date.parse('2026-11-01T08:00:00Z'),
    lastAt: Date.parse('2026-11-03T08:00:00Z'),
    tablets: ['Counter', 'Till 2'],
    foreign: 1,
  });
});
