import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

/** Inside the project, so that what it imports is found. */
const FOLDER = join(PROJECT_DIR, 'node_modules', '.cache', 'verna', 'import');

let bundled: Promise<string> | undefined;

/** The command as one file: compiled anew for each of the many runs it would take most of their time. */
async function bundle(): Promise<string> {
  await build({
    configFile: false,
    root: PROJECT_DIR,
    logLevel: 'error',
    // Libraries too: one file is read much sooner than their hundreds.
    ssr: { noExternal: true },
    build: {
      ssr: 'supabase/embedded/import.ts',
      outDir: FOLDER,
      // Another process may be running what it built: the same.
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'import.mjs' } },
    },
  });
  return join(FOLDER, 'import.mjs');
}

/** Runs `npm run import` as a person does; resolves with what it printed and its exit code. */
export async function runImportCommand(
  url: string,
  { email, password }: { email: string; password: string },
  what: string,
  file: string,
  ...options: string[]
): Promise<{ output: string; exitCode: number }> {
  const command = [await (bundled ??= bundle()), what, file, '--url', url, ...options];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      cwd: PROJECT_DIR,
      env: { ...process.env, VERNA_EMAIL: email, VERNA_PASSWORD: password },
    });
    return { output: stdout, exitCode: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { output: stdout + stderr, exitCode: code };
  }
}
