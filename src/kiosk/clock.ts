import { afterPaint } from '../device/after-paint';

/** Time as the kiosk needs it, handed in so that tests own it. */
export type Clock = {
  /** Milliseconds on a clock that never goes back; only differences mean anything. */
  now(): number;
  /** Calls `then` once after `ms`; the returned function cancels, and is harmless afterwards. */
  after(ms: number, then: () => void): () => void;
  /** Calls `then` once what the screen shows now has been painted. */
  afterPaint(then: () => void): void;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  afterPaint: (then) => void afterPaint(then),
};
