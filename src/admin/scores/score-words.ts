import {
  admin_ces_1,
  admin_ces_2,
  admin_ces_3,
  admin_ces_4,
  admin_ces_5,
  admin_ces_6,
  admin_ces_7,
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
const CES = [admin_ces_1, admin_ces_2, admin_ces_3, admin_ces_4, admin_ces_5, admin_ces_6, admin_ces_7];
const EXPECTATION = [admin_expectation_worse, admin_expectation_as, admin_expectation_better];

/** What a score says in words; an NPS score is its own name. */
export function scoreWords(type: MeasureType, score: number): string {
  if (type === 'csat') return CSAT[score - 1]!();
  if (type === 'ces') return CES[score - 1]!();
  if (type === 'expectation') return EXPECTATION[score + 1]!();
  return countWords(score);
}

/** The ramp in the meaning of the scale: for NPS its three groups. */
export function scoreColor(type: MeasureType, score: number): string {
  if (type === 'csat') return `var(--score-${score})`;
  if (type === 'ces') return `var(--score-${[1, 1, 2, 3, 4, 5, 5][score - 1]})`;
  if (type === 'expectation') return `var(--score-${[1, 3, 5][score + 1]})`;
  return `var(--score-${score <= 6 ? 1 : score <= 8 ? 3 : 5})`;
}
