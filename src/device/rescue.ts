import type { TabletSettings } from '../backend/tablet-calls';
import { rescueText, type RescueHead } from '../domain/rescue-file';
import { DatabaseHandle } from './database';
import { opened } from './queue';

/** Who may read the file: the owner alone, or whoever has it. */
export type RescueFor = 'owner' | 'everybody';

/** `no_key`: the tablet has not heard of the shop's key yet. */
export type RescueExport =
  | { outcome: 'made'; file: File; count: number }
  | { outcome: 'failed'; cause: 'no_key' | 'storage' };

export type RescueOrder = {
  settings: Pick<TabletSettings, 'organization' | 'rescue_key'>;
  readableBy: RescueFor;
  /** The tablet's wall clock, in ms. */
  now: number;
  appVersion: string;
};

/**
 * Writes every record that waits or was set aside into one file, as it would go out. Reads only: what is on the tablet
 * stays there until the server has named it.
 */
export async function exportRescue(
  { settings: { organization, rescue_key: key }, readableBy, now, appVersion }: RescueOrder,
  database = new DatabaseHandle(),
): Promise<RescueExport> {
  if (readableBy === 'owner' && !key) return { outcome: 'failed', cause: 'no_key' };
  try {
    const records = await everyRecord(database);
    const head: RescueHead = {
      format: 'verna-rescue',
      v: 1,
      organization: organization.id,
      exported_at: new Date(now).toISOString(),
      app_version: appVersion,
      count: records.length,
    };
    const text = await write(head, records, readableBy === 'owner' ? key : null);
    // Colons are not allowed in a file's name everywhere.
    const name = `verna-rescue-${head.exported_at.slice(0, 16).replace(/[T:]/g, '-')}.json`;
    return {
      outcome: 'made',
      file: new File([text], name, { type: 'application/json' }),
      count: records.length,
    };
  } catch {
    return { outcome: 'failed', cause: 'storage' };
  } finally {
    await database.close();
  }
}

async function write(
  head: RescueHead,
  records: Awaited<ReturnType<typeof everyRecord>>,
  key: string | null | undefined,
): Promise<string> {
  if (!key) return rescueText({ head, kind: 'plain', records });
  const { sealToShop } = await import('./rescue-key');
  const sealed = await sealToShop(key, head, JSON.stringify(records));
  return rescueText({ head, kind: 'sealed', sealed });
}

/** Of one moment: a record that is being settled meanwhile is in one of the two stores, and not in both. */
async function everyRecord(database: DatabaseHandle) {
  const [waiting, quarantined] = await database.run((connection) => {
    const tx = connection.transaction(['records', 'quarantine']);
    return Promise.all([tx.objectStore('records').getAll(), tx.objectStore('quarantine').getAll()]);
  });
  const records = [
    ...waiting.map(({ key = NaN, base, ...record }) => ({ ...record, seq: key - base })),
    ...quarantined.map(({ record }) => record),
  ];
  return Promise.all(records.map((record) => opened(database, record)));
}
