import type { ScoredType } from './scored-type';
import type { QuestionType } from './survey';

export type Scale = { min: number; max: number };

/** The scores a question accepts, or null when it takes none. */
export function scaleOf(type: ScoredType): Scale;
export function scaleOf(type: QuestionType): Scale | null;
export function scaleOf(type: QuestionType): Scale | null {
  switch (type) {
    case 'csat':
      return { min: 1, max: 5 };
    case 'nps':
      return { min: 0, max: 10 };
    case 'ces':
      return { min: 1, max: 7 };
    case 'expectation':
      return { min: -1, max: 1 };
    default:
      return null;
  }
}
