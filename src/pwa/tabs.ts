import { DRAIN_LOCK } from '../device/drain-lock';

/** Shared by all tabs that somebody is using; whoever gets it alone has found none. */
const USE_LOCK = 'verna.in-use';

/**
 * What all tabs of this browser have to agree on before the app is changed under them. A tab that is gone, crashed or
 * not, has let go of its locks; where the browser has no locks each tab decides for itself.
 */
export class Tabs {
  #leave: (() => void) | undefined;

  constructor(private readonly locks: LockManager | undefined) {}

  /** Somebody is using this tab, or has left it. */
  setInUse(inUse: boolean): void {
    if (!inUse) {
      this.#leave?.();
      this.#leave = undefined;
    } else if (!this.#leave) {
      const left = new Promise<void>((resolve) => (this.#leave = resolve));
      void this.locks?.request(USE_LOCK, { mode: 'shared' }, () => left);
    }
  }

  /** Does the work unless a tab is in use or sending; false when it was left undone. */
  ifNobodyMinds(work: () => void): Promise<boolean> {
    return this.#ifFree(USE_LOCK, () => this.ifNothingIsSent(work));
  }

  /** Does the work unless a tab is sending; false when it was left undone. */
  ifNothingIsSent(work: () => void): Promise<boolean> {
    return this.#ifFree(DRAIN_LOCK, () => {
      work();
      return Promise.resolve(true);
    });
  }

  /** Asks only once: a request that waited would keep the tabs behind it from saying that they are in use. */
  async #ifFree(name: string, work: () => Promise<boolean>): Promise<boolean> {
    if (!this.locks) return work();
    return this.locks.request(name, { ifAvailable: true }, (lock) => lock !== null && work());
  }
}
