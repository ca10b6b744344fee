import type { Failure } from '../../backend/failure';
import type { MembersToCall, ReportChanges } from '../../backend/owner-calls/comparing';
import type { ReportCases } from '../../backend/owner-calls/cases';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';

export type TodayView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; dates: Dates; report: ReportChanges; cases: ReportCases; calls: MembersToCall };

/** As many cases and members as a first page should name; the rest is a link away. */
const NAMED = 5;
/** As many members as the server gives at once. */
const MOST = 100;

/** What the first page tells: asked for at once, and kept until the next is here, so that nothing jumps. */
export class TodayData {
  view = $state.raw<TodayView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(dates: Dates): Promise<void> {
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const shown =
      this.view.status === 'ready' && this.view.calls.outcome === 'ok' ? this.view.calls.members : [];
    const [report, cases, toCall] = await Promise.all([
      calls.reportChanges(organization.id, dates.from, dates.to),
      calls.reportCases(organization.id, 'waiting', NAMED),
      calls.reportMembersToCall(organization.id, Math.min(MOST, Math.max(NAMED, shown.length))),
    ]);
    if (request !== this.#request) return;
    if (report.ok && cases.ok && toCall.ok) {
      this.view = { status: 'ready', dates, report: report.value, cases: cases.value, calls: toCall.value };
    } else if (this.view.status !== 'ready') {
      const [failed] = [report, cases, toCall].filter((result) => !result.ok);
      this.view = { status: 'failed', failure: failed!.failure };
    }
  }

  /** The next page of the members to call, below those already named. */
  async loadMoreCalls(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.calls.outcome !== 'ok' || shown.calls.next === null) return;
    const request = this.#request;
    const { calls, organization } = this.#shop;
    const page = await calls.reportMembersToCall(organization.id, NAMED, shown.calls.next);
    if (!page.ok || page.value.outcome !== 'ok' || request !== this.#request) return;
    const ids = new Set(page.value.members.map(({ member }) => member));
    const kept = shown.calls.members.filter(({ member }) => !ids.has(member));
    this.view = { ...shown, calls: { ...page.value, members: [...kept, ...page.value.members] } };
  }
}
