import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const BENCH_DIR = join(import.meta.dirname, '..');

/** Builds the bare Svelte page as Verna is built, with Verna's own service worker, into a temporary folder. */
export function buildBarePage(): Promise<string> {
  return buildPages(
    'bare',
    ['index.html'],
    [
      svelte(),
      VitePWA({
        strategies: 'injectManifest',
        srcDir: '../../../src/pwa',
        filename: 'service-worker.ts',
        injectRegister: null,
        injectManifest: {
          globPatterns: ['**/*.{html,js,css}'],
          // The worker's build is one of its own and would otherwise tell its whole story.
          buildPlugins: { vite: [{ name: 'verna-bench-quiet', config: () => ({ logLevel: 'error' }) }] },
        },
        manifest: false,
      }),
    ],
  );
}

/** Builds the pages that run src/device without any screen. */
export function buildDevicePages(): Promise<string> {
  return buildPages('pages', ['store.html', 'drain.html', 'directory.html'], []);
}

/** Builds the page that runs each of the other stores; their libraries must be installed. */
export function buildRivalPages(): Promise<string> {
  return buildPages('rivals', ['index.html'], []);
}

async function buildPages(folder: string, entries: string[], plugins: PluginOption[]): Promise<string> {
  const root = join(BENCH_DIR, folder);
  const outDir = await mkdtemp(join(tmpdir(), `verna-bench-${folder}-`));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: entries.map((entry) => join(root, entry)) },
    },
  });
  return outDir;
}
