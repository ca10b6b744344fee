import { describe, expect, it } from 'vitest';
import { redemptionVerdict, type RedemptionGrounds } from '../../../src/domain/redemption-verdict';

const grounds: RedemptionGrounds = {
  cost: 50,
  balance: 50,
  checked: false,
  budget: { member: 50, tablet: 120 },
  spent: { member: 0, tablet: 70 },
};

describe('a reward for points', () => {
  it.each<[string, Partial<RedemptionGrounds>, ReturnType<typeof redemptionVerdict>]>([
    ['is fine up to the budget without the network', {}, 'fine'],
    ['goes over a member’s budget', { spent: { member: 1, tablet: 1 } }, 'over_budget'],
    ['goes over the tablet’s', { spent: { member: 0, tablet: 71 } }, 'over_budget'],
    ['goes over a budget of nothing', { budget: { member: 0, tablet: 0 } }, 'over_budget'],
    ['is more than the tablet knows of', { balance: 49 }, 'overdrawn'],
    [
      'needs no budget once the server has told',
      { checked: true, spent: { member: 50, tablet: 120 } },
      'fine',
    ],
    ['is refused when the server tells of fewer points', { checked: true, balance: 49 }, 'refused'],
  ])('%s', (_, change, verdict) => {
    expect(redemptionVerdict({ ...grounds, ...change })).toBe(verdict);
  });
});
