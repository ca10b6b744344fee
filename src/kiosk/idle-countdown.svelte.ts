import type { Clock } from './clock';

/** `waitMs` of silence pass unseen, then a ring fills for `fillMs`; a touch at any moment starts the silence anew. */
export type IdleTimes = { waitMs: number; fillMs: number };

/**
 * ```
 *           start                 waitMs               fillMs
 * stopped ────────▶ waiting ───────────────▶ filling ─────────▶ onend, stopped
 *                      ▲        touch           │
 *                      └────────────────────────┘
 * ```
 */
export class IdleCountdown {
  #clock: Clock;
  #onend: () => void;
  #times: IdleTimes | null = null;
  #cancel: () => void = () => {};
  #fillMs = $state<number | null>(null);

  constructor(clock: Clock, onend: () => void) {
    this.#clock = clock;
    this.#onend = onend;
  }

  /** How long the visible ring takes to fill, in ms, or null while there is no ring to show. */
  get fillMs(): number | null {
    return this.#fillMs;
  }

  /** `afterTouch`: the times to use once somebody has touched; the same ones unless given. */
  start(times: IdleTimes, afterTouch: IdleTimes = times): void {
    this.stop();
    this.#times = afterTouch;
    this.#wait(times);
  }

  touch(): void {
    if (this.#times) this.start(this.#times);
  }

  stop(): void {
    this.#cancel();
    this.#times = null;
    this.#fillMs = null;
  }

  #wait({ waitMs, fillMs }: IdleTimes): void {
    this.#cancel = this.#clock.after(waitMs, () => {
      this.#fillMs = fillMs;
      this.#cancel = this.#clock.after(fillMs, () => {
        this.stop();
        this.#onend();
      });
    });
  }
}
