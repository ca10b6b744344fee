import type { Answer } from '../answer';
import type { Locale } from '../locale';
import { demoComment } from './comments';
import type { Random } from './random';
import type { Chapter } from './story';

type Bare<A> = A extends Answer ? Omit<A, 'session' | 'survey' | 'locale'> : never;
/** An answer without ids, under the question keys of the demo's survey. */
export type DemoAnswer = Bare<Answer>;

/** Weights of the scores 1 … 5: about four in five tap one of the two best faces, as published ratings do. */
const CSAT_WEIGHTS: Record<Chapter, readonly number[]> = {
  ordinary: [3, 5, 11, 35, 46],
  dip: [13, 17, 19, 30, 21],
  improved: [2, 3.5, 9, 34, 51.5],
};

/** Weights of 0 … 10 after each CSAT score 1 … 5: the two agree, loosely, as they do in people. */
const NPS_AFTER: readonly (readonly number[])[] = [
  [30, 14, 15, 12, 8, 10, 5, 3, 2, 0.5, 0.5],
  [8, 6, 9, 12, 13, 22, 13, 10, 5, 1, 1],
  [2, 1, 2, 4, 6, 19, 17, 25, 17, 4, 3],
  [0.2, 0.2, 0.4, 0.8, 1, 4, 5, 21, 34, 20, 13],
  [0.1, 0.1, 0.1, 0.2, 0.3, 1.5, 1.5, 5, 15, 25, 51],
];

/** Weights of worse / as / better than expected after each CSAT score. */
const EXPECTATION_AFTER: readonly (readonly number[])[] = [
  [85, 13, 2],
  [68, 29, 3],
  [30, 62, 8],
  [7, 69, 24],
  [2, 52, 46],
];

const UP_REASONS = { friendly_staff: 34, quick: 24, good_choice: 18, fair_price: 11, pleasant_place: 17 };
const DOWN_REASONS = {
  long_wait: 26,
  unhelpful_staff: 15,
  missing_items: 22,
  high_price: 25,
  poor_quality: 9,
  untidy: 8,
};

/** Each further question loses people: about 46, 30, 18 and 8 in 100 answer the four follow-ups. */
const PATIENCE = { reasons: 0.46, nps: 0.3, expectation: 0.18, comment: 0.07 };

/** One customer's answers. `mood` is in logits; `rush` makes long waits likelier during the dip. */
export function demoAnswers(
  random: Random,
  { chapter, mood, rush, locale }: { chapter: Chapter; mood: number; rush: boolean; locale: Locale },
): DemoAnswer[] {
  const lift = Math.exp(mood - (chapter === 'dip' && rush ? 0.5 : 0));
  const weights = CSAT_WEIGHTS[chapter].map((weight, index) => (index >= 3 ? weight * lift : weight));
  const csat = random.weighted(weights) + 1;
  const answers: DemoAnswer[] = [{ type: 'csat', question: 'satisfaction', score: csat }];

  // One draw decides how far this customer goes, so later answers come from people who gave the earlier ones.
  const patience = random.next();
  let choices: string[] = [];
  if (patience < PATIENCE.reasons) {
    choices = reasons(random, csat, chapter, rush);
    answers.push({ type: 'reasons', question: 'reasons', choices });
  }
  if (patience < PATIENCE.nps && random.chance(0.97)) {
    answers.push({ type: 'nps', question: 'recommend', score: random.weighted(NPS_AFTER[csat - 1]!) });
  }
  if (patience < PATIENCE.expectation) {
    const score = random.weighted(EXPECTATION_AFTER[csat - 1]!) - 1;
    answers.push({ type: 'expectation', question: 'expectation', score });
  }
  // Unhappy people write more.
  if (patience < PATIENCE.comment * (csat <= 3 ? 2 : 1)) {
    answers.push({ type: 'comment', question: 'comment', text: demoComment(random, locale, csat, choices) });
  }
  return answers;
}

function reasons(random: Random, csat: number, chapter: Chapter, rush: boolean): string[] {
  const weights: Record<string, number> = { ...(csat >= 4 ? UP_REASONS : DOWN_REASONS) };
  if (chapter === 'dip') {
    if (weights['long_wait']) weights['long_wait'] *= rush ? 9 : 4;
    if (weights['quick']) weights['quick'] *= 0.3;
  }
  if (chapter === 'improved') {
    if (weights['long_wait']) weights['long_wait'] *= 0.35;
    if (weights['quick']) weights['quick'] *= 1.5;
  }
  const chosen: string[] = [];
  for (let count = 1 + random.weighted([68, 26, 6]); count > 0; count -= 1) {
    const left = Object.entries(weights).filter(([key]) => !chosen.includes(key));
    chosen.push(left[random.weighted(left.map(([, weight]) => weight))]![0]);
  }
  return chosen;
}
