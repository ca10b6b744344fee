import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { TestContext } from 'vitest';
import type { ImportTable } from '../../../src/domain/import/plan';

const folder = join(import.meta.dirname, '../../../../shared/data/');

/** The text of a reference file, or a test that is skipped and says why: it never passes unseen. */
export function sharedText(context: TestContext, path: string): string {
  if (!existsSync(folder + path)) {
    const note = `../shared/data/${path} is not there; the same rules are checked on inline figures only`;
    console.warn(note);
    context.skip(note);
  }
  return readFileSync(folder + path, 'utf8');
}

export function sharedTable(context: TestContext, path: string): ImportTable {
  const [header = [], ...rows] = Papa.parse<string[]>(sharedText(context, path), {
    skipEmptyLines: true,
  }).data;
  return { header, rows };
}
