import type { Answer } from './answer';
import type { Survey } from './survey';

/** A CSAT this low is one that staff are told of, so that they can ask while the customer is still there. */
const LOW_CSAT = 2;

/** How long they are told of it, in ms: longer than that the customer has gone. */
export const CUE_MS = 10 * 60_000;

/** Of the visit as a whole, which is the survey's first question: one factor of it alone calls nobody. */
export const isLowScore = (answer: Answer, { questions }: Survey): boolean =>
  answer.type === 'csat' && answer.question === questions[0]!.key && answer.score <= LOW_CSAT;
