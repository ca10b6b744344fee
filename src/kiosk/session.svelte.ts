import type { Answer } from '../domain/answer';
import type { Locale } from '../domain/locale';
import type { ScoredType } from '../domain/scored-type';
import type { SurveyVersion } from '../domain/survey';
import type { SaveFailure, SaveResult } from '../domain/sync';
import type { Invitation } from '../membership/invitation';
import type { Clock } from './clock';
import { IdleCountdown, type IdleTimes } from './idle-countdown.svelte';
import { stepFrom, type Step } from './step';

/** A second tap of an impatient thumb lands within this time and must not answer the next question. */
const SETTLE_MS = 350;

const IDLE: IdleTimes = { waitMs: 12_000, fillMs: 6_000 };
const IDLE_WRITING: IdleTimes = { waitMs: 30_000, fillMs: 6_000 };
const IDLE_THANKED: IdleTimes = { waitMs: 0, fillMs: 5_000 };

export type KioskSessionDependencies = {
  surveyVersion: () => SurveyVersion;
  locale: () => Locale;
  /** Resolves 'saved' only once the answer is durable; never rejects for what is expected. */
  save: (answer: Answer) => Promise<SaveResult>;
  /** An answer that is about to be given. */
  foresee?: (answer: Answer) => void;
  /** What whoever has been thanked may join; null while the shop has no programme. */
  invitation: () => Invitation | null;
  newSessionId: () => string;
  clock: Clock;
};

/** What one question's answer adds to the fields that all answers share. */
type Given =
  | { type: ScoredType; score: number }
  | { type: 'reasons'; choices: string[] }
  | { type: 'comment'; text: string };

/**
 * One tablet's kiosk, one customer after another.
 * ```
 * at rest ──touch──▶ rate ──saved──▶ follow-ups ──saved or skipped──▶ thanks ──▶ join
 *    ▲                │ ▲ failed: same step, said in words, may try again      │       │
 *    └────────────────┴─┴────────────── idle or done: all memory cleared ──────┴───────┘
 * ```
 */
export class KioskSession {
  #on: KioskSessionDependencies;
  #idle: IdleCountdown;
  /** Counts customers, so that a save which outlives its customer can't speak to the next one. */
  #customer = 0;
  #settledAt = 0;
  #id: string | null = null;
  #version = $state.raw<SurveyVersion | null>(null);
  #index = $state(0);
  #csat = $state<number | null>(null);
  #isTouched = $state(false);
  /** No screen shows it: whatever is told to the screens between the tap and the disk makes the thanks late. */
  #isSaving = false;
  #failure = $state.raw<SaveFailure | null>(null);
  #justSaved = $state(false);
  #unsaved = $state.raw<ReadonlySet<number>>(new Set());
  /** What this customer is joining: a programme that changes meanwhile is for the next one. */
  #joining = $state.raw<Invitation | null>(null);

  /** Keys of the reasons chosen on the current step. */
  chosen = $state.raw<readonly string[]>([]);
  /** What has been typed on the current step. */
  text = $state('');

  /** A customer keeps the survey version of their first tap; a newer one waits for the next customer. */
  readonly version = $derived.by(() => this.#version ?? this.#on.surveyVersion());
  readonly #at = $derived.by(() => stepFrom(this.version.survey, this.#index, this.#csat));
  readonly step: Step = $derived(this.#joining ? { name: 'join', invitation: this.#joining } : this.#at.step);
  /** Place of the current step in the survey, 0 for the first screen. */
  readonly index = $derived(this.#at.index);
  /** Why the answer to this step could not be stored, once it was tried. */
  readonly failure = $derived(this.#failure);
  /** The step before this one was answered and is on the disk. */
  readonly justSaved = $derived(this.#justSaved);
  /** An answer after the rating was given but could not be stored. */
  readonly isPartlyUnsaved = $derived(this.#unsaved.size > 0);
  readonly isAtRest = $derived(!this.#isTouched);

  constructor(dependencies: KioskSessionDependencies) {
    this.#on = dependencies;
    this.#idle = new IdleCountdown(dependencies.clock, () => this.reset());
  }

  /** What the thanks may offer. */
  get invitation(): Invitation | null {
    return this.#on.invitation();
  }

  /** Milliseconds the visible countdown ring takes to fill, or null while none is due. */
  get ringMs(): number | null {
    return this.#idle.fillMs;
  }

  /** Any sign of a person; it keeps a session alive but does not begin one. */
  touch(): void {
    this.#idle.touch();
  }

  /** To be called when the customer picks a language, so that the shop's own comes back when they leave. */
  languageChosen(): void {
    this.#begin();
  }

  /** A finger is on a face; lifted there, it rates. */
  aim(score: number): void {
    const { step } = this;
    if (this.#isOpen() && step.name === 'rate') {
      this.#begin();
      this.#on.foresee?.(this.#answer({ type: 'csat', score }, step.question.key));
    }
  }

  rate(score: number): Promise<void> {
    return this.give({ type: 'csat', score });
  }

  /** Answers the question of this step; an answer of another type is none to it. */
  async give(given: Given): Promise<void> {
    const step = this.step;
    if (!this.#isOpen() || !('question' in step) || step.question.type !== given.type) return;
    const customer = this.#customer;
    this.#isSaving = true;
    // The write goes first: while the disk is busy there is time to tell the screens.
    const saving = this.#on.save(this.#answer(given, step.question.key));
    this.#begin();
    let result: SaveResult = { outcome: 'failed', failure: 'unavailable' };
    try {
      result = await saving;
    } finally {
      // A rejection is a bug and goes on to whoever listens; the customer is still told that nothing was saved.
      if (customer === this.#customer) this.#settle(result, given);
    }
  }

  /** Of several factors on one screen, which stays: another may follow. Resolves false when it could not be stored. */
  async rateFactor(question: string, score: number): Promise<boolean> {
    if (!this.#isOpen()) return false;
    const customer = this.#customer;
    const result = await this.#on.save(this.#answer({ type: 'csat', score }, question));
    if (customer !== this.#customer) return false;
    if (result.outcome === 'failed') this.#fail(result.failure);
    else {
      this.#failure = null;
      this.#justSaved = true;
    }
    return result.outcome === 'saved';
  }

  toggleReason(key: string): void {
    if (!this.#isOpen()) return;
    this.chosen = this.chosen.includes(key)
      ? this.chosen.filter((other) => other !== key)
      : [...this.chosen, key];
  }

  async sendReasons(): Promise<void> {
    if (this.chosen.length > 0) await this.give({ type: 'reasons', choices: [...this.chosen] });
  }

  async sendComment(): Promise<void> {
    const text = this.text.trim();
    if (text) await this.give({ type: 'comment', text });
  }

  /** Leaves the current follow-up unanswered; the first question can't be skipped, only left alone. */
  skip(): void {
    if (!this.#isOpen() || this.index === 0 || !('question' in this.step)) return;
    this.#advance(false);
  }

  /** The customer, thanked, takes the offer. */
  join(): void {
    if (!this.#isOpen() || this.step.name !== 'thanks') return;
    this.#joining = this.invitation;
    this.#countDown();
  }

  /** The customer says they are done. */
  finish(): void {
    if (this.#isOpen()) this.reset();
  }

  /** Forgets this customer: nothing of them is left in memory, and the first screen is at rest. */
  reset(): void {
    this.stop();
    this.#customer++;
    this.#id = null;
    this.#version = null;
    this.#index = 0;
    this.#csat = null;
    this.#unsaved = new Set();
    this.#joining = null;
    this.#isTouched = false;
    this.#justSaved = false;
    this.#open();
  }

  /** Ends the countdown; the screen is going away. */
  stop(): void {
    this.#idle.stop();
  }

  #begin(): void {
    this.#version ??= this.#on.surveyVersion();
    this.#isTouched = true;
    this.#countDown();
  }

  #isOpen(): boolean {
    return !this.#isSaving && this.#on.clock.now() >= this.#settledAt;
  }

  #answer(given: Given, question: string): Answer {
    this.#id ??= this.#on.newSessionId();
    this.#version ??= this.#on.surveyVersion();
    return { ...given, session: this.#id, survey: this.version.id, question, locale: this.#on.locale() };
  }

  #settle(result: SaveResult, given: Given): void {
    if (result.outcome === 'failed') return this.#fail(result.failure);
    // The thanks is painted first: building the next screen takes longer than saying two words.
    this.#failure = null;
    this.#justSaved = true;
    const customer = this.#customer;
    this.#on.clock.afterPaint(() => {
      if (customer !== this.#customer) return;
      if (given.type === 'csat') this.#csat = given.score;
      this.#unsaved = new Set([...this.#unsaved].filter((index) => index !== this.index));
      this.#advance(true);
    });
  }

  #fail(failure: SaveFailure): void {
    this.#isSaving = false;
    this.#failure = failure;
    if (this.index > 0) this.#unsaved = new Set([...this.#unsaved, this.index]);
    this.#countDown();
  }

  #advance(justSaved: boolean): void {
    this.#index = this.index + 1;
    this.#justSaved = justSaved;
    this.#open();
    this.#countDown();
  }

  #open(): void {
    this.#isSaving = false;
    this.#failure = null;
    this.chosen = [];
    this.text = '';
    this.#settledAt = this.#on.clock.now() + SETTLE_MS;
  }

  #countDown(): void {
    const { name } = this.step;
    if (name === 'thanks') this.#idle.start(IDLE_THANKED, IDLE);
    else this.#idle.start(name === 'comment' || name === 'join' ? IDLE_WRITING : IDLE);
  }
}
