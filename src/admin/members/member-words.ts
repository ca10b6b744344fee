import type { TimelineEntry } from '../../backend/owner-calls/members';
import type { ConsentPurpose } from '../../domain/member';
import {
  admin_data_refund,
  admin_member_did_agree,
  admin_member_did_complain,
  admin_member_did_enrol,
  admin_member_did_merge,
  admin_member_did_rate,
  admin_member_did_redeem,
  admin_member_did_visit,
  admin_member_did_visit_sale,
  admin_member_did_withdraw,
  admin_member_purpose_call,
  admin_member_purpose_messages,
  admin_member_purpose_programme,
  admin_member_purpose_publish,
  admin_member_reason_amount,
  admin_member_reason_birthday,
  admin_member_reason_correction,
  admin_member_reason_expiry,
  admin_member_reason_merge,
  admin_member_reason_redemption,
  admin_member_reason_referral,
  admin_member_reason_visit,
  admin_member_reason_welcome,
} from '../../i18n/paraglide/messages';
import { moneyWords } from '../format';
import { rewardName } from '../rewards/reward-words';

const PURPOSES = {
  programme: admin_member_purpose_programme,
  messages: admin_member_purpose_messages,
  call: admin_member_purpose_call,
  publish: admin_member_purpose_publish,
};
/** What somebody agreed to. */
export const purposeWords = (purpose: ConsentPurpose): string => PURPOSES[purpose]();

const REASONS = {
  welcome: admin_member_reason_welcome,
  visit: admin_member_reason_visit,
  amount: admin_member_reason_amount,
  birthday: admin_member_reason_birthday,
  referral: admin_member_reason_referral,
  redemption: admin_member_reason_redemption,
  expiry: admin_member_reason_expiry,
  correction: admin_member_reason_correction,
  merge: admin_member_reason_merge,
};

/** What happened, in a few words; `phoneWords` writes a number as people do. */
export function entryWords(entry: TimelineEntry, phoneWords: (phone: string) => string): string {
  switch (entry.what) {
    case 'enrolment':
      return admin_member_did_enrol();
    case 'visit':
      if (entry.amount === null || entry.currency === null) return admin_member_did_visit();
      return entry.amount < 0
        ? admin_data_refund({ sale: moneyWords(-entry.amount, entry.currency) })
        : admin_member_did_visit_sale({ sale: moneyWords(entry.amount, entry.currency) });
    case 'redemption':
      return admin_member_did_redeem({ reward: rewardName(entry.name) });
    case 'merge':
      return admin_member_did_merge({ phone: phoneWords(entry.phone ?? '') });
    case 'rating':
      return admin_member_did_rate();
    case 'case':
      return admin_member_did_complain();
    case 'consent':
      return (entry.granted ? admin_member_did_agree : admin_member_did_withdraw)({
        purpose: purposeWords(entry.purpose),
      });
    case 'points':
      return REASONS[entry.reason]();
  }
}
