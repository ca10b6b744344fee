import type { VernaServer } from '../../e2e/support/verna-server';
import { expectNothingLost, heldBy, type Held } from '../support-browser/oracle';
import { note } from '../support-browser/notes';
import { expect, type Device } from './test';

/** Nothing may be lost at any moment of a fault. Returns what the tablet holds. */
export async function expectKept(server: VernaServer, { tablet, seen, page }: Device): Promise<Held> {
  const held = await heldBy(page);
  await expectNothingLost(server, tablet, seen, [held]);
  return held;
}

/**
 * The fault is over: by the drain's own doing all that waited arrives, exactly the injected poison is set aside, and
 * nothing was lost or doubled.
 */
export async function expectHealed(
  server: VernaServer,
  { tablet, seen, page }: Pick<Device, 'tablet' | 'seen' | 'page'>,
  poison: readonly string[] = [],
): Promise<void> {
  const held = { pending: [], quarantined: [...poison] };
  const since = performance.now();
  await expect.poll(() => heldBy(page), { timeout: 30_000 }).toEqual(held);
  note('healedMs', Math.round(performance.now() - since));
  const stored = await expectNothingLost(server, tablet, seen, [held]);
  const expected = [...seen.confirmed].filter((id) => !poison.includes(id));
  expect([...stored].sort()).toEqual(expected.sort());
}
