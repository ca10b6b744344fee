import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DrainLock, type HoldOutcome, type Tenure } from '../../../src/device/drain-lock';
import { lockManager, shareStorage } from './tabs';

const MINUTE_MS = 60_000;

/** Work that lasts until the test ends it. */
function openEnded() {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  let tenure: Tenure | undefined;
  const outcome: { value?: HoldOutcome } = {};
  return {
    outcome,
    end,
    isOver: () => tenure?.isOver(),
    beat: () => tenure?.beat(),
    start: (lock: DrainLock) =>
      void lock
        .hold((given) => {
          tenure = given;
          return ended;
        })
        .then((value) => (outcome.value = value)),
  };
}

describe('the lock of the drain', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    shareStorage();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('lets one tab work at a time, and the next once it is done', async () => {
    const locks = lockManager();
    const first = openEnded();
    first.start(new DrainLock(locks));
    const second = new DrainLock(locks);
    const work = vi.fn(() => Promise.resolve());
    expect(await second.hold(work)).toBe('elsewhere');
    expect(work).not.toHaveBeenCalled();
    first.end();
    await vi.waitFor(() => expect(first.outcome.value).toBe('done'));
    expect(await second.hold(work)).toBe('done');
    expect(work).toHaveBeenCalledOnce();
  });

  it('leaves the lock to a holder that beats, however long it works', async () => {
    const locks = lockManager();
    const first = openEnded();
    first.start(new DrainLock(locks));
    const second = new DrainLock(locks);
    for (let minute = 0; minute < 30; minute++) {
      expect(await second.hold(() => Promise.resolve())).toBe('elsewhere');
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      first.beat();
    }
    expect(first.isOver()).toBe(false);
  });

  it('is taken from a frozen tab, which stops after what it had under way', async () => {
    const locks = lockManager();
    const frozen = openEnded();
    frozen.start(new DrainLock(locks));
    // A frozen tab runs no timers: it cannot give the lock up by itself.
    vi.clearAllTimers();
    const second = new DrainLock(locks);
    expect(await second.hold(() => Promise.resolve())).toBe('elsewhere');
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(await second.hold(() => Promise.resolve())).toBe('done');
    await vi.waitFor(() => expect(frozen.isOver()).toBe(true));
    expect(frozen.outcome.value).toBeUndefined();
    frozen.end();
    await vi.waitFor(() => expect(frozen.outcome.value).toBe('elsewhere'));
  });

  it.each([
    ['with locks', () => lockManager()],
    ['with no locks', () => undefined],
  ])('is given up by a holder whose work hangs, %s', async (_, locksOf) => {
    const locks = locksOf();
    const hanging = openEnded();
    hanging.start(new DrainLock(locks));
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(hanging.outcome.value).toBe('hung');
    expect(hanging.isOver()).toBe(true);
    expect(await new DrainLock(locks).hold(() => Promise.resolve())).toBe('done');
  });

  it('is not given up after a sleep, of which a tablet wakes with one late timer', async () => {
    const awoken = openEnded();
    awoken.start(new DrainLock(lockManager()));
    await vi.advanceTimersToNextTimerAsync();
    expect(awoken.isOver()).toBe(false);
  });

  it('works where the browser forbids its storage', async () => {
    vi.stubGlobal('localStorage', undefined);
    expect(await new DrainLock(lockManager()).hold(() => Promise.resolve())).toBe('done');
  });
});
