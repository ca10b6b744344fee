import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { offeredWays } from '../../../src/domain/reason-factor';
import type { Survey } from '../../../src/domain/survey';

const MIGRATION = join(import.meta.dirname, '../../../supabase/migrations/20261122005020_drivers.sql');

/** The first survey as it was stored before its reasons said what they are about. */
const before: Survey = {
  questions: defaultSurvey.questions.map((question) =>
    question.type === 'reasons'
      ? { ...question, choices: question.choices.map(({ key, fits, text }) => ({ key, fits, text })) }
      : question,
  ),
};

it('knows what the reasons of the first survey are about, stored with it or not', () => {
  expect(offeredWays([before])).toEqual(offeredWays([defaultSurvey]));
  expect(offeredWays([before]).get('speed')).toEqual({ canPraise: true, canBlame: true });
  expect(offeredWays([before]).get('product')).toEqual({ canPraise: false, canBlame: true });
});

it('is told the same by the database', () => {
  const sql = readFileSync(MIGRATION, 'utf8');
  const told = [...sql.matchAll(/when '([a-z_]+)' then '([a-z]+)'/g)]
    .map(([, key, factor]) => [key, factor])
    .filter(([key]) => key !== 'csat' && key !== 'both');
  const known = defaultSurvey.questions.flatMap((question) =>
    question.type === 'reasons' ? question.choices.map(({ key, factor }) => [key, factor]) : [],
  );
  expect(told.toSorted()).toEqual(known.toSorted());
});
