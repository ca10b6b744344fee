import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Locale } from '../../../src/domain/locale';

export type View = { name: string; width: number; height: number; dark?: boolean; print?: boolean };

/** A 10-inch tablet as browsers see it, both ways round. */
const landscape = { name: 'landscape', width: 1280, height: 800 };
const portrait = { name: 'portrait', width: 800, height: 1280 };
const phone = { name: 'phone', width: 390, height: 844 };
const desktop = { name: 'desktop', width: 1280, height: 800 };

const dark = (view: View): View => ({ ...view, dark: true });
const print = (view: View): View => ({ ...view, print: true });

export const JOIN_VIEWS = [landscape, portrait, phone, dark(landscape)];
export const KIOSK_VIEWS = [landscape, portrait, dark(landscape), dark(portrait)];
export const STAFF_VIEWS = [landscape, portrait, phone, dark(landscape), dark(phone)];
export const ADMIN_VIEWS = [desktop, phone];
export const REPORT_VIEWS = [desktop, phone, dark(desktop), dark(phone), print(desktop)];

/** Where the pictures go. */
export class Gallery {
  taken = 0;

  /** `names` chooses and renames: from what a picture is called in the full set to what it is to be called here. */
  constructor(
    private readonly folder: string,
    private readonly names: ReadonlyMap<string, string> | null,
  ) {}

  /**
   * Takes one picture of the page in every view, named <screen>-<view>-<locale>[-dark|-print].png.
   * `before` runs ahead of each, for a screen that would leave by itself. A page may be taken whole, not only its
   * visible part.
   */
  async shoot(
    page: Page,
    screen: string,
    locale: Locale,
    views: readonly View[],
    options: { before?: () => Promise<unknown>; whole?: boolean } = {},
  ): Promise<void> {
    for (const view of views) {
      const suffix = view.print ? '-print' : view.dark ? '-dark' : '';
      const path = this.#pathOf(`${screen}-${view.name}-${locale}${suffix}`);
      if (!path) continue;
      await mkdir(dirname(path), { recursive: true });
      await page.setViewportSize({ width: view.width, height: view.height });
      await page.emulateMedia({
        colorScheme: view.dark ? 'dark' : 'light',
        media: view.print ? 'print' : 'screen',
        reducedMotion: 'reduce',
      });
      await options.before?.();
      await page.evaluate(showOwnTypeface);
      await page.screenshot({ path, fullPage: options.whole ?? false });
      this.taken += 1;
    }
  }

  /** Writes the page as it would be printed, on the paper it asks for, to <screen>-<locale>.pdf; never for the documentation. */
  async print(page: Page, screen: string, locale: Locale): Promise<void> {
    if (this.names) return;
    await page.emulateMedia({ media: null, colorScheme: 'light' });
    await page.pdf({ path: join(this.folder, `${screen}-${locale}.pdf`), preferCSSPageSize: true });
    this.taken += 1;
  }

  #pathOf(name: string): string | undefined {
    const called = this.names ? this.names.get(name) : name;
    return called === undefined ? undefined : join(this.folder, `${called}.png`);
  }
}

/**
 * Runs in the page. The app's typeface is `font-display: optional`, so a page opened for the first time keeps the
 * system's; the pictures show what a tablet shows from its second start on.
 */
async function showOwnTypeface(): Promise<void> {
  for (const sheet of document.styleSheets) {
    [...sheet.cssRules].forEach((rule, index) => {
      if (!(rule instanceof CSSFontFaceRule) || !rule.cssText.includes('optional')) return;
      sheet.deleteRule(index);
      sheet.insertRule(rule.cssText.replace('optional', 'block'), index);
    });
  }
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
}
