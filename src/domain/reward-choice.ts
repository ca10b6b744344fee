import type { OfferedReward } from './reward';

/** Whether a member may have a reward now, and if not, why. */
export type RewardChoice = {
  reward: OfferedReward;
  state:
    | { name: 'affordable' }
    /** So many points more are needed. */
    | { name: 'short'; missing: number }
    | { name: 'out_of_stock' }
    /** From which day it is given, YYYY-MM-DD; null when its last day has passed. */
    | { name: 'not_today'; from: string | null };
};

/**
 * Every reward that is offered, for a balance in points on a day (YYYY-MM-DD) at the shop: what is given today first, and
 * the cheapest before the others.
 */
export function rewardChoices(
  rewards: readonly OfferedReward[],
  balance: number,
  today: string,
): RewardChoice[] {
  return rewards
    .map((reward) => ({ reward, state: stateOf(reward, balance, today) }))
    .toSorted(
      (one, other) => Number(isGiven(other)) - Number(isGiven(one)) || one.reward.cost - other.reward.cost,
    );
}

/** Whether it is given today to whoever has the points. */
export const isGiven = ({ state }: RewardChoice): boolean =>
  state.name === 'affordable' || state.name === 'short';

/** The cheapest reward that takes more points than there are, and is given today. */
export function nextReward(
  choices: readonly RewardChoice[],
): { reward: OfferedReward; missing: number } | null {
  for (const { reward, state } of choices) {
    if (state.name === 'short') return { reward, missing: state.missing };
  }
  return null;
}

function stateOf(
  { cost, from, until, left }: OfferedReward,
  balance: number,
  today: string,
): RewardChoice['state'] {
  if (from !== null && today < from) return { name: 'not_today', from };
  if (until !== null && today > until) return { name: 'not_today', from: null };
  if (left !== null && left <= 0) return { name: 'out_of_stock' };
  return balance >= cost ? { name: 'affordable' } : { name: 'short', missing: cost - balance };
}
