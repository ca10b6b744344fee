import type { BrowserContext } from '@playwright/test';

/** What a test knows for certain of a tablet's records, seen from outside the tablet. */
export type Seen = {
  /** The hash of every record that was ever handed to the database, by id. */
  made: Map<string, string>;
  /** Ids that were thanked for: the screen said “saved”, or the outbox did to a writer in the page. */
  confirmed: Set<string>;
};

declare global {
  interface Window {
    vernaMade: (id: string, sha256: string) => Promise<void>;
    vernaConfirmed: (id: string) => Promise<void>;
  }
}

export function nothingSeen(): Seen {
  return { made: new Map(), confirmed: new Set() };
}

/** Watches every page of a browser from its first script on. */
export async function watch(context: BrowserContext, seen: Seen): Promise<void> {
  await context.exposeFunction('vernaMade', (id: string, sha256: string) => void seen.made.set(id, sha256));
  await context.exposeFunction('vernaConfirmed', (id: string) => void seen.confirmed.add(id));
  await context.addInitScript(witness);
}

/** Runs inside the page: tells of each record as it is written, and of the last one when the screen says thanks. */
function witness(): void {
  let last = '';

  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (value: { id?: string; sha256?: string; body?: unknown }, key) {
    // The outbox rehearses with an unlock by nobody, and takes it back. A sealed body is no text.
    const isRehearsal = typeof value.body === 'string' && value.body.includes('"staff":""');
    if (this.name === 'records' && !isRehearsal) {
      last = value.id!;
      void window.vernaMade(value.id!, value.sha256!);
    }
    return add.call(this, value, key);
  };

  let isThanking = false;
  const look = (): void => {
    const status = document.querySelector('.kiosk [role=status]');
    const wasThanking = isThanking;
    isThanking = status?.textContent === 'Saved. Thank you!';
    if (isThanking && !wasThanking) void window.vernaConfirmed(last);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
