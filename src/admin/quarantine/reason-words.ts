import type { ResendReply } from '../../backend/owner-calls/records';
import {
  admin_outcome_forbidden,
  admin_quarantine_foreign_pairing,
  admin_quarantine_foreign_pairing_advice,
  admin_quarantine_hash_mismatch,
  admin_quarantine_hash_mismatch_advice,
  admin_quarantine_malformed,
  admin_quarantine_malformed_advice,
  admin_quarantine_newer,
  admin_quarantine_newer_advice,
  admin_quarantine_off_scale,
  admin_quarantine_off_scale_advice,
  admin_quarantine_other_content,
  admin_quarantine_other_content_advice,
  admin_quarantine_refused_again,
  admin_quarantine_text_missing,
  admin_quarantine_text_missing_advice,
  admin_quarantine_text_too_long,
  admin_quarantine_text_too_long_advice,
  admin_quarantine_too_large,
  admin_quarantine_unknown_choice,
  admin_quarantine_unknown_choice_advice,
  admin_quarantine_unknown_question,
  admin_quarantine_unknown_question_advice,
  admin_quarantine_unknown_staff,
  admin_quarantine_unknown_staff_advice,
  admin_quarantine_unknown_survey,
  admin_quarantine_unknown_survey_advice,
} from '../../i18n/paraglide/messages';

type Words = { what: () => string; advice: () => string };

const MALFORMED: Words = { what: admin_quarantine_malformed, advice: admin_quarantine_malformed_advice };
const NEWER: Words = { what: admin_quarantine_newer, advice: admin_quarantine_newer_advice };

/** By the reasons that ingest gives. */
const REASONS: Record<string, Words> = {
  unknown_kind: NEWER,
  unknown_version: NEWER,
  unknown_question: {
    what: admin_quarantine_unknown_question,
    advice: admin_quarantine_unknown_question_advice,
  },
  unknown_survey: { what: admin_quarantine_unknown_survey, advice: admin_quarantine_unknown_survey_advice },
  unknown_staff: { what: admin_quarantine_unknown_staff, advice: admin_quarantine_unknown_staff_advice },
  off_scale: { what: admin_quarantine_off_scale, advice: admin_quarantine_off_scale_advice },
  unknown_choice: { what: admin_quarantine_unknown_choice, advice: admin_quarantine_unknown_choice_advice },
  text_too_long: { what: admin_quarantine_text_too_long, advice: admin_quarantine_text_too_long_advice },
  text_missing: { what: admin_quarantine_text_missing, advice: admin_quarantine_text_missing_advice },
  hash_mismatch: { what: admin_quarantine_hash_mismatch, advice: admin_quarantine_hash_mismatch_advice },
  foreign_pairing: {
    what: admin_quarantine_foreign_pairing,
    advice: admin_quarantine_foreign_pairing_advice,
  },
  other_content: { what: admin_quarantine_other_content, advice: admin_quarantine_other_content_advice },
  too_large: { what: admin_quarantine_too_large, advice: admin_quarantine_text_too_long_advice },
  malformed: MALFORMED,
};

/** Why the server did not take a record; a reason of tomorrow's server reads as the most general one. */
export const reasonWords = (reason: string): string => (REASONS[reason] ?? MALFORMED).what();

/** What the owner can do about it. */
export const adviceWords = (reason: string): string => (REASONS[reason] ?? MALFORMED).advice();

/** Why sending a record again did not settle it. */
export function unsettledWords({ outcome, reason }: ResendReply): string {
  return outcome === 'forbidden'
    ? admin_outcome_forbidden()
    : admin_quarantine_refused_again({ reason: reasonWords(reason ?? outcome) });
}
