import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { face, pairTablet } from '../e2e/support/kiosk';
import { launchTablet, type Tablet } from '../e2e/support/tablet';
import { heldBy, type Held } from '../faults/support-browser/oracle';
import { nothingSeen, watch } from '../faults/support-browser/witness';
import type { Judged } from './judge';

/** The whole app in a real Chromium on a profile of its own. */
export class KioskTablet implements Judged {
  readonly seen = nothingSeen();
  readonly poison = new Set<string>();
  #browser: Tablet | null = null;

  private constructor(
    readonly tablet: string,
    private readonly url: string,
    private readonly profileDir: string,
  ) {}

  static async start(tablet: string, url: string, code: string): Promise<KioskTablet> {
    const kiosk = new KioskTablet(tablet, url, await mkdtemp(join(tmpdir(), 'verna-soak-')));
    const { page } = await kiosk.#launch();
    await page.goto(url);
    await pairTablet(page, code);
    await page.evaluate(() => navigator.serviceWorker.ready);
    return kiosk;
  }

  /** The next customer's rating; resolves once the screen said thanks. */
  async tap(score: number): Promise<void> {
    const { seen } = this;
    const before = seen.confirmed.size;
    await this.reload();
    await this.#tapOnce(score);
    await expect.poll(() => seen.confirmed.size, { timeout: 30_000 }).toBeGreaterThan(before);
  }

  /** Kills the browser as a tap goes to the disk, and starts it again. */
  async killWhileTapping(score: number): Promise<void> {
    const browser = this.#browser!;
    const { seen } = this;
    const before = seen.made.size;
    await this.reload();
    await this.#tapOnce(score);
    await expect.poll(() => seen.made.size, { intervals: [1], timeout: 30_000 }).toBeGreaterThan(before);
    this.#browser = null;
    await browser.kill();
    const { page } = await this.#launch();
    await page.goto(this.url);
    await expect(face(page, 5)).toBeVisible();
  }

  /** Opens the kiosk anew, which sends at once what waits. */
  async reload(): Promise<void> {
    const { page } = this.#browser!;
    await page.reload();
    await expect(face(page, 5)).toBeVisible();
  }

  /** Taps once, when the kiosk itself stands there: the kept picture of its first screen has nothing in its footer. */
  async #tapOnce(score: number): Promise<void> {
    const { page } = this.#browser!;
    await expect(page.locator('.kiosk footer > *').first()).toBeAttached();
    await face(page, score).click();
  }

  async held(): Promise<Held | null> {
    const browser = this.#browser;
    if (!browser) return null;
    try {
      return await heldBy(browser.page);
    } catch {
      // The page is being loaded, or its browser was killed meanwhile.
      return null;
    }
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await rm(this.profileDir, { recursive: true, force: true });
  }

  async #launch(): Promise<Tablet> {
    const browser = await launchTablet(this.profileDir);
    // The witness goes into the page as text, where the helper that tsx gives every function a name with is missing.
    await browser.context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await watch(browser.context, this.seen);
    this.#browser = browser;
    return browser;
  }
}
