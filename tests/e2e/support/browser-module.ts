import { build } from 'vite';
import type { Page } from '@playwright/test';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';

/** What was bundled in this process: the sources do not change under a run of tests. */
const bundles = new Map<string, Promise<string>>();

/** Bundles a module of the tests for the browser and puts its exports on `window[name]` of the open page. */
export async function addModule(page: Page, entry: string, name: string): Promise<void> {
  const bundled = bundles.get(entry) ?? bundle(entry, name);
  bundles.set(entry, bundled);
  // Evaluated rather than added as a tag, which the content security policy would refuse.
  await page.evaluate(`${await bundled}\nwindow.${name} = ${name};`);
}

async function bundle(entry: string, name: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: PROJECT_DIR,
    logLevel: 'error',
    define: { __APP_VERSION__: '"test"' },
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['iife'], name } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs
    .flatMap((each) => ('output' in each ? each.output : []))
    .find((each) => each.type === 'chunk');
  if (!chunk) throw new Error(`Nothing was built from ${entry}`);
  return chunk.code;
}
