import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { SCORED_TYPES } from '../../domain/scored-type';

/** What a customer answered in one go at the kiosk, the first first. */
export const sessionAnswersSchema = v.array(
  v.object({
    survey: uuidSchema,
    question: v.string(),
    type: v.picklist([...SCORED_TYPES, 'reasons', 'comment']),
    score: v.nullable(v.number()),
    choices: v.nullable(v.array(v.string())),
    comment: v.nullable(v.string()),
  }),
);
export type SessionAnswers = v.InferOutput<typeof sessionAnswersSchema>;
