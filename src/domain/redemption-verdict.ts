import type { Programme } from './member';

/** What there is to give a reward for. Balance and what was spent in points. */
export type RedemptionGrounds = {
  cost: number;
  /** As the server has just told it, or else as the tablet knows it. */
  balance: number;
  /** Whether the server has just told it. */
  checked: boolean;
  budget: Programme['offline_budget'];
  /** Redeemed today without asking the server: by this member, and on this tablet by all. */
  spent: { member: number; tablet: number };
};

/**
 * - fine: nobody will ask about it
 * - refused: the server has just said that there are too few points
 * - overdrawn, over_budget: nobody could be asked; it may be given all the same, and the owner is shown it
 */
export type RedemptionVerdict = 'fine' | 'refused' | 'overdrawn' | 'over_budget';

export function redemptionVerdict({
  cost,
  balance,
  checked,
  budget,
  spent,
}: RedemptionGrounds): RedemptionVerdict {
  if (checked) return balance < cost ? 'refused' : 'fine';
  if (balance < cost) return 'overdrawn';
  const isWithin = spent.member + cost <= budget.member && spent.tablet + cost <= budget.tablet;
  return isWithin ? 'fine' : 'over_budget';
}
