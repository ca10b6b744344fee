import type { Failure, Result } from '../../backend/failure';
import type { QuarantineEntry, ReportQuarantine, ResendReply } from '../../backend/owner-calls/records';
import type { Shop } from '../shop.svelte';

export type QuarantineView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; counts: Pick<ReportQuarantine, 'open' | 'resolved'>; list: QuarantineEntry[] };

const PAGE = 20;

/** What the server could not take, page by page: the open ones, or those that were settled. */
export class QuarantineData {
  view = $state.raw<QuarantineView>({ status: 'loading' });
  resolved = $state(false);
  /** Older ones are on their way, or did not come. */
  older = $state.raw<{ status: 'idle' } | { status: 'loading' } | { status: 'failed'; failure: Failure }>({
    status: 'idle',
  });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  get hasOlder(): boolean {
    if (this.view.status !== 'ready') return false;
    const { counts, list } = this.view;
    return list.length < (this.resolved ? counts.resolved : counts.open);
  }

  /** Asks anew for as many as are shown; what was there stays until the answer comes. */
  async load(resolved = this.resolved): Promise<void> {
    const isSame = resolved === this.resolved;
    const shown = isSame && this.view.status === 'ready' ? this.view.list.length : 0;
    this.resolved = resolved;
    const request = ++this.#request;
    const page = await this.#page(Math.min(100, Math.max(PAGE, shown)));
    if (request !== this.#request) return;
    if (!page.ok) {
      if (this.view.status !== 'ready' || !isSame) this.view = { status: 'failed', failure: page.failure };
      return;
    }
    const { records, ...counts } = page.value;
    this.view = { status: 'ready', counts, list: records };
  }

  async loadOlder(): Promise<void> {
    if (this.view.status !== 'ready' || this.older.status === 'loading') return;
    const request = this.#request;
    this.older = { status: 'loading' };
    const page = await this.#page(PAGE, this.view.list.at(-1));
    this.older = page.ok ? { status: 'idle' } : { status: 'failed', failure: page.failure };
    if (!page.ok || request !== this.#request) return;
    const { records, ...counts } = page.value;
    this.view = { status: 'ready', counts, list: [...this.view.list, ...records] };
  }

  /** Sends a record again; once it is settled, every page looks again. */
  async resend(entry: QuarantineEntry, body: string): Promise<Result<ResendReply>> {
    const reply = await this.#shop.calls.resendQuarantined(this.#shop.organization.id, entry.id, body);
    if (reply.ok && isSettled(reply.value)) await this.#shop.refresh();
    return reply;
  }

  #page(size: number, after?: QuarantineEntry): Promise<Result<ReportQuarantine>> {
    return this.#shop.calls.reportQuarantine(this.#shop.organization.id, this.resolved, size, after);
  }
}

/** Counted now, or before. */
export function isSettled({ outcome }: ResendReply): boolean {
  return outcome === 'stored' || outcome === 'duplicate' || outcome === 'resolved';
}
