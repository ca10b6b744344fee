import type { Page } from '@playwright/test';

/**
 * Gives the newest record that waits another score, with the hash that fits, as no part of Verna ever does: only the
 * server can tell that it is off its scale. Returns the record's id.
 */
export function spoil(page: Page, score: number): Promise<string> {
  return page.evaluate(async (other) => {
    type Kept = { id: string; body: string; sha256: string };
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const database = await done(indexedDB.open('verna-tablet'));
    const kept = (await done(
      database.transaction('records').objectStore('records').getAll(),
    )) as unknown as Kept[];
    const newest = kept.at(-1)!;
    const body = JSON.stringify({ ...(JSON.parse(newest.body) as object), score: other });
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
    const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    await done(
      database
        .transaction('records', 'readwrite')
        .objectStore('records')
        .put({ ...newest, body, sha256 }),
    );
    database.close();
    return newest.id;
  }, score);
}
