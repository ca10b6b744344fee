import { defaultSurvey } from '../default-survey';
import type { Factor } from '../factor';
import { factorQuestion } from '../standard-questions';
import type { Survey } from '../survey';
import { draftOf, surveyOf } from '../survey-draft';
import type { DemoAnswer } from './answers';
import type { Random } from './random';
import type { Chapter } from './story';

/** How far each factor lies from what the visit as a whole was given: the price is what this shop is weakest in. */
const LEAN = { staff: 0.5, speed: 0.1, price: -0.5 } satisfies Partial<Record<Factor, number>>;
const FACTORS = Object.keys(LEAN) as (keyof typeof LEAN)[];

/** The default survey, and what a shop that wants to know why asks beside it. */
export function demoSurvey(): Survey {
  const draft = draftOf([defaultSurvey]);
  for (const factor of FACTORS) draft.factors[factor].isOn = true;
  draft.ces.isOn = true;
  return surveyOf(draft, [defaultSurvey]);
}

/** What about one customer in six says of the factors, and one in seven of how easy it was: of the patient ones. */
export function demoFactors(
  random: Random,
  answers: readonly DemoAnswer[],
  { chapter, rush }: { chapter: Chapter; rush: boolean },
): DemoAnswer[] {
  const visit = answers.find(({ type }) => type === 'csat');
  if (visit?.type !== 'csat' || !answers.some(({ type }) => type === 'nps')) return [];
  const wait = chapter === 'dip' ? (rush ? 1.8 : 1) : 0;
  const near = (middle: number, most: number) =>
    Math.min(most, Math.max(1, Math.round(middle + 0.8 * random.normal())));
  const added: DemoAnswer[] = [];
  if (random.chance(0.6)) {
    for (const factor of FACTORS) {
      const middle = 1.2 + 0.7 * visit.score + LEAN[factor] - (factor === 'speed' ? wait : 0);
      added.push({ type: 'csat', question: factorQuestion(factor).key, score: near(middle, 5) });
    }
  }
  if (random.chance(0.5)) {
    added.push({ type: 'ces', question: 'effort', score: near(1.1 + 1.1 * visit.score - wait / 2, 7) });
  }
  return added;
}
