import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export type Violation = { rule: string; impact: string | null; help: string; elements: string[] };

/** Less than half of `axe.source` to send and to parse. */
const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds against WCAG 2.2 A and AA on the page as it stands; compare with []. The script is evaluated rather
 * than added as a tag, which a content security policy would refuse.
 */
export async function accessibilityViolations(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SCRIPT);
  return violationsOf(page, { type: 'tag', values: WCAG_22_AA });
}

/** The same in light, and what only another scheme can change, the contrast, in dark as well. */
export async function violationsInBothSchemes(page: Page): Promise<Violation[]> {
  const light = await accessibilityViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    // A colour on its way from the one to the other is neither, and what inherits it sets out when it has arrived.
    for (await frame(), await frame(); document.getAnimations().length > 0; await frame(), await frame())
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
  const dark = await violationsOf(page, { type: 'rule', values: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

function violationsOf(page: Page, runOnly: axe.RunOnly): Promise<Violation[]> {
  return page.evaluate(async (runOnly) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly,
      resultTypes: ['violations'],
      // Every stylesheet would be fetched once more, for the one rule (css-orientation-lock) that these tags leave out.
      preload: { assets: ['media'] },
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? null,
      help,
      elements: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary ?? ''}`),
    }));
  }, runOnly);
}
