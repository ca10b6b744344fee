import * as v from 'valibot';
import type { StoredSurveyVersion } from '../../backend/owner-calls/shop';
import { answerSchema, type Answer } from '../../domain/answer';
import type { Locale } from '../../domain/locale';
import { scaleOf } from '../../domain/scale';
import { questionOf, type GivenBody, type ReadRecord } from './read-record';

/** An answer while the owner mends it: what every type of question would need, so that the question may change. */
export type Mend = { question: string; score: number | null; choices: string[]; text: string };

/** Begins with whatever of the record fits its question; the rest is left for the owner to say. */
export function beginMend({ given }: ReadRecord, surveys: readonly StoredSurveyVersion[]): Mend {
  const known = given && questionOf(given, surveys);
  const question = known?.question ?? surveys[0]!.definition.questions[0]!;
  const scale = scaleOf(question.type);
  const score = given?.score ?? null;
  const isOnScale =
    scale && score !== null && Number.isInteger(score) && score >= scale.min && score <= scale.max;
  return {
    question: question.key,
    score: isOnScale ? score : null,
    choices:
      question.type === 'reasons'
        ? (given?.choices ?? []).filter((choice) => question.choices.some(({ key }) => key === choice))
        : [],
    text: given?.text ?? '',
  };
}

/**
 * The mended answer, or null while something is missing. It keeps its session, its language and, where it still fits, the
 * survey that was on the screen; else it is filed under the newest.
 */
export function mendedAnswer(
  mend: Mend,
  given: GivenBody | null,
  surveys: readonly StoredSurveyVersion[],
  locale: Locale,
): Answer | null {
  const version =
    surveys.find(
      ({ id, definition }) =>
        id === given?.survey && definition.questions.some(({ key }) => key === mend.question),
    ) ?? surveys[0];
  const question = version?.definition.questions.find(({ key }) => key === mend.question);
  if (!version || !question) return null;
  const { score, choices, text } = mend;
  const value =
    question.type === 'reasons' ? { choices } : question.type === 'comment' ? { text } : { score };
  const answer = v.safeParse(answerSchema, {
    type: question.type,
    session: given?.session ?? crypto.randomUUID(),
    survey: version.id,
    question: question.key,
    locale: given?.locale ?? locale,
    ...value,
  });
  return answer.success ? answer.output : null;
}
