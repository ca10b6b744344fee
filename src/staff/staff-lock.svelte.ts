import type { Person, StaffPins } from '../device/staff-pins';
import { watchPresence } from './presence';

export type LockState =
  /** Nobody knows yet whether there are PINs: locked, and nothing is asked. */
  | { screen: 'loading' }
  /** The owner has set no PIN. */
  | { screen: 'no-pins' }
  | { screen: 'names' }
  | { screen: 'pin'; person: Person; check: CheckState }
  | { screen: 'unlocked'; person: Person };

export type CheckState =
  | { status: 'ready' }
  | { status: 'checking' }
  | { status: 'wrong' }
  /** endsAt: wall-clock ms from which the next try is taken. */
  | { status: 'waiting'; endsAt: number }
  /** The tablet's storage did not answer. */
  | { status: 'failed' };

const LOCKS_AFTER_MS = 120_000;

/**
 * The lock on the staff's page.
 *
 *   loading ─▶ no-pins ◀─▶ names ──choose──▶ pin ──right PIN──▶ unlocked
 *                           ▲                 │                  │
 *                           └─ back, hidden, two minutes without a touch
 */
export class StaffLock {
  state = $state.raw<LockState>({ screen: 'loading' });
  people = $state.raw<readonly Person[]>([]);
  /** Who is at the tablet, as far as a PIN can tell. */
  readonly unlocked = $derived(this.state.screen === 'unlocked' ? this.state.person : null);

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly pins: Pick<StaffPins, 'people' | 'waitMs' | 'check'>,
    /** Keeps the unlocking as a record. It may fail: whoever comes to rescue a full tablet must get in. */
    private readonly recordUnlock: (staff: string) => Promise<unknown>,
  ) {}

  /** Locks when nobody touches the page or it is left, until stopped. */
  start(): () => void {
    const stop = watchPresence(
      () => this.#restartTimer(),
      () => this.lock(),
    );
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  /** Reads anew who has a PIN; the server may have told. */
  async refresh(): Promise<void> {
    // A tablet that cannot tell stays as it is: locked, if it was.
    const people = await this.pins.people().catch(() => null);
    if (!people) return;
    this.people = people;
    const { state } = this;
    if (people.length === 0) this.state = { screen: 'no-pins' };
    else if (!('person' in state) || people.every(({ id }) => id !== state.person.id)) this.lock();
  }

  async choose(person: Person): Promise<void> {
    const waitMs = await this.pins.waitMs(person.id).catch(() => 0);
    this.#ask(person, readyAfter(waitMs));
  }

  /** Checks a PIN of the person chosen. An answer that comes after the page was locked unlocks nothing. */
  async submit(pin: string): Promise<void> {
    if (this.state.screen !== 'pin') return;
    const { person } = this.state;
    const asked = this.#ask(person, { status: 'checking' });
    const result = await this.pins.check(person.id, pin).catch(() => null);
    if (this.state !== asked) return;
    if (!result) this.#ask(person, { status: 'failed' });
    else if (result.outcome === 'unknown') await this.refresh();
    else if (result.outcome === 'right') await this.#unlock(person);
    else if (result.waitMs > 0) this.#ask(person, readyAfter(result.waitMs));
    else this.#ask(person, { status: 'wrong' });
  }

  /** The wait is over, or the next digit is typed. */
  ready(): void {
    if (this.state.screen === 'pin') this.#ask(this.state.person, { status: 'ready' });
  }

  lock(): void {
    clearTimeout(this.#timer);
    if (this.people.length > 0) this.state = { screen: 'names' };
  }

  async #unlock(person: Person): Promise<void> {
    this.state = { screen: 'unlocked', person };
    this.#restartTimer();
    await this.recordUnlock(person.id).catch(() => {});
  }

  #ask(person: Person, check: CheckState): LockState {
    this.state = { screen: 'pin', person, check };
    this.#restartTimer();
    return this.state;
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    if ('person' in this.state) this.#timer = setTimeout(() => this.lock(), LOCKS_AFTER_MS);
  }
}

const readyAfter = (waitMs: number): CheckState =>
  waitMs > 0 ? { status: 'waiting', endsAt: Date.now() + waitMs } : { status: 'ready' };
