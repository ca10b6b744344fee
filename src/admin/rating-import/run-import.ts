import type { Failure } from '../../backend/failure';
import type { OwnerCalls } from '../../backend/owner-calls';
import type { ImportedSession } from '../../domain/import/plan';
import { recordBatches } from '../../domain/import/records';
import type { Locale } from '../../domain/locale';
import { sha256 } from '../../device/secrets';
import { again } from '../again';
import { byPlace, wireForm } from '../import/by-place';
import { noTotals, sendRecords, type ImportEnd, type SendBatch, type Sending } from '../send-records';

export type ImportRun = Sending & {
  calls: Pick<OwnerCalls, 'importRecords' | 'openImportSource' | 'importSourceRecords'>;
  organization: string;
  /** Id of the survey version the answers are filed under. */
  survey: string;
  /** Ids of other versions, by the key of a question that the one above does not ask. */
  otherSurveys?: ReadonlyMap<string, string>;
  locale: Locale;
  sessions: readonly ImportedSession[];
  /** Location id of a location's name in the file; of null when the file names none. */
  locationOf: (name: string | null) => string;
  /** Id of the dimension that the sessions' values are of; null for none. */
  dimension?: string | null;
};

/**
 * Sends what was planned, place by place and value by value, in batches the server takes. Knows no screen: the page and the
 * command line both use it. Ids follow from the rows, so a second run of the same file stores nothing new.
 */
export async function runImport(run: ImportRun): Promise<ImportEnd> {
  const totals = noTotals(run.sessions.reduce((sum, { answers }) => sum + answers.length, 0));
  for (const [location, sessions] of byPlace(run.sessions, run.locationOf)) {
    for (const [value, ofValue] of byValue(sessions)) {
      const send = await doorOf(run, location, value);
      if ('failure' in send) return { end: 'failed', totals, failure: send.failure };
      for await (const records of recordBatches(ofValue, { ...run, sha256 })) {
        const ended = await sendRecords(records.map(wireForm), totals, send.batch, run);
        if (ended) return ended;
      }
    }
  }
  return { end: 'finished', totals };
}

function byValue(sessions: readonly ImportedSession[]): Map<string | null, ImportedSession[]> {
  const groups = new Map<string | null, ImportedSession[]>();
  for (const session of sessions) {
    const group = groups.get(session.value);
    if (group) group.push(session);
    else groups.set(session.value, [session]);
  }
  return groups;
}

/** Where sessions of one place and value go in: a source that stands for the value, or the one for those of none. */
async function doorOf(
  { calls, organization, dimension, wait }: ImportRun,
  location: string,
  value: string | null,
): Promise<{ batch: SendBatch } | { failure: Failure | null }> {
  if (!dimension || value === null)
    return { batch: (nonce, records) => calls.importRecords(organization, location, nonce, records) };
  const opened = await again(() => calls.openImportSource(organization, location, dimension, value), wait);
  if (!opened.ok) return { failure: opened.failure };
  if (opened.value.outcome !== 'ready') return { failure: null };
  const { source } = opened.value;
  return { batch: (nonce, records) => calls.importSourceRecords(organization, source, nonce, records) };
}
