import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { MembersPage } from '../backend/tablet-calls';
import type { KnownMember } from '../domain/member';
import { lookupOf, openEntry } from './directory-key';
import { bytesOfBase64, bytesOfHex } from './bytes';

/** Whose entries these are, and under which salt they were sealed: of another pairing or salt, none can be opened. */
export type DirectoryOwner = { pairing: string; salt: string };
/**
 * `seq`: the number of the last change that is in it. `heardUntil`: the tablet's wall clock in ms before which all that it
 * recorded is in there too; absent before the first pull that came to its end.
 */
type DirectoryState = DirectoryOwner & { seq: number; heardUntil?: number };

type Bytes = Uint8Array<ArrayBuffer>;

interface DirectorySchema extends DBSchema {
  /** Sealed entries by the beginning of their lookups, both as bytes: see BYTES_OF_KEY. */
  entries: { key: Bytes; value: Bytes };
  state: { key: 'state'; value: DirectoryState };
}

/**
 * IndexedDB writes every key twice. Half of a lookup still tells 50,000 members apart (two are alike once in ten thousand
 * million shops, and then the entry does not open and the server is asked), and takes 1.2 MB from the 15.4 that they weigh.
 */
const BYTES_OF_KEY = 8;
const keyOf = (lookup: Bytes): Bytes => lookup.slice(0, BYTES_OF_KEY);

type DirectoryDatabase = IDBPDatabase<DirectorySchema>;

/**
 * The shop's members as this tablet knows them, in a database of its own: it never weighs on the queue, and losing it
 * costs nothing, because all of it comes from the server again. Durability is relaxed for the same reason.
 */
export class Directory {
  #opening: Promise<DirectoryDatabase> | null = null;

  constructor(private readonly name = 'verna-directory') {}

  /** The member of the number that this key was made from; null when the directory does not know it. */
  async find(key: string): Promise<KnownMember | null> {
    const lookup = keyOf(await lookupOf(key));
    const sealed = await this.#run((database) => database.get('entries', lookup));
    return sealed ? openEntry(key, sealed) : null;
  }

  /** Empties what is another's; returns the number of the last change that is there. */
  async begin(owner: DirectoryOwner): Promise<number> {
    return this.#run(async (database) => {
      const tx = database.transaction(['entries', 'state'], 'readwrite', { durability: 'relaxed' });
      const known = await tx.objectStore('state').get('state');
      const isKnown = known?.pairing === owner.pairing && known.salt === owner.salt;
      if (!isKnown) {
        await tx.objectStore('entries').clear();
        await tx.objectStore('state').put({ ...owner, seq: 0 }, 'state');
      }
      await tx.done;
      return isKnown ? known.seq : 0;
    });
  }

  /**
   * Writes a page that holds every change after `after`, together with how far it reaches. False when the directory has
   * become another's meanwhile, or holds less than `after`: the page would leave a gap.
   *
   * A page that comes late, from another tab, may set seq back. That is right: what it overwrote is asked for again.
   */
  async write(owner: DirectoryOwner, after: number, { entries, gone, seq }: MembersPage): Promise<boolean> {
    // Before the transaction, which would keep its first half if this threw within it.
    const written = entries.map(
      ({ lookup, sealed }) => [bytesOfBase64(sealed), keyOf(bytesOfHex(lookup))] as const,
    );
    const forgotten = gone.map((lookup) => keyOf(bytesOfHex(lookup)));
    return this.#run(async (database) => {
      const tx = database.transaction(['entries', 'state'], 'readwrite', { durability: 'relaxed' });
      const [store, state] = [tx.objectStore('entries'), tx.objectStore('state')];
      const known = await state.get('state');
      const fits = known?.pairing === owner.pairing && known.salt === owner.salt && known.seq >= after;
      const requests = fits
        ? [
            ...written.map(([sealed, key]) => store.put(sealed, key)),
            ...forgotten.map((key) => store.delete(key)),
            state.put({ ...known, seq }, 'state'),
          ]
        : [];
      await Promise.all([...requests, tx.done]);
      return fits;
    });
  }

  /** A pull has come to its end that the server began to answer when it knew all that was recorded here before `until`. */
  async hearUntil(owner: DirectoryOwner, until: number): Promise<void> {
    await this.#run(async (database) => {
      const tx = database.transaction('state', 'readwrite', { durability: 'relaxed' });
      const known = await tx.store.get('state');
      const fits = known?.pairing === owner.pairing && known.salt === owner.salt;
      await Promise.all([fits && tx.store.put({ ...known, heardUntil: until }, 'state'), tx.done]);
    });
  }

  /** Up to which moment, by the tablet's wall clock in ms, its entries tell what was recorded here. */
  async heardUntil(): Promise<number> {
    const state = await this.#run((database) => database.get('state', 'state'));
    return state?.heardUntil ?? 0;
  }

  /** Forgets everybody. */
  async empty(): Promise<void> {
    await this.#run(async (database) => {
      const tx = database.transaction(['entries', 'state'], 'readwrite', { durability: 'relaxed' });
      await Promise.all([tx.objectStore('entries').clear(), tx.objectStore('state').clear(), tx.done]);
    });
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    await opening?.then((database) => database.close()).catch(() => {});
  }

  /** Once more on a new connection: browsers lose them, see DatabaseHandle. The work must be safe to repeat. */
  async #run<Value>(work: (database: DirectoryDatabase) => Promise<Value>): Promise<Value> {
    try {
      return await work(await this.#open());
    } catch {
      await this.close();
      return work(await this.#open());
    }
  }

  #open(): Promise<DirectoryDatabase> {
    this.#opening ??= openDB<DirectorySchema>(this.name, 2, {
      upgrade: (database) => {
        // What an earlier version kept in another shape comes again from the server.
        for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
        database.createObjectStore('entries');
        database.createObjectStore('state');
      },
      // A newer version of the app waits in another tab: let go, or its upgrade hangs.
      blocking: () => void this.close(),
      terminated: () => (this.#opening = null),
    });
    return this.#opening;
  }
}
