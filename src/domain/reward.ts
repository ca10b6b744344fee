import * as v from 'valibot';
import { uuidSchema } from './record';
import { localizedTextSchema } from './survey';

/** A day on the shop's calendar, YYYY-MM-DD. */
const daySchema = v.pipe(v.string(), v.isoDate());

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex'));

/** What the owner offers for points. A change is a new version; what was redeemed before keeps what it was. */
export const rewardSchema = v.object({
  name: localizedTextSchema,
  /** In points. */
  cost: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000)),
  /** How many there were when this version began; null when there is no end of them. */
  stock: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000))),
  /** First and last day on which it is given, at the shop; null when there is none. */
  from: v.nullable(daySchema),
  until: v.nullable(daySchema),
  /** SHA-256 of the picture's data URL; null when there is none. */
  picture: v.nullable(sha256Schema),
});
export type Reward = v.InferOutput<typeof rewardSchema>;

/** A reward as tablets are told of it with their settings. */
export const offeredRewardSchema = v.object({
  id: uuidSchema,
  ...v.omit(rewardSchema, ['stock']).entries,
  /** How many are left as far as the server knows; null when there is no end of them. Below zero when too many went offline. */
  left: v.nullable(v.pipe(v.number(), v.safeInteger())),
});
export type OfferedReward = v.InferOutput<typeof offeredRewardSchema>;

/** Body of a record of kind 'redemption', version 1: points were given for a reward. */
export const redemptionSchema = v.object({
  type: v.literal('redemption'),
  /** The member's id, or that of an enrolment this tablet made. */
  member: uuidSchema,
  reward: uuidSchema,
  /** In points, as the customer was shown. */
  cost: rewardSchema.entries.cost,
  staff: v.nullable(uuidSchema),
  /** Whether the server had told the balance just before; what was not checked counts against the offline budget. */
  checked: v.boolean(),
});
export type Redemption = v.InferOutput<typeof redemptionSchema>;

/** Why a redemption is shown to the owner; the reward was given all the same. */
export const REDEMPTION_FLAGS = ['overdrawn', 'over_budget', 'out_of_stock', 'not_offered'] as const;
export type RedemptionFlag = (typeof REDEMPTION_FLAGS)[number];
