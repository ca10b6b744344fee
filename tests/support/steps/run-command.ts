import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export type CommandResult = { exitCode: number; output: string };

const MAX_OUTPUT_CHARACTERS = 200_000;
/** How long a finished command's pipes may stay open in the hands of something that it left behind. */
const PIPE_GRACE_MS = 3_000;

const running = new Set<ChildProcess>();

/**
 * Runs a command of node_modules/.bin without terminal or input and returns what it printed. After `timeoutMs` it and
 * everything it started is killed and the exit code is 124. Never throws.
 */
export function runCommand(
  command: readonly string[],
  { timeoutMs, env = {} }: { timeoutMs: number; env?: Record<string, string> },
): Promise<CommandResult> {
  const [name = '', ...args] = command;
  const child = spawn(name, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that nothing it starts survives it.
    detached: true,
    env: {
      ...process.env,
      PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
      CI: 'true',
      NO_COLOR: '1',
      DO_NOT_TRACK: '1',
      ...env,
    },
  });
  running.add(child);
  let output = '';
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-MAX_OUTPUT_CHARACTERS);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);

  return new Promise((finish) => {
    let exitCode = 1;
    const timer = setTimeout(() => {
      keep(`\nStopped after ${timeoutMs / 1000} s.\n`);
      killGroup(child);
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      running.delete(child);
      finish({ exitCode: 127, output: `${name}: ${error.message}\n` });
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      exitCode = code ?? (signal === 'SIGKILL' ? 124 : 1);
      killGroup(child);
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPE_GRACE_MS).unref();
    });
    // Some tools colour their words whatever NO_COLOR says.
    child.on('close', () => finish({ exitCode, output: stripVTControlCharacters(output) }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: the whole group has already ended; EPERM on macOS when only zombies are left of it.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) killGroup(child);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}
