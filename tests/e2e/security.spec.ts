import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { headersFile, securityHeaders } from '../../supabase/embedded/security-headers';
import { finishSession, pairTablet, rate } from './support/kiosk';
import { signInAsOwner } from './support/owner';
import { createShop } from './support/shop';
import { expect, test } from './support/test';

/** What the policy refused on any page of a browser, from now on, as 'script-src-elem inline'. */
async function watchPolicy(context: BrowserContext): Promise<string[]> {
  const refused: string[] = [];
  await context.exposeFunction('notePolicyViolation', (what: string) => void refused.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const { notePolicyViolation } = window as unknown as { notePolicyViolation: (what: string) => void };
      notePolicyViolation(`${effectiveDirective} ${blockedURI}`);
    });
  });
  return refused;
}

/** Tries what a script smuggled into the page would try; proves that the watch above is awake. */
async function smuggle(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const ran: string[] = [];
    const smuggled = window as unknown as { smuggledRan: (how: string) => void };
    smuggled.smuggledRan = (how) => void ran.push(how);
    const refusals = new Promise<void>((resolve) => {
      let left = 3;
      addEventListener('securitypolicyviolation', () => --left === 0 && resolve());
    });
    const script = document.createElement('script');
    script.textContent = "smuggledRan('inline script')";
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<button onclick="smuggledRan(\'inline handler\')"></button>';
    document.body.append(image);
    image.querySelector('button')!.click();
    await fetch('https://elsewhere.example/').then(
      () => ran.push('fetch'),
      () => {},
    );
    await refusals;
    script.remove();
    image.remove();
    return ran;
  });
}

const SMUGGLED = [
  'script-src-elem inline',
  'script-src-attr inline',
  'connect-src https://elsewhere.example/',
];

test('every answer carries the headers, the page, its files, the API and what is not there', async ({
  verna,
  request,
}) => {
  const { assets } = filesOfIndex();
  for (const path of [
    '/',
    '/staff',
    '/admin',
    assets,
    '/service-worker.js',
    '/manifest.webmanifest',
    '/rest/v1/',
  ]) {
    const headers = (await request.get(verna.url + path)).headers();
    expect(headers, path).toMatchObject(securityHeaders(null));
  }
});

test('the hosts’ file is the one the headers make', () => {
  expect(readFileSync(join(PROJECT_DIR, 'dist', '_headers'), 'utf8')).toBe(headersFile(null));
});

test('pairing, kiosk and staff’s page break no rule of the policy, and a smuggled script does not run', async ({
  verna,
  page,
  context,
}) => {
  const shop = await createShop(verna.url);
  const { code } = await shop.newTablet('Lenina 5', 'Counter');
  const refused = await watchPolicy(context);
  await page.goto(verna.url);
  await pairTablet(page, code);
  await rate(page, 4);
  await finishSession(page, 9);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // From the service worker, with the first screen from the last time.
  await page.reload();
  await rate(page, 2);
  await finishSession(page);
  await page.goto(`${verna.url}/staff`);
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(refused).toEqual([]);

  expect(await smuggle(page)).toEqual([]);
  await expect.poll(() => refused).toEqual(SMUGGLED);
});

test('the owner’s pages break no rule of the policy, and a smuggled script does not run', async ({
  verna,
  page,
  context,
}) => {
  const shop = await createShop(verna.url);
  await shop.newTablet('Lenina 5', 'Counter');
  const refused = await watchPolicy(context);
  await signInAsOwner(page, verna.url, shop, '/admin/import');
  // Read by a worker.
  await page.getByRole('button', { name: 'Choose a CSV file' }).setInputFiles({
    name: 'scores.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'date,score\n' +
        Array.from({ length: 60 }, (_, n) => `2026-03-${10 + (n % 9)} 1${n % 8}:00,${1 + (n % 5)}`).join(
          '\n',
        ),
    ),
  });
  await page.getByRole('button', { name: 'Import 60 rows' }).click();
  await expect(page.getByText('60 new answers stored')).toBeVisible();
  await page.goto(`${verna.url}/admin/scores?from=2026-03-01&to=2026-03-31`);
  await expect(page.getByRole('region', { name: 'How was your visit today?' })).toContainText('n = 60');
  await page.goto(`${verna.url}/admin/tablets`);
  await page.getByRole('button', { name: 'Add tablet' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(refused).toEqual([]);

  expect(await smuggle(page)).toEqual([]);
  await expect.poll(() => refused).toEqual(SMUGGLED);
});

/** A file that the tablet's page names. */
function filesOfIndex(): { assets: string } {
  const path = join(PROJECT_DIR, 'dist', 'index.html');
  expect(existsSync(path)).toBe(true);
  const assets = /src="(\/assets\/[^"]+\.js)"/.exec(readFileSync(path, 'utf8'))?.[1];
  if (!assets) throw new Error('index.html names no script');
  return { assets };
}
