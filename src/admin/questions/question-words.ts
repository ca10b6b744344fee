import type { Locale } from '../../domain/locale';
import {
  MAX_CHOICES,
  type DraftProblems,
  type SingleType,
  type TextProblem,
} from '../../domain/survey-draft';
import {
  admin_questions_ces,
  admin_questions_ces_note,
  admin_questions_comment,
  admin_questions_comment_note,
  admin_questions_expectation,
  admin_questions_expectation_note,
  admin_questions_in_bg,
  admin_questions_in_en,
  admin_questions_in_ru,
  admin_questions_missing,
  admin_questions_no_choices,
  admin_questions_nps,
  admin_questions_nps_note,
  admin_questions_too_long,
  admin_questions_too_many,
} from '../../i18n/paraglide/messages';

export const SINGLE_WORDS = {
  nps: { name: admin_questions_nps, note: admin_questions_nps_note },
  ces: { name: admin_questions_ces, note: admin_questions_ces_note },
  expectation: { name: admin_questions_expectation, note: admin_questions_expectation_note },
  comment: { name: admin_questions_comment, note: admin_questions_comment_note },
} satisfies Record<SingleType, { name: () => string; note: () => string }>;

export const languageWords = (locale: Locale): string =>
  ({ en: admin_questions_in_en, ru: admin_questions_in_ru, bg: admin_questions_in_bg })[locale]();

export const textProblemWords = (problem: TextProblem, longest: number): string =>
  problem === 'missing' ? admin_questions_missing() : admin_questions_too_long({ n: longest });

export const reasonsProblemWords = (problem: NonNullable<DraftProblems['reasons']>): string =>
  problem === 'none' ? admin_questions_no_choices() : admin_questions_too_many({ n: MAX_CHOICES });
