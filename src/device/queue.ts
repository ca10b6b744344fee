import * as v from 'valibot';
import type { StaffMember, TabletSettings } from '../backend/tablet-calls';
import { visitSchema } from '../domain/member';
import type { VernaRecord } from '../domain/record';
import {
  ALL_STORES,
  NO_SYNC,
  type DatabaseHandle,
  type QuarantinedRecord,
  type StoredDraft,
  type StoredPairing,
  type StoredSync,
  type TabletDatabase,
  type TabletTransaction,
} from './database';
import { freeingBallast, isFull } from './disk-full';
import type { Reached } from './high-water';
import { unseal } from './seal';
import { sha256 } from './secrets';

/** A record, its place in the queue, and its body as it lies there. */
export type QueuedRecord = { key: number; record: VernaRecord; kept: StoredDraft['body'] };
export type Refusal = { queued: QueuedRecord; reason: string };
export type QueueCounts = { waiting: number; quarantined: number; made: number };

/** Set aside so that a full disk still has room for a few hundred taps, in bytes. */
const BALLAST_BYTES = 512 * 1024;

/**
 * What waits on the tablet until the server has named it, and what is known of that server.
 *
 *   pending ──sent──▶ named: stored, duplicate, conflict ──▶ purged
 *      ▲                └─── named: refused ──▶ quarantined ── settled by the owner ──▶ purged
 *      └── not named, or no answer: stays pending
 */
export class Queue {
  constructor(private readonly database: DatabaseHandle) {}

  /** The oldest records first, at most maxRecords and about maxBytes, at least one while anything waits. */
  async nextBatch(maxRecords: number, maxBytes: number): Promise<QueuedRecord[]> {
    const records = await this.database.run((database) => database.getAll('records', null, maxRecords));
    let bytes = 0;
    const end = records.findIndex(({ body }, index) => {
      bytes += (typeof body === 'string' ? body.length : body.data.byteLength) + 400;
      return index > 0 && bytes > maxBytes;
    });
    return Promise.all(
      (end === -1 ? records : records.slice(0, end)).map(async ({ key = NaN, base, ...record }) => ({
        key,
        kept: record.body,
        record: await opened(this.database, { ...record, seq: key - base }),
      })),
    );
  }

  /**
   * Carries out what the server said of a batch. Relaxed durability is enough: a deletion lost in a power cut makes
   * the record go out once more, and the server calls it a duplicate.
   */
  async settle(acknowledged: readonly QueuedRecord[], refused: readonly Refusal[]): Promise<void> {
    const settled = [...acknowledged, ...refused.map(({ queued }) => queued)].map(({ key }) => key);
    if (settled.length === 0) return;
    const settle = async (database: TabletDatabase): Promise<void> => {
      const tx = database.transaction(ALL_STORES, 'readwrite', {
        durability: refused.length > 0 ? 'strict' : 'relaxed',
      });
      const records = tx.objectStore('records');
      const quarantinedAt = new Date().toISOString();
      // An empty queue no longer shows how many records were made.
      const lastKey = await lastKeyTaken(tx);
      const requests = [
        tx.objectStore('state').put(lastKey, 'lastKey'),
        ...consecutiveRanges(settled).map((range) => records.delete(range)),
        ...refused.map(({ queued: { record, kept }, reason }) =>
          tx.objectStore('quarantine').put({ record: asItLay(record, kept), reason, quarantinedAt }),
        ),
      ];
      await Promise.all([...requests, tx.done]);
    };
    // A full disk must not keep what would make room on it.
    await freeingBallast(this.database, () => this.database.run(settle));
  }

  /**
   * Forgets quarantined records that the server has named as settled. Relaxed durability is enough: of a deletion lost
   * in a power cut the server tells again. Returns how many there were.
   */
  async forgetSettled(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const settled = new Set(ids);
    return this.database.run(async (database) => {
      const { store, done } = database.transaction('quarantine', 'readwrite', { durability: 'relaxed' });
      const kept = await store.getAll();
      const named = kept.filter(({ record }) => settled.has(record.id));
      await Promise.all([...named.map(({ record }) => store.delete([record.pairing, record.seq])), done]);
      return named.length;
    });
  }

  /** Ids of the records that the server refused and nobody has settled yet. */
  async setAside(): Promise<Set<string>> {
    const kept = await this.database.run((database) => database.getAll('quarantine'));
    return new Set(kept.map(({ record }) => record.id));
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

  /** How many records were made under which pairing, at one moment; null while there is none. */
  async reached(): Promise<Reached | null> {
    return this.database.run(async (database) => {
      const tx = database.transaction(ALL_STORES);
      const [pairing, lastKey] = await Promise.all([
        tx.objectStore('state').get('pairing') as Promise<StoredPairing | undefined>,
        lastKeyTaken(tx),
        tx.done,
      ]);
      return pairing ? { pairing: pairing.id, made: lastKey - pairing.base } : null;
    });
  }

  async pairing(): Promise<StoredPairing | null> {
    const value = await this.database.run((database) => database.get('state', 'pairing'));
    return (value as StoredPairing | undefined) ?? null;
  }

  /** The tablet's wall clock, in ms, when the oldest record that waits was made; null when none waits. */
  async oldestWaitingAt(): Promise<number | null> {
    const cursor = await this.database.run((database) => database.transaction('records').store.openCursor());
    return cursor ? Date.parse(cursor.value.occurredAt) : null;
  }

  /**
   * Up to which moment, by the tablet's wall clock in ms, the server has named all that was recorded here: what is asked
   * of it now knows of everything older. Records go out in their order, so that is when the oldest that waits was made.
   */
  async heardUntil(now: number): Promise<number> {
    return (await this.oldestWaitingAt()) ?? now;
  }

  /**
   * Goes on above a number that this pairing is known to have reached. Returns how many records were made and are
   * known to this database no more: 0 unless it was cut or restored from an old copy.
   */
  async resumeAbove(made: number): Promise<number> {
    const lost = await this.database.run(async (database) => {
      const tx = database.transaction(ALL_STORES, 'readwrite', { durability: 'strict' });
      const state = tx.objectStore('state');
      const pairing = (await state.get('pairing')) as StoredPairing | undefined;
      const gap = pairing ? made - ((await lastKeyTaken(tx)) - pairing.base) : 0;
      if (pairing && gap > 0) {
        const lowered = { ...pairing, base: pairing.base - gap, lost: (pairing.lost ?? 0) + gap };
        await state.put(lowered, 'pairing');
      }
      await tx.done;
      return Math.max(0, gap);
    });
    // Whoever appends keeps in mind from which base, for as long as its connection lasts.
    if (lost > 0) await this.database.close();
    return lost;
  }

  /**
   * When a member checked in here, of what still waits: the tablet's wall clock in ms, oldest first. Only the newest 500
   * records are looked through, and a visit that was recorded by number is not found.
   */
  async waitingVisits(member: string): Promise<number[]> {
    const records = await this.database.run(async (database) => {
      const { store } = database.transaction('records');
      const newest = await store.openKeyCursor(null, 'prev');
      return newest ? store.getAll(IDBKeyRange.lowerBound(newest.key - 500)) : [];
    });
    return records
      .filter(({ kind, body }) => kind === 'visit' && typeof body === 'string' && isVisitOf(member, body))
      .map(({ occurredAt }) => Date.parse(occurredAt));
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
    // Whoever appends keeps in mind as whom, for as long as its connection lasts.
    await this.database.close();
  }

  async keepSettings(settings: TabletSettings): Promise<void> {
    await this.database.run((database) => database.put('state', settings, 'settings'));
  }

  async keepStaff(staff: StaffMember[]): Promise<void> {
    await this.database.run((database) => database.put('state', staff, 'staff'));
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

/** A body whose key is gone with a part of the database goes out empty: the server refuses it by name. */
export async function opened(
  database: DatabaseHandle,
  record: QuarantinedRecord['record'],
): Promise<VernaRecord> {
  const { id, body } = record;
  if (typeof body === 'string') return { ...record, body };
  const text = await unseal(database, id, body).catch(() => '');
  return { ...record, body: text, sha256: await sha256(text) };
}

/** A sealed record lies without its hash; see sealDraft. */
function asItLay(record: VernaRecord, kept: StoredDraft['body']): QuarantinedRecord['record'] {
  return typeof kept === 'string' ? record : { ...record, body: kept, sha256: '' };
}

function isVisitOf(member: string, body: string): boolean {
  const visit = v.safeParse(visitSchema, JSON.parse(body));
  return visit.success && visit.output.member === member;
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
