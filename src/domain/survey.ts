import * as v from 'valibot';
import { FACTORS } from './factor';

/** A text of the survey in every language: the owner's words, so data and not a message of the app. */
export const localizedTextSchema = v.object({ en: v.string(), ru: v.string(), bg: v.string() });
export type LocalizedText = v.InferOutput<typeof localizedTextSchema>;

/** 'up' is offered after a good score, 'down' after a poor one, 'both' always. */
const choiceSchema = v.object({
  key: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
  text: localizedTextSchema,
  fits: v.picklist(['up', 'down', 'both']),
  /** What it praises or blames. */
  factor: v.optional(v.picklist(FACTORS)),
});

const questionBase = {
  key: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
  text: localizedTextSchema,
};

/**
 * Scales and what a score on them means:
 * csat 1 (very poor) … 5 (very good), nps 0 … 10, ces 1 (strongly disagree) … 7 (strongly agree), expectation −1 worse / 0 as / 1 better than expected.
 */
export const questionSchema = v.variant('type', [
  /** With a factor it asks how that was, and not about the visit as a whole. */
  v.object({ type: v.literal('csat'), ...questionBase, factor: v.optional(v.picklist(FACTORS)) }),
  v.object({ type: v.literal('nps'), ...questionBase }),
  /** Its text is a statement that what the customer came for was made easy. */
  v.object({ type: v.literal('ces'), ...questionBase }),
  v.object({ type: v.literal('expectation'), ...questionBase }),
  v.object({ type: v.literal('reasons'), ...questionBase, choices: v.array(choiceSchema) }),
  v.object({ type: v.literal('comment'), ...questionBase }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
export type QuestionType = Question['type'];

/** The first question is the first screen and must be a csat; the rest follow, each skippable. */
export const surveySchema = v.object({
  questions: v.pipe(
    v.array(questionSchema),
    v.minLength(1),
    v.check((questions) => questions[0]?.type === 'csat', 'the first question must be a csat'),
  ),
});
export type Survey = v.InferOutput<typeof surveySchema>;

/**
 * A survey as a tablet takes it, whose app may be older than the shop's questions: one that it can't ask is left out, and the
 * others are asked. Without the first there is nothing to ask.
 */
export const askableSurveySchema = v.object({
  questions: v.pipe(
    v.array(v.unknown()),
    v.transform((questions) =>
      questions.filter((question, index) => index === 0 || v.is(questionSchema, question)),
    ),
    surveySchema.entries.questions,
  ),
});

/** A survey version never changes once stored; answers name the version they answered. */
export type SurveyVersion = { id: string; survey: Survey };
