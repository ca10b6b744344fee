import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../../support/chromium';
import { killTreesNaming } from '../../support/process-tree';

/** A browser of its own on a profile folder, as a tablet keeps it from one day to the next. */
export type Tablet = {
  context: BrowserContext;
  page: Page;
  /** Where the browser keeps what it knows. */
  profileDir: string;
  /** Ends every process of the browser at once, as a flat battery does, and frees the profile for the next launch. */
  kill(): Promise<void>;
  /** Ends the browser in good order. */
  close(): Promise<void>;
};

/** Starts Chromium on `profileDir` (made when missing). The page is blank; the caller opens the address. */
export async function launchTablet(profileDir: string): Promise<Tablet> {
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS],
    locale: 'en-GB',
    timezoneId: 'Europe/Sofia',
    viewport: { width: 1280, height: 800 },
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    profileDir,
    kill: async () => {
      const gone = new Promise<void>((resolve) => context.once('close', () => resolve()));
      killTreesNaming(`--user-data-dir=${profileDir}`);
      await gone;
      await removeLocks(profileDir);
    },
    close: () => context.close(),
  };
}

/** A killed browser leaves SingletonLock, SingletonCookie and SingletonSocket, which keep the next one from starting. */
async function removeLocks(profileDir: string): Promise<void> {
  const names = (await readdir(profileDir)).filter((name) => name.startsWith('Singleton'));
  await Promise.all(names.map((name) => rm(join(profileDir, name), { force: true })));
}
