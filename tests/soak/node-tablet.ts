import 'fake-indexeddb/auto';
import { setTimeout as delay } from 'node:timers/promises';
import { ingest, pair, type Credentials } from '../../src/backend/tablet-calls';
import { browserClock } from '../../src/device/clock';
import { DatabaseHandle, type TabletDatabase } from '../../src/device/database';
import { Drain } from '../../src/device/drain';
import { mintRecord } from '../../src/device/mint';
import { Outbox } from '../../src/device/outbox';
import { Queue } from '../../src/device/queue';
import { randomSecret } from '../../src/device/secrets';
import type { Random } from '../../src/domain/demo/random';
import type { Held } from '../faults/support-browser/oracle';
import { nothingSeen } from '../faults/support-browser/witness';
import type { Judged } from './judge';

const TIMEOUT_MS = 3_000;
/** The waits between two tries are a tenth of a real tablet's, so that an hour has more of them. */
const IMPATIENCE = 0.1;
/** What a shop's connection, or an impatient person, may send of the same batch at once. */
const SAME_BATCH = 20;

/** What a tablet that was killed would have done next is never done. */
class MortalDatabase extends DatabaseHandle {
  #isDead = false;

  override run<Value>(work: (database: TabletDatabase) => Promise<Value>): Promise<Value> {
    return this.#isDead ? new Promise<never>(() => {}) : super.run(work);
  }

  die(): Promise<void> {
    this.#isDead = true;
    return this.close();
  }
}

type Parts = { database: MortalDatabase; outbox: Outbox; queue: Queue; drain: Drain };

/** The kiosk's own outbox, queue and drain on fake-indexeddb: a tablet that costs no browser. */
export class NodeTablet implements Judged {
  readonly seen = nothingSeen();
  readonly poison = new Set<string>();
  readonly #clock = browserClock();
  #parts: Parts;

  constructor(
    readonly tablet: string,
    private readonly on: { url: string; random: Random; newCode: () => Promise<string> },
  ) {
    this.#parts = this.#open();
  }

  get isPaused(): boolean {
    return this.#parts.drain.state === 'paused';
  }

  /** Takes a code and asks until it is heard, with the same credentials each time. */
  async pair(): Promise<void> {
    const code = await this.on.newCode();
    const credentials: Credentials = { pairing: crypto.randomUUID(), secret: randomSecret() };
    for (;;) {
      const reply = await pair(code, credentials, 'soak', { url: this.on.url, timeoutMs: TIMEOUT_MS });
      if (reply.ok && reply.value.outcome === 'paired') {
        const { staff: _, ...settings } = reply.value.settings;
        await this.#parts.queue.becomePaired(credentials.pairing, credentials.secret, settings);
        break;
      }
      await delay(200);
    }
    void this.wake();
  }

  wake(): Promise<void> {
    return this.#parts.drain.wake();
  }

  /** A score; one that is off its scale when it is to be poison. */
  async tap(isPoison: boolean): Promise<void> {
    const { outbox, drain } = this.#parts;
    const { settings } = await outbox.identity();
    if (!settings) throw new Error('This tablet is not paired');
    const score = isPoison ? 9 : this.on.random.integer(1, 5);
    const survey = settings.survey.id;
    const answer = { type: 'csat', question: 'satisfaction', session: crypto.randomUUID(), survey } as const;
    const draft = await mintRecord({ ...answer, score, locale: 'en' }, this.#clock, null);
    this.seen.made.set(draft.id, draft.sha256);
    if (isPoison) this.poison.add(draft.id);
    const { outcome } = await outbox.append(draft);
    if (outcome !== 'stored') throw new Error('A tap was not stored, and no fault forbids it');
    this.seen.confirmed.add(draft.id);
    drain.recordStored();
  }

  /** Ends everything that is under way, in whatever step it is, and starts anew on the same database. */
  async kill(): Promise<void> {
    const { drain, database } = this.#parts;
    drain.stop();
    await database.die();
    this.#parts = this.#open();
    void this.wake();
  }

  /** Sends what waits so many times at once, beside the drain and with no regard to it. False when nothing waits. */
  async sendTheSameAtOnce(): Promise<boolean> {
    const { queue } = this.#parts;
    const [pairing, batch] = await Promise.all([queue.pairing(), queue.nextBatch(50, 400_000)]);
    if (!pairing || batch.length === 0) return false;
    const credentials = { pairing: pairing.id, secret: pairing.secret };
    const records = batch.map(({ record }) => record);
    const context = { url: this.on.url, timeoutMs: TIMEOUT_MS };
    const sendings = Array.from({ length: SAME_BATCH }, () =>
      ingest(credentials, crypto.randomUUID(), records, context),
    );
    await Promise.all(sendings);
    return true;
  }

  async held(): Promise<Held> {
    const [records, quarantine] = await this.#parts.database.run((database) =>
      Promise.all([database.getAll('records'), database.getAll('quarantine')]),
    );
    return {
      pending: records.map(({ id }) => id),
      quarantined: quarantine.map(({ record }) => record.id),
    };
  }

  close(): Promise<void> {
    this.#parts.drain.stop();
    return this.#parts.database.die();
  }

  #open(): Parts {
    const database = new MortalDatabase(this.tablet);
    const queue = new Queue(database);
    const { url, random } = this.on;
    const drain = new Drain({
      queue,
      ingest: (credentials, nonce, records) =>
        ingest(credentials, nonce, records, { url, timeoutMs: TIMEOUT_MS }),
      now: Date.now,
      random: () => random.next() * IMPATIENCE,
      locks: undefined,
      events: { changed: () => {}, heard: () => {} },
    });
    return { database, outbox: new Outbox(database), queue, drain };
  }
}
