import * as v from 'valibot';
import { LOCALES } from './locale';
import { uuidSchema } from './record';
import { MAX_TEXT_LENGTH } from './text-limit';

/** A complaint is answered within so many hours of the moment it was told. */
export const CASE_DUE_HOURS = 48;

/** Body of a record of kind 'case', version 1: a complaint told to staff. */
export const caseSchema = v.object({
  type: v.literal('case'),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_TEXT_LENGTH)),
  /** Whom to call back: a member by id, or a number in E.164, or neither. */
  member: v.nullable(uuidSchema),
  phone: v.nullable(v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/, 'not a number in E.164'))),
  firstName: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))),
  /** The customer's go at the kiosk that it is about; null when there was none. */
  session: v.nullable(uuidSchema),
  /** The language to answer in. */
  locale: v.picklist(LOCALES),
  staff: v.nullable(uuidSchema),
});
export type Case = v.InferOutput<typeof caseSchema>;

export const CASE_STATES = ['open', 'contacted', 'resolved'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Why it came to it, as who resolved the case understood: nobody's guess, so 'none' where the customer told none. */
export const CASE_CAUSES = ['price', 'product', 'treatment', 'moved', 'none'] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];

/** Whether the customer says they would come back. */
export const WOULD_RETURN = ['yes', 'no', 'unknown'] as const;
export type WouldReturn = (typeof WOULD_RETURN)[number];
