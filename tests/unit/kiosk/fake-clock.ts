import type { Clock } from '../../../src/kiosk/clock';

/** A clock that moves only when told, and fires what is due in order. */
export class FakeClock implements Clock {
  #now = 0;
  #due: { at: number; then: () => void }[] = [];

  now = (): number => this.#now;

  after = (ms: number, then: () => void): (() => void) => {
    const entry = { at: this.#now + ms, then };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  };

  /** Nothing is painted here, so nothing is waited for. */
  afterPaint = (then: () => void): void => then();

  get timers(): number {
    return this.#due.length;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = next.at;
      next.then();
    }
    this.#now = end;
  }
}
