import type { Failure } from '../../backend/failure';
import type { Alert } from '../../backend/owner-calls/alerts';
import type { Shop } from '../shop.svelte';

export type AlertsView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; alerts: readonly Alert[]; next: string | null };

const PAGE = 30;
/** As many as the server gives at once. */
export const MOST = 200;

/** The shop's alerts page by page: the open ones first. */
export class AlertList {
  view = $state.raw<AlertsView>({ status: 'loading' });
  isLoadingMore = $state(false);
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Asks anew for as many as are shown. What was there stays while the server does not answer. */
  async load(): Promise<void> {
    const request = ++this.#request;
    const shown = this.view.status === 'ready' ? this.view.alerts.length : 0;
    const page = await this.#ask(Math.min(MOST, Math.max(PAGE, shown)));
    if (request !== this.#request) return;
    if (page.ok) this.view = { status: 'ready', ...page.value };
    else if (this.view.status !== 'ready') this.view = { status: 'failed', failure: page.failure };
  }

  async loadMore(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.isLoadingMore) return;
    const request = this.#request;
    this.isLoadingMore = true;
    const page = await this.#ask(PAGE, shown.next);
    this.isLoadingMore = false;
    if (!page.ok || request !== this.#request) return;
    this.view = { ...shown, ...page.value, alerts: joined(shown.alerts, page.value.alerts) };
  }

  #ask(pageSize: number, after?: string) {
    return this.#shop.calls.reportAlerts(this.#shop.organization.id, pageSize, after);
  }
}

/** One that closed between two pages is told with both: as it is now. */
const joined = (shown: readonly Alert[], more: readonly Alert[]): Alert[] => [
  ...shown.filter(({ alert }) => more.every((other) => other.alert !== alert)),
  ...more,
];
