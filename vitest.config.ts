import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Set here and not per project: Node reads the zone once, before a worker could change it.
process.env.TZ = 'UTC';

// The limits are for a machine that does other checks at the same time; a test that takes long is seen in the list.
const COMPONENT_TESTS = 'tests/unit/**/*.component.test.ts';

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('0.0.0') },
  plugins: [
    paraglideVitePlugin({
      project: './src/i18n/project.inlang',
      outdir: './src/i18n/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
      // The same files as `npm run i18n` writes, so that a check running beside this never sees them change.
      outputStructure: 'message-modules',
      isServer: "typeof window === 'undefined'",
    }),
    svelte(),
  ],
  test: {
    // A fresh process for every file would take longer than most of the tests: whoever changes what all share puts it
    // back. Stubbed globals put themselves back.
    isolate: false,
    unstubGlobals: true,
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
