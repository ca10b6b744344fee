import type { LocalizedText, Survey } from '../../domain/survey';

export type ChoiceName = { text: LocalizedText; fits: 'up' | 'down' | 'both' };

/** What a chosen reason is called, by key; the newest survey that knows it decides. */
export function choiceNames(surveys: readonly Survey[]): Map<string, ChoiceName> {
  const names = new Map<string, ChoiceName>();
  for (const { questions } of surveys) {
    for (const question of questions) {
      if (question.type !== 'reasons') continue;
      for (const { key, text, fits } of question.choices) if (!names.has(key)) names.set(key, { text, fits });
    }
  }
  return names;
}
