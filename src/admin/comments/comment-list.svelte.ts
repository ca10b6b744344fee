import type { Failure, Result } from '../../backend/failure';
import type {
  CommentMark,
  CommentTags,
  FoundComment,
  FoundComments,
  MarkOutcome,
  WantedComments,
} from '../../backend/owner-calls/comments';
import type { Shop } from '../shop.svelte';

export type CommentsView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | {
      status: 'ready';
      /** What these were found with, which may be older than what is being asked for. */
      search: string;
      list: readonly FoundComment[];
      next: string | null;
      /** How many fit, at most 10,000. */
      total: number;
      isMore: boolean;
    };
type ReadyView = Extract<CommentsView, { status: 'ready' }>;

const PAGE = 20;

/** Comments page by page, the newest first, and the marks on them. */
export class CommentList {
  view = $state.raw<CommentsView>({ status: 'loading' });
  /** What is searched for. It may hold a name, so it stays in memory and no address ever holds it. */
  search = $state('');
  tags = $state.raw<CommentTags>([]);
  older = $state.raw<{ status: 'idle' } | { status: 'loading' } | { status: 'failed'; failure: Failure }>({
    status: 'idle',
  });
  readonly #shop: Shop;
  #wanted: WantedComments | null = null;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Asks for the newest; those loaded further down stay, so that the list does not jump under a reader. */
  async load(filter: Omit<WantedComments, 'search'>): Promise<void> {
    const wanted = { ...filter, ...(this.search && { search: this.search }) };
    const isSame = JSON.stringify(wanted) === JSON.stringify(this.#wanted);
    this.#wanted = wanted;
    const request = ++this.#request;
    const page = await this.ask(PAGE);
    if (request !== this.#request) return;
    if (page.ok) this.view = joined(viewOf(wanted, page.value), isSame ? this.view : null);
    else if (!isSame || this.view.status !== 'ready') {
      this.view = { status: 'failed', failure: page.failure };
    }
  }

  async loadOlder(): Promise<void> {
    const shown = this.view;
    if (shown.status !== 'ready' || shown.next === null || this.older.status === 'loading') return;
    const request = this.#request;
    this.older = { status: 'loading' };
    const page = await this.ask(PAGE, shown.next);
    this.older = page.ok ? { status: 'idle' } : { status: 'failed', failure: page.failure };
    // Marks may have been put on what is shown while this page was on its way.
    if (!page.ok || request !== this.#request || this.view.status !== 'ready') return;
    this.view = { ...this.view, list: [...this.view.list, ...page.value.comments], next: page.value.next };
  }

  async loadTags(): Promise<void> {
    const tags = await this.#shop.calls.commentTags(this.#shop.organization.id);
    if (tags.ok) this.tags = tags.value;
  }

  /** Whatever is asked for now, a page at a time. */
  ask(pageSize: number, after?: string): Promise<Result<FoundComments>> {
    return this.#shop.calls.searchComments(this.#shop.organization.id, this.#wanted ?? {}, pageSize, after);
  }

  /** Shows the mark once the server has it. */
  async mark(comment: string, mark: CommentMark, isSet: boolean): Promise<Result<MarkOutcome>> {
    const result = await this.#shop.calls.markComment(this.#shop.organization.id, comment, mark, isSet);
    if (!result.ok || result.value.outcome !== 'saved' || this.view.status !== 'ready') return result;
    const written = result.value.tag;
    this.view = {
      ...this.view,
      list: this.view.list.map((shown) =>
        shown.id === comment ? marked(shown, mark, written, isSet) : shown,
      ),
    };
    if (mark.kind === 'tag') void this.loadTags();
    return result;
  }
}

function marked(comment: FoundComment, { kind }: CommentMark, tag: string, isSet: boolean): FoundComment {
  if (kind === 'star') return { ...comment, starred: isSet };
  if (kind === 'praise') return comment;
  const others = comment.tags.filter((other) => other !== tag);
  return { ...comment, tags: isSet ? [...others, tag] : others };
}

const viewOf = ({ search = '' }: WantedComments, page: FoundComments): ReadyView => ({
  status: 'ready',
  search,
  list: page.comments,
  next: page.next,
  total: page.total ?? page.comments.length,
  isMore: page.is_more,
});

/** The newest page before what was shown after its last one; more new ones than a page leave no such place. */
function joined(newest: ReadyView, shown: CommentsView | null): ReadyView {
  if (newest.next === null || shown?.status !== 'ready') return newest;
  const last = newest.list.at(-1);
  const place = shown.list.findIndex(({ id }) => id === last?.id);
  const further = place === -1 ? [] : shown.list.slice(place + 1);
  return further.length === 0 ? newest : { ...newest, list: [...newest.list, ...further], next: shown.next };
}
