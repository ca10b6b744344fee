import type { Membership } from '../backend/tablet-calls';
import type { Members } from '../device/members';
import type { KnownMember, Visit } from '../domain/member';
import type { SaveFailure, SaveResult } from '../domain/sync';
import { expectedPoints, isCoolingDown } from '../domain/visit';
import { watchPresence } from './presence';

type Known = {
  member: KnownMember;
  /** The visit that counted and after which none counts yet; wall-clock ms, null when the next one counts. */
  coolingSince: number | null;
  /** Wall-clock ms of the last visit that counted. */
  countedAt: number | null;
};

export type CheckInStep =
  | { name: 'number'; isWrong: boolean }
  | { name: 'looking' }
  | ({ name: 'known'; phone: string } & Known)
  /** isCertain: the server said that nobody has the number. */
  | { name: 'unknown'; phone: string; shown: string; isCertain: boolean }
  | ({ name: 'checked-in'; expected: number } & Known)
  | { name: 'recorded'; shown: string };

/** Reading and writing numbers takes more code than all the rest of the staff's page: handed in when it is there. */
export type Phones = typeof import('../device/phone');

export type CheckInParts = {
  phones: () => Pick<Phones, 'parsePhone' | 'formatPhone' | 'showPhone'>;
  membership: () => Membership;
  /** Who is at the tablet, as far as a PIN can tell. */
  staff: () => string | null;
  members: Pick<Members, 'find'>;
  save: (visit: Visit) => Promise<SaveResult>;
};

const LONGEST_NUMBER = 20;
/** Nine digits are as much as a visit may hold. */
const LONGEST_AMOUNT = 9;
/** What was found of somebody stays on the screen no longer than this without a touch. */
const FORGETS_AFTER_MS = 60_000;
const FORGETS_RESULT_AFTER_MS = 15_000;

/**
 * One customer's check-in after another.
 *
 *   number ──find──▶ looking ──▶ known ────▶ checked-in ─┐
 *     ▲                 └──────▶ unknown ──▶ recorded ───┤
 *     └── next customer, back, left, or nobody touched it┘
 */
export class CheckIn {
  step = $state.raw<CheckInStep>({ name: 'number', isWrong: false });
  /** The number as typed: digits, and a plus before one of another country. */
  typed = $state('');
  /** The sale's amount as typed, in digits of the currency's minor unit; empty when nobody entered it. */
  amount = $state('');
  failure = $state.raw<SaveFailure | null>(null);
  isSaving = $state(false);
  readonly shown = $derived.by(() => this.parts.phones().formatPhone(this.typed, this.#country));

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: CheckInParts) {}

  get #country(): string {
    return this.parts.membership().programme.country;
  }

  /** Forgets whoever is on the screen when it is left or nobody touches it, until stopped. */
  start(): () => void {
    const stop = watchPresence(
      () => this.#restartTimer(),
      () => this.reset(),
    );
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  typeDigit(digit: string): void {
    if (this.typed.length < LONGEST_NUMBER) this.typed += digit;
    this.#show({ name: 'number', isWrong: false });
  }

  /** A number that is not this country's begins with a plus. */
  typePlus(): void {
    if (this.typed === '') this.typed = '+';
  }

  deleteDigit(): void {
    this.typed = this.typed.slice(0, -1);
    this.#show({ name: 'number', isWrong: false });
  }

  typeAmount(digit: string): void {
    if (this.amount.length < LONGEST_AMOUNT) this.amount = (this.amount + digit).replace(/^0+/, '');
  }

  deleteAmount(): void {
    this.amount = this.amount.slice(0, -1);
  }

  /** Looks up the number that was typed. An answer that comes after the step was left shows nothing. */
  async find(): Promise<void> {
    const membership = this.parts.membership();
    const phone = this.parts.phones().parsePhone(this.typed, this.#country);
    if (!phone) return this.#show({ name: 'number', isWrong: true });
    const looking: CheckInStep = { name: 'looking' };
    this.#show(looking);
    const found = await this.parts.members.find(phone, membership);
    if (this.step !== looking) return;
    if (found.outcome === 'unknown') {
      const shown = this.parts.phones().showPhone(phone, this.#country);
      return this.#show({ name: 'unknown', phone, shown, isCertain: found.isCertain });
    }
    const { member, countedAt } = found;
    const isCooling = isCoolingDown(countedAt, Date.now(), membership.programme.cooldown_hours);
    this.#show({ name: 'known', phone, member, countedAt, coolingSince: isCooling ? countedAt : null });
  }

  /** Keeps the visit of whom was found, or of the number nobody is known by. */
  async checkIn(): Promise<void> {
    const { step } = this;
    if (this.isSaving || (step.name !== 'known' && step.name !== 'unknown')) return;
    const { programme } = this.parts.membership();
    const amount = this.amount === '' ? null : Number(this.amount);
    this.isSaving = true;
    const result = await this.parts.save({
      type: 'visit',
      member: step.name === 'known' ? step.member.id : null,
      phone: step.name === 'unknown' ? step.phone : null,
      sale: amount === null ? null : { amount, currency: programme.currency },
      staff: this.parts.staff(),
    });
    this.isSaving = false;
    if (this.step !== step) return;
    if (result.outcome === 'failed') this.failure = result.failure;
    else if (step.name === 'unknown') this.#finish({ name: 'recorded', shown: step.shown });
    else {
      const expected = step.coolingSince === null ? expectedPoints(programme, amount) : 0;
      this.#finish({ ...step, name: 'checked-in', expected });
    }
  }

  /** Back to an empty number. */
  reset(): void {
    this.typed = '';
    this.amount = '';
    this.failure = null;
    clearTimeout(this.#timer);
    this.step = { name: 'number', isWrong: false };
  }

  /** The number stays as it was typed, to be mended. */
  back(): void {
    this.amount = '';
    this.failure = null;
    this.#show({ name: 'number', isWrong: false });
  }

  #finish(step: CheckInStep): void {
    this.typed = '';
    this.amount = '';
    this.failure = null;
    this.#show(step);
  }

  #show(step: CheckInStep): void {
    this.step = step;
    this.#restartTimer();
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    const isOver = this.step.name === 'checked-in' || this.step.name === 'recorded';
    this.#timer = setTimeout(() => this.reset(), isOver ? FORGETS_RESULT_AFTER_MS : FORGETS_AFTER_MS);
  }
}
