import { createHash, randomUUID } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { unwrap, wrap } from 'idb';
import { expect, vi } from 'vitest';
import type { Result } from '../../../src/backend/failure';
import type { Credentials, IngestReply } from '../../../src/backend/tablet-calls';
import { DatabaseHandle, type TabletDatabase } from '../../../src/device/database';
import { Drain } from '../../../src/device/drain';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import type { VernaRecord } from '../../../src/domain/record';
import { draft, settings } from './support';
import { lockManager, shareStorage } from './tabs';

/** What the server will think of a record: it refuses poison by name, and reads no request with a giant in it. */
export type Nature = 'plain' | 'poison' | 'giant';

export const ANSWERS = [
  'honest',
  'lost before it was read',
  'lost after it was stored',
  '503',
  '504 after it was stored',
  'names some and a stranger',
  '200 that names nobody',
  "a portal's page",
  '403',
] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** What a series of runs must have met besides the answers, or it has shown nothing. */
export const MISHAPS = [
  'a batch was refused whole',
  'a record was refused by name',
  'a pairing was refused',
  'a crash took a transaction with it',
  'a crash left a request under way',
  'a transaction met a full disk',
] as const;
export type Fault = AnswerKind | (typeof MISHAPS)[number];

/** Enough to finish any case a test can make, small enough to show that it is not a matter of luck. */
const HEALING_ROUNDS = 40;

/** The server as the tablet is promised it: each id once, the first content wins, a batch of limited size. */
class Server {
  readonly stored = new Map<string, VernaRecord>();
  readonly pairings = new Set<string>();
  conflicts = 0;

  constructor(
    private readonly largestBatch: number,
    private readonly fired: Set<Fault>,
  ) {}

  receive({ pairing }: Credentials, nonce: string, records: readonly VernaRecord[]): Result<IngestReply> {
    if (!this.pairings.has(pairing)) {
      this.fired.add('a pairing was refused');
      return { ok: true, value: { outcome: 'revoked', nonce } };
    }
    if (records.length > this.largestBatch || records.some((record) => natureOf(record) === 'giant')) {
      this.fired.add('a batch was refused whole');
      return { ok: false, failure: { code: 'too_large', status: 413 } };
    }
    const outcomes = records.map((record) => ({ id: record.id, outcome: this.#store(record) }));
    const server_time = '2026-11-22T12:00:00Z';
    return { ok: true, value: { outcome: 'accepted', nonce, server_time, records: outcomes } };
  }

  #store(record: VernaRecord): 'stored' | 'duplicate' | 'conflict' | 'refused' {
    if (natureOf(record) === 'poison') {
      this.fired.add('a record was refused by name');
      return 'refused';
    }
    const known = this.stored.get(record.id);
    if (!known) {
      this.stored.set(record.id, record);
      return 'stored';
    }
    const isSame = known.sha256 === record.sha256 && known.seq === record.seq;
    if (!isSame) this.conflicts += 1;
    return isSame ? 'duplicate' : 'conflict';
  }
}

/** The connection of one tab: it can be lost, and with the tab's crash all it had not committed is gone. */
class Connection extends DatabaseHandle {
  isDead = false;
  #raw: IDBDatabase | undefined;

  override run<Value>(work: (database: TabletDatabase) => Promise<Value>): Promise<Value> {
    return super.run((database) => {
      this.#raw = unwrap(database);
      // What a dead tab would have done next is never done.
      return this.isDead ? new Promise<never>(() => {}) : work(database);
    });
  }

  /** Returns how many transactions died with the tab. */
  die(open: ReadonlySet<IDBTransaction>): number {
    this.isDead = true;
    let aborted = 0;
    for (const tx of open) {
      if (tx.db !== this.#raw) continue;
      try {
        tx.abort();
        aborted += 1;
      } catch {
        // It had been told to commit: it survives the tab.
      }
    }
    this.lose();
    return aborted;
  }

  lose(): void {
    this.#raw?.close();
  }
}

type Tab = { connection: Connection; outbox: Outbox; queue: Queue; drain: Drain; crash: () => void };
type Request = { arrive: () => Result<IngestReply>; answer: (result: Result<IngestReply>) => void };

/** One tablet of two tabs and its server, each step of which is taken only when the test says so. */
export class World {
  readonly #locks: LockManager | undefined;
  readonly #server: Server;
  /** All that was ever tapped, and what of it the screen confirmed. */
  readonly #made = new Map<string, Nature>();
  readonly #confirmed = new Set<string>();
  readonly #requests: Request[] = [];
  readonly #appending = new Set<Promise<void>>();
  readonly #transactions = new Set<IDBTransaction>();
  /** How many more writes the disk has room for. */
  #room = Infinity;
  #tabs: Tab[] = [];

  /** `fired` takes the name of each fault that did something. */
  constructor(
    { largestBatch, hasLocks }: { largestBatch: number; hasLocks: boolean },
    private readonly fired: Set<Fault>,
  ) {
    this.#server = new Server(largestBatch, fired);
    this.#locks = hasLocks ? lockManager() : undefined;
    shareStorage();
    vi.stubGlobal('indexedDB', new IDBFactory());
    this.#watchDatabase();
    this.#tabs = [this.#openTab(), this.#openTab()];
  }

  tap(tab: number, nature: Nature): void {
    const { connection, outbox, drain } = this.#tabs[tab]!;
    const one = draft(nature);
    this.#made.set(one.id, nature);
    const appending = outbox.append(one).then(({ outcome }) => {
      if (outcome !== 'stored' || connection.isDead) return;
      this.#confirmed.add(one.id);
      drain.recordStored();
    });
    this.#appending.add(appending);
    void appending.finally(() => this.#appending.delete(appending));
    // A crashed tab never finishes what it began.
    this.#tabs[tab]!.crash = bothOf(this.#tabs[tab]!.crash, () => this.#appending.delete(appending));
  }

  wake(tab: number): void {
    void this.#tabs[tab]!.drain.wake();
  }

  /** Gives all that was begun so many turns of the event loop. */
  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
  }

  /** Lets time pass: waits end, requests that nobody answered are given up. */
  pass(ms: number): void {
    vi.advanceTimersByTime(ms);
  }

  answer(which: number, kind: AnswerKind, mask: number): void {
    const [request] = this.#requests.splice(which % Math.max(1, this.#requests.length), 1);
    if (!request) return;
    this.fired.add(kind);
    request.answer(answerOf(kind, mask, request.arrive));
  }

  crash(tab: number): void {
    if (this.#requests.length > 0) this.fired.add('a crash left a request under way');
    this.#tabs[tab]!.crash();
    this.#tabs[tab] = this.#openTab();
    this.wake(tab);
  }

  loseConnection(tab: number): void {
    this.#tabs[tab]!.connection.lose();
  }

  fillDisk(room: number): void {
    this.#room = room;
  }

  revoke(): void {
    this.#server.pairings.clear();
  }

  /** Every tab is told of a new pairing before the next tap: see BroadcastChannel in tablet.svelte.ts. */
  async pair(tab: number): Promise<void> {
    await Promise.all(this.#appending);
    const id = randomUUID();
    this.#server.pairings.add(id);
    // On a full disk it is not paired, and goes on as it was.
    await this.#tabs[tab]!.queue.becomePaired(id, 'a'.repeat(64), settings).catch(() => {});
    await Promise.all(this.#tabs.map(({ outbox }) => outbox.identity()));
    this.wake(tab);
  }

  /** Takes every fault away and waits until nothing waits. */
  async heal(): Promise<void> {
    this.#room = Infinity;
    await this.pair(0);
    for (let round = 0; round < HEALING_ROUNDS; round++) {
      await this.#quiet();
      if ((await this.#tabs[0]!.queue.counts()).waiting === 0) return;
      this.pass(2_000);
      this.wake(round % 2);
    }
  }

  /** U ⊆ S ∪ P ∪ Q, hashes equal, numbers gapless, only poison set aside; and once healed, P = ∅ and all poison in Q. */
  async judge({ isHealed }: { isHealed: boolean }): Promise<void> {
    await Promise.all(this.#appending);
    const { waiting, quarantined } = await this.#kept();
    const stored = [...this.#server.stored.values()];
    const everywhere = new Map([...stored, ...waiting, ...quarantined].map((record) => [record.id, record]));

    expect([...this.#confirmed].filter((id) => !everywhere.has(id))).toEqual([]);
    expect(stored.filter(({ body, sha256 }) => sha256 !== sha256Of(body))).toEqual([]);
    expect(stored.filter(({ id }) => this.#made.get(id) !== 'plain')).toEqual([]);
    expect(this.#server.conflicts).toBe(0);
    expect(quarantined.filter((record) => natureOf(record) === 'plain')).toEqual([]);
    for (const [pairing, seqs] of seqsByPairing([...everywhere.values()])) {
      expect([pairing, seqs]).toEqual([pairing, seqs.map((_, index) => index + 1)]);
    }
    if (!isHealed) return;
    expect(waiting).toEqual([]);
    const poison = [...everywhere.values()].filter((record) => natureOf(record) !== 'plain');
    expect(new Set(quarantined.map(({ id }) => id))).toEqual(new Set(poison.map(({ id }) => id)));
  }

  end(): void {
    for (const { crash } of this.#tabs) crash();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }

  #openTab(): Tab {
    const connection = new Connection();
    const queue = new Queue(connection);
    let die = (): void => {};
    const death = new Promise<void>((resolve) => (die = resolve));
    const drain = new Drain({
      queue,
      ingest: (credentials, nonce, records) =>
        new Promise((answer) => {
          const sent = structuredClone(records);
          this.#requests.push({ arrive: () => this.#server.receive(credentials, nonce, sent), answer });
        }),
      now: () => 0,
      random: () => 0,
      locks: this.#locks && locksOf(this.#locks, death),
      events: { changed: () => {}, heard: () => {} },
    });
    const crash = (): void => {
      if (connection.die(this.#transactions) > 0) this.fired.add('a crash took a transaction with it');
      drain.stop();
      die();
    };
    return { connection, outbox: new Outbox(connection), queue, drain, crash };
  }

  /** Answers honestly until nothing is asked and nothing is being written any more. */
  async #quiet(): Promise<void> {
    for (let still = 0; still < 6; still++) {
      await this.turns(1);
      if (this.#requests.length + this.#transactions.size > 0) still = 0;
      while (this.#requests.length > 0) this.answer(0, 'honest', 0);
    }
  }

  async #kept(): Promise<{ waiting: VernaRecord[]; quarantined: VernaRecord[] }> {
    const reader = new DatabaseHandle();
    const batch = await new Queue(reader).nextBatch(10_000, Infinity);
    const quarantined = await reader.run((database) => database.getAll('quarantine'));
    await reader.close();
    return {
      waiting: batch.map(({ record }) => record),
      // Only what a person wrote is sealed, and nobody wrote anything here.
      quarantined: quarantined.map(({ record }) => ({ ...record, body: record.body as string })),
    };
  }

  /** Knows every open transaction, and makes a full disk show as a browser shows it: when the transaction commits. */
  #watchDatabase(): void {
    const open = this.#transactions;
    const begin = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      const tx = begin.apply(this, args);
      open.add(tx);
      // A page that is gone complains of nothing.
      wrap(tx).done.catch(() => {});
      for (const end of ['complete', 'abort']) tx.addEventListener(end, () => open.delete(tx));
      return tx;
    });
    for (const write of ['add', 'put'] as const) {
      const original = IDBObjectStore.prototype[write];
      const isRoomLeft = (): boolean => this.#room-- > 0;
      const fail = (tx: IDBTransaction): void => {
        this.fired.add('a transaction met a full disk');
        failForQuota(tx);
      };
      vi.spyOn(IDBObjectStore.prototype, write).mockImplementation(function (this: IDBObjectStore, ...args) {
        const request = original.apply(this, args);
        if (!isRoomLeft()) request.addEventListener('success', () => fail(this.transaction));
        return request;
      });
    }
  }
}

/** A page can only abort without a reason; this is the way in that fake-indexeddb has for the browser's reasons. */
function failForQuota(tx: IDBTransaction): void {
  (tx as unknown as { _abort: (name: string) => void })._abort('QuotaExceededError');
}

/** The browser frees a lock when the tab that holds it dies. */
function locksOf(locks: LockManager, death: Promise<void>): LockManager {
  const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
    locks.request(name, options, (lock) =>
      Promise.race([callback(lock), lock ? death : new Promise(() => {})]),
    );
  return { request, query: () => locks.query() } as LockManager;
}

function answerOf(kind: AnswerKind, mask: number, arrive: () => Result<IngestReply>): Result<IngestReply> {
  const failed = (code: 'unreachable' | 'busy' | 'bad_reply' | 'forbidden'): Result<IngestReply> => ({
    ok: false,
    failure: { code },
  });
  switch (kind) {
    case 'honest':
      return arrive();
    case 'lost before it was read':
      return failed('unreachable');
    case 'lost after it was stored':
      arrive();
      return failed('unreachable');
    case '503':
      return failed('busy');
    case '504 after it was stored':
      arrive();
      return failed('busy');
    case "a portal's page":
      return failed('bad_reply');
    case '403':
      return failed('forbidden');
    case 'names some and a stranger':
    case '200 that names nobody': {
      const result = arrive();
      if (!result.ok || result.value.outcome !== 'accepted') return result;
      const isNamed = (index: number): boolean =>
        kind !== '200 that names nobody' && ((mask >> (index % 16)) & 1) === 1;
      const named = result.value.records.filter((_, index) => isNamed(index));
      const records = [...named, { id: randomUUID(), outcome: 'stored' as const }];
      return { ok: true, value: { ...result.value, records } };
    }
  }
}

function natureOf({ body }: VernaRecord): Nature {
  return (JSON.parse(body) as { text: Nature }).text;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function seqsByPairing(records: VernaRecord[]): Map<string, number[]> {
  const seqs = new Map<string, number[]>();
  for (const { pairing, seq } of records) seqs.set(pairing, [...(seqs.get(pairing) ?? []), seq]);
  for (const numbers of seqs.values()) numbers.sort((a, b) => a - b);
  return seqs;
}

function bothOf(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}
