import type { Failure } from '../../backend/failure';
import type { CaseRow, ReportCases } from '../../backend/owner-calls/cases';
import type { Shop } from '../shop.svelte';
import { type CaseFilter, EVERY_WAITING_CASE } from './case-filter';

export type CasesView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | ({ status: 'ready'; filter: CaseFilter } & ReportCases);

const PAGE = 50;
/** As many as the server gives at once. */
const MOST = 200;

/** The shop's cases page by page: those that wait, the one due first, or the resolved ones. */
export class CaseList {
  view = $state.raw<CasesView>({ status: 'loading' });
  filter = $state.raw<CaseFilter>(EVERY_WAITING_CASE);
  isLoadingMore = $state(false);
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Asks anew for as many as are shown. What was there stays while the server does not answer. */
  async load(filter = this.filter): Promise<void> {
    const isSame = this.view.status === 'ready' && isEqual(filter, this.view.filter);
    this.filter = filter;
    const request = ++this.#request;
    const shown = isSame && this.view.status === 'ready' ? this.view.cases.length : 0;
    const page = await this.#ask(Math.min(MOST, Math.max(PAGE, shown)));
    if (request !== this.#request) return;
    if (page.ok) this.view = { status: 'ready', filter, ...page.value };
    else if (!isSame) this.view = { status: 'failed', failure: page.failure };
  }

  async loadMore(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.isLoadingMore) return;
    const request = this.#request;
    this.isLoadingMore = true;
    const page = await this.#ask(PAGE, shown.next);
    this.isLoadingMore = false;
    if (!page.ok || request !== this.#request) return;
    this.view = { ...shown, ...page.value, cases: joined(shown.cases, page.value.cases) };
  }

  #ask(pageSize: number, after?: string) {
    const { which, mine, overdue, location, cause } = this.filter;
    return this.#shop.calls.reportCases(this.#shop.organization.id, which, pageSize, after, {
      mine,
      overdue,
      ...(location && { location }),
      ...(cause && { cause }),
    });
  }
}

const isEqual = (a: CaseFilter, b: CaseFilter): boolean =>
  a.which === b.which &&
  a.mine === b.mine &&
  a.overdue === b.overdue &&
  a.location === b.location &&
  a.cause === b.cause;

const joined = (shown: readonly CaseRow[], more: readonly CaseRow[]): CaseRow[] => [
  ...shown.filter((row) => more.every((other) => other.case !== row.case)),
  ...more,
];
