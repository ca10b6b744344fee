import { expect, type Page } from '@playwright/test';
import type { Estimated } from '../../../src/domain/statistics/estimate';
import type { TestShop } from './shop';

export type ExpectedFigure = { value: string; low: string; high: string; n: string };

/** Signs in at the owner's page, unless this browser is signed in already. */
export async function signInAsOwner(page: Page, url: string, shop: TestShop, path = '/admin'): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel('E-mail address').fill(shop.email);
  await page.getByLabel('Password').fill(shop.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Opens the scores of a period of local dates, signed in. */
export async function openScores(
  page: Page,
  url: string,
  shop: TestShop,
  period?: { from: string; to: string },
) {
  await signInAsOwner(
    page,
    url,
    shop,
    period ? `/admin/scores?from=${period.from}&to=${period.to}` : '/admin/scores',
  );
  const card = (question: string) => page.getByRole('region', { name: question });
  async function expectFigure(question: string, { value, low, high, n }: ExpectedFigure) {
    await expect(card(question)).toContainText(value);
    await expect(card(question)).toContainText(`95%: ${low} to ${high} · n = ${n}`);
  }
  return {
    chooseLocation: (name: string) => page.getByLabel('Location').selectOption({ label: name }),
    expectCsat: (figure: ExpectedFigure) => expectFigure('How was your visit today?', figure),
    expectNps: (figure: ExpectedFigure) =>
      expectFigure('How likely are you to recommend us to a friend?', figure),
  };
}

/** As the page writes an estimate: one decimal and a real minus sign; shares times 100 with a percent sign. */
export function figureOf(estimate: Estimated, factor: number, unit: string): ExpectedFigure {
  if (estimate.kind !== 'estimate') throw new Error(`Too few answers: ${estimate.n}`);
  const words = (value: number) => `${(value * factor).toFixed(1).replace('-', '−')}${unit}`;
  return {
    value: words(estimate.value),
    low: words(estimate.low),
    high: words(estimate.high),
    n: estimate.n.toLocaleString('en'),
  };
}
