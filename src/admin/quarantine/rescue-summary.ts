import type { ReportTablet } from '../../backend/owner-calls/tablets';
import type { RescuedRecord } from '../../domain/rescue-file';
import { readRecord } from './read-record';

export type RescueSummary = {
  count: number;
  /** In ms since 1970; null when no record says. */
  firstAt: number | null;
  lastAt: number | null;
  /** Names of the tablets that made them, each once. */
  tablets: string[];
  /** Made under a pairing that this shop does not know. */
  foreign: number;
};

/** What a rescue file holds, before anything of it is stored. */
export function summaryOf(
  records: readonly RescuedRecord[],
  pairings: readonly Pick<ReportTablet, 'pairing' | 'name'>[],
): RescueSummary {
  const names = new Map(pairings.map(({ pairing, name }) => [pairing as unknown, name]));
  let [firstAt, lastAt]: [number | null, number | null] = [null, null];
  const tablets = new Set<string>();
  let foreign = 0;
  for (const record of records) {
    const { occurredAt } = readRecord(record);
    if (occurredAt !== null) {
      firstAt = Math.min(firstAt ?? occurredAt, occurredAt);
      lastAt = Math.max(lastAt ?? occurredAt, occurredAt);
    }
    const name = names.get(record['pairing']);
    if (name === undefined) foreign += 1;
    else tablets.add(name);
  }
  return { count: records.length, firstAt, lastAt, tablets: [...tablets].sort(), foreign };
}
