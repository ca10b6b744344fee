import { test } from '@playwright/test';

/** What the summary of a run of faults tells of each test. */
export type NoteName = 'seed' | 'healedMs';

export function note(name: NoteName, value: number): void {
  test.info().annotations.push({ type: name, description: String(value) });
}
