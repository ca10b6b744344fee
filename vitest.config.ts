import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig, type Plugin } from 'vitest/config';

// Set here and not per project: Node reads the zone once, before a worker could change it.
process.env.TZ = 'UTC';

// The limits are for a machine that does other checks at the same time; a test that takes long is seen in the list.
const COMPONENT_TESTS = 'tests/unit/**/*.component.test.ts';

/**
 * Every compiled message is a file of its own, for the build to leave out what a page does not say. A test loads all two
 * thousand, and asking for them one by one takes longer than most tests: here they are one module.
 */
function messagesAsOne(): Plugin {
  return {
    name: 'verna-messages-as-one',
    enforce: 'pre',
    load: {
      filter: { id: /\/i18n\/paraglide\/messages\/_index\.js$/ },
      handler: async (id) => {
        const index = await readFile(id, 'utf8');
        const paths = [...index.matchAll(/^export \* from '(.+)'/gm)].map(([, path]) => path!);
        const texts = await Promise.all(paths.map((path) => readFile(join(dirname(id), path), 'utf8')));
        const lines = texts.flatMap((text) => text.split('\n'));
        const isImport = (line: string) => line.startsWith('import ');
        return [...new Set(lines.filter(isImport)), ...lines.filter((line) => !isImport(line))].join('\n');
      },
    },
  };
}

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('0.0.0') },
  plugins: [messagesAsOne(), svelte()],
  test: {
    // A fresh process for every file would take longer than most of the tests: whoever changes what all share puts it
    // back. Stubbed globals put themselves back.
    isolate: false,
    unstubGlobals: true,
    globalSetup: 'tests/support/compiled-messages.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          exclude: [COMPONENT_TESTS],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'component',
          environment: 'jsdom',
          include: [COMPONENT_TESTS],
          setupFiles: ['tests/unit/fresh-locale.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          environment: 'node',
          globalSetup: 'tests/support/shared-postgres-setup.ts',
          include: ['tests/db/**/*.test.ts'],
          // Starting Postgres and running every migration belongs to the hooks.
          hookTimeout: 120_000,
          testTimeout: 30_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
