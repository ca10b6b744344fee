import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { expect, test } from './support/test';

const dist = (path: string) => join(PROJECT_DIR, 'dist', path);
const read = (path: string) => readFileSync(dist(path), 'utf8');

/**
 * Scripts and styles that a page needs before it works: what it names, what those import statically, and the app itself,
 * which the tablet's page imports once its first screen is painted.
 */
function entryFiles(page: string): string[] {
  const html = read(page);
  const named = [...html.matchAll(/(?:src|href)="\/((?:assets|owner)\/[^"]+\.(?:js|css))"/g)].map(
    (match) => match[1]!,
  );
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const imported =
      /(?:^|[;}\s])(?:import|from)\s*"\.\/([^"]+\.js)"|import\([`"]\.\/(boot-[^`"]+\.js)[`"]\)/g;
    for (const [, fixed, boot] of read(file).matchAll(imported)) visit(folder + (fixed ?? boot!));
  };
  named.forEach(visit);
  return [...found];
}

test('the tablet’s entry is at most 30 kB gzip, scripts and styles together', () => {
  const sizes = entryFiles('index.html').map((file) => ({
    file,
    bytes: gzipSync(readFileSync(dist(file)), { level: 9 }).length,
  }));
  expect(sizes.filter(({ file }) => file.endsWith('.js')).length).toBeGreaterThan(0);
  expect(sizes.filter(({ file }) => file.endsWith('.css')).length).toBeGreaterThan(0);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(30_000);
});

test('the owner’s first page is at most 155 kB gzip, and the other pages wait until they are wanted', () => {
  const chunks = readdirSync(dist('owner'));
  const files = entryFiles('admin.html');
  const total = files.reduce((sum, file) => sum + gzipSync(readFileSync(dist(file)), { level: 9 }).length, 0);
  // All pages together were 358 kB.
  expect(total, files.join(' ')).toBeLessThanOrEqual(155_000);
  for (const page of ['Scores', 'Cases', 'Import', 'Programme', 'Report']) {
    const own = chunks.find((file) => new RegExp(`^${page}-[\\w-]+\\.js$`).test(file));
    expect(own, page).toBeDefined();
    expect(files).not.toContain(`owner/${own}`);
  }
});

test('the tablet’s entry holds no admin code and no supabase-js', () => {
  const owner = entryFiles('admin.html').map(read).join('\n');
  const tablet = entryFiles('index.html').map(read).join('\n');
  // Texts that prove the search finds what it looks for.
  for (const mark of ['/admin/tablets', 'GoTrueClient', 'report_scores']) {
    expect(owner).toContain(mark);
    expect(tablet).not.toContain(mark);
  }
});

test('the service worker holds everything the tablet loads and nothing of the owner’s', () => {
  const worker = read('service-worker.js');
  for (const file of entryFiles('index.html')) expect(worker).toContain(file);
  expect(worker).toContain('index.html');
  expect(worker).toMatch(/assets\/synchronizer-[\w-]+\.js/);
  expect(worker).toMatch(/assets\/after-first-paint-[\w-]+\.js/);
  expect(worker).not.toContain('admin.html');
  expect(worker).not.toContain('owner/');
});

test('the app can be installed: full screen, both orientations, icons that exist', async ({ page }) => {
  const manifest = JSON.parse(read('manifest.webmanifest')) as {
    display: string;
    orientation: string;
    start_url: string;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ display: 'fullscreen', orientation: 'any', start_url: '/' });
  for (const icon of manifest.icons) {
    expect(existsSync(dist(icon.src.slice(1)))).toBe(true);
    const size = readFileSync(dist(icon.src.slice(1))).readUInt32BE(16);
    expect(`${size}x${size}`).toBe(icon.sizes);
  }
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);

  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's browser profile is always incognito, which is the one thing Chromium holds against the app here.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
});
