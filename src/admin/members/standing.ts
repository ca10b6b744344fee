import type { ReportMember } from '../../backend/owner-calls/members';
import type { ReportReward } from '../../backend/owner-calls/rewards';
import { lapsesSoon } from '../../domain/expiry';
import type { Programme } from '../../domain/member';
import { nextReward, rewardChoices } from '../../domain/reward-choice';
import { tierStanding, type TierStanding } from '../../domain/tier';

export type Standing = {
  /** Null where the programme has no tiers. */
  tiers: TierStanding | null;
  /** How many rewards they have enough points for. */
  affordable: number;
  /** The cheapest that takes more points than they have. */
  next: { reward: ReportReward; missing: number } | null;
  /** When all their points lapse, in ms since 1970 UTC, if that is soon. */
  lapsesAt: number | null;
};

/** Where a member stands in the programme: today as YYYY-MM-DD at the shop, now in ms since 1970 UTC. */
export function standingOf(
  member: ReportMember,
  programme: Programme | null,
  rewards: readonly ReportReward[],
  { today, now }: { today: string; now: number },
): Standing {
  const offered = rewards.filter(({ withdrawn }) => !withdrawn);
  const choices = rewardChoices(offered, member.points, today);
  return {
    tiers: programme && programme.tiers.length > 0 ? tierStanding(programme.tiers, member.earned) : null,
    affordable: choices.filter(({ state }) => state.name === 'affordable').length,
    next: nextReward(choices),
    // Who never came since joining is counted from then.
    lapsesAt: lapsesSoon(
      { points: member.points, lastVisit: Date.parse(member.last_visit ?? member.enrolled_at) },
      programme?.expiry_months ?? null,
      now,
    ),
  };
}
