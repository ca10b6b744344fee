import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RIVALS_DIR = join(import.meta.dirname, '..', 'rivals');

/**
 * Installs the libraries that Verna is measured beside, on first use and when their versions change, so that nothing
 * else has to carry them. Runs none of their install scripts. Returns the version of each by its package's name.
 */
export function installRivals(): Readonly<Record<string, string>> {
  const { dependencies } = packageIn(RIVALS_DIR);
  const isInstalled = Object.entries(dependencies).every(([name, version]) => {
    const folder = join(RIVALS_DIR, 'node_modules', name);
    return existsSync(folder) && packageIn(folder).version === version;
  });
  if (!isInstalled) {
    console.log('Installing the libraries of tests/bench/rivals.');
    const { status } = spawnSync(
      'npm',
      ['ci', '--ignore-scripts', '--loglevel=error', '--prefix', RIVALS_DIR],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (status !== 0) throw new Error('The libraries of tests/bench/rivals could not be installed');
  }
  return dependencies;
}

function packageIn(folder: string): { version: string; dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as ReturnType<typeof packageIn>;
}
