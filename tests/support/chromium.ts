import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const isRoot = process.getuid?.() === 0;

/** For every start of Chromium in tests: nothing but what the test does reaches the network. */
export const CHROMIUM_ARGS: readonly string[] = [
  // Chromium refuses to run as root inside its sandbox.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium named by VERNA_CHROMIUM, else one of the system's, else Playwright's own; undefined when none runs. */
function findChromium(): string | undefined {
  const named = process.env['VERNA_CHROMIUM'];
  if (named) {
    if (!existsSync(named)) throw new Error(`VERNA_CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  // Asked for its version, because Ubuntu's chromium-browser may be a script that only says to install a snap.
  return [...USUAL_PATHS, chromium.executablePath()].find(
    (path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0,
  );
}

/**
 * Finds Chromium or installs it: with apt on Debian and Ubuntu when root rights need no password, else with
 * Playwright. Names it in VERNA_CHROMIUM for this process and its children. Throws when no way leads to one.
 */
export function ensureChromium(): string {
  const path =
    findChromium() ?? (installWithApt(), findChromium()) ?? (installWithPlaywright(), findChromium());
  if (!path) {
    throw new Error(
      'Chromium was not found and could not be installed. Install it and name its program in VERNA_CHROMIUM.',
    );
  }
  process.env['VERNA_CHROMIUM'] = path;
  return path;
}

function installWithApt(): void {
  if (!existsSync('/etc/debian_version')) return;
  const asRoot = isRoot ? [] : ['sudo', '--non-interactive'];
  if (!isRoot && !run([...asRoot, 'true'])) return;
  console.log('Installing Chromium with apt-get.');
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (run([...apt, 'update'])) run([...apt, 'install', '-y', '--no-install-recommends', 'chromium']);
}

function installWithPlaywright(): void {
  console.log("Installing Playwright's Chromium.");
  run(['npx', '--no-install', 'playwright', 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']);
}

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
