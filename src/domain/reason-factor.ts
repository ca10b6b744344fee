import { defaultSurvey } from './default-survey';
import type { Factor } from './factor';
import type { Question, Survey } from './survey';

type Choice = Extract<Question, { type: 'reasons' }>['choices'][number];

const choicesOf = (survey: Survey): Choice[] =>
  survey.questions.flatMap((question) => (question.type === 'reasons' ? question.choices : []));

const FROM_THE_START = new Map(choicesOf(defaultSurvey).map(({ key, factor }) => [key, factor]));

/** What a reason is about. Versions stored before reasons said so keep the keys of the first survey; `factor_of_reason` is the same in SQL. */
const factorOfReason = (choice: Choice): Factor | undefined =>
  choice.factor ?? FROM_THE_START.get(choice.key);

/** Which way each factor could be named: one that nobody could praise was not praised for that reason alone. */
export function offeredWays(
  surveys: readonly Survey[],
): ReadonlyMap<Factor, { canPraise: boolean; canBlame: boolean }> {
  const ways = new Map<Factor, { canPraise: boolean; canBlame: boolean }>();
  for (const choice of surveys.flatMap(choicesOf)) {
    const factor = factorOfReason(choice);
    if (!factor) continue;
    const known = ways.get(factor);
    ways.set(factor, {
      canPraise: choice.fits !== 'down' || known?.canPraise === true,
      canBlame: choice.fits !== 'up' || known?.canBlame === true,
    });
  }
  return ways;
}
