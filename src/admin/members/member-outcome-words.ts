import {
  admin_failure_rejected,
  admin_member_bad_note,
  admin_member_bad_points,
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
};
type Outcome = keyof typeof REFUSALS | 'saved' | 'erased';

/** Why a change to a member was not made; null when it was. */
export function refusalWords(result: Result<{ outcome: Outcome }>): string | null {
  if (!result.ok) return failureWords(result.failure);
  const { outcome } = result.value;
  return outcome === 'saved' || outcome === 'erased' ? null : REFUSALS[outcome]();
}
