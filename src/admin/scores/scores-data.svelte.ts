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

export type Comments = { list: ReportComment[]; hasOlder: boolean };

export type ScoresView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; snapshot: Snapshot; comments: Comments };

const PAGE = 12;

type Wanted = Dates & { location: string | null; tablet: string | null };

/** What the scores page shows. What was there stays until the next is here, so nothing jumps. */
export class ScoresData {
  view = $state.raw<ScoresView>({ status: 'loading' });
  /** Older comments are on their way, or did not come. */
  older = $state.raw<{ status: 'idle' } | { status: 'loading' } | { status: 'failed'; failure: Failure }>({
    status: 'idle',
  });
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
    const known = isSame && this.view.status === 'ready' ? this.view.comments : null;
    const [answers, before, comments] = await Promise.all([
      calls.reportAnswers(organization.id, filter),
      calls.reportAnswers(organization.id, { ...filter, ...datesBefore(wanted) }),
      calls.reportComments(organization.id, filter, PAGE),
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
      comments: merge(comments.value, known),
    };
  }

  async loadOlder(): Promise<void> {
    if (this.view.status !== 'ready' || !this.#wanted || this.older.status === 'loading') return;
    const last = this.view.comments.list.at(-1);
    if (!last) return;
    const request = this.#request;
    this.older = { status: 'loading' };
    const page = await this.#shop.calls.reportComments(this.#shop.organization.id, this.#wanted, PAGE, last);
    this.older = page.ok ? { status: 'idle' } : { status: 'failed', failure: page.failure };
    if (!page.ok || this.view.status !== 'ready' || request !== this.#request) return;
    const list = [...this.view.comments.list, ...page.value];
    this.view = { ...this.view, comments: { list, hasOlder: page.value.length === PAGE } };
  }
}

/** A fresh first page before the older pages already on the screen. */
function merge(first: ReportComment[], known: Comments | null): Comments {
  const hasOlder = first.length === PAGE;
  if (!known || !hasOlder) return { list: first, hasOlder };
  const ids = new Set(first.map(({ id }) => id));
  const rest = known.list.filter(({ id }) => !ids.has(id));
  const reaches = known.list.some(({ id }) => ids.has(id));
  // Should a whole page have come in at once, a gap would lie between; then only the new page is shown.
  return reaches
    ? { list: [...first, ...rest], hasOlder: rest.length > 0 ? known.hasOlder : true }
    : { list: first, hasOlder };
}

function failureOf(results: Result<unknown>[]): Failure | null {
  for (const result of results) if (!result.ok) return result.failure;
  return null;
}
