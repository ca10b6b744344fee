import {
  admin_outcome_bad_name,
  admin_outcome_forbidden,
  admin_pin_not_digits,
  admin_rights_bad,
  admin_staff_name_taken,
} from '../../i18n/paraglide/messages';

const REFUSALS = {
  forbidden: admin_outcome_forbidden,
  bad_name: admin_outcome_bad_name,
  bad_pin: admin_pin_not_digits,
  bad_rights: admin_rights_bad,
  name_taken: admin_staff_name_taken,
};
type Refusal = keyof typeof REFUSALS;
type Done = 'created' | 'changed' | 'removed';
export type StaffOutcome = Refusal | Done;

export const isDone = (outcome: StaffOutcome): outcome is Done => !(outcome in REFUSALS);

/** Why the server did not do what was asked for a person. */
export const staffOutcomeWords = (outcome: Refusal): string => REFUSALS[outcome]();
