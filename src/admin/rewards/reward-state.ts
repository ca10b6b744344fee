import type { ReportReward } from '../../backend/owner-calls/rewards';
import { offerOn, type Offer } from '../../domain/offer';

export type RewardState = Offer | { state: 'withdrawn'; at: string };

/** How a reward stands on a day, YYYY-MM-DD at the shop. */
export const stateOfReward = (reward: ReportReward, today: string): RewardState =>
  reward.withdrawn ? { state: 'withdrawn', at: reward.since } : offerOn(reward, today);
