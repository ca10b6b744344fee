import type { Result } from '../backend/failure';
import type { PairReply, TabletSettings } from '../backend/tablet-calls';
import type { Answer } from '../domain/answer';
import type { RecordDraft } from '../domain/record';
import type { SaveResult, SyncStatus } from '../domain/sync';
import { afterPaint } from './after-paint';
import { browserClock } from './clock';
import { DatabaseHandle, type StoredDraft } from './database';
import { freeze, isPersonal, mintRecord, type FrozenBody, type RecordBody } from './mint';
import { Outbox, UNAVAILABLE } from './outbox';
import { forgetSettings, rememberedSettings, rememberSettings } from './remembered-settings';
import type { Synchronizer } from './synchronizer';

/** What this browser is, as far as it knows yet. */
export type TabletState =
  | { phase: 'starting' }
  | { phase: 'unpaired' }
  | { phase: 'paired'; settings: TabletSettings }
  /** The browser has no working storage: nothing may be promised to a customer. */
  | { phase: 'unavailable' };

const CHANNEL = 'verna.tablet';

/**
 * The tablet as the screens see it: what it is, how to save an answer, how its queue stands.
 *
 * Created once by the app; start() begins, stop() ends all it started. What the first tap does not need, which is
 * everything that talks to the server, is loaded after the first paint.
 */
export class Tablet {
  state = $state.raw<TabletState>({ phase: 'starting' });
  status = $state.raw<SyncStatus>({ connection: 'online', waiting: 0, quarantined: 0, lastSentAt: null });

  readonly #database = new DatabaseHandle();
  readonly #outbox = new Outbox(this.#database);
  readonly #clock = browserClock();
  #serverOffsetMs: number | null = null;
  #synchronizer: Promise<Synchronizer> | null = null;
  #channel: BroadcastChannel | undefined;
  readonly #remembered: TabletSettings | null;
  #isStopped = false;
  #foreseen: FrozenBody | undefined;

  constructor(private readonly appVersion: string) {
    this.#remembered = rememberedSettings(appVersion);
    if (this.#remembered) this.state = { phase: 'paired', settings: this.#remembered };
  }

  /** The first face is shown from what was remembered; the database is opened behind it. */
  async start(): Promise<void> {
    if (this.#remembered) await new Promise<void>(afterPaint);
    if (this.#isStopped) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = () => void this.#loadAndCount();
    await this.#load();
    if (this.state.phase === 'paired') afterPaint(() => void this.#synchronize());
    afterPaint(() => void this.#warmUp());
  }

  /** The first record of a page takes the browser several times as long as the second: that one is nobody's. */
  async #warmUp(): Promise<void> {
    const nobody = { type: 'unlock', staff: '' } as const;
    await this.#outbox.rehearse(await mintRecord(nobody, this.#clock, null));
  }

  stop(): void {
    this.#isStopped = true;
    void this.#synchronizer?.then((synchronizer) => synchronizer.stop());
    this.#channel?.close();
    void this.#database.close();
  }

  /** A finger is on this answer and will probably give it: what can be done beforehand is done while it is down. */
  foresee = (answer: Answer): void => {
    this.#foreseen = freeze(answer);
  };

  /** Resolves 'saved' only once the answer is durable on this tablet's disk. */
  save = async (body: RecordBody): Promise<SaveResult> => {
    const draft = await mintRecord(body, this.#clock, this.#serverOffsetMs, this.#foreseen);
    const kept = isPersonal(body) ? await this.#sealed(draft) : draft;
    const result = kept ? await this.#outbox.append(kept) : UNAVAILABLE;
    if (result.outcome === 'failed') return result;
    // The thanks comes first: counting and sending would take its frame.
    afterPaint(() => {
      this.status = { ...this.status, waiting: this.status.waiting + 1 };
      void this.#synchronizer?.then((synchronizer) => synchronizer.recordStored(body));
    });
    return { outcome: 'saved', id: draft.id };
  };

  /** Nobody's finger waits for this code. Null when it cannot be sealed, and then it is not kept. */
  #sealed(draft: RecordDraft): Promise<StoredDraft | null> {
    return import('./seal').then(({ sealDraft }) => sealDraft(this.#database, draft)).catch(() => null);
  }

  /** Turns a pairing code into this tablet's identity. */
  async pair(code: string): Promise<Result<PairReply>> {
    return (await this.#loadSynchronizer()).pair(code);
  }

  async #loadAndCount(): Promise<void> {
    await this.#load();
    if (this.#synchronizer) await (await this.#synchronizer).tellStatus();
    // Another tab has paired this browser.
    else if (this.state.phase === 'paired') await this.#synchronize();
  }

  async #load(): Promise<void> {
    try {
      const { settings, pairing, sync } = await this.#outbox.identity();
      this.#serverOffsetMs = sync.serverOffsetMs;
      if (pairing && settings) this.#showSettings(settings);
      else {
        forgetSettings();
        this.state = { phase: 'unpaired' };
      }
    } catch {
      this.state = { phase: 'unavailable' };
    }
  }

  /** The same settings as a new object would redraw the screen under a customer's finger. */
  #showSettings(settings: TabletSettings): void {
    const known = this.state.phase === 'paired' ? this.state.settings : null;
    if (JSON.stringify(settings) === JSON.stringify(known)) return;
    this.state = { phase: 'paired', settings };
    rememberSettings(settings, this.appVersion);
  }

  async #synchronize(): Promise<void> {
    await (await this.#loadSynchronizer()).start();
  }

  #loadSynchronizer(): Promise<Synchronizer> {
    this.#synchronizer ??= import('./synchronizer').then(
      ({ Synchronizer }) =>
        new Synchronizer({
          database: this.#database,
          clock: this.#clock,
          appVersion: this.appVersion,
          events: {
            status: (status) => (this.status = status),
            settings: (settings) => this.#showSettings(settings),
            serverOffset: (offsetMs) => (this.#serverOffsetMs = offsetMs),
            changed: () => this.#channel?.postMessage('changed'),
          },
        }),
    );
    return this.#synchronizer;
  }
}
