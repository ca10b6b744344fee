import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { OwnerPage } from '../pages';

/** Why a page's code could not be had: without the network, or the server has other files than this page knows of. */
type Absence = 'offline' | 'replaced';

export type PageState =
  | { status: 'loading' }
  | { status: 'ready'; component: Component<Record<string, unknown>> }
  | { status: 'failed'; why: Absence };

const LOADING: PageState = { status: 'loading' };

/**
 * The code of the owner's pages, each fetched once.
 *
 *   (nothing) ──► loading ──► ready
 *                    └──────► failed: only a reload helps, because a browser may keep a failed import for good
 *                             (https://github.com/whatwg/html/issues/6768)
 */
export class PageCode {
  #states = new SvelteMap<OwnerPage, PageState>();

  of(page: OwnerPage): PageState {
    return this.#states.get(page) ?? LOADING;
  }

  /** Fetches the code of a page that is wanted now. */
  async open(page: OwnerPage): Promise<void> {
    if (this.#states.has(page)) return;
    this.#states.set(page, LOADING);
    try {
      this.#states.set(page, { status: 'ready', component: await page.load() });
    } catch {
      this.#states.set(page, {
        status: 'failed',
        why: (await isServerThere()) ? 'replaced' : 'offline',
      });
    }
  }

  /** Fetches the code of a page that may be wanted next; what does not come is asked for again when it is. */
  async prefetch(page: OwnerPage): Promise<void> {
    if (this.#states.has(page)) return;
    try {
      const component = await page.load();
      if (this.of(page).status !== 'ready') this.#states.set(page, { status: 'ready', component });
    } catch {
      // Nobody has asked for it.
    }
  }
}

/** Whether the place that this page came from answers at all. */
export async function isServerThere(): Promise<boolean> {
  try {
    await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
