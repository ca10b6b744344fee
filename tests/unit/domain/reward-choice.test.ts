import { describe, expect, it } from 'vitest';
import type { OfferedReward } from '../../../src/domain/reward';
import { nextReward, rewardChoices } from '../../../src/domain/reward-choice';

const TODAY = '2026-11-22';
const reward = (cost: number, more: Partial<OfferedReward> = {}): OfferedReward => ({
  id: `018f3c1e-7b2a-7c3d-8e4f-${String(cost).padStart(12, '0')}`,
  name: { en: 'Coffee', ru: 'Кофе', bg: 'Кафе' },
  cost,
  left: null,
  from: null,
  until: null,
  picture: null,
  ...more,
});
const stateOf = (offered: OfferedReward, balance = 1_000) =>
  rewardChoices([offered], balance, TODAY)[0]!.state;

describe('the rewards a member can have', () => {
  it('come cheapest first, with what is missing', () => {
    const choices = rewardChoices([reward(100), reward(40), reward(60)], 60, TODAY);
    expect(choices.map(({ reward: { cost }, state }) => [cost, state])).toEqual([
      [40, { name: 'affordable' }],
      [60, { name: 'affordable' }],
      [100, { name: 'short', missing: 40 }],
    ]);
  });

  it('are given from their first day to their last', () => {
    expect(stateOf(reward(1, { from: TODAY, until: TODAY }))).toEqual({ name: 'affordable' });
    expect(stateOf(reward(1, { from: '2026-11-23' }))).toEqual({ name: 'not_today', from: '2026-11-23' });
    expect(stateOf(reward(1, { until: '2026-11-21' }))).toEqual({ name: 'not_today', from: null });
  });

  it('come after those that are given today when they are not', () => {
    const choices = rewardChoices([reward(10, { left: 0 }), reward(40), reward(20)], 0, TODAY);
    expect(choices.map((choice) => choice.reward.cost)).toEqual([20, 40, 10]);
  });

  it('end with the stock, which may be below nothing', () => {
    expect(stateOf(reward(1, { left: 1 }))).toEqual({ name: 'affordable' });
    expect(stateOf(reward(1, { left: 0 }))).toEqual({ name: 'out_of_stock' });
    expect(stateOf(reward(1, { left: -2 }))).toEqual({ name: 'out_of_stock' });
    expect(stateOf(reward(1, { left: 0, from: '2026-11-23' }))).toEqual({ name: 'out_of_stock' });
  });

  it('lead to the next one that points can reach today', () => {
    const offered = [reward(40), reward(70, { left: 0 }), reward(80), reward(90)];
    expect(nextReward(rewardChoices(offered, 45, TODAY))).toMatchObject({
      reward: { cost: 80 },
      missing: 35,
    });
    expect(nextReward(rewardChoices(offered, 90, TODAY))).toBeNull();
    expect(nextReward([])).toBeNull();
  });
});
