import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { runTapFile } from '../support/pgtap';
import { openSharedForPgTap } from '../support/shared-postgres';

const FOLDER = join(import.meta.dirname, '..', '..', 'supabase', 'tests');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));

describe.each(['PGlite', 'Postgres'] as const)('on %s', (engine) => {
  let backend: EmbeddedBackend;
  beforeAll(async () => void (backend = await openSharedForPgTap(engine)), 60_000);
  afterAll(() => backend.close());

  it.each(files)('%s holds', async (file) => {
    const { failures } = await runTapFile(backend.sql, join(FOLDER, file));
    expect(failures.join('\n')).toBe('');
  });
});

it('finds the files', () => expect(files.length).toBeGreaterThan(0));
