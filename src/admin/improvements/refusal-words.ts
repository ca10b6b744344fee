import type { Result } from '../../backend/failure';
import type { SaveImprovementReply } from '../../backend/owner-calls/improvements';
import {
  admin_failure_rejected,
  admin_improvement_bad_date,
  admin_improvement_bad_end,
  admin_improvement_bad_hope,
  admin_improvement_bad_name,
  admin_improvement_bad_note,
  admin_improvement_unknown,
  admin_outcome_forbidden,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';

const REFUSALS = {
  forbidden: admin_outcome_forbidden,
  bad_name: admin_improvement_bad_name,
  bad_date: admin_improvement_bad_date,
  bad_end: admin_improvement_bad_end,
  bad_hope: admin_improvement_bad_hope,
  bad_note: admin_improvement_bad_note,
  bad_question: admin_failure_rejected,
  unknown_location: admin_failure_rejected,
  unknown_improvement: admin_improvement_unknown,
};

/** Why a change was not saved. */
export function saveRefusalWords(result: Result<SaveImprovementReply>): string {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'saved' ? '' : REFUSALS[result.value.outcome]();
}
