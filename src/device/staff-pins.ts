import type { StaffMember } from '../backend/tablet-calls';
import { PIN_ROUNDS } from '../domain/pin';
import { pinWaitMs } from '../domain/pin-throttle';
import { STAFF_RIGHTS } from '../domain/staff-rights';
import type { DatabaseHandle, StoredPinTries } from './database';
import { freeingBallast } from './disk-full';
import { hashPin } from './pin-hash';

export type Person = Pick<StaffMember, 'id' | 'name' | 'rights'>;

export type PinCheck =
  | { outcome: 'right' }
  /** waitMs: how long nobody may try again; 0 while tries are left. */
  | { outcome: 'wrong'; waitMs: number }
  | { outcome: 'too_soon'; waitMs: number }
  /** The owner has removed this person. */
  | { outcome: 'unknown' };

/** The PINs of a shop's staff as this tablet was told of them, checked without the server. */
export class StaffPins {
  constructor(
    private readonly database: DatabaseHandle,
    /** The tablet's wall clock, in ms. */
    private readonly now: () => number = Date.now,
    private readonly rounds = PIN_ROUNDS,
  ) {}

  /** Everybody with a PIN, in the order the server gives. */
  async people(): Promise<Person[]> {
    return (await this.#read()).staff.map(({ id, name, rights }) => ({ id, name, rights }));
  }

  /** How long nobody may try this person's PIN, in ms. */
  async waitMs(id: string): Promise<number> {
    const { staff, tries } = await this.#read();
    const salt = staff.find((member) => member.id === id)?.pin_salt;
    return salt ? pinWaitMs(tries[salt], this.now()) : 0;
  }

  /**
   * A try counts as wrong before it is checked, and is forgiven when it was right: whoever reloads the page in between,
   * or tries in two tabs at once, wins nothing.
   */
  async check(id: string, pin: string): Promise<PinCheck> {
    const member = (await this.#read()).staff.find((each) => each.id === id);
    if (!member) return { outcome: 'unknown' };
    const waitMs = await this.#takeTry(member.pin_salt);
    if (waitMs > 0) return { outcome: 'too_soon', waitMs };
    if ((await hashPin(pin, member.pin_salt, this.rounds)) !== member.pin_hash) {
      return { outcome: 'wrong', waitMs: await this.waitMs(id) };
    }
    await this.#change((tries) => delete tries[member.pin_salt]);
    return { outcome: 'right' };
  }

  /** Takes a try, or says how long none may be taken. */
  async #takeTry(salt: string): Promise<number> {
    let waitMs = 0;
    await this.#change((tries) => {
      const now = this.now();
      waitMs = pinWaitMs(tries[salt], now);
      if (waitMs === 0) tries[salt] = { failures: (tries[salt]?.failures ?? 0) + 1, lastAt: now };
    });
    return waitMs;
  }

  #read(): Promise<Known> {
    return this.database.run(async (database) => {
      const { store } = database.transaction('state');
      return known((key) => store.get(key));
    });
  }

  /** Tries at PINs that are no longer anybody's are dropped on the way. */
  async #change(change: (tries: StoredPinTries) => void): Promise<void> {
    const write = () =>
      this.database.run(async (database) => {
        const tx = database.transaction('state', 'readwrite', { durability: 'strict' });
        const { staff, tries: stored } = await known((key) => tx.store.get(key));
        const salts = new Set(staff.map(({ pin_salt }) => pin_salt));
        const tries = Object.fromEntries(Object.entries(stored).filter(([salt]) => salts.has(salt)));
        change(tries);
        await Promise.all([tx.store.put(tries, 'pinTries'), tx.done]);
      });
    // Staff are needed most when the disk is full.
    await freeingBallast(this.database, write);
  }
}

type StoredStaff = Omit<StaffMember, 'rights'> & Partial<Pick<StaffMember, 'rights'>>;

type Known = { staff: StaffMember[]; tries: StoredPinTries };

async function known(get: (key: string) => Promise<unknown>): Promise<Known> {
  const [staff, tries] = await Promise.all([get('staff'), get('pinTries')]);
  // Kept by a version of the app that knew of no rights: it let everybody do everything.
  const people = ((staff ?? []) as StoredStaff[]).map((person) => ({ rights: [...STAFF_RIGHTS], ...person }));
  return { staff: people, tries: (tries ?? {}) as StoredPinTries };
}
