import { ensureChromium } from '../../support/chromium';

/** Runs once before any test, so that no test's time is spent on installing a browser. */
export default function globalSetup(): void {
  ensureChromium();
}
