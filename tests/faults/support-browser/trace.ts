import type { Page } from '@playwright/test';

type TraceEvent = { name: string; ts: number };

/** What the browser traces of one record's way to the disk, in our words. */
const STEPS: ReadonlyMap<string, StorageStep> = new Map([
  ['BackingStore::PutRecord', 'put'],
  ['WritableFile::Sync', 'sync'],
  ['IDBTransaction::onComplete', 'complete'],
]);

export type StorageStep = 'put' | 'sync' | 'complete';

/** Runs work and returns what the browser's own tracing saw of its storage meanwhile, in order of time. */
export async function traceStorage(page: Page, work: () => Promise<unknown>): Promise<StorageStep[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['leveldb', 'IndexedDB'] },
  });
  await work();
  const collected = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await collected;
  await session.detach();
  return events.sort((one, other) => one.ts - other.ts).flatMap(({ name }) => STEPS.get(name) ?? []);
}
