import { offerOn, type OfferTerms } from './offer';
import type { OfferedReward } from './reward';

type Terms = OfferTerms & Pick<OfferedReward, 'cost'>;

/** Whether a member may have a reward now, and if not, why. */
export type RewardChoice<Reward extends Terms = OfferedReward> = {
  reward: Reward;
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
export function rewardChoices<Reward extends Terms>(
  rewards: readonly Reward[],
  balance: number,
  today: string,
): RewardChoice<Reward>[] {
  return rewards
    .map((reward) => ({ reward, state: stateOf(reward, balance, today) }))
    .toSorted(
      (one, other) => Number(isGiven(other)) - Number(isGiven(one)) || one.reward.cost - other.reward.cost,
    );
}

/** Whether it is given today to whoever has the points. */
export const isGiven = ({ state }: RewardChoice<Terms>): boolean =>
  state.name === 'affordable' || state.name === 'short';

/** The cheapest reward that takes more points than there are, and is given today. */
export function nextReward<Reward extends Terms>(
  choices: readonly RewardChoice<Reward>[],
): { reward: Reward; missing: number } | null {
  for (const { reward, state } of choices) {
    if (state.name === 'short') return { reward, missing: state.missing };
  }
  return null;
}

function stateOf(reward: Terms, balance: number, today: string): RewardChoice['state'] {
  const offer = offerOn(reward, today);
  switch (offer.state) {
    case 'from':
      return { name: 'not_today', from: offer.day };
    case 'ended':
      return { name: 'not_today', from: null };
    case 'out_of_stock':
      return { name: 'out_of_stock' };
    case 'offered':
    case 'until':
      return balance >= reward.cost
        ? { name: 'affordable' }
        : { name: 'short', missing: reward.cost - balance };
  }
}
