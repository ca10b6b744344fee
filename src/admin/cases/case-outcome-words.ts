import type { Result } from '../../backend/failure';
import {
  admin_case_bad_name,
  admin_case_bad_note,
  admin_case_bad_phone,
  admin_case_bad_text,
  admin_case_unknown,
  admin_failure_rejected,
  admin_member_unknown,
  admin_outcome_forbidden,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';

const ENTER_REFUSALS = {
  forbidden: admin_outcome_forbidden,
  text_missing: admin_case_bad_text,
  text_too_long: admin_case_bad_text,
  bad_phone: admin_case_bad_phone,
  bad_name: admin_case_bad_name,
  bad_locale: admin_failure_rejected,
  unknown_member: admin_member_unknown,
};

/** Why a complaint was not entered. */
export function enterRefusalWords(
  result: Result<{ outcome: keyof typeof ENTER_REFUSALS } | { outcome: 'created'; case: string }>,
): string {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'created' ? '' : ENTER_REFUSALS[result.value.outcome]();
}

const STATE_REFUSALS = {
  forbidden: admin_outcome_forbidden,
  unknown_case: admin_case_unknown,
  bad_note: admin_case_bad_note,
  bad_state: admin_failure_rejected,
};

/** Why a case was not moved; null when it was. */
export function stateRefusalWords(
  result: Result<{ outcome: keyof typeof STATE_REFUSALS | 'saved' }>,
): string | null {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'saved' ? null : STATE_REFUSALS[result.value.outcome]();
}
