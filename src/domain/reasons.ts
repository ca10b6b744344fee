import type { Question } from './survey';

/** The reasons worth offering after this CSAT score (1–5): 4 and 5 count as up, 1 to 3 as down. */
export function reasonsFitting(question: Extract<Question, { type: 'reasons' }>, csat: number) {
  const direction = csat >= 4 ? 'up' : 'down';
  return question.choices.filter((choice) => choice.fits === 'both' || choice.fits === direction);
}
