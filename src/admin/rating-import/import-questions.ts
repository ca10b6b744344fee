import type { StoredSurveyVersion } from '../../backend/owner-calls/shop';
import { USUAL_QUESTIONS, type ImportScale } from '../../domain/import/mapping';
import type { LocalizedText } from '../../domain/survey';

/** A question that a column of a file may answer beside the visit and the recommendation. */
export type ImportQuestion = { question: string; scale: ImportScale; text: LocalizedText };

/** CES and the factors that the shop asks or asked. */
export function importQuestions(versions: readonly StoredSurveyVersion[]): ImportQuestion[] {
  const found = new Map<string, ImportQuestion>();
  for (const question of versions.flatMap(({ definition }) => definition.questions)) {
    const { key, type, text } = question;
    if (found.has(key) || !(type === 'ces' || (type === 'csat' && question.factor))) continue;
    found.set(key, { question: key, scale: type === 'ces' ? 'ces7' : 'csat5', text });
  }
  return [...found.values()].filter(({ question }) => question !== USUAL_QUESTIONS.csat5.question);
}

/** Questions that the newest version does not ask, each with the newest that did. */
export function otherSurveys([newest, ...earlier]: readonly StoredSurveyVersion[]): Map<string, string> {
  const asked = new Set(newest?.definition.questions.map(({ key }) => key));
  const other = new Map<string, string>();
  for (const { id, definition } of earlier) {
    for (const { key } of definition.questions) if (!asked.has(key) && !other.has(key)) other.set(key, id);
  }
  return other;
}
