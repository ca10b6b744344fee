import type { Page } from '@playwright/test';
import axe from 'axe-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export type Violation = { rule: string; impact: string | null; help: string; elements: string[] };

/**
 * What axe finds against WCAG 2.2 A and AA on the page as it stands; compare with []. The script is evaluated rather
 * than added as a tag, which a content security policy would refuse.
 */
export async function accessibilityViolations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? null,
      help,
      elements: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary ?? ''}`),
    }));
  }, WCAG_22_AA);
}
