import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

/** Runs `npm run import` as a person does; resolves with what it printed and its exit code. */
export async function runImportCommand(
  url: string,
  { email, password }: { email: string; password: string },
  what: string,
  file: string,
  ...options: string[]
): Promise<{ output: string; exitCode: number }> {
  const tsx = join(PROJECT_DIR, 'node_modules', '.bin', 'tsx');
  const command = ['supabase/embedded/import.ts', what, file, '--url', url, ...options];
  try {
    const { stdout } = await promisify(execFile)(tsx, command, {
      cwd: PROJECT_DIR,
      env: { ...process.env, VERNA_EMAIL: email, VERNA_PASSWORD: password },
    });
    return { output: stdout, exitCode: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { output: stdout + stderr, exitCode: code };
  }
}
