import type { Answer } from '../answer';
import type { VernaRecord } from '../record';
import type { Locale } from '../locale';
import type { ImportedSession } from './plan';

/** A record of the past: no tablet made it, so it has no pairing, seq or boot. */
export type ImportedRecord = Pick<
  VernaRecord,
  'id' | 'kind' | 'v' | 'body' | 'sha256' | 'occurredAt' | 'tzOffset'
> & {
  /** As the file names it; null when the file names none. */
  location: string | null;
};

export type RecordContext = {
  /** Organization id: the same file in two organizations makes different records. */
  organization: string;
  /** Id of the survey version the answers are filed under. */
  survey: string;
  /** Ids of other versions, by the key of a question that the one above does not ask. */
  otherSurveys?: ReadonlyMap<string, string>;
  locale: Locale;
  /** SHA-256 of the text's UTF-8 bytes in lower-case hex. */
  sha256: (text: string) => Promise<string>;
};

/**
 * Sessions as records, in batches of whole sessions with at least `batchSize` records (the last may have fewer).
 *
 * Ids follow from the organization, the row's mapped cells and its occurrence among identical rows, so importing a file
 * again adds nothing, whatever order its rows come in, and two truly identical rows count twice. Where the source has
 * ids of its own, comment and reasons are left out: an edited comment is then a conflict and not a second customer. They do not depend
 * on time zone, recoding, language or survey version: correcting one of those and importing again shows up as a conflict
 * on the same id instead of a second set of answers.
 */
export async function* recordBatches(
  sessions: Iterable<ImportedSession>,
  context: RecordContext,
  batchSize = 500,
): AsyncGenerator<ImportedRecord[], void, void> {
  let batch: ImportedRecord[] = [];
  for (const session of sessions) {
    batch.push(...(await recordsOf(session, context)));
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function recordsOf(session: ImportedSession, context: RecordContext): Promise<ImportedRecord[]> {
  const { organization, locale, sha256 } = context;
  const idOf = async (...parts: (string | number)[]) => uuidFromHash(await sha256(JSON.stringify(parts)));
  const sessionId = await idOf('verna:import:session', organization, session.identity, session.occurrence);
  return Promise.all(
    session.answers.map(async (answer): Promise<ImportedRecord> => {
      const survey = context.otherSurveys?.get(answer.question) ?? context.survey;
      const full: Answer = { ...answer, session: sessionId, survey, locale };
      const body = JSON.stringify(full);
      return {
        id: await idOf('verna:import:answer', sessionId, answer.question),
        kind: 'answer',
        v: 1,
        body,
        sha256: await sha256(body),
        occurredAt: new Date(session.occurredAt).toISOString(),
        tzOffset: session.tzOffset,
        location: session.location,
      };
    }),
  );
}

/** The first 128 bits of a hash as a UUID of version 8, the one left to the application (RFC 9562 §5.8). */
export function uuidFromHash(hex: string): string {
  if (!/^[0-9a-f]{32,}$/.test(hex)) throw new RangeError('need at least 128 bits of lower-case hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
