import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { MUTATIONS } from './mutations';

/** Runs the guarding tests on a source with one promise broken, or, with no VERNA_MUTATION, as it is. */
const mutation = MUTATIONS.find(({ name }) => name === process.env['VERNA_MUTATION']);

const mutate: Plugin = {
  name: 'verna-mutation',
  enforce: 'pre',
  transform(code, id) {
    if (!mutation || id !== join(PROJECT_DIR, mutation.file)) return undefined;
    const parts = code.split(mutation.find);
    if (parts.length !== 2) throw new Error(`Found ${parts.length - 1} times in ${id}: ${mutation.find}`);
    return parts.join(mutation.replace);
  },
};

export default defineConfig({
  root: PROJECT_DIR,
  plugins: [mutate],
  test: {
    include: ['tests/unit/*/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
