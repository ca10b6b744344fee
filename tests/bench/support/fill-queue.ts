import type { Page } from '@playwright/test';
import { DATABASE_NAME } from '../../../src/device/database';

/**
 * Puts records into the queue of the kiosk that this page shows, as if taps had been made while nothing was sent.
 * Written to the disk's format and not through the screens: ten thousand taps would take hours.
 */
export async function fillQueue(page: Page, count: number): Promise<void> {
  await page.evaluate(fill, { name: DATABASE_NAME, count });
}

type Pairing = { id: string; base: number };

async function fill({ name, count }: { name: string; count: number }): Promise<void> {
  const requested = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('The request failed'));
    });
  const database = await requested(indexedDB.open(name));
  const tx = database.transaction(['records', 'state'], 'readwrite');
  const state = tx.objectStore('state');
  const records = tx.objectStore('records');
  const pairing = (await requested(state.get('pairing'))) as Pairing;
  for (let index = 1; index <= count; index++) {
    records.add({
      id: crypto.randomUUID(),
      pairing: pairing.id,
      base: pairing.base,
      kind: 'answer',
      v: 1,
      body: JSON.stringify({
        type: 'csat',
        score: 1 + (index % 5),
        session: crypto.randomUUID(),
        survey: crypto.randomUUID(),
        question: 'satisfaction',
        locale: 'en',
      }),
      sha256: '0'.repeat(64),
      occurredAt: new Date().toISOString(),
      tzOffset: 120,
      serverOffsetMs: 0,
      boot: crypto.randomUUID(),
      monotonicMs: index,
    });
  }
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('The queue could not be filled'));
  });
  database.close();
}
