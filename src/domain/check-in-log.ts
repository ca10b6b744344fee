import * as v from 'valibot';
import { localDay } from './local-day';
import { visitSchema } from './member';
import { uuidSchema } from './record';

/** Who stood at the counter: a member's id, and under which name the directory keeps their number. Never the number itself. */
export type Whom = { member: string | null; lookup: string | null };

/** What a tablet remembers of a check-in or a reward it recorded. */
export const loggedSchema = v.object({
  /** The record's. */
  id: uuidSchema,
  /** Under which pairing it was recorded. */
  pairing: uuidSchema,
  /** When it was saved, by the tablet's wall clock in ms. */
  at: v.number(),
  member: v.nullable(uuidSchema),
  lookup: v.nullable(v.string()),
  sale: visitSchema.entries.sale,
  /** What it changes the balance by, as far as the tablet can tell; below zero for a reward. */
  points: v.pipe(v.number(), v.safeInteger()),
  /** What was given for points; null for a visit. */
  reward: v.nullable(uuidSchema),
  /** Of a reward: whether the server had told the balance just before. */
  checked: v.boolean(),
});
export type Logged = v.InferOutput<typeof loggedSchema>;

export function isSamePerson(one: Whom, other: Whom): boolean {
  return (
    (one.member !== null && one.member === other.member) ||
    (one.lookup !== null && one.lookup === other.lookup)
  );
}

/**
 * How many points were redeemed on the local day of `at` without asking the server: by one member, and on the tablet by
 * all. `at` in ms.
 */
export function spentUnchecked(
  log: readonly Logged[],
  whom: Whom,
  { at, timeZone }: { at: number; timeZone: string },
): { member: number; tablet: number } {
  const today = localDay(at, timeZone);
  const spent = { member: 0, tablet: 0 };
  for (const entry of log) {
    if (entry.reward === null || entry.checked || localDay(entry.at, timeZone) !== today) continue;
    spent.tablet -= entry.points;
    if (isSamePerson(entry, whom)) spent.member -= entry.points;
  }
  return spent;
}
