import type { Result } from '../../backend/failure';
import {
  admin_case_bad_assignee,
  admin_case_bad_cause,
  admin_case_bad_day,
  admin_case_bad_note,
  admin_case_bad_promise,
  admin_case_bad_score,
  admin_case_no_promise,
  admin_case_unknown,
  admin_case_unknown_person,
  admin_failure_rejected,
  admin_outcome_forbidden,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';

const REFUSALS = {
  forbidden: admin_outcome_forbidden,
  unknown_case: admin_case_unknown,
  bad_note: admin_case_bad_note,
  bad_cause: admin_case_bad_cause,
  bad_return: admin_failure_rejected,
  bad_name: admin_case_bad_assignee,
  unknown_person: admin_case_unknown_person,
  bad_promise: admin_case_bad_promise,
  bad_due: admin_case_bad_day,
  no_promise: admin_case_no_promise,
  bad_score: admin_case_bad_score,
};

/** Why what was done about a case was not kept; null when it was. */
export function workRefusalWords(
  result: Result<{ outcome: keyof typeof REFUSALS | 'saved' }>,
): string | null {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'saved' ? null : REFUSALS[result.value.outcome]();
}
