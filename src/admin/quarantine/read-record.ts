import * as v from 'valibot';
import type { StoredSurveyVersion } from '../../backend/owner-calls/shop';
import { LOCALES } from '../../domain/locale';
import { uuidSchema } from '../../domain/record';
import { SCORED_TYPES } from '../../domain/scored-type';
import type { Question } from '../../domain/survey';

/** Each field is read by itself, because one of them is what the server stumbled over. */
const orNull = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.nullable(schema), null);

const bodySchema = v.object({
  type: v.picklist([...SCORED_TYPES, 'reasons', 'comment']),
  question: orNull(v.string()),
  session: orNull(uuidSchema),
  survey: orNull(v.string()),
  locale: orNull(v.picklist(LOCALES)),
  score: orNull(v.number()),
  choices: v.fallback(v.array(v.string()), []),
  text: v.fallback(v.string(), ''),
});
export type GivenBody = v.InferOutput<typeof bodySchema>;

const envelopeSchema = v.object({
  body: orNull(v.string()),
  occurredAt: orNull(v.string()),
  serverOffsetMs: orNull(v.number()),
});

export type ReadRecord = {
  /** The body's text as the tablet froze it, or null where there is none. */
  body: string | null;
  /** What can be made out of it, or null: then only the text itself can be shown. */
  given: GivenBody | null;
  /** When it happened, in ms since 1970, corrected as the server does; null where the record does not say. */
  occurredAt: number | null;
};

/** record: its JSON text, or what that says. */
export function readRecord(record: unknown): ReadRecord {
  const value = typeof record === 'string' ? parseJson(record) : record;
  const envelope = v.safeParse(envelopeSchema, value);
  if (!envelope.success) return { body: null, given: null, occurredAt: null };
  const { body, occurredAt, serverOffsetMs } = envelope.output;
  const given = v.safeParse(bodySchema, parseJson(body ?? ''));
  const at = Date.parse(occurredAt ?? '') + (serverOffsetMs ?? 0);
  return {
    body,
    given: given.success ? given.output : null,
    occurredAt: Number.isFinite(at) ? at : null,
  };
}

/** The question that was on the screen; of a survey that is not known here, the newest of the same name. */
export function questionOf(
  given: GivenBody,
  surveys: readonly StoredSurveyVersion[],
): { survey: string; question: Question } | null {
  const own = surveys.filter(({ id }) => id === given.survey);
  for (const { id, definition } of [...own, ...surveys]) {
    const question = definition.questions.find(
      ({ key, type }) => key === given.question && type === given.type,
    );
    if (question) return { survey: id, question };
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
