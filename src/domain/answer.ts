import * as v from 'valibot';
import { MAX_TEXT_LENGTH } from './text-limit';
import { uuidSchema } from './record';
import { LOCALES } from './locale';
import { scaleOf } from './scale';
import type { ScoredType } from './scored-type';

/** Body of a record of kind 'answer', version 1: one answer to one question, complete by itself. */
const answerBase = {
  /** One customer's go at the kiosk. */
  session: uuidSchema,
  /** Id of the survey version that was on the screen. */
  survey: uuidSchema,
  question: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
  locale: v.picklist(LOCALES),
};

function scoreOn(type: ScoredType) {
  const { min, max } = scaleOf(type);
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

export const answerSchema = v.variant('type', [
  v.object({ type: v.literal('csat'), ...answerBase, score: scoreOn('csat') }),
  v.object({ type: v.literal('nps'), ...answerBase, score: scoreOn('nps') }),
  v.object({ type: v.literal('ces'), ...answerBase, score: scoreOn('ces') }),
  v.object({ type: v.literal('expectation'), ...answerBase, score: scoreOn('expectation') }),
  v.object({
    type: v.literal('reasons'),
    ...answerBase,
    choices: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/))),
      v.minLength(1),
      v.maxLength(20),
    ),
  }),
  v.object({
    type: v.literal('comment'),
    ...answerBase,
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_TEXT_LENGTH)),
  }),
]);

export type Answer = v.InferOutput<typeof answerSchema>;
