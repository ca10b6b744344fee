import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { runTapFile } from '../support/pgtap';
import { openSharedForPgTap } from '../support/shared-postgres';

/** The other guards are in tests/unit/guards.test.ts; these break the schema and not a source. */
const ONCE = join(PROJECT_DIR, 'supabase', 'tests', 'once.test.sql');

let backend: EmbeddedBackend;
beforeAll(async () => void (backend = await openSharedForPgTap('Postgres')), 60_000);
afterAll(() => backend?.close());

describe('once.test.sql', () => {
  it('is green while the ledger has its keys', async () => {
    expect((await runTapFile(backend.sql, ONCE)).failures).toEqual([]);
  });

  it.each([
    ['received_pkey', 'primary key (org_id, id)', 'its id is not entered again under another seq'],
    [
      'received_org_id_pairing_id_seq_key',
      'unique (org_id, pairing_id, seq)',
      'its seq is not given to another record',
    ],
  ])('turns red without %s', async (constraint, definition, assertion) => {
    await backend.sql.exec(`alter table public.received drop constraint ${constraint}`);
    const { failures } = await runTapFile(backend.sql, ONCE);
    await backend.sql.exec(`alter table public.received add constraint ${constraint} ${definition}`);
    expect(failures.join('\n')).toContain(assertion);
  });
});
