import type { OfferedReward } from './reward';

export type OfferTerms = Pick<OfferedReward, 'from' | 'until' | 'left'>;

/** Whether a reward is given on a day; the days are YYYY-MM-DD at the shop. */
export type Offer =
  | { state: 'offered' }
  /** Given, and for the last time on that day. */
  | { state: 'until'; day: string }
  | { state: 'from'; day: string }
  | { state: 'ended'; day: string }
  | { state: 'out_of_stock' };

/** An empty shelf is told before a first day that is still to come: it is what somebody can mend in time. */
export function offerOn({ from, until, left }: OfferTerms, today: string): Offer {
  if (until !== null && today > until) return { state: 'ended', day: until };
  if (left !== null && left <= 0) return { state: 'out_of_stock' };
  if (from !== null && today < from) return { state: 'from', day: from };
  return until === null ? { state: 'offered' } : { state: 'until', day: until };
}
