import {
  admin_outcome_bad_name,
  admin_outcome_forbidden,
  admin_outcome_name_taken,
  admin_time_zone_unknown,
} from '../../i18n/paraglide/messages';

const WORDS = {
  forbidden: admin_outcome_forbidden,
  bad_name: admin_outcome_bad_name,
  bad_time_zone: admin_time_zone_unknown,
  name_taken: admin_outcome_name_taken,
};

/** Why the server did not add something. */
export const outcomeWords = (outcome: keyof typeof WORDS): string => WORDS[outcome]();
