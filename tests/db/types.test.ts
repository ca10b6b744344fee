import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateTypes, TYPES_FILE } from '../../supabase/embedded/generate-types';

it('has the types that the migrations make', { timeout: 60_000 }, async () => {
  expect(await readFile(TYPES_FILE, 'utf8')).toBe(await generateTypes());
});
