import type { TabletSettings } from '../backend/tablet-calls';
import type { RecordDraft, VernaRecord } from '../domain/record';
import type { SaveFailure } from '../domain/sync';
import type { DatabaseHandle, StoredPairing, StoredSync, TabletDatabase } from './database';

export type AppendResult =
  { outcome: 'stored'; record: VernaRecord } | { outcome: 'failed'; failure: SaveFailure | 'unpaired' };

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
  constructor(private readonly database: DatabaseHandle) {}

  /**
   * Stores one record and takes its seq, in one strict transaction. Resolves 'stored' only after tx.done: before
   * that nothing is promised, because quota and disk errors appear there and not in put().
   */
  async append(draft: RecordDraft): Promise<AppendResult> {
    try {
      return await this.database.run((database) => appendTo(database, draft));
    } catch (error) {
      if (!isFull(error)) return { outcome: 'failed', failure: 'unavailable' };
    }
    try {
      await this.database.run((database) => database.delete('state', 'ballast'));
      return await this.database.run((database) => appendTo(database, draft));
    } catch (error) {
      return { outcome: 'failed', failure: isFull(error) ? 'full' : 'unavailable' };
    }
  }

  /** The oldest records of the oldest pairing first, at most maxRecords and about maxBytes, at least one. */
  async nextBatch(maxRecords: number, maxBytes: number): Promise<VernaRecord[]> {
    const records = await this.database.run((database) => database.getAll('records', null, maxRecords));
    let bytes = 0;
    const end = records.findIndex((record, index) => {
      bytes += record.body.length + 400;
      return index > 0 && bytes > maxBytes;
    });
    return end === -1 ? records : records.slice(0, end);
  }

  /**
   * Carries out what the server said of a batch. Relaxed durability is enough: a deletion lost in a power cut makes
   * the record go out once more, and the server calls it a duplicate.
   */
  async settle(
    acknowledged: VernaRecord[],
    refused: { record: VernaRecord; reason: string }[],
  ): Promise<void> {
    if (acknowledged.length + refused.length === 0) return;
    await this.database.run(async (database) => {
      const tx = database.transaction(['records', 'quarantine'], 'readwrite', {
        durability: refused.length > 0 ? 'strict' : 'relaxed',
      });
      const quarantinedAt = new Date().toISOString();
      const requests = [
        ...consecutiveRanges(acknowledged).map((range) => tx.objectStore('records').delete(range)),
        ...refused.flatMap(({ record, reason }) => [
          tx.objectStore('quarantine').put({ record, reason, quarantinedAt }),
          tx.objectStore('records').delete([record.pairing, record.seq]),
        ]),
      ];
      await Promise.all([...requests, tx.done]);
    });
  }

  async counts(): Promise<QueueCounts> {
    return this.database.run(async (database) => {
      const tx = database.transaction(['records', 'quarantine', 'state']);
      const [waiting, quarantined, pairing] = await Promise.all([
        tx.objectStore('records').count(),
        tx.objectStore('quarantine').count(),
        tx.objectStore('state').get('pairing') as Promise<StoredPairing | undefined>,
        tx.done,
      ]);
      return { waiting, quarantined, made: pairing?.lastSeq ?? 0 };
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
      const tx = database.transaction('state', 'readwrite', { durability: 'strict' });
      const known = (await tx.store.get('pairing')) as StoredPairing | undefined;
      const pairing: StoredPairing = known?.id === id ? known : { id, secret, lastSeq: 0 };
      await Promise.all([tx.store.put(pairing, 'pairing'), tx.store.put(settings, 'settings'), tx.done]);
    });
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

async function appendTo(database: TabletDatabase, draft: RecordDraft): Promise<AppendResult> {
  const tx = database.transaction(['records', 'state'], 'readwrite', { durability: 'strict' });
  const state = tx.objectStore('state');
  const records = tx.objectStore('records');
  const pairing = (await state.get('pairing')) as StoredPairing | undefined;
  if (!pairing) {
    await tx.done;
    return { outcome: 'failed', failure: 'unpaired' };
  }
  const record: VernaRecord = { ...draft, pairing: pairing.id, seq: pairing.lastSeq + 1 };
  try {
    await Promise.all([
      records.add(record),
      state.put({ ...pairing, lastSeq: record.seq }, 'pairing'),
      tx.done,
    ]);
  } catch (error) {
    await tx.done.catch(() => {});
    // The id is there already: an earlier try did reach the disk before its connection died.
    if (error instanceof DOMException && error.name === 'ConstraintError') {
      const stored = await database.getFromIndex('records', 'id', draft.id);
      if (stored) return { outcome: 'stored', record: stored };
    }
    throw error;
  }
  return { outcome: 'stored', record };
}

/**
 * Keys of the records as ranges of consecutive seq, between which no other record can lie: a whole batch is deleted by
 * one request instead of 500, which is most of the time that settling takes.
 */
function consecutiveRanges(records: VernaRecord[]): IDBKeyRange[] {
  const runs: { pairing: string; first: number; last: number }[] = [];
  for (const { pairing, seq } of records) {
    const run = runs.at(-1);
    if (run?.pairing === pairing && run.last + 1 === seq) run.last = seq;
    else runs.push({ pairing, first: seq, last: seq });
  }
  return runs.map(({ pairing, first, last }) => IDBKeyRange.bound([pairing, first], [pairing, last]));
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
