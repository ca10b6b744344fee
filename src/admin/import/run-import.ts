import type { Failure, Result } from '../../backend/failure';
import type { ImportReply, OwnerCalls } from '../../backend/owner-calls';
import type { ImportedSession } from '../../domain/import/plan';
import { recordBatches, type ImportedRecord } from '../../domain/import/records';
import type { Locale } from '../../domain/locale';
import { again } from '../again';
import { jsonBatches } from '../batches';
import { sha256 } from '../../device/secrets';

/** Answers, not rows: a row with a score and a comment is two. */
export type ImportTotals = {
  total: number;
  sent: number;
  stored: number;
  /** Already there from an earlier import of the same rows. */
  duplicate: number;
  /** The same row with another content (a changed recoding or time zone): kept aside, the stored answer stays. */
  conflict: number;
  refused: number;
  refusedBy: Record<string, number>;
};

export type ImportEnd =
  | { end: 'finished'; totals: ImportTotals }
  | { end: 'cancelled'; totals: ImportTotals }
  /** `failure` is null when the server answered but would not take the batch. Running again goes on: it stores nothing twice. */
  | { end: 'failed'; totals: ImportTotals; failure: Failure | null };

export type ImportRun = {
  calls: Pick<OwnerCalls, 'importRecords'>;
  organization: string;
  /** Id of the survey version the answers are filed under. */
  survey: string;
  locale: Locale;
  sessions: readonly ImportedSession[];
  /** Location id of a location's name in the file; of null when the file names none. */
  locationOf: (name: string | null) => string;
  onProgress?: (totals: ImportTotals) => void;
  signal?: AbortSignal;
  /** How to wait between tries, in ms; tests hand in their own. */
  wait?: (ms: number) => Promise<void>;
};

/**
 * Sends what was planned, place by place, in batches the server takes. Knows no screen: the page and the command line
 * both use it. Ids follow from the rows, so a second run of the same file stores nothing new.
 */
export async function runImport(run: ImportRun): Promise<ImportEnd> {
  const totals: ImportTotals = {
    total: run.sessions.reduce((sum, { answers }) => sum + answers.length, 0),
    sent: 0,
    stored: 0,
    duplicate: 0,
    conflict: 0,
    refused: 0,
    refusedBy: {},
  };
  for (const [location, sessions] of byLocation(run)) {
    for await (const records of recordBatches(sessions, { ...run, sha256 })) {
      for (const batch of jsonBatches(records.map(wireForm))) {
        if (run.signal?.aborted) return { end: 'cancelled', totals };
        const reply = await again(() => send(run, location, batch.json), run.wait);
        if (!reply.ok) return { end: 'failed', totals, failure: reply.failure };
        if (reply.value.outcome !== 'accepted') return { end: 'failed', totals, failure: null };
        for (const { outcome, reason } of reply.value.records) {
          totals[outcome] += 1;
          if (outcome === 'refused') {
            totals.refusedBy[reason ?? 'unknown'] = (totals.refusedBy[reason ?? 'unknown'] ?? 0) + 1;
          }
        }
        totals.sent += batch.items.length;
        run.onProgress?.({ ...totals, refusedBy: { ...totals.refusedBy } });
      }
    }
  }
  return { end: 'finished', totals };
}

function byLocation({ sessions, locationOf }: ImportRun): Map<string, ImportedSession[]> {
  const groups = new Map<string, ImportedSession[]>();
  for (const session of sessions) {
    const location = locationOf(session.location);
    const group = groups.get(location);
    if (group) group.push(session);
    else groups.set(location, [session]);
  }
  return groups;
}

/** The place is said once per batch, by its id; its name in the file stays here. */
function wireForm({ id, kind, v, body, sha256: hash, occurredAt, tzOffset }: ImportedRecord) {
  return { id, kind, v, body, sha256: hash, occurredAt, tzOffset };
}

async function send(run: ImportRun, location: string, json: string): Promise<Result<ImportReply>> {
  const nonce = crypto.randomUUID();
  const reply = await run.calls.importRecords(run.organization, location, nonce, json);
  return reply.ok && reply.value.nonce !== nonce ? { ok: false, failure: { code: 'bad_reply' } } : reply;
}
