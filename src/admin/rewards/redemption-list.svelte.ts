import type { Failure, Result } from '../../backend/failure';
import type { RedemptionRow, ReportRedemptions } from '../../backend/owner-calls/rewards';
import type { Shop } from '../shop.svelte';

export type RedemptionsView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; list: readonly RedemptionRow[]; next: string | null; total: number };

export type RedemptionFilter = { reward: string | null; flaggedOnly: boolean };

const PAGE = 20;
/** As many as the server gives at once. */
const MOST = 200;

/** What was given for points, page by page, the newest first. */
export class RedemptionList {
  view = $state.raw<RedemptionsView>({ status: 'loading' });
  filter = $state.raw<RedemptionFilter>({ reward: null, flaggedOnly: false });
  older = $state.raw<{ status: 'idle' } | { status: 'loading' } | { status: 'failed'; failure: Failure }>({
    status: 'idle',
  });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Asks anew for as many as are shown; what was there stays until the answer comes. */
  async load(filter = this.filter): Promise<void> {
    const isSame = filter === this.filter;
    const shown = isSame && this.view.status === 'ready' ? this.view.list.length : 0;
    this.filter = filter;
    const request = ++this.#request;
    const page = await this.#page(Math.min(MOST, Math.max(PAGE, shown)));
    if (request !== this.#request) return;
    if (page.ok) this.view = viewOf(page.value);
    else if (!isSame || this.view.status !== 'ready') {
      this.view = { status: 'failed', failure: page.failure };
    }
  }

  async loadOlder(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.older.status === 'loading') return;
    const request = this.#request;
    this.older = { status: 'loading' };
    const page = await this.#page(PAGE, shown.next);
    this.older = page.ok ? { status: 'idle' } : { status: 'failed', failure: page.failure };
    if (!page.ok || request !== this.#request) return;
    this.view = { ...viewOf(page.value), list: [...shown.list, ...page.value.redemptions] };
  }

  #page(size: number, after?: string): Promise<Result<ReportRedemptions>> {
    return this.#shop.calls.reportRedemptions(this.#shop.organization.id, this.filter, size, after);
  }
}

const viewOf = ({ redemptions, next, total }: ReportRedemptions): RedemptionsView & { status: 'ready' } => ({
  status: 'ready',
  list: redemptions,
  next,
  total,
});
