import { build } from 'vite';
import type { Page } from '@playwright/test';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';

/** Bundles a module of the tests for the browser and puts its exports on `window[name]` of the open page. */
export async function addModule(page: Page, entry: string, name: string): Promise<void> {
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
  // Evaluated rather than added as a tag, which the content security policy would refuse.
  await page.evaluate(`${chunk.code}\nwindow.${name} = ${name};`);
}
