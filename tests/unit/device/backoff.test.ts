import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src/device/backoff';

describe('the backoff', () => {
  it('doubles up to five minutes', () => {
    expect([1, 2, 3, 4, 9, 10, 50].map((failures) => backoffMs(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
  });

  it('never asks sooner than the server wants, nor waits over an hour because of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(),
        (n, random, retryAfterMs) => {
          const wait = backoffMs(n, random, retryAfterMs);
          expect(wait).toBeGreaterThanOrEqual(Math.min(retryAfterMs, 3_600_000));
          expect(wait).toBeLessThanOrEqual(Math.max(300_000, Math.min(retryAfterMs, 3_600_000)));
        },
      ),
    );
  });
});
