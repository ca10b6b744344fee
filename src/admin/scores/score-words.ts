import {
  admin_expectation_as,
  admin_expectation_better,
  admin_expectation_worse,
  admin_score_1,
  admin_score_2,
  admin_score_3,
  admin_score_4,
  admin_score_5,
} from '../../i18n/paraglide/messages';
import { countWords } from '../format';
import type { MeasureType } from './measure';

export type CsatScore = 1 | 2 | 3 | 4 | 5;

const CSAT = [admin_score_1, admin_score_2, admin_score_3, admin_score_4, admin_score_5];
const EXPECTATION = [admin_expectation_worse, admin_expectation_as, admin_expectation_better];

/** What a score says in words; an NPS score is its own name. */
export function scoreWords(type: MeasureType, score: number): string {
  if (type === 'csat') return CSAT[score - 1]!();
  if (type === 'expectation') return EXPECTATION[score + 1]!();
  return countWords(score);
}

/** The ramp in the meaning of the scale: for NPS its three groups. */
export function scoreColor(type: MeasureType, score: number): string {
  if (type === 'csat') return `var(--score-${score})`;
  if (type === 'expectation') return `var(--score-${[1, 3, 5][score + 1]})`;
  return `var(--score-${score <= 6 ? 1 : score <= 8 ? 3 : 5})`;
}
