import type { Result } from '../backend/failure';
import {
  ingest,
  pair,
  pull,
  type Credentials,
  type Health,
  type PairReply,
  type TabletSettings,
} from '../backend/tablet-calls';
import { isLowScore } from '../domain/low-score';
import { STALLED_EVENT, type SyncStatus } from '../domain/sync';
import { backoffMs } from './backoff';
import type { Clock } from './clock';
import { noteCue } from './cues';
import { NO_SYNC, type DatabaseHandle, type StoredPairing, type StoredSync } from './database';
import { DirectoryPuller } from './directory-puller';
import { Drain } from './drain';
import { deviceHealth, testDurability } from './health';
import { forgetGone, highWater, moveHighWater, raiseHighWater } from './high-water';
import type { RecordBody } from './mint';
import { Queue } from './queue';
import { rememberedSettings } from './remembered-settings';
import { RewardPictures } from './reward-pictures';
import { randomSecret } from './secrets';

/** Settings come down and health goes up this often while the page is open. */
const PULL_EVERY_MS = 60_000;

export type SynchronizerParts = {
  database: DatabaseHandle;
  clock: Clock;
  appVersion: string;
  events: {
    status: (status: SyncStatus) => void;
    settings: (settings: TabletSettings) => void;
    /** Server time minus the tablet's wall clock, in ms. */
    serverOffset: (offsetMs: number) => void;
    /** The queue has just become empty, or its numbers have moved: other tabs must look again. */
    changed: () => void;
  };
};

/** Everything a tablet says to the server: it pairs, drains its queue, and keeps its settings and its health fresh. */
export class Synchronizer {
  readonly #drain: Drain;
  readonly #queue: Queue;
  readonly #puller: DirectoryPuller;
  readonly #pictures = new RewardPictures();
  #sync: StoredSync = NO_SYNC;
  #durability: Promise<Health['durability']> | undefined;
  /** Whether the server answered the last time it was asked; the browser's own opinion is only a hint. */
  #reached = true;
  #paused = false;
  #pulling: Promise<void> | null = null;
  #isListening = false;
  #pullFailures = 0;
  /** How many waited when the server was last told. */
  #toldWaiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt: { code: string; credentials: Credentials } | undefined;

  constructor(private readonly parts: SynchronizerParts) {
    this.#queue = new Queue(parts.database);
    this.#puller = new DirectoryPuller(navigator.locks, () => this.#queue.heardUntil(parts.clock.now()));
    this.#drain = new Drain({
      queue: this.#queue,
      ingest: (credentials, nonce, records) => this.#noteReached(ingest(credentials, nonce, records)),
      now: parts.clock.now,
      random: Math.random,
      locks: navigator.locks,
      events: {
        changed: (state) => {
          this.#paused = state === 'paused';
          void this.tellStatus();
          if (state === 'idle') {
            parts.events.changed();
            void this.#tellEmptied().catch(() => {});
          }
          if (state === 'stalled') dispatchEvent(new Event(STALLED_EVENT));
        },
        heard: (serverOffsetMs, lastSentAt) => void this.#keepSync({ serverOffsetMs, lastSentAt }),
      },
    });
  }

  /** Sends what waits, then listens for the network and the clock. Starting twice only sends again. */
  async start(): Promise<void> {
    if (!this.#isListening) {
      this.#isListening = true;
      addEventListener('online', this.#networkChanged);
      addEventListener('offline', this.#networkChanged);
      document.addEventListener('visibilitychange', this.#visibilityChanged);
      // Nobody waits for these: Firefox asks a person before it answers.
      void navigator.storage?.persist?.().catch(() => {});
      void this.#queue.ensureBallast().catch(() => {});
      this.#sync = await this.#queue.sync();
      await this.#noticeLoss().catch(() => {});
    }
    await this.#drain.wake();
    await this.#pull();
  }

  stop(): void {
    this.#isListening = false;
    this.#drain.stop();
    clearTimeout(this.#timer);
    void this.#puller.stop();
    void this.#pictures.close();
    removeEventListener('online', this.#networkChanged);
    removeEventListener('offline', this.#networkChanged);
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
  }

  /**
   * A database that was cut, restored from an old copy or cleared has fewer records than this browser remembers having
   * made. The numbers go on above that, so that the server sees exactly the gap; a record that is gone is not hidden.
   */
  async #noticeLoss(): Promise<void> {
    const [mark, pairing] = [highWater(), await this.#queue.pairing()];
    if (pairing && mark?.pairing === pairing.id) {
      // Other tabs count from the number that they read before.
      if ((await this.#queue.resumeAbove(mark.made)) > 0) this.parts.events.changed();
    } else if (pairing) {
      moveHighWater(pairing.id, true);
    }
    // After every loss, and at every start: the disk that lost something is the one to be asked.
    this.#durability = testDurability();
  }

  recordStored(body: RecordBody): void {
    this.#drain.recordStored();
    const survey = rememberedSettings(this.parts.appVersion)?.survey.survey;
    if (survey && 'question' in body && isLowScore(body, survey))
      noteCue(body.session, this.parts.clock.now());
    void this.tellStatus();
  }

  /**
   * Turns a pairing code into this tablet's identity. The id and the secret are made here and used again while the
   * same code is tried, so that an answer lost on the way costs nothing.
   */
  async pair(code: string): Promise<Result<PairReply>> {
    if (this.#attempt?.code !== code) {
      this.#attempt = { code, credentials: { pairing: crypto.randomUUID(), secret: randomSecret() } };
    }
    const { credentials } = this.#attempt;
    const askedAt = this.parts.clock.now();
    const result = await this.#noteReached(pair(code, credentials, this.parts.appVersion));
    if (result.ok && result.value.outcome === 'paired') {
      const { staff, ...settings } = result.value.settings;
      this.#sync = await this.#queue.sync();
      const former = await this.#queue.pairing();
      await this.#queue.becomePaired(credentials.pairing, credentials.secret, settings);
      moveHighWater(credentials.pairing, former === null);
      await this.#queue.keepStaff(staff);
      await this.#noteServerTime(result.value.server_time, askedAt);
      this.#attempt = undefined;
      this.#paused = false;
      this.parts.events.settings(settings);
      this.parts.events.changed();
      void this.start();
    }
    return result;
  }

  #pull(): Promise<void> {
    clearTimeout(this.#timer);
    this.#pulling ??= this.#pullOnce().finally(() => {
      this.#pulling = null;
      this.#scheduleNextPull();
    });
    return this.#pulling;
  }

  /** The owner, who was told that records wait, is not left believing it until the next minute. */
  async #tellEmptied(): Promise<void> {
    await this.#pulling;
    if (!this.#isListening || this.#toldWaiting === 0) return;
    // Fewer than were told, or asking would go round and round.
    if ((await this.#queue.counts()).waiting < this.#toldWaiting) await this.#pull();
  }

  /** One lost answer must not leave the sign at "offline" for a minute: after a failure it asks again soon. */
  #scheduleNextPull(): void {
    if (!this.#isListening) return;
    const delayMs =
      this.#pullFailures === 0
        ? PULL_EVERY_MS
        : Math.min(PULL_EVERY_MS, 1_000 + backoffMs(this.#pullFailures, Math.random()));
    this.#timer = setTimeout(() => void this.#pull(), delayMs);
  }

  async #pullOnce(): Promise<void> {
    const { clock, events } = this.parts;
    const pairing = await this.#queue.pairing().catch(() => null);
    const health = pairing && (await this.#health(pairing).catch(() => null));
    if (!health) return;
    this.#toldWaiting = health.waiting;
    const askedAt = clock.now();
    const credentials = { pairing: pairing.id, secret: pairing.secret };
    const result = await this.#noteReached(pull(credentials, health));
    this.#pullFailures = result.ok ? 0 : this.#pullFailures + 1;
    if (result.ok) {
      this.#paused = result.value.outcome !== 'ok';
      if (result.value.outcome === 'ok') {
        await this.#noteServerTime(result.value.server_time, askedAt);
        const { staff, ...settings } = result.value.settings;
        await this.#queue.keepSettings(settings).catch(() => {});
        await this.#queue.keepStaff(staff).catch(() => {});
        events.settings(settings);
        if (health.gone) forgetGone(health.gone);
        const forgotten = await this.#queue.forgetSettled(result.value.settled).catch(() => 0);
        if (forgotten > 0) events.changed();
        // The server is there: what waits, backing off or paused, may go now.
        if (health.waiting > 0) void this.#drain.wake();
      }
      const membership = result.value.outcome === 'ok' ? result.value.settings.membership : null;
      // Goes its own way: a whole directory may take longer than a minute, and health is told every minute.
      void this.#puller.keep(credentials, membership).catch(() => {});
      void this.#pictures.keep(credentials, membership?.rewards ?? []).catch(() => {});
    }
    await this.tellStatus();
  }

  async #health({ id, lost = 0 }: StoredPairing): Promise<Health> {
    const [counts, oldestAt, device, durability] = await Promise.all([
      this.#queue.counts(),
      this.#queue.oldestWaitingAt(),
      deviceHealth(),
      this.#durability,
    ]);
    await this.#raiseHighWater();
    const mark = highWater();
    return {
      ...counts,
      app_version: this.parts.appVersion,
      lost,
      ...(mark?.pairing === id && mark.gone && { gone: mark.gone }),
      ...(oldestAt !== null && {
        oldest_waiting_s: Math.max(0, Math.round((this.parts.clock.now() - oldestAt) / 1000)),
      }),
      ...(this.#sync.serverOffsetMs !== null && { server_offset_ms: this.#sync.serverOffsetMs }),
      ...(durability && { durability }),
      ...device,
    };
  }

  /** The server read its clock somewhere between asking and hearing: the middle errs least. */
  async #noteServerTime(serverTime: string, askedAt: number): Promise<void> {
    const middle = (askedAt + this.parts.clock.now()) / 2;
    await this.#keepSync({ ...this.#sync, serverOffsetMs: Math.round(Date.parse(serverTime) - middle) });
  }

  async #noteReached<Value>(call: Promise<Result<Value>>): Promise<Result<Value>> {
    const result = await call;
    this.#reached = result.ok || !['unreachable', 'timeout', 'bad_reply'].includes(result.failure.code);
    return result;
  }

  async #keepSync(sync: StoredSync): Promise<void> {
    this.#sync = sync;
    if (sync.serverOffsetMs !== null) this.parts.events.serverOffset(sync.serverOffsetMs);
    await this.#queue.keepSync(sync).catch(() => {});
  }

  /** Counts anew: another tab has stored, sent or paired. */
  async tellStatus(): Promise<void> {
    const [counts, stored] = await Promise.all([
      this.#queue.counts().catch(() => null),
      this.#queue.sync().catch(() => NO_SYNC),
    ]);
    if (!counts) return;
    void this.#raiseHighWater().catch(() => {});
    const online = navigator.onLine && this.#reached;
    this.parts.events.status({
      connection: this.#paused ? 'paused' : online ? 'online' : 'offline',
      waiting: counts.waiting,
      quarantined: counts.quarantined,
      // Whichever tab sent last; this one's own may not have been written yet.
      lastSentAt: latest(this.#sync.lastSentAt, stored.lastSentAt),
    });
  }

  async #raiseHighWater(): Promise<void> {
    const reached = await this.#queue.reached();
    if (reached) raiseHighWater(reached);
  }

  readonly #networkChanged = (): void => {
    void this.tellStatus();
    if (navigator.onLine) void this.#drain.wake().then(() => this.#pull());
  };

  /** A tablet that slept comes back with stale numbers and perhaps a dead connection. */
  readonly #visibilityChanged = (): void => {
    if (document.visibilityState === 'visible') void this.#drain.wake().then(() => this.#pull());
  };
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);
