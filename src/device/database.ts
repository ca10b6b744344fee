import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { PinTries } from '../domain/pin-throttle';
import type { RecordDraft, VernaRecord } from '../domain/record';
import type { StaffMember, TabletSettings } from '../backend/tablet-calls';

/** A body that only this browser can read; see seal.ts. */
export type SealedBody = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

/** A record on its way to the disk: a body that a person wrote is sealed. */
export type StoredDraft = Omit<RecordDraft, 'body'> & { body: string | SealedBody };

/**
 * A record as it lies on the disk. Its key comes from the database's own generator, which never hands out a number
 * twice and takes a number back when the transaction fails: seq is key − base, and storing takes one request.
 */
export type StoredRecord = StoredDraft & { pairing: string; base: number };

/** A record the server refused by name: kept for staff and owner, never sent again by itself, never dropped. */
export type QuarantinedRecord = {
  record: Omit<VernaRecord, 'body'> & Pick<StoredDraft, 'body'>;
  reason: string;
  quarantinedAt: string;
};

/**
 * This installation's identity. base is the last key that was taken before it was paired: its records begin after. It
 * is lowered when the database has lost records, so that no seq is given out twice; lost counts those.
 */
export type StoredPairing = { id: string; secret: string; base: number; lost?: number };

/** What was last heard from the server, by the tablet's own wall clock. */
export type StoredSync = { lastSentAt: number | null; serverOffsetMs: number | null };

/** Wrong tries by the salt of the PIN that they were at: a new PIN starts anew. */
export type StoredPinTries = Record<string, PinTries>;

export const NO_SYNC: StoredSync = { lastSentAt: null, serverOffsetMs: null };

interface TabletSchema extends DBSchema {
  records: { key: number; value: StoredRecord & { key?: number } };
  quarantine: { key: [pairing: string, seq: number]; value: QuarantinedRecord };
  state: {
    key: string;
    value:
      | StoredPairing
      | TabletSettings
      | StaffMember[]
      | StoredPinTries
      | StoredSync
      | Uint8Array
      | CryptoKey
      | number;
  };
}

export type TabletDatabase = IDBPDatabase<TabletSchema>;
/** A transaction over all that a tablet keeps. */
export type TabletTransaction = IDBPTransaction<
  TabletSchema,
  ('records' | 'quarantine' | 'state')[],
  IDBTransactionMode
>;
export const ALL_STORES: ('records' | 'quarantine' | 'state')[] = ['records', 'quarantine', 'state'];

export const DATABASE_NAME = 'verna-tablet';
const DATABASE_VERSION = 1;
const TRIES = 3;

/**
 * One connection to the tablet's database, opened when first needed and opened anew when the browser loses it.
 *
 * iPads drop the connection in the background ("Connection to Indexed Database server lost"), a full disk terminates
 * it, and clearing site data deletes what is under it. Each shows as a failed transaction on a dead handle.
 */
export class DatabaseHandle {
  #opening: Promise<TabletDatabase> | null = null;

  constructor(private readonly name = DATABASE_NAME) {}

  /**
   * Runs work on the connection, up to three times when the connection turns out to be dead. The work must be safe to
   * repeat. Throws what the last try threw.
   */
  async run<Value>(work: (database: TabletDatabase) => Promise<Value>): Promise<Value> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(await this.#open());
      } catch (error) {
        if (attempt >= TRIES || !isLostConnection(error)) throw error;
        await this.close();
      }
    }
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    try {
      (await opening)?.close();
    } catch {
      // It never opened, or is dead already: nothing left to close.
    }
  }

  #open(): Promise<TabletDatabase> {
    if (this.#opening) return this.#opening;
    const opening = openDB<TabletSchema>(this.name, DATABASE_VERSION, {
      upgrade: (database, oldVersion) => {
        if (oldVersion < 1) {
          database.createObjectStore('records', { keyPath: 'key', autoIncrement: true });
          database.createObjectStore('quarantine', { keyPath: ['record.pairing', 'record.seq'] });
          database.createObjectStore('state');
        }
      },
      // A newer version of the app waits in another tab: let go, or its upgrade hangs.
      blocking: () => void this.close(),
      terminated: () => {
        if (this.#opening === opening) this.#opening = null;
      },
    });
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }
}

/** UnknownError: the backing store failed; InvalidStateError: the handle is closed; AbortError: it closed under us. */
function isLostConnection(error: unknown): boolean {
  return (
    error instanceof DOMException && ['UnknownError', 'InvalidStateError', 'AbortError'].includes(error.name)
  );
}
