import { STALLED_EVENT } from '../domain/sync';
import type { Workbox } from 'workbox-window';
import { Tabs } from './tabs';

/** A tablet is rarely reloaded, so it has to ask for a new version itself. */
const CHECK_EVERY_MS = 60 * 60_000;
/** A page that is younger than this would only stall again: the server may be down for long. */
const YOUNG_MS = 60 * 60_000;
/** How soon to ask again while another tab is in use or something is being sent. */
const ASK_AGAIN_MS = 5_000;

/**
 * Installs the service worker and takes a new version only while nobody is using any tab and nothing is being sent.
 *
 *   new version installed ──▶ waiting ── all idle ──▶ skipWaiting ──▶ controlling ── idle ──▶ reload
 *
 * A tab of an older version may let the new one in without asking; this one then reloads at its own next idle moment. So
 * it does when what waits on the tablet does not get away.
 */
export class Updates {
  #workbox: Workbox | undefined;
  #waiting = false;
  #reloadDue = false;
  #idle = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #tabs = new Tabs(navigator.locks);

  async start(): Promise<void> {
    addEventListener(STALLED_EVENT, this.#stalled);
    // The development server has no service worker.
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    const { Workbox } = await import('workbox-window');
    this.#workbox = new Workbox('/service-worker.js');
    this.#workbox.addEventListener('waiting', () => {
      this.#waiting = true;
      void this.#takeIfIdle();
    });
    this.#workbox.addEventListener('controlling', ({ isUpdate, isExternal }) => {
      if (!isUpdate && !isExternal) return;
      this.#reloadDue = true;
      void this.#takeIfIdle();
    });
    await this.#workbox.register({ immediate: true });
    this.#timer = setInterval(() => void this.#workbox?.update(), CHECK_EVERY_MS);
  }

  stop(): void {
    removeEventListener(STALLED_EVENT, this.#stalled);
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#tabs.setInUse(false);
  }

  /** Told by the screen: true while its first screen is at rest. */
  setIdle(idle: boolean): void {
    this.#idle = idle;
    this.#tabs.setInUse(!idle);
    void this.#takeIfIdle();
  }

  readonly #stalled = (): void => {
    if (performance.now() < YOUNG_MS) return;
    this.#reloadDue = true;
    void this.#takeIfIdle();
  };

  async #takeIfIdle(): Promise<void> {
    clearTimeout(this.#again);
    if (!this.#idle || !(this.#reloadDue || this.#waiting)) return;
    const isTaken = this.#reloadDue
      ? await this.#tabs.ifNothingIsSent(() => this.#reload())
      : await this.#tabs.ifNobodyMinds(() => this.#letIn());
    if (!isTaken) this.#again = setTimeout(() => void this.#takeIfIdle(), ASK_AGAIN_MS);
  }

  /** A customer may have come while the other tabs were asked: then the next idle moment is soon enough. */
  #reload(): void {
    if (!this.#idle) return;
    this.#reloadDue = false;
    location.reload();
  }

  #letIn(): void {
    if (!this.#idle) return;
    this.#waiting = false;
    this.#workbox?.messageSkipWaiting();
  }
}
