import * as v from 'valibot';
import { uuidSchema } from './record';

/** Body of a record of kind 'rater', version 1: a member said that the answers of a session are theirs. */
export const raterSchema = v.object({
  type: v.literal('rater'),
  /** The member's id, or that of an enrolment this tablet made. */
  member: uuidSchema,
  session: uuidSchema,
});
export type Rater = v.InferOutput<typeof raterSchema>;
