import { scaleOf } from '../../domain/scale';
import type { ScoredType } from '../../domain/scored-type';
import type { Question } from '../../domain/survey';
import { getLocale } from '../../i18n/locale.svelte';
import {
  admin_quarantine_no_answer,
  admin_quarantine_score,
  admin_quarantine_score_off,
} from '../../i18n/paraglide/messages';
import { countWords } from '../format';
import { scoreWords } from '../scores/score-words';
import type { GivenBody } from './read-record';

/** What a record answers, as far as it can be read; question is null where no survey of the shop knows it. */
export function answerWords(given: GivenBody, question: Question | null): string {
  if (given.type === 'comment') return given.text.trim() || admin_quarantine_no_answer();
  if (given.type === 'reasons') return choiceWords(given.choices, question) || admin_quarantine_no_answer();
  if (given.score === null) return admin_quarantine_no_answer();
  const { min, max } = scaleOf(given.type);
  const isOnScale = Number.isInteger(given.score) && given.score >= min && given.score <= max;
  return isOnScale
    ? scoreChoiceWords(given.type, given.score)
    : admin_quarantine_score_off({
        score: countWords(given.score),
        min: countWords(min),
        max: countWords(max),
      });
}

/** A score beside what it says. */
export function scoreChoiceWords(type: ScoredType, score: number): string {
  const words = scoreWords(type, score);
  return type === 'csat' || type === 'ces'
    ? admin_quarantine_score({ score: countWords(score), words })
    : words;
}

function choiceWords(choices: readonly string[], question: Question | null): string {
  const known = question?.type === 'reasons' ? question.choices : [];
  return choices
    .map((key) => known.find((choice) => choice.key === key)?.text[getLocale()] ?? key)
    .join(' · ');
}
