import type { Rater } from '../domain/rater';
import type { SaveResult } from '../domain/sync';

/** The customer who does not begin within this time has gone. */
const LEAVES_AFTER_MS = 60_000;

/**
 * One go at the kiosk that a member has right after a check-in: theirs by name, unless they say otherwise until it ends.
 * What ties the answers to them is kept only then, so that a change of mind leaves no trace.
 */
export class Rating {
  isNamed = $state(true);
  readonly #session = crypto.randomUUID();
  #hasBegun = false;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly member: string,
    private readonly save: (rater: Rater) => Promise<SaveResult>,
    private readonly onend: () => void,
  ) {}

  /** Ends by itself when nobody begins, until stopped. */
  start(): () => void {
    this.#timer = setTimeout(() => void this.#end(), LEAVES_AFTER_MS);
    return () => clearTimeout(this.#timer);
  }

  /** Asked by the kiosk with the first answer. */
  begin(): string {
    this.#hasBegun = true;
    clearTimeout(this.#timer);
    return this.#session;
  }

  /** Told by the kiosk: its first screen is at rest again once the customer is done. */
  idle(isIdle: boolean): void {
    if (isIdle && this.#hasBegun) void this.#end();
  }

  async #end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    // Unsaved, the answers are kept without a name: less than was promised, and nothing that was not.
    if (this.#hasBegun && this.isNamed) {
      await this.save({ type: 'rater', member: this.member, session: this.#session });
    }
    this.onend();
  }
}
