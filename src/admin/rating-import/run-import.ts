import type { OwnerCalls } from '../../backend/owner-calls';
import type { ImportedSession } from '../../domain/import/plan';
import { recordBatches } from '../../domain/import/records';
import type { Locale } from '../../domain/locale';
import { sha256 } from '../../device/secrets';
import { byPlace, wireForm } from '../import/by-place';
import { noTotals, sendRecords, type ImportEnd, type SendBatch, type Sending } from '../send-records';

export type ImportRun = Sending & {
  calls: Pick<OwnerCalls, 'importRecords'>;
  organization: string;
  /** Id of the survey version the answers are filed under. */
  survey: string;
  /** Ids of other versions, by the key of a question that the one above does not ask. */
  otherSurveys?: ReadonlyMap<string, string>;
  locale: Locale;
  sessions: readonly ImportedSession[];
  /** Location id of a location's name in the file; of null when the file names none. */
  locationOf: (name: string | null) => string;
};

/**
 * Sends what was planned, place by place, in batches the server takes. Knows no screen: the page and the command line
 * both use it. Ids follow from the rows, so a second run of the same file stores nothing new.
 */
export async function runImport(run: ImportRun): Promise<ImportEnd> {
  const totals = noTotals(run.sessions.reduce((sum, { answers }) => sum + answers.length, 0));
  for (const [location, sessions] of byPlace(run.sessions, run.locationOf)) {
    const send: SendBatch = (nonce, records) =>
      run.calls.importRecords(run.organization, location, nonce, records);
    for await (const records of recordBatches(sessions, { ...run, sha256 })) {
      const ended = await sendRecords(records.map(wireForm), totals, send, run);
      if (ended) return ended;
    }
  }
  return { end: 'finished', totals };
}
