import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { REDEMPTION_FLAGS, rewardSchema, type Reward } from '../../domain/reward';
import { localizedTextSchema } from '../../domain/survey';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const integer = v.pipe(v.number(), v.safeInteger());

const reportRewardsSchema = v.array(
  v.object({
    reward: uuidSchema,
    /** When the version shown here began, or the withdrawal. */
    since: v.string(),
    withdrawn: v.boolean(),
    ...v.omit(rewardSchema, ['stock']).entries,
    /** Of the stock, as far as the server knows; null when there is no end of them. Below zero when too many were given. */
    left: v.nullable(integer),
    /** How often it was given since there is such a reward, for how many points, and how often with a flag. */
    redeemed: count,
    points: count,
    flagged: count,
  }),
);
/** A reward as it is offered now, or was before it was withdrawn. */
export type ReportReward = v.InferOutput<typeof reportRewardsSchema>[number];

const reportRedemptionsSchema = v.object({
  redemptions: v.array(
    v.object({
      id: uuidSchema,
      at: v.string(),
      /** As clocks at the shop told it, without a zone. */
      local_at: v.string(),
      reward: uuidSchema,
      /** What it was called then; null when the shop never had such a reward. */
      name: v.nullable(localizedTextSchema),
      /** In points. */
      cost: integer,
      flags: v.array(v.picklist(REDEMPTION_FLAGS)),
      checked: v.boolean(),
      /** Null while nobody knows whose it is. */
      member: v.nullable(uuidSchema),
      /** Null also for somebody who was erased, and for whoever may not know. */
      first_name: v.nullable(v.string()),
      tablet: uuidSchema,
      location: uuidSchema,
      staff: v.nullable(uuidSchema),
    }),
  ),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  total: count,
});
/** One page of what was given for points, the newest first. */
export type ReportRedemptions = v.InferOutput<typeof reportRedemptionsSchema>;
export type RedemptionRow = ReportRedemptions['redemptions'][number];

const setRewardSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), reward: uuidSchema }),
  v.object({ outcome: v.picklist(['bad_reward', 'bad_picture', 'unknown_reward', 'forbidden']) }),
]);
export type SetRewardReply = v.InferOutput<typeof setRewardSchema>;

/** Without a stock what is left stays what is left. */
export type RewardChange = Omit<Reward, 'stock'> & Partial<Pick<Reward, 'stock'>>;

const picturesSchema = v.array(v.object({ picture: v.pipe(v.string(), v.startsWith('data:image/')) }));

/** What members get for points. */
export const rewardCalls = (client: OwnerClient) => ({
  reportRewards: (org: string) => readReply(reportRewardsSchema, client.rpc('report_rewards', { org })),
  /** reward: null for all; pageSize: at most 200; after: `next` of the page before. */
  reportRedemptions: (
    org: string,
    filter: { reward: string | null; flaggedOnly: boolean },
    pageSize: number,
    after?: string,
  ) =>
    readReply(
      reportRedemptionsSchema,
      client.rpc('report_redemptions', {
        org,
        flagged_only: filter.flaggedOnly,
        page: pageSize,
        ...(filter.reward !== null && { reward: filter.reward }),
        ...(after && { after }),
      }),
    ),
  /**
   * reward: null for a new one; change: null to withdraw it; picture: a new one as a data URL, in place of the one that
   * the change names.
   */
  setReward: (org: string, reward: string | null, change: RewardChange | null, picture: string | null) =>
    readReply(
      setRewardSchema,
      client.rpc('set_reward', {
        org,
        // The generated types know of no argument that may be null.
        reward: reward as string,
        definition: (change && JSON.stringify(change)) as string,
        picture: picture as string,
      }),
    ),
  /** A picture by its SHA-256, as a list of one data URL; empty when the shop has none like that. */
  rewardPicture: (org: string, sha256: string) =>
    readReply(
      picturesSchema,
      client.from('reward_pictures').select('picture').eq('org_id', org).eq('sha256', sha256).limit(1),
    ),
});
