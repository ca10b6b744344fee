import type { Failure } from '../../backend/failure';
import type { Praise } from '../../backend/owner-calls/comments';
import { SCORE_GROUPS } from '../../domain/score-group';
import { markRefusalWords } from '../comments/mark-words';
import type { Shop } from '../shop.svelte';

export type WhichPraise = 'all' | 'picked';

export type PraiseView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; which: WhichPraise; list: readonly Praise[]; next: string | null };

const PAGE = 50;
/** As many as the server gives at once; a wall of more is no wall. */
export const MOST = 200;

/** Words whose authors agree to have them published: all of them, or those that were picked for the wall. */
export class PraiseList {
  view = $state.raw<PraiseView>({ status: 'loading' });
  which = $state<WhichPraise>('all');
  isLoadingMore = $state(false);
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop, which: WhichPraise = 'all') {
    this.#shop = shop;
    this.which = which;
  }

  /**
   * Asks anew for as many as are shown, since a consent may be gone. Where the server does not answer, what was there
   * stays and false is returned.
   */
  async load(which = this.which): Promise<boolean> {
    const isSame = which === this.which && this.view.status === 'ready';
    this.which = which;
    const request = ++this.#request;
    const shown = isSame && this.view.status === 'ready' ? this.view.list.length : 0;
    const page = await this.ask(which === 'picked' ? MOST : Math.min(MOST, Math.max(PAGE, shown)));
    if (request !== this.#request) return true;
    if (page.ok) this.view = { status: 'ready', which, list: page.value.praise, next: page.value.next };
    else if (!isSame) this.view = { status: 'failed', failure: page.failure };
    return page.ok;
  }

  async loadMore(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.isLoadingMore) return;
    const request = this.#request;
    this.isLoadingMore = true;
    const page = await this.ask(PAGE, shown.next);
    this.isLoadingMore = false;
    if (!page.ok || request !== this.#request || this.view.status !== 'ready') return;
    this.view = { ...this.view, list: [...this.view.list, ...page.value.praise], next: page.value.next };
  }

  /** Puts words on the wall or takes them off; words where it could not be done. */
  async pick(id: string, isPicked: boolean): Promise<string | null> {
    const { calls, organization } = this.#shop;
    const problem = markRefusalWords(
      await calls.markComment(organization.id, id, { kind: 'praise' }, isPicked),
    );
    if (problem === null && this.view.status === 'ready') {
      const list = this.view.list.map((praise) =>
        praise.id === id ? { ...praise, picked: isPicked } : praise,
      );
      this.view = { ...this.view, list };
    }
    return problem;
  }

  /** Whichever is asked for now, a page at a time: at most MOST. */
  ask(pageSize: number, after?: string) {
    return this.#shop.calls.reportPraise(this.#shop.organization.id, SCORE_GROUPS.high, {
      picked: this.which === 'picked',
      pageSize,
      ...(after && { after }),
    });
  }
}
