import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pair, type TabletSettings } from '../../src/backend/tablet-calls';
import type { VernaRecord } from '../../src/domain/record';
import { EMBEDDED_PUBLISHABLE_KEY, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

/** What a tablet of some release holds, as that release stored it. See tests/faults/fixtures/README.md. */
export type StoredQueue = {
  release: string;
  database: StoredDatabase;
  localStorage: Record<string, string>;
  /** All pairings the tablet ever had, the newest last. */
  pairings: { pairing: string; secret: string }[];
  settings: TabletSettings;
  /** What that release would have sent, oldest first. */
  waiting: VernaRecord[];
  /** Ids that its server had refused. */
  quarantined: string[];
};

export type StoredDatabase = { version: number; stores: StoredStore[] };

export type StoredStore = {
  name: string;
  keyPath: string | string[] | null;
  indexes: { name: string; keyPath: string | string[]; unique: boolean }[];
  /** The next number of the store's key generator; null for a store without one. */
  nextKey: number | null;
  /** Values as `pack` in tests/faults/pages/stored-queue.ts makes JSON of them; a key only where the value has none. */
  rows: { key?: string; value: unknown }[];
};

export const FIXTURES_DIR = join(PROJECT_DIR, 'tests', 'faults', 'fixtures');

/** One queue of each release, the oldest first. */
export function storedQueues(): StoredQueue[] {
  return readdirSync(FIXTURES_DIR)
    .filter((name) => name.startsWith('queue-'))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => JSON.parse(readFileSync(join(FIXTURES_DIR, name, 'queue.json'), 'utf8')) as StoredQueue);
}

/** Makes a server know the tablet as the server of its release did: its survey and, in order, its pairings. */
export async function makeKnown(
  { sql, fetch }: EmbeddedBackend,
  { pairings, settings, release }: StoredQueue,
  organization: string,
  newCode: () => Promise<string>,
): Promise<void> {
  await sql.query(
    `insert into public.survey_versions (org_id, id, survey_id, number, definition)
     select org_id, $2, survey_id, max(number) + 1, $3::text::jsonb
     from public.survey_versions where org_id = $1 group by org_id, survey_id`,
    [organization, settings.survey.id, JSON.stringify(settings.survey.survey)],
  );
  for (const credentials of pairings) {
    const reply = await pair(await newCode(), credentials, release, {
      url: 'http://backend.test',
      key: EMBEDDED_PUBLISHABLE_KEY,
      fetch: (input, init) => fetch(new Request(input, init)),
    });
    if (!reply.ok || reply.value.outcome !== 'paired')
      throw new Error(`Not paired: ${JSON.stringify(reply)}`);
  }
}
