import { randomUUID } from 'node:crypto';
import type { Locale } from '../../../src/domain/locale';
import type { MemberEvent } from './bare-tablet';

export type Said = {
  at: number;
  score: number;
  text: string;
  locale: Locale;
  reasons?: string[];
  /** Who said that it was theirs: the id of their enrolment. */
  member?: string;
};

/** What a tablet tells of a customer who rated, chose reasons and left a comment. */
export function said(survey: string, { at, score, text, locale, reasons = [], member }: Said): MemberEvent[] {
  const session = randomUUID();
  const base = { session, survey, locale };
  return [
    { at, body: { type: 'csat', ...base, question: 'satisfaction', score } },
    ...(reasons.length > 0
      ? [
          {
            at: at + 4_000,
            body: { type: 'reasons' as const, ...base, question: 'reasons', choices: reasons },
          },
        ]
      : []),
    { at: at + 20_000, body: { type: 'comment', ...base, question: 'comment', text } },
    ...(member ? [{ at: at + 25_000, body: { type: 'rater' as const, member, session } }] : []),
  ];
}
