import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS } from './tests/support/chromium';

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts', 'figures/**/*.spec.ts'],
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/global-setup.ts',
  // One browser and its server at a time; npm test, which cannot wait, runs three.
  workers: 1,
  fullyParallel: false,
  // A test that passes the second time has still failed once.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // Limits for a machine that does other checks at the same time, and not how long anything may take.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    launchOptions: {
      args: [...CHROMIUM_ARGS],
      // The global setup names it; workers read this file after that.
      ...(process.env['VERNA_CHROMIUM'] ? { executablePath: process.env['VERNA_CHROMIUM'] } : {}),
    },
    locale: 'en-GB',
    timezoneId: 'Europe/Sofia',
    viewport: { width: 1280, height: 800 },
    hasTouch: true,
    // A picture that moves sixty times a second takes the processor from the tests beside it.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 20_000,
    trace: 'off',
    screenshot: 'off',
    video: 'off',
  },
});
