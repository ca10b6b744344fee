/** Held by the tab that is sending. */
export const DRAIN_LOCK = 'verna.drain';
const BEAT_KEY = 'verna.drain-beat';
/** A request gives up after 20 s, or 80 s in a hidden tab, whose timers run once a minute: this long, and it hangs. */
const SILENCE_MS = 2 * 60_000;
/** The silence is counted in turns of a timer: a tablet that slept through it has missed all but one of them. */
const TURNS = 4;

/** One go at the work, from taking the lock to losing it. */
export type Tenure = {
  /** True once the lock was given up or taken away: what is under way may end, nothing new may begin. */
  isOver: () => boolean;
  /** The work goes on. Told by the work itself at each step: a timer would go on beating for work that hangs. */
  beat: () => void;
};

/**
 * How a try to hold the lock ended.
 *
 * - done: the work came to its end
 * - elsewhere: another tab holds the lock, or has taken it away
 * - hung: the work said nothing for two minutes and was given up
 */
export type HoldOutcome = 'done' | 'elsewhere' | 'hung';

/**
 * Lets one tab at a time send, and none for ever.
 *
 * The holder beats at each step. When the work hangs, the holder's own timer gives the lock up; when the whole tab is
 * frozen, which stops its timers too, the next tab sees the same beat for two minutes and takes the lock away. All of
 * this only spares the server the same batch twice: once means once with no lock at all.
 */
export class DrainLock {
  /** The beat of another tab's tenure, and since when it has not changed, by this page's own monotonic clock. */
  #seen: { beat: string | null; sinceMs: number } | null = null;

  constructor(private readonly locks: LockManager | undefined) {}

  /** Does the work unless another tab is at it. The work must not throw. */
  async hold(work: (tenure: Tenure) => Promise<void>): Promise<HoldOutcome> {
    const { locks } = this;
    if (!locks) return this.#watch(work).outcome;
    const outcome = await this.#request(locks, { ifAvailable: true }, work);
    return outcome === 'elsewhere' && this.#isHolderSilent()
      ? this.#request(locks, { steal: true }, work)
      : outcome;
  }

  async #request(
    locks: LockManager,
    options: LockOptions,
    work: (tenure: Tenure) => Promise<void>,
  ): Promise<HoldOutcome> {
    let watched: Watched | undefined;
    try {
      return await locks.request(DRAIN_LOCK, options, (lock) => {
        if (!lock) return 'elsewhere';
        this.#seen = null;
        watched = this.#watch(work);
        return watched.outcome;
      });
    } catch {
      // Taken away. The request under way may still be answered, and what it names is settled.
      watched?.end();
      await watched?.outcome;
      return 'elsewhere';
    }
  }

  #watch(work: (tenure: Tenure) => Promise<void>): Watched {
    let isOver = false;
    let turns = 0;
    let timer: ReturnType<typeof setInterval> | undefined;
    const beat = (): void => {
      turns = 0;
      if (this.locks && !isOver) tellOthers();
    };
    const hung = new Promise<HoldOutcome>((resolve) => {
      timer = setInterval(() => {
        turns += 1;
        if (turns >= TURNS) resolve('hung');
      }, SILENCE_MS / TURNS);
    });
    beat();
    const done = work({ isOver: () => isOver, beat }).then((): HoldOutcome => 'done');
    const end = (): void => void (isOver = true);
    const outcome = Promise.race([done, hung]).finally(() => {
      end();
      clearInterval(timer);
    });
    return { outcome, end };
  }

  #isHolderSilent(): boolean {
    const beat = lastBeat();
    if (this.#seen?.beat !== beat) this.#seen = { beat, sinceMs: performance.now() };
    return performance.now() - this.#seen.sinceMs >= SILENCE_MS;
  }
}

type Watched = { outcome: Promise<HoldOutcome>; end: () => void };

/** A new value and not a time: wall clocks jump, and no two tabs share another one. */
function tellOthers(): void {
  try {
    localStorage.setItem(BEAT_KEY, crypto.randomUUID());
  } catch {
    // Storage is full or forbidden: another tab may take the lock from a living holder, which does no harm.
  }
}

function lastBeat(): string | null {
  try {
    return localStorage.getItem(BEAT_KEY);
  } catch {
    return null;
  }
}
