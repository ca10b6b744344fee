import type { ReportReward } from '../../backend/owner-calls/rewards';

/** Whether members can have a reward on a day; only the first two are offered to them. */
export type RewardState =
  | { state: 'offered' }
  | { state: 'until'; day: string }
  | { state: 'from'; day: string }
  | { state: 'ended'; day: string }
  | { state: 'out_of_stock' }
  | { state: 'withdrawn'; at: string };

/** today and the days are YYYY-MM-DD at the shop. */
export function stateOfReward(
  { withdrawn, since, left, from, until }: ReportReward,
  today: string,
): RewardState {
  if (withdrawn) return { state: 'withdrawn', at: since };
  if (until !== null && today > until) return { state: 'ended', day: until };
  if (left !== null && left <= 0) return { state: 'out_of_stock' };
  if (from !== null && today < from) return { state: 'from', day: from };
  return until === null ? { state: 'offered' } : { state: 'until', day: until };
}
