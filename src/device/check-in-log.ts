import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { loggedSchema, type Logged } from '../domain/check-in-log';
import type { DatabaseHandle, SealedBody, StoredPairing } from './database';
import { Queue } from './queue';
import { seal, unsealer } from './seal';

const KEPT_MS = 2 * 86_400_000;
/** A counter that checks in more remembers the newest. */
const MOST_KEPT = 1_000;

interface LogSchema extends DBSchema {
  /** Sealed under the tablet's key: an id and a time say who was where. */
  entries: { key: string; value: SealedBody };
}

/**
 * What this tablet has recorded at the counter in the last two days, and whatever still waits. Its records leave the queue once they are sent, and
 * the directory tells of them only after the next pull: in between only this log knows. It is a memory, not a promise:
 * durability is relaxed, and losing it costs a tablet some sums until the server tells them again.
 */
export class CheckInLog {
  #opening: Promise<IDBPDatabase<LogSchema>> | null = null;
  /** What was opened already. */
  #known = new Map<string, Logged>();
  readonly #queue: Queue;

  constructor(
    private readonly tablet: DatabaseHandle,
    private readonly now: () => number = Date.now,
    private readonly name = 'verna-check-ins',
  ) {
    this.#queue = new Queue(tablet);
  }

  /** Keeps what was recorded under the tablet's pairing. Never rejects: the record itself is safe elsewhere. */
  async add(entry: Omit<Logged, 'pairing'>): Promise<void> {
    try {
      const pairing = await this.#pairing();
      if (pairing === null) return;
      const logged: Logged = { ...entry, pairing };
      const sealed = await seal(this.tablet, entry.id, JSON.stringify(logged));
      const [first, database] = await Promise.all([this.#firstKept(), this.#open()]);
      const tx = database.transaction('entries', 'readwrite', { durability: 'relaxed' });
      const keys = await tx.store.getAllKeys();
      const old = keys.filter((key, index) => key < first || index <= keys.length - MOST_KEPT);
      await Promise.all([...old.map((key) => tx.store.delete(key)), tx.store.put(sealed, entry.id), tx.done]);
      this.#known.set(entry.id, logged);
    } catch {
      await this.close();
    }
  }

  /** What this pairing recorded, oldest first; nothing when the browser does not give it. */
  async entries(): Promise<Logged[]> {
    try {
      const [pairing, first, database] = await Promise.all([
        this.#pairing(),
        this.#firstKept(),
        this.#open(),
      ]);
      const keys = await database.getAllKeys('entries', IDBKeyRange.lowerBound(first));
      const unopened = keys.filter((key) => !this.#known.has(key));
      if (unopened.length > 0) await this.#openEntries(database, unopened);
      return keys.flatMap((key) => this.#known.get(key) ?? []).filter((entry) => entry.pairing === pairing);
    } catch {
      await this.close();
      return [];
    }
  }

  /** Forgets what it has opened, and lets go of the disk. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    this.#known.clear();
    await opening?.then((database) => database.close()).catch(() => {});
  }

  /** One that does not open, because the tablet's key is another now, is as good as gone. */
  async #openEntries(database: IDBPDatabase<LogSchema>, keys: readonly string[]): Promise<void> {
    const open = await unsealer(this.tablet);
    const tx = database.transaction('entries');
    const sealed = await Promise.all(keys.map((key) => tx.store.get(key)));
    await Promise.all(
      keys.map(async (key, index) => {
        const text = await open(key, sealed[index]!).catch(() => 'null');
        const entry = v.safeParse(loggedSchema, JSON.parse(text));
        if (entry.success) this.#known.set(key, entry.output);
      }),
    );
  }

  /** A tablet without a network for a week still knows what it gave. */
  async #firstKept(): Promise<string> {
    const now = this.now();
    return firstIdAt(Math.min(now - KEPT_MS, await this.#queue.heardUntil(now)));
  }

  async #pairing(): Promise<string | null> {
    const stored = await this.tablet.run((database) => database.get('state', 'pairing'));
    return (stored as StoredPairing | undefined)?.id ?? null;
  }

  #open(): Promise<IDBPDatabase<LogSchema>> {
    this.#opening ??= openDB<LogSchema>(this.name, 1, {
      upgrade: (database) => {
        database.createObjectStore('entries');
      },
      // A newer version of the app waits in another tab: let go, or its upgrade hangs.
      blocking: () => void this.close(),
      terminated: () => (this.#opening = null),
    });
    return this.#opening;
  }
}

/** No UUIDv7 made from that moment on, in ms, sorts before it: they begin with their time (RFC 9562, 5.7). */
function firstIdAt(ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}
