import { expect, type Locator, type Page } from '@playwright/test';

/** Types a pairing code on a tablet that is not paired yet, and waits for the first question. */
export async function pairTablet(page: Page, code: string): Promise<void> {
  await page.getByLabel('Pairing code').fill(code);
  await page.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect(face(page, 5)).toBeVisible();
}

/** The face for a score of 1 to 5 on the first screen. */
export function face(page: Page, score: number) {
  return page.getByRole('button', { name: new RegExp(`${score} of 5`) });
}

/**
 * Taps a face and waits until the kiosk says that the tap is saved. A tap within a blink of the last is taken for a
 * slip of the thumb, so it is repeated until the first screen is left.
 */
export async function rate(page: Page, score: number): Promise<void> {
  const target = face(page, score);
  await expect(async () => {
    if (await target.isVisible()) await target.click({ timeout: 1_000 });
    await expect(target).toBeHidden({ timeout: 150 });
  }).toPass({ intervals: [50] });
  await expect(page.getByText('Saved. Thank you!').first()).toBeVisible();
}

/** Skips every follow-up, but answers the recommendation when a score of 0 to 10 is given. Ends on the first screen. */
export async function finishSession(page: Page, recommend?: number): Promise<void> {
  await skipReasons(page);
  await finishAfterReasons(page, recommend);
}

export async function skipReasons(page: Page): Promise<void> {
  await leaveStep(page, 'What made the difference?', 'Skip');
}

/** The rest of finishSession. */
export async function finishAfterReasons(page: Page, recommend?: number): Promise<void> {
  if (recommend === undefined) await leaveStep(page, 'How likely are you', 'Skip');
  else await leaveStep(page, 'How likely are you', `${recommend} of 10`);
  await leaveStep(page, 'Was it as you expected?', 'Skip');
  await leaveStep(page, 'Anything you would like', 'Skip');
  await leaveStep(page, 'Saved. Thank you!', 'Done');
  await expect(face(page, 5)).toBeVisible();
}

/** The kiosk takes a tap within 350 ms of a new screen for a slip of the thumb. */
const SLIP_MS = 360;

type Press = (button: Locator) => Promise<void>;

const byTap: Press = (button) => button.click({ timeout: 1_000 });
export const byKeyboard: Press = (button) => button.press('Enter', { timeout: 1_000 });

/** Presses a button until its step is left. */
export async function leaveStep(page: Page, heading: string, button: string, press = byTap): Promise<void> {
  const title = page.getByRole('heading', { name: heading });
  await expect(title).toBeVisible();
  await page.waitForTimeout(SLIP_MS);
  await expect(async () => {
    // The last press may have worked after its time was up: the button is not looked for on the next step.
    if (await title.isVisible()) await press(page.getByRole('button', { name: button, exact: true }));
    await expect(title).toBeHidden({ timeout: 150 });
  }).toPass({ intervals: [50] });
}
