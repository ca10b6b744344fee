import type { TabletSettings } from '../backend/tablet-calls';
import type { SaveFailure } from '../domain/sync';
import {
  NO_SYNC,
  type DatabaseHandle,
  type StoredDraft,
  type StoredPairing,
  type StoredRecord,
  type StoredSync,
  type TabletDatabase,
} from './database';
import { freeingBallast, isFull } from './disk-full';

export type AppendResult = { outcome: 'stored'; seq: number } | { outcome: 'failed'; failure: SaveFailure };

/** Also what a tablet says that is not paired, or no longer: it has nowhere to keep a record. */
export const UNAVAILABLE = { outcome: 'failed', failure: 'unavailable' } as const;

/** What a tablet knows of itself before it has heard anything. */
export type Identity = { pairing: StoredPairing | null; settings: TabletSettings | null; sync: StoredSync };

/** Where records go in; they leave through the queue. */
export class Outbox {
  /** Who appends, as last read through this connection: a database that was cleared or replaced is another one. */
  #appender: { database: TabletDatabase; pairing: StoredPairing } | null = null;

  /** The newest key that this outbox has taken; what an append leaves behind lies after it. */
  #lastKey = 0;

  constructor(private readonly database: DatabaseHandle) {}

  /**
   * Stores one record and takes its seq, in one strict transaction of one request. Resolves 'stored' only after
   * tx.done: before that nothing is promised, because quota and disk errors appear there and not in add().
   */
  async append(draft: StoredDraft): Promise<AppendResult> {
    const before = this.#lastKey;
    let isAgain = false;
    const append = () =>
      this.database.run((database) => {
        const appending = isAgain
          ? this.#appendAgain(database, draft, before)
          : this.#appendTo(database, draft);
        isAgain = true;
        return appending;
      });
    try {
      return await freeingBallast(this.database, append);
    } catch (error) {
      return isFull(error) ? { outcome: 'failed', failure: 'full' } : UNAVAILABLE;
    }
  }

  async #appendTo(database: TabletDatabase, draft: StoredDraft, isRehearsal = false): Promise<AppendResult> {
    const pairing = await this.#pairingOf(database);
    if (!pairing) return UNAVAILABLE;
    const stored: StoredRecord = { ...draft, pairing: pairing.id, base: pairing.base };
    const tx = database.transaction('records', 'readwrite', { durability: 'strict' });
    try {
      const adding = tx.store.add(stored);
      if (isRehearsal) tx.abort();
      // Nothing more will be asked of it: the browser need not wait to find that out.
      else tx.commit();
      const [key] = await Promise.all([adding, tx.done]);
      this.#lastKey = Math.max(this.#lastKey, key);
      return { outcome: 'stored', seq: key - pairing.base };
    } catch (error) {
      await tx.done.catch(() => {});
      if (isRehearsal) return UNAVAILABLE;
      throw error;
    }
  }

  /** An earlier try may have reached the disk before its connection died: then it is that one. */
  async #appendAgain(database: TabletDatabase, draft: StoredDraft, before: number): Promise<AppendResult> {
    const since = await database.getAll('records', IDBKeyRange.lowerBound(before, true));
    const first = since.find(({ id }) => id === draft.id);
    return first
      ? { outcome: 'stored', seq: (first.key ?? NaN) - first.base }
      : this.#appendTo(database, draft);
  }

  /** Does all that append does and takes it back: nothing is kept, no number is taken, and no error is told. */
  async rehearse(draft: StoredDraft): Promise<void> {
    // What a real append would meet is told when there is something to lose.
    await this.database.run((database) => this.#appendTo(database, draft, true)).catch(() => {});
  }

  async #pairingOf(database: TabletDatabase): Promise<StoredPairing | null> {
    if (this.#appender?.database === database) return this.#appender.pairing;
    const pairing = (await database.get('state', 'pairing')) as StoredPairing | undefined;
    this.#appender = pairing ? { database, pairing } : null;
    return pairing ?? null;
  }

  /** Who this tablet is, read anew; another tab may have paired it. */
  async identity(): Promise<Identity> {
    return this.database.run(async (database) => {
      const { store } = database.transaction('state');
      const [pairing, settings, sync] = (await Promise.all([
        store.get('pairing'),
        store.get('settings'),
        store.get('sync'),
      ])) as [StoredPairing | undefined, TabletSettings | undefined, StoredSync | undefined];
      this.#appender = pairing ? { database, pairing } : null;
      return { pairing: pairing ?? null, settings: settings ?? null, sync: sync ?? NO_SYNC };
    });
  }
}
