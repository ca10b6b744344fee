import { offeredWays } from '../../domain/reason-factor';
import { type DriverSum, DriverSums } from '../../domain/statistics/driver-sums';
import { questionDrivers, type QuestionDrivers } from '../../domain/statistics/question-drivers';
import { reasonDrivers, type ReasonDrivers } from '../../domain/statistics/reason-drivers';
import type { Survey } from '../../domain/survey';

export type Source = 'questions' | 'reasons';

export type ToldDrivers =
  | ({ source: 'questions' } & QuestionDrivers)
  | ({ source: 'reasons' } & ReasonDrivers);

/** Where a page can tell drivers from, the better way first: questions ask everybody about everything. */
export function sourcesOf(surveys: readonly Survey[]): Source[] {
  const asks = surveys.some(({ questions }) =>
    questions.some((question) => question.type === 'csat' && question.factor !== undefined),
  );
  const offers = [...offeredWays(surveys).values()].some(({ canBlame }) => canBlame);
  return [...(asks ? ['questions' as const] : []), ...(offers ? ['reasons' as const] : [])];
}

/** What a source tells; null where nobody has answered. */
export function toldDrivers(
  source: Source,
  rows: readonly DriverSum[],
  surveys: readonly Survey[],
  withFlagged: boolean,
): ToldDrivers | null {
  const sums = new DriverSums(rows, withFlagged);
  if (source === 'questions') {
    const drivers = questionDrivers(sums);
    return drivers && { source, ...drivers };
  }
  const drivers = reasonDrivers(sums, offeredWays(surveys));
  return drivers && drivers.named.some(({ praised, blamed }) => praised + blamed > 0)
    ? { source, ...drivers }
    : null;
}

/** Scores of sessions of which something is left out by default. */
export const flaggedIn = (rows: readonly DriverSum[]): number =>
  rows.reduce((sum, { one, other, isFlagged, n }) => sum + (isFlagged && one === other ? n : 0), 0);
