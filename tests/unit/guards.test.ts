import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { MUTATIONS, type Guard } from '../guards/mutations';

const CONFIG = fileURLToPath(new URL('../guards/vitest.config.ts', import.meta.url));

type Report = { testResults: { assertionResults: { fullName: string; status: string }[] }[] };

/** Runs the guards alone, on the source with this promise broken; returns how each test ended. */
async function run(guards: readonly Guard[], mutation?: string): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'verna-guards-'));
  const report = join(folder, 'report.json');
  const files = new Set(guards.map(({ file }) => file));
  const pattern = guards.map(({ test }) => test.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const args = ['run', ...files, '--config', CONFIG, '-t', `^(${pattern})$`];
  try {
    await promisify(execFile)(
      process.execPath,
      [join('node_modules', 'vitest', 'vitest.mjs'), ...args, '--reporter=json', `--outputFile=${report}`],
      {
        cwd: PROJECT_DIR,
        env: { PATH: process.env['PATH'], VERNA_RUNS: '100', ...(mutation && { VERNA_MUTATION: mutation }) },
      },
    ).catch(() => {
      // A red test is what most of these runs are for; the report says which.
    });
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    return new Map(results.map(({ fullName, status }) => [fullName, status]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the guards are awake', { timeout: 60_000 }, () => {
  const guards = MUTATIONS.flatMap(({ turnsRed }) => turnsRed);
  let unbroken: Map<string, string>;
  beforeAll(async () => void (unbroken = await run(guards)), 60_000);

  it.each([...new Set(guards.map(({ test }) => test))])('green while nothing is broken: %s', (test) => {
    expect(unbroken.get(test)).toBe('passed');
  });

  it.each(MUTATIONS.map((mutation) => [mutation.name, mutation.turnsRed] as const))(
    'red when %s',
    async (name, turnsRed) => {
      const broken = await run(turnsRed, name);
      for (const { test } of turnsRed) expect([test, broken.get(test)]).toEqual([test, 'failed']);
    },
  );
});
