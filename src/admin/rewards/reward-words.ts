import type { SetRewardReply } from '../../backend/owner-calls/rewards';
import type { Result } from '../../backend/failure';
import type { RedemptionFlag } from '../../domain/reward';
import type { LocalizedText } from '../../domain/survey';
import { getLocale } from '../../i18n/locale.svelte';
import {
  admin_failure_rejected,
  admin_outcome_forbidden,
  admin_redemption_not_offered,
  admin_redemption_out_of_stock,
  admin_redemption_over_budget,
  admin_redemption_overdrawn,
  admin_redemption_unknown_reward,
  admin_reward_bad_picture,
  admin_reward_left,
  admin_reward_no_limit,
  admin_reward_over,
  admin_reward_state_ended,
  admin_reward_state_from,
  admin_reward_state_offered,
  admin_reward_state_out,
  admin_reward_state_until,
  admin_reward_state_withdrawn,
  admin_reward_unknown,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';
import { countWords, dateWords, dayWords } from '../format';
import type { RewardState } from './reward-state';

/** What a reward is called in the page's language. */
export const rewardName = (name: LocalizedText | null): string =>
  name?.[getLocale()] ?? admin_redemption_unknown_reward();

export function stateWords(state: RewardState): string {
  switch (state.state) {
    case 'offered':
      return admin_reward_state_offered();
    case 'until':
      return admin_reward_state_until({ day: dayWords(state.day) });
    case 'from':
      return admin_reward_state_from({ day: dayWords(state.day) });
    case 'ended':
      return admin_reward_state_ended({ day: dayWords(state.day) });
    case 'out_of_stock':
      return admin_reward_state_out();
    case 'withdrawn':
      return admin_reward_state_withdrawn({ day: dateWords(Date.parse(state.at)) });
  }
}

/** How many are left; below zero when more were given than there were. */
export function leftWords(left: number | null): string {
  if (left === null) return admin_reward_no_limit();
  const count = Math.abs(left);
  return (left < 0 ? admin_reward_over : admin_reward_left)({ count, n: countWords(count) });
}

const FLAGS: Record<RedemptionFlag, () => string> = {
  overdrawn: admin_redemption_overdrawn,
  over_budget: admin_redemption_over_budget,
  out_of_stock: admin_redemption_out_of_stock,
  not_offered: admin_redemption_not_offered,
};
/** Why the owner should look at what was given. */
export const flagWords = (flag: RedemptionFlag): string => FLAGS[flag]();

const REFUSALS = {
  forbidden: admin_outcome_forbidden,
  unknown_reward: admin_reward_unknown,
  bad_picture: admin_reward_bad_picture,
  bad_reward: admin_failure_rejected,
};

/** Why a reward was not changed; null when it was. */
export function rewardRefusalWords(result: Result<SetRewardReply>): string | null {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'saved' ? null : REFUSALS[result.value.outcome]();
}
