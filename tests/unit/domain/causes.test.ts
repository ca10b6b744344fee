import { describe, expect, it } from 'vitest';
import { causeShares, leadingCause, PUBLISHED_SHARES } from '../../../src/domain/statistics/causes';

const counts = (price: number, product: number, treatment: number, moved: number, none: number) => ({
  price,
  product,
  treatment,
  moved,
  none,
});

describe('causes of cases', () => {
  it('sets the shares of a shop beside published ones that add up to one', () => {
    const shares = causeShares(counts(2, 3, 13, 1, 1));
    expect(shares.map(({ cause, published }) => [cause, published])).toEqual(
      Object.entries(PUBLISHED_SHARES),
    );
    expect(Object.values(PUBLISHED_SHARES).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    const treatment = shares[2]!.share;
    expect(treatment).toMatchObject({ kind: 'estimate', value: 0.65, n: 20, method: 'wilson' });
    expect(treatment).toHaveProperty('low', expect.closeTo(0.4329, 4) as number);
    expect(treatment).toHaveProperty('high', expect.closeTo(0.8188, 4) as number);
  });

  it('gives no share of fewer than ten', () => {
    expect(causeShares(counts(1, 2, 6, 0, 0)).map(({ share }) => share)).toEqual(
      Array.from({ length: 5 }, () => ({ kind: 'too-few', n: 9, minimum: 10 })),
    );
  });

  it('names one first only when its interval lies above all the others', () => {
    expect(leadingCause(causeShares(counts(2, 3, 13, 1, 1)))).toBe('treatment');
    expect(leadingCause(causeShares(counts(2, 7, 9, 1, 1)))).toBeNull();
    expect(leadingCause(causeShares(counts(0, 1, 7, 0, 0)))).toBeNull();
  });
});
