import type { Programme } from './member';

type Tier = Programme['tiers'][number];

export type TierStanding = {
  /** The highest tier that was reached; null below the first. */
  tier: Tier | null;
  /** The one above it and how many points it takes yet; null at the top. */
  next: { tier: Tier; missing: number } | null;
};

/** Where somebody stands who was ever given so many points; the tiers rise, as programmeSchema has them. */
export function tierStanding(tiers: readonly Tier[], earned: number): TierStanding {
  const next = tiers.find(({ from }) => from > earned);
  return {
    tier: tiers.findLast(({ from }) => from <= earned) ?? null,
    next: next === undefined ? null : { tier: next, missing: next.from - earned },
  };
}
