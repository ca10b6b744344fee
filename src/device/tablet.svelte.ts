import type { PairReply, TabletSettings } from '../backend/tablet-calls';
import { ingest, pair, pull } from '../backend/tablet-calls';
import type { Result } from '../backend/failure';
import type { Answer } from '../domain/answer';
import type { SaveResult, SyncStatus } from '../domain/sync';
import { browserClock, type Clock } from './clock';
import { DatabaseHandle, type StoredSync } from './database';
import { Drain } from './drain';
import { mintAnswer } from './mint';
import { RecordStore } from './record-store';

/** What this browser is, as far as it knows yet. */
export type TabletState =
  | { phase: 'starting' }
  | { phase: 'unpaired' }
  | { phase: 'paired'; settings: TabletSettings }
  /** The browser has no working storage: nothing may be promised to a customer. */
  | { phase: 'unavailable' };

/** Settings come down and health goes up this often while the page is open. */
const PULL_EVERY_MS = 60_000;
const CHANNEL = 'verna.tablet';

/**
 * The tablet as the screens see it: what it is, how to save an answer, how its queue stands.
 * Created once by the app; start() begins, stop() ends all it started.
 */
export class Tablet {
  state = $state.raw<TabletState>({ phase: 'starting' });
  status = $state.raw<SyncStatus>({ connection: 'online', waiting: 0, quarantined: 0, lastSentAt: null });

  readonly #database = new DatabaseHandle();
  readonly #store = new RecordStore(this.#database);
  readonly #clock: Clock = browserClock();
  readonly #drain: Drain;
  #sync: StoredSync = { lastSentAt: null, serverOffsetMs: null };
  /** Whether the server answered the last time it was asked; the browser's own opinion is only a hint. */
  #reached = true;
  #paused = false;
  #pulling: Promise<void> | null = null;
  #channel: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly appVersion: string) {
    this.#drain = new Drain({
      store: this.#store,
      ingest: (credentials, nonce, records) => this.#noteReached(ingest(credentials, nonce, records)),
      now: this.#clock.now,
      random: Math.random,
      locks: navigator.locks,
      events: {
        changed: (drainState) => {
          this.#paused = drainState === 'paused';
          void this.#refreshStatus();
          // The queue just became empty, so the numbers the owner sees are worth telling.
          if (drainState === 'idle') this.#channel?.postMessage('changed');
        },
        heard: (serverOffsetMs, at) => void this.#keepSync({ serverOffsetMs, lastSentAt: at }),
      },
    });
  }

  async start(): Promise<void> {
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = () => void this.#load();
    addEventListener('online', this.#networkChanged);
    addEventListener('offline', this.#networkChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    this.#timer = setInterval(() => void this.#pull(), PULL_EVERY_MS);
    await this.#load();
    if (this.state.phase !== 'paired') return;
    void this.#afterFirstPaint();
  }

  stop(): void {
    this.#drain.stop();
    clearInterval(this.#timer);
    removeEventListener('online', this.#networkChanged);
    removeEventListener('offline', this.#networkChanged);
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    this.#channel?.close();
    void this.#database.close();
  }

  /** Resolves 'saved' only once the answer is durable on this tablet's disk. */
  save = async (answer: Answer): Promise<SaveResult> => {
    const draft = await mintAnswer(answer, this.#clock, this.#sync.serverOffsetMs);
    const result = await this.#store.append(draft);
    if (result.outcome === 'failed') {
      return { outcome: 'failed', failure: result.failure === 'full' ? 'full' : 'unavailable' };
    }
    this.status = { ...this.status, waiting: this.status.waiting + 1 };
    this.#drain.recordStored();
    return { outcome: 'saved' };
  };

  /**
   * Turns a pairing code into this tablet's identity. The id and the secret are made here and used again while the
   * same code is tried, so that an answer lost on the way costs nothing.
   */
  async pair(code: string): Promise<Result<PairReply>> {
    if (this.#attempt?.code !== code) {
      this.#attempt = { code, credentials: { pairing: crypto.randomUUID(), secret: newSecret() } };
    }
    const { credentials } = this.#attempt;
    const before = this.#clock.now();
    const result = await this.#noteReached(pair(code, credentials, this.appVersion));
    if (result.ok && result.value.outcome === 'paired') {
      const { settings, server_time } = result.value;
      const middle = (before + this.#clock.now()) / 2;
      await this.#store.becomePaired(credentials.pairing, credentials.secret, settings);
      await this.#keepSync({ ...this.#sync, serverOffsetMs: Math.round(Date.parse(server_time) - middle) });
      this.#attempt = undefined;
      this.state = { phase: 'paired', settings };
      this.#channel?.postMessage('changed');
      void this.#afterFirstPaint();
    }
    return result;
  }
  #attempt: { code: string; credentials: { pairing: string; secret: string } } | undefined;

  /** What is not needed for the first tap: asked for once the screen is there. */
  async #afterFirstPaint(): Promise<void> {
    await Promise.allSettled([navigator.storage?.persist?.(), this.#store.ensureBallast()]);
    await this.#drain.wake();
    await this.#pull();
  }

  async #load(): Promise<void> {
    try {
      const [settings, pairing, sync] = await Promise.all([
        this.#store.settings(),
        this.#store.pairing(),
        this.#store.sync(),
      ]);
      this.#sync = sync;
      if (pairing && settings) {
        // The same object again would redraw the screen under a customer's finger.
        if (JSON.stringify(settings) !== JSON.stringify(this.#settings)) this.state = { phase: 'paired', settings };
      } else {
        this.state = { phase: 'unpaired' };
      }
      await this.#refreshStatus();
    } catch {
      this.state = { phase: 'unavailable' };
    }
  }

  get #settings(): TabletSettings | null {
    return this.state.phase === 'paired' ? this.state.settings : null;
  }

  #pull(): Promise<void> {
    this.#pulling ??= this.#pullOnce().finally(() => {
      this.#pulling = null;
    });
    return this.#pulling;
  }

  async #pullOnce(): Promise<void> {
    const pairing = await this.#store.pairing().catch(() => null);
    if (!pairing) return;
    const { waiting, quarantined, made } = await this.#store.counts();
    const before = this.#clock.now();
    const result = await this.#noteReached(
      pull(
        { pairing: pairing.id, secret: pairing.secret },
        { made, waiting, quarantined, app_version: this.appVersion },
      ),
    );
    if (!result.ok) return;
    this.#paused = result.value.outcome !== 'ok';
    if (result.value.outcome === 'ok') {
      const { settings, server_time } = result.value;
      const middle = (before + this.#clock.now()) / 2;
      await this.#keepSync({ ...this.#sync, serverOffsetMs: Math.round(Date.parse(server_time) - middle) });
      if (JSON.stringify(settings) !== JSON.stringify(this.#settings)) {
        await this.#store.keepSettings(settings);
        this.state = { phase: 'paired', settings };
      }
      // The server is there: what waits, backing off or paused, may go now.
      if (waiting > 0) void this.#drain.wake();
    }
    await this.#refreshStatus();
  }

  async #noteReached<Value>(call: Promise<Result<Value>>): Promise<Result<Value>> {
    const result = await call;
    this.#reached = result.ok || !['unreachable', 'timeout', 'bad_reply'].includes(result.failure.code);
    return result;
  }

  async #keepSync(sync: StoredSync): Promise<void> {
    this.#sync = sync;
    await this.#store.keepSync(sync).catch(() => {});
  }

  async #refreshStatus(): Promise<void> {
    const counts = await this.#store.counts().catch(() => null);
    if (!counts) return;
    const online = navigator.onLine && this.#reached;
    this.status = {
      connection: this.#paused ? 'paused' : online ? 'online' : 'offline',
      waiting: counts.waiting,
      quarantined: counts.quarantined,
      lastSentAt: this.#sync.lastSentAt,
    };
  }

  readonly #networkChanged = (): void => {
    void this.#refreshStatus();
    if (navigator.onLine) void this.#drain.wake().then(() => this.#pull());
  };

  /** A tablet that slept comes back with stale numbers and perhaps a dead connection. */
  readonly #visibilityChanged = (): void => {
    if (document.visibilityState === 'visible') void this.#drain.wake().then(() => this.#pull());
  };
}

/** 256 random bits in hex. */
function newSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
