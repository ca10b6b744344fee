import type { Membership } from '../backend/tablet-calls';
import type { FoundMember, Members } from '../device/members';
import type { Logged, Whom } from '../domain/check-in-log';
import type { KnownMember, Visit } from '../domain/member';
import { readMemberCode } from '../domain/member-code';
import type { SaveFailure, SaveResult } from '../domain/sync';
import { expectedPoints, isCoolingDown } from '../domain/visit';
import { watchPresence } from './presence';

/** Somebody the shop knows, at the counter. */
export type Known = {
  whom: Whom & { member: string };
  member: KnownMember;
  /** In points, as this tablet knows it. */
  balance: number;
  /** The visit that counted and after which none counts yet; wall-clock ms, null when the next one counts. */
  coolingSince: number | null;
  /** Wall-clock ms of the last visit that counted. */
  countedAt: number | null;
};

export type CheckInStep =
  /** isWrong: there is no such number. */
  | { name: 'number'; isWrong: boolean }
  | { name: 'scanning' }
  | { name: 'looking' }
  | ({ name: 'known' } & Known)
  /** isCertain: the server said that nobody has it; `phone` in E.164 and as it is read, null where a code was shown. */
  | {
      name: 'unknown';
      whom: Whom;
      phone: string | null;
      shown: string;
      isCertain: boolean;
      coolingSince: number | null;
    }
  | ({ name: 'redeeming' } & Known)
  | ({ name: 'consents' } & Known)
  | ({ name: 'checked-in'; expected: number } & Known)
  | { name: 'recorded'; shown: string };

/** Reading and writing numbers takes more code than all the rest of the staff's page: handed in when it is there. */
export type Phones = typeof import('../device/phone');

/** A check-in as it was recorded, and the first name that belongs to it, which only the page's memory may keep. */
export type Noted = { entry: Omit<Logged, 'pairing'>; name: string | null };

export type CheckInParts = {
  phones: () => Pick<Phones, 'parsePhone' | 'formatPhone' | 'showPhone'>;
  membership: () => Membership;
  /** Who is at the tablet, as far as a PIN can tell. */
  staff: () => string | null;
  members: Pick<Members, 'find' | 'findByCode'>;
  save: (visit: Visit) => Promise<SaveResult>;
  note: (noted: Noted) => void;
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
 *   number ──find──▶ looking ──▶ known ────▶ checked-in ─┐   known, checked-in ◀─▶ redeeming
 *     ▲ └▶ scanning ──▲ └──────▶ unknown ──▶ recorded ───┤   known ◀─▶ consents
 *     └────── next customer, back, left, or nobody touched it
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

  /** One digit, or two zeros; what has no room is left out whole. */
  typeAmount(digits: string): void {
    const amount = (this.amount + digits).replace(/^0+/, '');
    if (amount.length <= LONGEST_AMOUNT) this.amount = amount;
  }

  deleteAmount(): void {
    this.amount = this.amount.slice(0, -1);
  }

  /** Looks up the number that was typed. */
  async find(): Promise<void> {
    const phone = this.parts.phones().parsePhone(this.typed, this.#country);
    if (!phone) return this.#show({ name: 'number', isWrong: true });
    const shown = this.parts.phones().showPhone(phone, this.#country);
    await this.#look(this.parts.members.find(phone, this.parts.membership()), { phone, shown });
  }

  scan(): void {
    this.#show({ name: 'scanning' });
  }

  /** Looks up whoever shows a code; false for a code that is no member's. */
  read(code: string): boolean {
    const coded = readMemberCode(code);
    if (!coded || this.step.name !== 'scanning') return false;
    const found = this.parts.members.findByCode(coded, this.parts.membership());
    void this.#look(found, { phone: null, shown: '' });
    return true;
  }

  /** Keeps the visit of whom was found, or of the number or code that nobody is known by. */
  async checkIn(): Promise<void> {
    const { step } = this;
    if (this.isSaving || (step.name !== 'known' && step.name !== 'unknown')) return;
    const { programme } = this.parts.membership();
    const amount = this.amount === '' ? null : Number(this.amount);
    const sale = amount === null ? null : { amount, currency: programme.currency };
    const phone = step.name === 'unknown' ? step.phone : null;
    const member = phone === null ? step.whom.member : null;
    this.isSaving = true;
    const result = await this.parts.save({ type: 'visit', member, phone, sale, staff: this.parts.staff() });
    this.isSaving = false;
    if (result.outcome === 'failed') {
      if (this.step === step) this.failure = result.failure;
      return;
    }
    const expected = step.coolingSince === null ? expectedPoints(programme, amount) : 0;
    this.parts.note({
      entry: {
        id: result.id,
        at: Date.now(),
        ...step.whom,
        sale,
        points: expected,
        reward: null,
        checked: false,
      },
      name: step.name === 'known' ? step.member.name : null,
    });
    if (this.step !== step) return;
    if (step.name === 'unknown') this.#finish({ name: 'recorded', shown: step.shown });
    else this.#finish({ ...step, name: 'checked-in', expected });
  }

  /** To what else can be done for whoever is known. */
  open(task: 'redeeming' | 'consents'): void {
    const { step } = this;
    if (step.name === 'known') this.#show({ ...knownOf(step), name: task });
    else if (step.name === 'checked-in') this.#show({ ...this.#afterVisit(step), name: task });
  }

  /** From there to the member again, with the balance as it is then. */
  backToMember(balance?: number): void {
    const { step } = this;
    if (step.name !== 'redeeming' && step.name !== 'consents') return;
    const known = knownOf(step);
    this.#show({ ...known, name: 'known', balance: balance ?? known.balance });
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

  /** An answer that comes after the step was left shows nothing. */
  async #look(finding: Promise<FoundMember>, asked: { phone: string | null; shown: string }): Promise<void> {
    const looking: CheckInStep = { name: 'looking' };
    this.#show(looking);
    const found = await finding;
    if (this.step !== looking) return;
    const { whom, countedAt } = found;
    const isCooling = isCoolingDown(countedAt, Date.now(), this.parts.membership().programme.cooldown_hours);
    const coolingSince = isCooling ? countedAt : null;
    if (found.outcome === 'unknown') {
      return this.#show({ name: 'unknown', whom, isCertain: found.isCertain, coolingSince, ...asked });
    }
    const { member, balance } = found;
    this.#show({
      name: 'known',
      whom: { ...whom, member: member.id },
      member,
      balance,
      countedAt,
      coolingSince,
    });
  }

  #afterVisit(step: Known & { expected: number }): Known {
    const countedAt = step.coolingSince ?? Date.now();
    const isCooling = isCoolingDown(countedAt, Date.now(), this.parts.membership().programme.cooldown_hours);
    const balance = step.balance + step.expected;
    return { ...knownOf(step), balance, countedAt, coolingSince: isCooling ? countedAt : null };
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

const knownOf = ({ whom, member, balance, coolingSince, countedAt }: Known): Known => ({
  whom,
  member,
  balance,
  coolingSince,
  countedAt,
});
