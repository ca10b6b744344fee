import type { CaseRow } from '../../backend/owner-calls/cases';
import type { CaseState } from '../../domain/case';
import {
  admin_case_due,
  admin_case_late_short,
  admin_case_overdue,
  admin_case_state_contacted,
  admin_case_state_open,
  admin_case_state_resolved,
} from '../../i18n/paraglide/messages';
import { durationWords, momentWords } from '../format';

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
