import type { SessionAnswers } from '../backend/owner-calls/session-answers';
import { getLocale } from '../i18n/locale.svelte';
import { answerWords } from './quarantine/answer-words';
import { questionOf } from './quarantine/read-record';
import type { Shop } from './shop.svelte';

/** What was asked and answered, in words of this page's language. */
export function sessionAnswerWords(
  answers: SessionAnswers,
  surveys: Shop['surveys'],
): { key: string; type: SessionAnswers[number]['type']; asked: string; words: string }[] {
  return answers.map((answer) => {
    const given = {
      ...answer,
      session: null,
      locale: null,
      choices: answer.choices ?? [],
      text: answer.comment ?? '',
    };
    const question = questionOf(given, surveys)?.question ?? null;
    return {
      key: answer.question,
      type: answer.type,
      asked: question?.text[getLocale()] ?? answer.question,
      words: answerWords(given, question),
    };
  });
}
