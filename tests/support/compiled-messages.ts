import { execFile } from 'node:child_process';
import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

const MESSAGES = join(PROJECT_DIR, 'src/i18n/messages');
const COMPILED = join(PROJECT_DIR, 'src/i18n/paraglide');

/**
 * Compiles the messages when one was changed after they were last compiled. Runs before the checks and, for whoever runs
 * one test alone, before any test: compiling takes ten seconds of a processor.
 */
export default async function compileMessages(): Promise<void> {
  if ((await latestChange(MESSAGES)) <= (await latestChange(COMPILED))) return;
  await promisify(execFile)('npm', ['run', '--silent', 'i18n'], { cwd: PROJECT_DIR });
  // It writes only what has become another text, which may be nothing.
  const now = new Date();
  await utimes(COMPILED, now, now);
}

/** When anything in a folder, or what is in it, was changed last; 0 when there is no such folder. */
async function latestChange(folder: string): Promise<number> {
  const inside = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const changes = ['', ...inside].map(async (path) => (await stat(join(folder, path))).mtimeMs);
  return inside.length === 0 ? 0 : Math.max(...(await Promise.all(changes)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileMessages();
