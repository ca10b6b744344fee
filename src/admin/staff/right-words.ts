import { STAFF_RIGHTS, type StaffRight } from '../../domain/staff-rights';
import {
  admin_right_case,
  admin_right_check_in,
  admin_right_enrol,
  admin_right_redeem,
  admin_right_rescue,
  admin_rights_all,
  admin_rights_none,
} from '../../i18n/paraglide/messages';

const WORDS = {
  check_in: admin_right_check_in,
  enrol: admin_right_enrol,
  redeem: admin_right_redeem,
  case: admin_right_case,
  rescue: admin_right_rescue,
} satisfies Record<StaffRight, () => string>;

export const rightWords = (right: StaffRight): string => WORDS[right]();

/** What somebody may do, in one line. */
export function rightsWords(rights: readonly StaffRight[]): string {
  if (rights.length === 0) return admin_rights_none();
  if (STAFF_RIGHTS.every((right) => rights.includes(right))) return admin_rights_all();
  return STAFF_RIGHTS.filter((right) => rights.includes(right))
    .map(rightWords)
    .join(' · ');
}
