import type { Failure } from '../../backend/failure';
import type { Improvement } from '../../backend/owner-calls/improvements';
import type { ReportAnswers, ReportFilter } from '../../backend/owner-calls/scores';
import type { Shop } from '../shop.svelte';

export type ControlView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; answers: ReportAnswers; improvements: readonly Improvement[] };

/**
 * Two years are many counts and only their last week grows, so the same weeks are not asked for with every pulse of a busy
 * shop. An old tap that arrives late is seen this much later.
 */
const FRESH_MS = 60_000;

/** One question's counts over the weeks of a control chart, and the changes drawn into it. */
export class ControlData {
  view = $state.raw<ControlView>({ status: 'loading' });
  readonly #shop: Shop;
  #wanted = '';
  #askedAt = -Infinity;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(wanted: Required<ReportFilter>): Promise<void> {
    const text = JSON.stringify(wanted);
    const isSame = text === this.#wanted;
    if (isSame && this.view.status === 'ready' && this.#shop.now - this.#askedAt < FRESH_MS) return;
    this.#wanted = text;
    this.#askedAt = this.#shop.now;
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const [answers, improvements] = await Promise.all([
      calls.reportAnswers(organization.id, wanted, true),
      calls.improvements(organization.id),
    ]);
    // A later choice has been made meanwhile: this answer is to another question.
    if (request !== this.#request) return;
    if (answers.ok && improvements.ok) {
      this.view = { status: 'ready', answers: answers.value, improvements: improvements.value };
      return;
    }
    // What was there stays, and is asked for again with the next pulse.
    this.#askedAt = -Infinity;
    const failed = answers.ok ? improvements : answers;
    if (!failed.ok && (!isSame || this.view.status !== 'ready')) {
      this.view = { status: 'failed', failure: failed.failure };
    }
  }
}
