import {
  admin_failure_rejected,
  admin_member_bad_note,
  admin_member_bad_points,
  admin_member_merge_same,
  admin_member_unknown,
  admin_outcome_forbidden,
} from '../../i18n/paraglide/messages';
import type { Result } from '../../backend/failure';
import { failureWords } from '../failure-words';

const REFUSALS = {
  forbidden: admin_outcome_forbidden,
  unknown_member: admin_member_unknown,
  bad_points: admin_member_bad_points,
  bad_note: admin_member_bad_note,
  bad_purpose: admin_failure_rejected,
  same_member: admin_member_merge_same,
};
const DONE = ['saved', 'erased', 'merged'] as const;
type Done = (typeof DONE)[number];
type Outcome = keyof typeof REFUSALS | Done;

const isDone = (outcome: Outcome): outcome is Done => DONE.some((done) => done === outcome);

/** Why a change to a member was not made; null when it was. */
export function refusalWords(result: Result<{ outcome: Outcome }>): string | null {
  if (!result.ok) return failureWords(result.failure);
  const { outcome } = result.value;
  return isDone(outcome) ? null : REFUSALS[outcome]();
}
