/**
 * Where the owner is: a path under /admin and a query. Links stay links, so a new tab, a bookmark and the back button
 * work; the query holds filters only, never anything about a person.
 */
export class Router {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  /** Follows back and forward until stopped. */
  start(): () => void {
    const read = () => this.#read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }

  go(href: string): void {
    history.pushState(null, '', href);
    this.#read();
    scrollTo(0, 0);
  }

  /** Puts another address in this one's place: going back does not come through here again. */
  replace(href: string): void {
    history.replaceState(null, '', href);
    this.#read();
  }

  /** Changes the filters without a new page in the history. */
  replaceQuery(query: URLSearchParams): void {
    const text = query.toString();
    history.replaceState(null, '', text ? `${this.path}?${text}` : this.path);
    this.#read();
  }

  /** For onclick of a link; leaves clicks for new tabs and windows to the browser. */
  follow = (event: MouseEvent & { currentTarget: HTMLAnchorElement }): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(event.currentTarget.href);
  };

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}
