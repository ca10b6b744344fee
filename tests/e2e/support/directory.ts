import type { Page } from '@playwright/test';

/** How many members the tablet's directory holds. */
export function membersOnTablet(page: Page): Promise<number> {
  return page.evaluate(() =>
    new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('verna-directory');
      opening.onerror = () => reject(opening.error);
      opening.onupgradeneeded = () => opening.transaction?.abort();
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction('entries').objectStore('entries').count();
        counting.onsuccess = () => {
          resolve(counting.result);
          database.close();
        };
      };
    }).catch(() => 0),
  );
}
