import type { Membership } from '../backend/tablet-calls';
import { spentUnchecked, type Logged } from '../domain/check-in-log';
import { localDay } from '../domain/local-day';
import { redemptionVerdict, type RedemptionVerdict } from '../domain/redemption-verdict';
import type { OfferedReward, Redemption } from '../domain/reward';
import { nextReward, rewardChoices } from '../domain/reward-choice';
import type { SaveFailure, SaveResult } from '../domain/sync';
import type { Known, Noted } from './check-in.svelte';

export type RedeemStep =
  | { name: 'choosing' }
  /** The server is asked for the balance. */
  | { name: 'asking'; reward: OfferedReward }
  | { name: 'confirming'; reward: OfferedReward; verdict: RedemptionVerdict; checked: boolean }
  /** isFlagged: the owner will be shown it. */
  | { name: 'given'; reward: OfferedReward; isFlagged: boolean };

export type RedeemParts = {
  known: Known;
  membership: () => Membership;
  /** Of the location: what is given today is told by its calendar. */
  timeZone: () => string;
  staff: () => string | null;
  /** The balance as the server tells it now, in points; null when it cannot be asked. */
  askBalance: (whom: Known['whom']) => Promise<number | null>;
  /** What this tablet has recorded lately. */
  log: () => Promise<readonly Logged[]>;
  save: (redemption: Redemption) => Promise<SaveResult>;
  note: (noted: Noted) => void;
};

/**
 * Points for a reward.
 *
 *   choosing ──choose──▶ asking ──▶ confirming ──give──▶ given
 *      ▲                   │            │
 *      └────── back ───────┴────────────┘
 */
export class Redeem {
  step = $state.raw<RedeemStep>({ name: 'choosing' });
  /** In points, as the server told it or this tablet knows it. */
  balance = $state(0);
  failure = $state.raw<SaveFailure | null>(null);
  isSaving = $state(false);
  readonly choices = $derived.by(() =>
    rewardChoices(this.parts.membership().rewards, this.balance, localDay(Date.now(), this.parts.timeZone())),
  );
  readonly next = $derived(nextReward(this.choices));

  constructor(private readonly parts: RedeemParts) {
    this.balance = parts.known.balance;
  }

  /** Asks what the member has before anything is given. An answer that comes after it was left changes nothing. */
  async choose(reward: OfferedReward): Promise<void> {
    const { whom } = this.parts.known;
    const asking: RedeemStep = { name: 'asking', reward };
    this.step = asking;
    const [told, log] = await Promise.all([this.parts.askBalance(whom), this.parts.log()]);
    if (this.step !== asking) return;
    if (told !== null) this.balance = told;
    const checked = told !== null;
    const verdict = redemptionVerdict({
      cost: reward.cost,
      balance: this.balance,
      checked,
      budget: this.parts.membership().programme.offline_budget,
      spent: spentUnchecked(log, whom, { at: Date.now(), timeZone: this.parts.timeZone() }),
    });
    this.step = { name: 'confirming', reward, verdict, checked };
  }

  /** Keeps the redemption; what the server refused is not given. */
  async give(): Promise<void> {
    const { step } = this;
    if (this.isSaving || step.name !== 'confirming' || step.verdict === 'refused') return;
    const { reward, checked } = step;
    const { whom, member } = this.parts.known;
    this.isSaving = true;
    this.failure = null;
    const result = await this.parts.save({
      type: 'redemption',
      member: whom.member,
      reward: reward.id,
      cost: reward.cost,
      staff: this.parts.staff(),
      checked,
    });
    this.isSaving = false;
    if (result.outcome === 'failed') {
      this.failure = result.failure;
      return;
    }
    const points = -reward.cost;
    this.parts.note({
      entry: { id: result.id, at: Date.now(), ...whom, sale: null, points, reward: reward.id, checked },
      name: member.name,
    });
    this.balance -= reward.cost;
    this.step = { name: 'given', reward, isFlagged: step.verdict !== 'fine' };
  }

  /** To the choice of rewards. */
  back(): void {
    this.failure = null;
    this.step = { name: 'choosing' };
  }
}
