import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGuessable, isPin } from '../../../src/domain/pin';
import { pinWaitMs } from '../../../src/domain/pin-throttle';

describe('a PIN', () => {
  it.each(['1234', '00000', '482913'])('may be %s', (pin) => expect(isPin(pin)).toBe(true));
  it.each(['', '123', '1234567', '12a4', '12 34', '１２３４', '1234\n'])('is not %j', (pin) =>
    expect(isPin(pin)).toBe(false),
  );

  it.each([
    '0000',
    '999999',
    '1212',
    '454545',
    '1234',
    '56789',
    '234567',
    '67890',
    '4321',
    '987654',
    '09876',
    '2580',
    '0852',
    '1987',
    '2026',
  ])('%s is among the first that anybody would try', (pin) => expect(isGuessable(pin)).toBe(true));
  it.each(['4829', '1357', '11223', '482913', '123654', '2109', '12121'])('%s is not', (pin) =>
    expect(isGuessable(pin)).toBe(false),
  );

  it('leaves nearly all of them to choose from', () => {
    const four = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'));
    expect(four.filter(isGuessable).length).toBe(316);
  });
});

describe('the wait after wrong tries', () => {
  const at = 1_000_000_000;

  it.each([
    [1, 0],
    [4, 0],
    [5, 30_000],
    [6, 60_000],
    [7, 120_000],
    [11, 1_920_000],
    [12, 3_600_000],
    [500, 3_600_000],
  ])('after %i is %i ms', (failures, waitMs) => expect(pinWaitMs({ failures, lastAt: at }, at)).toBe(waitMs));

  it('is nothing before the first try', () => expect(pinWaitMs(undefined, at)).toBe(0));

  it('runs down and is over at its end', () => {
    const tries = { failures: 6, lastAt: at };
    expect(pinWaitMs(tries, at + 59_999)).toBe(1);
    expect(pinWaitMs(tries, at + 60_000)).toBe(0);
  });

  it('is never longer than it was, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer(), fc.integer(), (failures, lastAt, now) => {
        const waitMs = pinWaitMs({ failures, lastAt }, now);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(pinWaitMs({ failures, lastAt }, lastAt));
      }),
    );
  });
});
