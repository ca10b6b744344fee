import type { Failure, Result } from '../../backend/failure';
import type { ReportAnswers, ReportComment, ReportFilter } from '../../backend/owner-calls/scores';
import type { Shop } from '../shop.svelte';
import { datesBefore, type Dates } from './period';

export type Snapshot = {
  dates: Dates;
  answers: ReportAnswers;
  /** As many days right before. */
  before: ReportAnswers;
};

export type ScoresView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; snapshot: Snapshot; comments: readonly ReportComment[] };

/** The newest few; the page of comments has the rest. */
const COMMENTS = 12;

type Wanted = Dates & { location: string | null; region: string | null; tablet: string | null };

/** What the scores page shows. What was there stays until the next is here, so nothing jumps. */
export class ScoresData {
  view = $state.raw<ScoresView>({ status: 'loading' });
  readonly #shop: Shop;
  #wanted: Wanted | null = null;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(wanted: Wanted): Promise<void> {
    const isSame = JSON.stringify(wanted) === JSON.stringify(this.#wanted);
    this.#wanted = wanted;
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const filter: ReportFilter = { ...wanted };
    const [answers, before, comments] = await Promise.all([
      calls.reportAnswers(organization.id, filter),
      calls.reportAnswers(organization.id, { ...filter, ...datesBefore(wanted) }, true),
      this.#comments(filter),
    ]);
    // A later choice has been made meanwhile: this answer is to another question.
    if (request !== this.#request) return;
    const failure = failureOf([answers, before, comments]);
    if (!answers.ok || !before.ok || !comments.ok) {
      if (this.view.status !== 'ready' || !isSame) this.view = { status: 'failed', failure: failure! };
      return;
    }
    this.view = {
      status: 'ready',
      snapshot: { dates: { from: wanted.from, to: wanted.to }, answers: answers.value, before: before.value },
      comments: comments.value,
    };
  }

  async #comments(filter: ReportFilter): Promise<Result<readonly ReportComment[]>> {
    const { calls, organization } = this.#shop;
    const { from, to, region } = filter;
    if (!region) return calls.reportComments(organization.id, filter, COMMENTS);
    const found = await calls.searchComments(organization.id, { from, to, region }, COMMENTS);
    return found.ok ? { ok: true, value: found.value.comments } : found;
  }
}

function failureOf(results: Result<unknown>[]): Failure | null {
  for (const result of results) if (!result.ok) return result.failure;
  return null;
}
