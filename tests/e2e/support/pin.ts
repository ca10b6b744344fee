import type { Page } from '@playwright/test';

/** Types a PIN on the staff's page, after the name has been chosen, and unlocks with it. */
async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

/** From the locked staff's page to the open one. */
export async function unlock(page: Page, name: string, pin: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await typePin(page, pin);
  await page.getByText(`Unlocked: ${name}`).waitFor();
}
