import type { Failure, FailureCode } from '../backend/failure';
import { backoffMs } from './backoff';
import { DrainLock, type Tenure } from './drain-lock';
import type { Queue } from './queue';
import { sendBatch, type Ingest } from './send-batch';

/** The batch grows while the server answers quickly and shrinks when it does not; the server takes at most 500. */
const FIRST_BATCH = 50;
const LARGEST_BATCH = 500;
const LARGEST_BYTES = 400_000;
/** An answer within this time lets the next batch be twice as large. */
const QUICK_MS = 1_500;
/** How long to wait before asking again whether a paused pairing works; a new pairing wakes the drain at once. */
const PAUSED_MS = 5 * 60_000;
/** How soon to look again after another tab was found sending. */
const ELSEWHERE_MS = 2_000;
/** So many answers in a row that settle nothing, which takes some minutes, and more of the same will not help. */
const STALLED_AFTER = 8;

export type DrainState = 'idle' | 'sending' | 'waiting' | 'paused' | 'stalled';

/** Why nothing was settled: what the call met, the tablet's own database, or a step that never ended. */
type Trouble = FailureCode | 'storage' | 'hung';

export type DrainEvents = {
  /** The state or the queue changed. */
  changed: (state: DrainState) => void;
  /** The server answered: its time minus the tablet's wall clock, in ms. */
  heard: (serverOffsetMs: number, at: number) => void;
};

export type DrainParts = {
  queue: Queue;
  ingest: Ingest;
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  /** Absent where the browser has none or the page is not secure: correctness never depends on the lock. */
  locks: LockManager | undefined;
  events: DrainEvents;
};

/**
 * Brings what waits on the tablet to the server.
 *
 *            wake()                     batch named
 *   idle ───────────────▶ sending ◀───────────────┐
 *    ▲                      │  │ └────────────────┘
 *    │  queue empty         │  │ nothing usable came back, or another tab is sending
 *    └──────────────────────┘  ├───────────▶ waiting ── timer or wake() ──▶ sending
 *                              │ pairing unknown or revoked
 *                              ├───────────▶ paused  ── timer or wake() ──▶ sending
 *                              │ answers that settle nothing, or a step that never ends
 *                              └───────────▶ stalled ── timer or wake() ──▶ sending
 *
 * A record leaves the tablet only when the server has named it; every other answer keeps it. Stalled goes on like
 * waiting, and says that this page may be at fault: it should be loaded anew when nobody uses it.
 */
export class Drain {
  readonly #lock: DrainLock;
  #state: DrainState = 'idle';
  #running: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Failures in a row that the network is not to blame for. */
  #fruitless = 0;
  #batchSize = FIRST_BATCH;
  #stopped = false;

  constructor(private readonly parts: DrainParts) {
    this.#lock = new DrainLock(parts.locks);
  }

  get state(): DrainState {
    return this.#state;
  }

  /** Sends what is waiting, now, whatever the state: the network returned, or a pairing was made. */
  wake(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    clearTimeout(this.#timer);
    // A record stored while the last look at the queue is under way must not be left until the next wake.
    this.#again = true;
    this.#running ??= this.#runLocked().finally(() => {
      this.#running = null;
      if (this.#again) void this.wake();
    });
    return this.#running;
  }

  /** A record was stored. It is sent at once unless the server asked, or had, to be left alone for a while. */
  recordStored(): void {
    if (this.#state === 'idle' || this.#state === 'sending') void this.wake();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #runLocked(): Promise<void> {
    const outcome = await this.#lock.hold((tenure) => this.#run(tenure));
    if (outcome === 'done' || this.#stopped) return;
    this.#again = false;
    if (outcome === 'hung') {
      this.#retryLater({ code: 'hung' });
    } else {
      // The other tab may be about to finish without having seen our record.
      this.#enter('waiting');
      this.#schedule(ELSEWHERE_MS);
    }
  }

  async #run(tenure: Tenure): Promise<void> {
    while (this.#again && !this.#isOver(tenure)) {
      this.#again = false;
      try {
        await this.#drainQueue(tenure);
      } catch {
        // The tablet's own database failed. The records are where they were; try again like after any failure.
        if (!this.#isOver(tenure)) this.#retryLater({ code: 'storage' });
      }
    }
  }

  #isOver(tenure: Tenure): boolean {
    return this.#stopped || tenure.isOver();
  }

  async #drainQueue(tenure: Tenure): Promise<void> {
    const { queue, ingest, now } = this.parts;
    const pairing = await queue.pairing();
    if (this.#isOver(tenure)) return;
    if (!pairing) return this.#enter('idle');
    const credentials = { pairing: pairing.id, secret: pairing.secret };

    for (;;) {
      const batch = await queue.nextBatch(this.#batchSize, LARGEST_BYTES);
      if (this.#isOver(tenure)) return;
      if (batch.length === 0) return this.#enter('idle');
      this.#enter('sending');
      tenure.beat();
      const result = await sendBatch(batch, credentials, { queue, ingest, now });
      if (this.#isOver(tenure)) return;
      switch (result.outcome) {
        case 'progress': {
          this.#failures = 0;
          this.#fruitless = 0;
          const tookMs = result.receivedAt - result.sentAt;
          if (tookMs >= 0 && tookMs < QUICK_MS)
            this.#batchSize = Math.min(LARGEST_BATCH, this.#batchSize * 2);
          // The server's clock was read somewhere between sending and receiving: the middle errs least.
          const middle = (result.sentAt + result.receivedAt) / 2;
          this.parts.events.heard(Math.round(Date.parse(result.serverTime) - middle), result.receivedAt);
          break;
        }
        case 'too_large': {
          if (batch.length > 1) {
            this.#batchSize = Math.max(1, Math.floor(batch.length / 2));
            break;
          }
          // It stands alone and still cannot be read: this record is the culprit.
          await queue.settle(
            [],
            batch.map((queued) => ({ queued, reason: 'too_large' })),
          );
          this.#batchSize = FIRST_BATCH;
          break;
        }
        case 'paused':
          this.#enter('paused');
          this.#schedule(PAUSED_MS);
          return;
        case 'nothing':
          this.#retryLater(result.failure);
          return;
      }
    }
  }

  #retryLater({ code, retryAfterMs }: Pick<Failure, 'retryAfterMs'> & { code: Trouble }): void {
    this.#failures += 1;
    this.#fruitless = code === 'unreachable' || code === 'timeout' ? 0 : this.#fruitless + 1;
    // A slow or broken line gets smaller letters.
    this.#batchSize = Math.max(1, Math.min(FIRST_BATCH, Math.floor(this.#batchSize / 2)));
    this.#enter(code === 'hung' || this.#fruitless >= STALLED_AFTER ? 'stalled' : 'waiting');
    this.#schedule(backoffMs(this.#failures, this.parts.random(), retryAfterMs));
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.wake(), delayMs);
  }

  #enter(state: DrainState): void {
    this.#state = state;
    this.parts.events.changed(state);
  }
}
