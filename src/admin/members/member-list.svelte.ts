import type { Failure, Result } from '../../backend/failure';
import type { MemberRow, ReportMembers } from '../../backend/owner-calls/members';
import type { Shop } from '../shop.svelte';

export type MembersView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; list: readonly MemberRow[]; next: string | null; total: number };

const PAGE = 50;

/**
 * Members page by page, the newest first. It outlives the page that shows it, so that whoever comes back from one
 * member finds the search and the place where they were.
 */
export class MemberList {
  view = $state.raw<MembersView>({ status: 'loading' });
  /** What is shown was found with this; no address ever holds it. */
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
    if (page.ok) this.view = isSame ? joined(page.value, this.view) : viewOf(page.value);
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
    this.view = { ...viewOf(page.value), list: [...shown.list, ...page.value.members] };
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

const viewOf = ({ members, next, total }: ReportMembers) =>
  ({ status: 'ready', list: members, next, total }) as const;

/** The newest page before what was shown after its last one; more new ones than a page leave no such place. */
function joined(newest: ReportMembers, shown: MembersView): MembersView {
  if (newest.next === null || shown.status !== 'ready') return viewOf(newest);
  const lastOfPage = newest.members.at(-1)?.member;
  const place = shown.list.findIndex(({ member }) => member === lastOfPage);
  if (place === -1) return viewOf(newest);
  const further = shown.list.slice(place + 1);
  if (further.length === 0) return viewOf(newest);
  return { ...viewOf(newest), list: [...newest.members, ...further], next: shown.next };
}
