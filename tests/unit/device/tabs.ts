import { vi } from 'vitest';

type Held = { take: () => void };

/**
 * The part of the Web Locks API that the drain uses, for all tabs of one browser, as the specification words it
 * (https://w3c.github.io/web-locks/): Node has none before 24. tests/e2e/drain-lock.spec.ts holds the same in Chromium.
 */
export function lockManager(): LockManager {
  const held = new Map<string, Held>();
  return {
    request: async (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) => {
      const holder = held.get(name);
      if (holder && options.ifAvailable) return callback(null);
      if (holder && !options.steal) throw new Error('Waiting for a lock is not built here');
      holder?.take();
      return new Promise<unknown>((resolve, reject) => {
        const mine: Held = { take: () => reject(new DOMException('The lock was stolen', 'AbortError')) };
        held.set(name, mine);
        void Promise.resolve<unknown>(callback({ name, mode: 'exclusive' }))
          .finally(() => {
            if (held.get(name) === mine) held.delete(name);
          })
          .then(resolve, reject);
      });
    },
    query: () => Promise.reject(new Error('Not built here')),
  } as LockManager;
}

/** What all tabs of one browser share besides the lock; Node has none before 25. */
export function shareStorage(): void {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  });
}
