import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { answerSchema } from '../../../src/domain/answer';
import { DEMO_COMMENTS } from '../../../src/domain/demo/comments';
import { demoSurvey } from '../../../src/domain/demo/factors';
import { generateDemo, type DemoSession } from '../../../src/domain/demo/generate-demo';
import { createRandom } from '../../../src/domain/demo/random';
import { storyOf } from '../../../src/domain/demo/story';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { offsetMinutesAt } from '../../../src/domain/import/zoned-time';
import { csat } from '../../../src/domain/statistics/csat';
import { difference, verdict } from '../../../src/domain/statistics/difference';
import type { Estimated } from '../../../src/domain/statistics/estimate';
import { dayNumber } from '../../../src/domain/statistics/local-date';
import { nps } from '../../../src/domain/statistics/nps';

const ENDS_AT = Date.UTC(2026, 4, 20, 15, 40);
const OPTIONS = { seed: 7, endsAt: ENDS_AT };
const DEMO = generateDemo(OPTIONS);
const SESSIONS = [...DEMO.sessions];

function localOf({ occurredAt, tzOffset }: DemoSession): Date {
  return new Date(occurredAt + tzOffset * 60_000);
}

function counts(sessions: DemoSession[], type: 'csat' | 'nps'): number[] {
  const first = type === 'csat' ? 1 : 0;
  const sums = new Array<number>(type === 'csat' ? 5 : 11).fill(0);
  for (const answer of sessions.flatMap(({ answers }) => answers)) {
    if (answer.type === type && !answer.question.startsWith('about_')) sums[answer.score - first]! += 1;
  }
  return sums;
}

function valueOf(figure: Estimated): number {
  if (figure.kind === 'too-few') throw new Error(`too few: ${figure.n}`);
  return figure.value;
}

const story = storyOf(90);
const lastDay = dayNumber('2026-05-20');
const dayOf = (session: DemoSession) => dayNumber(localOf(session).toISOString().slice(0, 10)) - lastDay + 89;
const atDip = SESSIONS.filter(({ location }) => location === story.location);
const before = atDip.filter((session) => dayOf(session) < story.dipStart);
const during = atDip.filter(
  (session) => dayOf(session) >= story.dipStart && dayOf(session) < story.improvementDay,
);
const after = atDip.filter((session) => dayOf(session) >= story.improvementDay);
const reasonShare = (sessions: DemoSession[], key: string) => {
  const answered = sessions.flatMap(({ answers }) => answers.filter((answer) => answer.type === 'reasons'));
  return answered.filter((answer) => answer.choices.includes(key)).length / answered.length;
};

describe('the demo', () => {
  test('is the same for one seed and another for another', () => {
    expect([...generateDemo(OPTIONS).sessions]).toEqual(SESSIONS);
    const other = [...generateDemo({ ...OPTIONS, seed: 8 }).sessions];
    expect(other.slice(0, 50)).not.toEqual(SESSIONS.slice(0, 50));
  });

  test.each([1, 42, -5])('has 8 to 11 thousand sessions with two or three answers each (seed %i)', (seed) => {
    const sessions = [...generateDemo({ seed, endsAt: ENDS_AT }).sessions];
    const answers = sessions.reduce((sum, session) => sum + session.answers.length, 0);
    expect(sessions.length).toBeGreaterThan(8000);
    expect(sessions.length).toBeLessThan(11_000);
    expect(answers / sessions.length).toBeGreaterThan(2.4);
    expect(answers / sessions.length).toBeLessThan(2.9);
  });

  test('gives answers that satisfy the schema and choices that the survey offers for the score', () => {
    const ids = {
      session: 'a0000000-0000-4000-8000-000000000001',
      survey: 'a0000000-0000-4000-8000-000000000002',
    };
    const keys = new Set(demoSurvey().questions.map((question) => `${question.type}:${question.key}`));
    const fits = new Map(
      defaultSurvey.questions
        .flatMap((q) => (q.type === 'reasons' ? q.choices : []))
        .map((c) => [c.key, c.fits]),
    );
    const wrong = SESSIONS.filter(({ answers, locale }) => {
      const [first] = answers;
      if (first?.type !== 'csat') return true;
      const direction = first.score >= 4 ? 'up' : 'down';
      return answers.some(
        (answer) =>
          !v.is(answerSchema, { ...answer, ...ids, locale }) ||
          !keys.has(`${answer.type}:${answer.question}`) ||
          (answer.type === 'reasons' && answer.choices.some((choice) => fits.get(choice) !== direction)),
      );
    });
    expect(wrong).toEqual([]);
  });

  test('runs in order within opening hours, in local time, and never past its end', () => {
    const wrong = SESSIONS.filter((session, index) => {
      const { timeZone, hours } = DEMO.locations[session.location]!;
      const earlier = SESSIONS[index - 1];
      const local = localOf(session);
      const open = hours[(local.getUTCDay() + 6) % 7];
      return (
        (earlier?.location === session.location && session.occurredAt < earlier.occurredAt) ||
        session.tzOffset !== offsetMinutesAt(session.occurredAt, timeZone) ||
        !open ||
        local.getUTCHours() < open[0] ||
        local.getUTCHours() >= open[1] ||
        session.occurredAt > ENDS_AT
      );
    });
    expect(wrong).toEqual([]);
    expect(new Set(SESSIONS.map(({ location }) => location))).toEqual(new Set([0, 1, 2]));
    expect(Math.min(...SESSIONS.map(dayOf))).toBe(0);
    expect(Math.max(...SESSIONS.map(dayOf))).toBe(89);
  });

  test('is content four times in five, and likelier to recommend the happier it is', () => {
    expect(valueOf(csat(counts(SESSIONS, 'csat')))).toBeGreaterThan(0.76);
    expect(valueOf(csat(counts(SESSIONS, 'csat')))).toBeLessThan(0.84);
    const byScore = [1, 2, 3, 4, 5].map((score) =>
      valueOf(
        nps(
          counts(
            SESSIONS.filter(({ answers: [a] }) => a?.type === 'csat' && a.score === score),
            'nps',
          ),
        ),
      ),
    );
    expect(byScore).toEqual(byScore.toSorted((a, b) => a - b));
  });

  test('dips for two weeks at one location, over the wait, and gets better after the second till', () => {
    const [was, dipped, became] = [before, during, after].map((sessions) => csat(counts(sessions, 'csat')));
    const change = (a: Estimated, b: Estimated) => {
      const found = difference(a, b);
      return found.kind === 'estimate' ? verdict(found) : 'too few';
    };
    expect(change(dipped!, was!)).toBe('lower');
    expect(change(became!, dipped!)).toBe('higher');
    expect(valueOf(became!)).toBeGreaterThan(valueOf(was!));
    expect(reasonShare(during, 'long_wait')).toBeGreaterThan(4 * reasonShare(before, 'long_wait'));
    expect(reasonShare(after, 'long_wait')).toBeLessThan(reasonShare(before, 'long_wait'));
    expect(DEMO.improvements).toEqual([
      { location: 0, day: '2026-04-13', text: expect.any(Object) as object },
    ]);
  });

  test('loses people with every further question', () => {
    const share = (type: string) =>
      SESSIONS.filter(({ answers }) => answers.some((answer) => answer.type === type)).length /
      SESSIONS.length;
    const shares = ['csat', 'reasons', 'nps', 'expectation', 'comment'].map(share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares[0]).toBe(1);
  });

  test('has over 60 distinct comments, each in one language and one mood', () => {
    const all = Object.values(DEMO_COMMENTS).flatMap((book) => [
      ...book.good,
      ...book.mixed,
      ...Object.values(book.bad).flat(),
    ]);
    expect(new Set(all).size).toBe(all.length);
    const heard = new Set(
      SESSIONS.flatMap(({ answers }) => answers.flatMap((a) => (a.type === 'comment' ? [a.text] : []))),
    );
    expect(heard.size).toBeGreaterThanOrEqual(60);
  });

  test('refuses a seed, an end and a length that make no sense', () => {
    expect(() => generateDemo({ ...OPTIONS, seed: 0.5 })).toThrow(RangeError);
    expect(() => generateDemo({ ...OPTIONS, days: 0 })).toThrow(RangeError);
    expect(() => generateDemo({ ...OPTIONS, endsAt: Number.NaN })).toThrow(RangeError);
    expect([...generateDemo({ ...OPTIONS, days: 1 }).sessions].length).toBeGreaterThan(0);
  });
});

describe('the random stream', () => {
  test('is uniform, and normal where asked', () => {
    const random = createRandom(1);
    const draws = Array.from({ length: 20_000 }, () => random.next());
    const normals = Array.from({ length: 20_000 }, () => random.normal());
    const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(mean(draws)).toBeCloseTo(0.5, 2);
    expect(mean(draws.map((x) => (x - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(mean(normals))).toBeLessThan(0.03);
    expect(Math.abs(mean(normals.map((x) => x * x)) - 1)).toBeLessThan(0.05);
  });

  test('follows the weights it is given', () => {
    const random = createRandom(2);
    const hits = [0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) hits[random.weighted([1, 0, 3])]! += 1;
    expect(hits[1]).toBe(0);
    expect(hits[0]! / 10_000).toBeCloseTo(0.25, 1);
  });
});
