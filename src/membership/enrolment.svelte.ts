import * as v from 'valibot';
import type { Locale } from '../domain/locale';
import {
  CONSENT_PURPOSES,
  CONSENT_VERSION,
  enrolmentSchema,
  type ConsentPurpose,
  type Enrolment,
} from '../domain/member';
import { readReferralCode } from '../domain/referral-code';
import type { SaveFailure, SaveResult } from '../domain/sync';

export type EnrolmentStep = 'phone' | 'person' | 'consents';

/** What keeps the form from going on; the screen puts it into words. */
export type EnrolmentProblem =
  | 'phone'
  | 'first_name'
  | 'email'
  | 'birthday'
  | 'referral'
  | 'programme'
  | SaveFailure;

/** Who has just joined. The id is the enrolment's: it names the member until the server says which member it is. */
export type NewMember = { id: string; firstName: string; phone: string; directoryKey: string };

export type EnrolmentDependencies = {
  /** E.164, where it is known already: then it is not asked for. */
  phone: string | null;
  /** Who enrols; null when customers do it themselves. */
  staff: string | null;
  locale: () => Locale;
  parsePhone: (text: string) => string | null;
  directoryKey: (phone: string) => Promise<string>;
  /** Resolves 'saved' only once the enrolment is durable; never rejects for what is expected. */
  save: (body: Enrolment) => Promise<SaveResult>;
  ondone: (member: NewMember) => void;
};

/** The longest number in E.164, with the zeros that some dial before it. */
const MAX_DIGITS = 17;

const { firstName, email, birthday } = enrolmentSchema.entries;

/**
 * What somebody tells who joins, step by step. Nothing leaves it before the last step is confirmed.
 * ```
 * phone ──▶ person ──▶ consents ──join──▶ saving ──saved──▶ ondone
 *   ▲ known: skipped       ▲                 │
 *   └──────── back ────────┴──── failed ─────┘
 * ```
 */
export class EnrolmentForm {
  /** As typed: digits, and a plus before them for a number of another country. */
  typed = $state('');
  firstName = $state('');
  email = $state('');
  /** As the lists of days and months have it; empty while nothing is chosen. */
  day = $state('');
  month = $state('');
  /** The code of whoever invited them, as typed. */
  referral = $state('');

  readonly steps: readonly EnrolmentStep[];
  readonly #on: EnrolmentDependencies;
  #phone: string | null;
  #index = $state(0);
  /** The language in which each text was read when its box was ticked. */
  #agreed = $state.raw<ReadonlyMap<ConsentPurpose, Locale>>(new Map());
  #problem = $state<EnrolmentProblem | null>(null);
  #isSaving = $state(false);
  #isLeft = false;

  readonly step = $derived.by(() => this.steps[this.#index] ?? 'consents');
  /** 1 for the first. */
  readonly number = $derived(this.#index + 1);
  readonly isFirst = $derived(this.#index === 0);
  readonly problem = $derived(this.#problem);
  readonly isSaving = $derived(this.#isSaving);
  readonly isAbroad = $derived(this.typed.startsWith('+'));

  constructor(dependencies: EnrolmentDependencies) {
    this.#on = dependencies;
    this.#phone = dependencies.phone;
    this.steps = dependencies.phone === null ? ['phone', 'person', 'consents'] : ['person', 'consents'];
  }

  type(digit: string): void {
    this.#problem = null;
    if (this.typed.length < MAX_DIGITS) this.typed += digit;
  }

  erase(): void {
    this.#problem = null;
    this.typed = this.typed.slice(0, -1);
  }

  /** Between a number of the shop's country and one that begins with its own country's code. */
  toggleAbroad(): void {
    this.#problem = null;
    this.typed = this.isAbroad ? this.typed.slice(1) : `+${this.typed.replace(/^0+/, '')}`;
  }

  /** Something was typed or chosen: what was said of it before may be true no longer. */
  amended(): void {
    this.#problem = null;
  }

  hasAgreed(purpose: ConsentPurpose): boolean {
    return this.#agreed.has(purpose);
  }

  toggleConsent(purpose: ConsentPurpose): void {
    this.#problem = null;
    const agreed = new Map(this.#agreed);
    if (!agreed.delete(purpose)) agreed.set(purpose, this.#on.locale());
    this.#agreed = agreed;
  }

  /** To the next step, if this one is filled in; from the last one into the programme. */
  async next(): Promise<void> {
    if (this.#isSaving) return;
    this.#problem = this.#problemOf(this.step);
    if (this.#problem) return;
    if (this.step === 'consents') await this.#join();
    else this.#index++;
  }

  /** To the step before; the first one has none. */
  back(): void {
    if (this.#isSaving || this.isFirst) return;
    this.#problem = null;
    this.#index--;
  }

  /** Nothing of what was told is left in memory; what is being saved is saved, but says nothing any more. */
  forget(): void {
    this.#isLeft = true;
    this.typed = this.firstName = this.email = this.day = this.month = this.referral = '';
    this.#phone = null;
    this.#agreed = new Map();
  }

  #problemOf(step: EnrolmentStep): EnrolmentProblem | null {
    if (step === 'person') return this.#personProblem();
    if (step === 'consents') return this.hasAgreed('programme') ? null : 'programme';
    this.#phone = this.#on.parsePhone(this.typed);
    return this.#phone === null ? 'phone' : null;
  }

  #personProblem(): EnrolmentProblem | null {
    const told = this.#told();
    if (!v.is(firstName, told.firstName)) return 'first_name';
    if (!v.is(email, told.email)) return 'email';
    if (!v.is(birthday, told.birthday)) return 'birthday';
    return this.referral.trim() === '' || told.referralCode ? null : 'referral';
  }

  #told() {
    const { day, month } = this;
    const address = this.email.trim();
    const referralCode = readReferralCode(this.referral);
    return {
      firstName: this.firstName.trim(),
      ...(address && { email: address }),
      ...((day || month) && { birthday: { month: Number(month), day: Number(day) } }),
      ...(referralCode !== null && { referralCode }),
    };
  }

  async #join(): Promise<void> {
    const phone = this.#phone;
    if (phone === null) return;
    this.#isSaving = true;
    const { firstName } = this.#told();
    let directoryKey = '';
    let result: SaveResult = { outcome: 'failed', failure: 'unavailable' };
    try {
      const enrolment = await this.#enrolment(phone);
      directoryKey = enrolment.directoryKey;
      result = await this.#on.save(enrolment);
    } finally {
      // A rejection is a bug and goes on to whoever listens; the customer is still told that nothing was saved.
      this.#isSaving = false;
      if (result.outcome === 'failed') this.#problem = result.failure;
    }
    if (result.outcome === 'saved' && !this.#isLeft) {
      this.#on.ondone({ id: result.id, firstName, phone, directoryKey });
    }
  }

  async #enrolment(phone: string): Promise<Enrolment & { directoryKey: string }> {
    const body = {
      type: 'enrolment' as const,
      phone,
      ...this.#told(),
      locale: this.#on.locale(),
      staff: this.#on.staff,
      consents: this.#consents(),
    };
    return { ...body, directoryKey: await this.#on.directoryKey(phone) };
  }

  #consents(): Enrolment['consents'] {
    return CONSENT_PURPOSES.flatMap((purpose) => {
      const locale = this.#agreed.get(purpose);
      return locale ? [{ purpose, version: CONSENT_VERSION, locale }] : [];
    });
  }
}
