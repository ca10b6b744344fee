import { createContext } from 'svelte';

const CHOICE_KEY = 'verna.admin.notify';
const TOLD_KEY = 'verna.admin.told';

/**
 * Something to tell of. `key` names this happening of it, by ids and times alone: the same tablet falling silent again is
 * another one. A newer one of the same `tag` takes the place of the older on the screen.
 */
export type Told = { key: string; tag: string; words: string; body: string };

/** 'blocked' where the browser forbids it, 'missing' where it has no notifications that a page can show. */
type NoticesState = 'off' | 'asking' | 'on' | 'blocked' | 'missing';

/**
 * Tells of alerts through the browser while the admin is open, once each; what is told goes away when it is over. Only
 * where the owner chose so with a click.
 */
export class Notices {
  state = $state<NoticesState>(initialState());
  readonly #shown = new Map<string, Notification>();

  /** Call it from a click: browsers ask for permission then only. */
  async turnOn(): Promise<void> {
    this.state = 'asking';
    const permission = await Notification.requestPermission();
    // Dismissed without an answer, it can be asked for again.
    this.state = permission === 'granted' ? 'on' : permission === 'denied' ? 'blocked' : 'off';
    keep(CHOICE_KEY, this.state === 'on' ? 'on' : null);
  }

  turnOff(): void {
    this.state = 'off';
    keep(CHOICE_KEY, null);
    this.clear();
  }

  /** `all` are all there are now. */
  tell(all: readonly Told[]): void {
    const now = new Map(all.map((told) => [told.key, told]));
    for (const [key, notice] of this.#shown) {
      if (now.has(key)) continue;
      notice.close();
      this.#shown.delete(key);
    }
    if (this.state !== 'on') return;
    // Kept beyond a reload and shared with other tabs, so that each is told once.
    const told = new Set(read(TOLD_KEY)?.split(' '));
    for (const [key, each] of now) if (!told.has(key)) this.#show(each);
    keep(TOLD_KEY, [...now.keys()].join(' '));
  }

  /** Takes away what is shown, as when the shop is left. */
  clear(): void {
    for (const notice of this.#shown.values()) notice.close();
    this.#shown.clear();
  }

  #show({ key, tag, words, body }: Told): void {
    try {
      this.#shown.set(key, new Notification(words, { body, tag }));
    } catch {
      // Chrome on Android has the constructor and throws: there only a service worker may show one.
      this.state = 'missing';
    }
  }
}

function initialState(): NoticesState {
  if (!('Notification' in globalThis)) return 'missing';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && read(CHOICE_KEY) === 'on' ? 'on' : 'off';
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is left.
  }
}

export const [useNotices, provideNotices] = createContext<Notices>();
