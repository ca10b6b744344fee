import type { Survey } from '../survey';

/** Choice keys of a survey's reasons by every name they go under: the key itself and its label in each language. */
export function reasonKeys(survey: Survey): Map<string, string> {
  const keys = new Map<string, string>();
  for (const question of survey.questions) {
    if (question.type !== 'reasons') continue;
    for (const choice of question.choices) {
      for (const name of [choice.key, ...Object.values(choice.text)])
        keys.set(name.trim().toLowerCase(), choice.key);
    }
  }
  return keys;
}
