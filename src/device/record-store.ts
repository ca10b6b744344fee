import type { TabletSettings } from '../backend/tablet-calls';
import type { RecordDraft, VernaRecord } from '../domain/record';
import type { SaveFailure } from '../domain/sync';
import {
  ALL_STORES,
  type DatabaseHandle,
  type StoredPairing,
  type StoredRecord,
  type StoredSync,
  type TabletDatabase,
  type TabletTransaction,
} from './database';

export type AppendResult =
  { outcome: 'stored'; seq: number } | { outcome: 'failed'; failure: SaveFailure | 'unpaired' };

/** A record and its place in the queue. */
export type QueuedRecord = { key: number; record: VernaRecord };
export type Refusal = { queued: QueuedRecord; reason: string };

export type QueueCounts = { waiting: number; quarantined: number; made: number };

/** Set aside so that a full disk still has room for a few hundred taps, in bytes. */
const BALLAST_BYTES = 512 * 1024;

const NO_SYNC: StoredSync = { lastSentAt: null, serverOffsetMs: null };

/**
 * The outbox: records wait here until the server has named them.
 *
 *   pending ──sent──▶ named: stored, duplicate, conflict ──▶ purged
 *      ▲                └─── named: refused ──▶ quarantined
 *      └── not named, or no answer: stays pending
 */
export class RecordStore {
  /** Who appends, as last read through this connection: a database that was cleared or replaced is another one. */
  #appender: { database: TabletDatabase; pairing: StoredPairing } | null = null;

  constructor(private readonly database: DatabaseHandle) {}

  /**
   * Stores one record and takes its seq, in one strict transaction of one request. Resolves 'stored' only after
   * tx.done: before that nothing is promised, because quota and disk errors appear there and not in add().
   */
  async append(draft: RecordDraft): Promise<AppendResult> {
    try {
      return await this.database.run((database) => this.#appendTo(database, draft));
    } catch (error) {
      if (!isFull(error)) return { outcome: 'failed', failure: 'unavailable' };
    }
    try {
      await this.database.run((database) => database.delete('state', 'ballast'));
      return await this.database.run((database) => this.#appendTo(database, draft));
    } catch (error) {
      return { outcome: 'failed', failure: isFull(error) ? 'full' : 'unavailable' };
    }
  }

  async #appendTo(database: TabletDatabase, draft: RecordDraft, isRehearsal = false): Promise<AppendResult> {
    const pairing = await this.#pairingOf(database);
    if (!pairing) return { outcome: 'failed', failure: 'unpaired' };
    const stored: StoredRecord = { ...draft, pairing: pairing.id, base: pairing.base };
    const tx = database.transaction('records', 'readwrite', { durability: 'strict' });
    try {
      const adding = tx.store.add(stored);
      if (isRehearsal) tx.abort();
      // Nothing more will be asked of it: the browser need not wait to find that out.
      else tx.commit();
      const [key] = await Promise.all([adding, tx.done]);
      return { outcome: 'stored', seq: key - pairing.base };
    } catch (error) {
      await tx.done.catch(() => {});
      // The id is there already: an earlier try did reach the disk before its connection died.
      if (error instanceof DOMException && error.name === 'ConstraintError') {
        const first = await database.getFromIndex('records', 'id', draft.id);
        if (first) return { outcome: 'stored', seq: (first.key ?? NaN) - first.base };
      }
      throw error;
    }
  }

  /** Does all that append does and takes it back: nothing is kept, no number is taken, and no error is told. */
  async rehearse(draft: RecordDraft): Promise<void> {
    try {
      await this.database.run((database) => this.#appendTo(database, draft, true));
    } catch {
      // What a real append would meet is told when there is something to lose.
    }
  }

  async #pairingOf(database: TabletDatabase): Promise<StoredPairing | null> {
    if (this.#appender?.database === database) return this.#appender.pairing;
    const pairing = (await database.get('state', 'pairing')) as StoredPairing | undefined;
    this.#appender = pairing ? { database, pairing } : null;
    return pairing ?? null;
  }

  /** The oldest records first, at most maxRecords and about maxBytes, at least one while anything waits. */
  async nextBatch(maxRecords: number, maxBytes: number): Promise<QueuedRecord[]> {
    const records = await this.database.run((database) => database.getAll('records', null, maxRecords));
    let bytes = 0;
    const end = records.findIndex((record, index) => {
      bytes += record.body.length + 400;
      return index > 0 && bytes > maxBytes;
    });
    return (end === -1 ? records : records.slice(0, end)).map(({ key = NaN, base, ...record }) => ({
      key,
      record: { ...record, seq: key - base },
    }));
  }

  /**
   * Carries out what the server said of a batch. Relaxed durability is enough: a deletion lost in a power cut makes
   * the record go out once more, and the server calls it a duplicate.
   */
  async settle(acknowledged: readonly QueuedRecord[], refused: readonly Refusal[]): Promise<void> {
    const settled = [...acknowledged, ...refused.map(({ queued }) => queued)].map(({ key }) => key);
    if (settled.length === 0) return;
    await this.database.run(async (database) => {
      const tx = database.transaction(ALL_STORES, 'readwrite', {
        durability: refused.length > 0 ? 'strict' : 'relaxed',
      });
      const records = tx.objectStore('records');
      const quarantinedAt = new Date().toISOString();
      // An empty queue no longer shows how many records were made.
      const lastKey = await lastKeyTaken(tx);
      const requests = [
        ...consecutiveRanges(settled).map((range) => records.delete(range)),
        ...refused.map(({ queued: { record }, reason }) =>
          tx.objectStore('quarantine').put({ record, reason, quarantinedAt }),
        ),
        tx.objectStore('state').put(lastKey, 'lastKey'),
      ];
      await Promise.all([...requests, tx.done]);
    });
  }

  async counts(): Promise<QueueCounts> {
    return this.database.run(async (database) => {
      const tx = database.transaction(ALL_STORES);
      const [waiting, quarantined, pairing, lastKey] = await Promise.all([
        tx.objectStore('records').count(),
        tx.objectStore('quarantine').count(),
        tx.objectStore('state').get('pairing') as Promise<StoredPairing | undefined>,
        lastKeyTaken(tx),
        tx.done,
      ]);
      return { waiting, quarantined, made: pairing ? lastKey - pairing.base : 0 };
    });
  }

  async pairing(): Promise<StoredPairing | null> {
    const value = await this.database.run((database) => database.get('state', 'pairing'));
    return (value as StoredPairing | undefined) ?? null;
  }

  /** What the first screen needs, read in one transaction. */
  async identity(): Promise<{
    pairing: StoredPairing | null;
    settings: TabletSettings | null;
    sync: StoredSync;
  }> {
    const [pairing, settings, sync] = await this.database.run((database) => {
      const { store } = database.transaction('state');
      return Promise.all([store.get('pairing'), store.get('settings'), store.get('sync')]);
    });
    return {
      pairing: (pairing as StoredPairing | undefined) ?? null,
      settings: (settings as TabletSettings | undefined) ?? null,
      sync: (sync as StoredSync | undefined) ?? NO_SYNC,
    };
  }

  async sync(): Promise<StoredSync> {
    const value = await this.database.run((database) => database.get('state', 'sync'));
    return (value as StoredSync | undefined) ?? NO_SYNC;
  }

  /** A new identity starts at seq 0; records of the one before stay in the queue under its id. */
  async becomePaired(id: string, secret: string, settings: TabletSettings): Promise<void> {
    await this.database.run(async (database) => {
      const tx = database.transaction(ALL_STORES, 'readwrite', { durability: 'strict' });
      const state = tx.objectStore('state');
      const known = (await state.get('pairing')) as StoredPairing | undefined;
      const pairing = known?.id === id ? known : { id, secret, base: await lastKeyTaken(tx) };
      await Promise.all([state.put(pairing, 'pairing'), state.put(settings, 'settings'), tx.done]);
    });
    this.#appender = null;
  }

  async keepSettings(settings: TabletSettings): Promise<void> {
    await this.database.run((database) => database.put('state', settings, 'settings'));
  }

  async keepSync(sync: StoredSync): Promise<void> {
    await this.database.run((database) => database.put('state', sync, 'sync'));
  }

  /** Puts the ballast back once there is room; quietly does nothing on a full disk. */
  async ensureBallast(): Promise<void> {
    try {
      await this.database.run(async (database) => {
        if ((await database.getKey('state', 'ballast')) !== undefined) return;
        const ballast = new Uint8Array(BALLAST_BYTES);
        // Random, because a file system may compress zeros to nothing; 65,536 bytes is the most one call fills.
        for (let at = 0; at < BALLAST_BYTES; at += 65_536)
          crypto.getRandomValues(ballast.subarray(at, at + 65_536));
        await database.put('state', ballast, 'ballast');
      });
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}

/** The newest key that a record of this tablet ever had, whether it still waits or was settled; 0 before the first. */
async function lastKeyTaken(tx: TabletTransaction): Promise<number> {
  const [newest, settled] = await Promise.all([
    tx.objectStore('records').openKeyCursor(null, 'prev'),
    tx.objectStore('state').get('lastKey') as Promise<number | undefined>,
  ]);
  return Math.max(newest?.key ?? 0, settled ?? 0);
}

/** A whole batch is deleted by one request instead of 500, which is most of the time that settling takes. */
function consecutiveRanges(keys: readonly number[]): IDBKeyRange[] {
  const runs: { first: number; last: number }[] = [];
  for (const key of [...keys].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === key - 1) run.last = key;
    else runs.push({ first: key, last: key });
  }
  return runs.map(({ first, last }) => IDBKeyRange.bound(first, last));
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
