import { STALLED_EVENT } from '../domain/sync';
import type { Workbox } from 'workbox-window';

/** A tablet is rarely reloaded, so it has to ask for a new version itself. */
const CHECK_EVERY_MS = 60 * 60_000;
/** A page that is younger than this would only stall again: the server may be down for long. */
const YOUNG_MS = 60 * 60_000;

/**
 * Installs the service worker and takes a new version only while nobody is using the screen.
 *
 *   new version installed ──▶ waiting ── idle ──▶ skipWaiting ──▶ controlling ── idle ──▶ reload
 *
 * Another tab may let the new version in first; this one then reloads at its own next idle moment. So it does when what
 * waits on the tablet does not get away.
 */
export class Updates {
  #workbox: Workbox | undefined;
  #waiting = false;
  #reloadDue = false;
  #idle = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly reload: () => void = () => location.reload()) {}

  async start(): Promise<void> {
    addEventListener(STALLED_EVENT, this.#stalled);
    // The development server has no service worker.
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    const { Workbox } = await import('workbox-window');
    this.#workbox = new Workbox('/service-worker.js');
    this.#workbox.addEventListener('waiting', () => {
      this.#waiting = true;
      this.#takeIfIdle();
    });
    this.#workbox.addEventListener('controlling', ({ isUpdate, isExternal }) => {
      if (!isUpdate && !isExternal) return;
      this.#reloadDue = true;
      this.#takeIfIdle();
    });
    await this.#workbox.register({ immediate: true });
    this.#timer = setInterval(() => void this.#workbox?.update(), CHECK_EVERY_MS);
  }

  stop(): void {
    removeEventListener(STALLED_EVENT, this.#stalled);
    clearInterval(this.#timer);
  }

  /** Told by the screen: true while its first screen is at rest and nothing is being sent. */
  setIdle(idle: boolean): void {
    this.#idle = idle;
    this.#takeIfIdle();
  }

  readonly #stalled = (): void => {
    if (performance.now() < YOUNG_MS) return;
    this.#reloadDue = true;
    this.#takeIfIdle();
  };

  #takeIfIdle(): void {
    if (!this.#idle) return;
    if (this.#reloadDue) {
      this.#reloadDue = false;
      this.reload();
    } else if (this.#waiting) {
      this.#waiting = false;
      this.#workbox?.messageSkipWaiting();
    }
  }
}
