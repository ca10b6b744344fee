import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateTypes, TYPES_FILE } from '../../supabase/embedded/generate-types';
import { openMemoryBackend } from '../support/memory-backend';

it('has the types that the migrations make', { timeout: 60_000 }, async () => {
  const backend = await openMemoryBackend();
  try {
    expect(await readFile(TYPES_FILE, 'utf8')).toBe(await generateTypes(backend.sql));
  } finally {
    await backend.close();
  }
});
