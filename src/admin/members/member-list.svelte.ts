import type { Failure, Result } from '../../backend/failure';
import type { MemberRow, ReportMembers } from '../../backend/owner-calls/members';
import type { Shop } from '../shop.svelte';

export type MembersView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | {
      status: 'ready';
      /** What these were found with, which may be older than what is being asked for. */
      search: string;
      list: readonly MemberRow[];
      next: string | null;
      total: number;
    };

const PAGE = 50;

/**
 * Members page by page, the newest first. It outlives the page that shows it, so that whoever comes back from one
 * member finds the search and the place where they were.
 */
export class MemberList {
  view = $state.raw<MembersView>({ status: 'loading' });
  /** What is asked for; no address ever holds it. */
  search = $state('');
  older = $state.raw<{ status: 'idle' } | { status: 'loading' } | { status: 'failed'; failure: Failure }>({
    status: 'idle',
  });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Asks for the newest; those loaded further down stay, so that the list does not jump under a reader. */
  async load(search = this.search): Promise<void> {
    const isSame = search === this.search;
    this.search = search;
    const request = ++this.#request;
    const page = await this.#page();
    if (request !== this.#request) return;
    if (page.ok) this.view = joined(viewOf(search, page.value), this.view);
    else if (!isSame || this.view.status !== 'ready') {
      this.view = { status: 'failed', failure: page.failure };
    }
  }

  async loadOlder(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.older.status === 'loading') return;
    const request = this.#request;
    this.older = { status: 'loading' };
    const page = await this.#page(shown.next);
    this.older = page.ok ? { status: 'idle' } : { status: 'failed', failure: page.failure };
    if (!page.ok || request !== this.#request) return;
    this.view = { ...viewOf(shown.search, page.value), list: [...shown.list, ...page.value.members] };
  }

  /** Whoever was erased is gone from the list at once, however far down. */
  forget(member: string): void {
    if (this.view.status !== 'ready') return;
    const list = this.view.list.filter((row) => row.member !== member);
    this.view = { ...this.view, list, total: this.view.total - (this.view.list.length - list.length) };
  }

  #page(after?: string): Promise<Result<ReportMembers>> {
    return this.#shop.calls.reportMembers(this.#shop.organization.id, this.search, PAGE, after);
  }
}

type ReadyView = Extract<MembersView, { status: 'ready' }>;

const viewOf = (search: string, { members, next, total }: ReportMembers): ReadyView => ({
  status: 'ready',
  search,
  list: members,
  next,
  total,
});

/** The newest page before what was shown after its last one; more new ones than a page leave no such place. */
function joined(newest: ReadyView, shown: MembersView): ReadyView {
  if (newest.next === null || shown.status !== 'ready' || shown.search !== newest.search) return newest;
  const last = newest.list.at(-1);
  const place = shown.list.findIndex(({ member }) => member === last?.member);
  const further = place === -1 ? [] : shown.list.slice(place + 1);
  if (further.length === 0) return newest;
  return { ...newest, list: [...newest.list, ...further], next: shown.next };
}
