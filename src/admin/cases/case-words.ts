import type { CaseRow } from '../../backend/owner-calls/cases';
import type { CaseCause, CaseState, WouldReturn } from '../../domain/case';
import {
  admin_case_cause_moved,
  admin_case_cause_none,
  admin_case_cause_price,
  admin_case_cause_product,
  admin_case_cause_treatment,
  admin_case_due,
  admin_case_erased,
  admin_case_late_short,
  admin_case_left,
  admin_case_overdue,
  admin_case_promise_broken,
  admin_case_promise_due,
  admin_case_promise_kept,
  admin_case_promise_late,
  admin_case_score_words,
  admin_case_scored,
  admin_case_state_contacted,
  admin_case_state_open,
  admin_case_state_resolved,
  admin_case_told_ago,
  admin_case_would_no,
  admin_case_would_unknown,
  admin_case_would_yes,
  admin_score_1,
  admin_score_2,
  admin_score_3,
  admin_score_4,
  admin_score_5,
} from '../../i18n/paraglide/messages';
import { dateWords, durationWords, momentWords } from '../format';

const STATES = {
  open: admin_case_state_open,
  contacted: admin_case_state_contacted,
  resolved: admin_case_state_resolved,
} satisfies Record<CaseState, () => string>;

export const stateWords = (state: CaseState): string => STATES[state]();

/** Nobody has answered yet, and the time for it is over. */
export const isOverdue = ({ state, due_at }: Pick<CaseRow, 'state' | 'due_at'>, now: number): boolean =>
  state === 'open' && Date.parse(due_at) < now;

/** How it stands with the time: due or overdue while nobody has answered, else what was done. */
export function dueWords(row: Pick<CaseRow, 'state' | 'due_at'>, now: number): string {
  if (row.state !== 'open') return stateWords(row.state);
  const due = Date.parse(row.due_at);
  return isOverdue(row, now)
    ? admin_case_overdue({ duration: durationWords(now - due) })
    : admin_case_due({ time: momentWords(due, now) });
}

const HOUR_MS = 3_600_000;

/** How long a complaint was on its way, in ms; null where it was no longer than anybody would notice. */
export function lostToSyncMs({
  occurred_at,
  received_at,
}: Pick<CaseRow, 'occurred_at' | 'received_at'>): number | null {
  const lost = Date.parse(received_at) - Date.parse(occurred_at);
  return lost > HOUR_MS ? lost : null;
}

export const lostToSyncWords = (lostMs: number): string =>
  admin_case_late_short({ duration: durationWords(lostMs) });

const CAUSES = {
  price: admin_case_cause_price,
  product: admin_case_cause_product,
  treatment: admin_case_cause_treatment,
  moved: admin_case_cause_moved,
  none: admin_case_cause_none,
} satisfies Record<CaseCause, () => string>;

export const causeWords = (cause: CaseCause): string => CAUSES[cause]();

const RETURNS = {
  yes: admin_case_would_yes,
  no: admin_case_would_no,
  unknown: admin_case_would_unknown,
} satisfies Record<WouldReturn, () => string>;

export const wouldReturnWords = (would: WouldReturn): string => RETURNS[would]();

const SCORES = [admin_score_1, admin_score_2, admin_score_3, admin_score_4, admin_score_5];

/** "2 – Poor", as the kiosk's faces say it. */
export const scoreWords = (score: number): string =>
  admin_case_score_words({ score, words: SCORES[score - 1]?.() ?? '' });

/** What it is about in a line: their words, or the score where there are none. */
export function aboutWords({
  text,
  score,
  is_erased,
}: Pick<CaseRow, 'text' | 'score' | 'is_erased'>): string {
  if (text !== null) return text;
  return is_erased || score === null
    ? admin_case_erased()
    : admin_case_scored({ score: SCORES[score - 1]?.() ?? String(score) });
}

/** How long ago it was told and, while nobody has answered, how long there is. */
export function ageWords({ occurred_at, due_at, state }: CaseRow, now: number): string {
  const age = admin_case_told_ago({ duration: durationWords(now - Date.parse(occurred_at)) });
  const left = Date.parse(due_at) - now;
  return state === 'open' && left > 0
    ? `${admin_case_left({ duration: durationWords(left) })} · ${age}`
    : age;
}

/** How it stands with what was promised; null where nothing was. */
export function promiseWords(
  { promise_due_at, promise_kept }: Pick<CaseRow, 'promise_due_at' | 'promise_kept'>,
  now: number,
): string | null {
  if (promise_due_at === null) return null;
  if (promise_kept !== null) return promise_kept ? admin_case_promise_kept() : admin_case_promise_broken();
  const due = Date.parse(promise_due_at);
  return (due < now ? admin_case_promise_late : admin_case_promise_due)({ day: dateWords(due) });
}
