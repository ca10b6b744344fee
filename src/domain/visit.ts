import type { Programme } from './member';

const HOUR_MS = 3_600_000;

/**
 * When the last visit that counts was: of the visits in their order, those within the cooldown after one that counted do
 * not. `counted` is the last that is known to have counted. All in ms of one clock.
 */
export function lastCounted(
  counted: number | null,
  visits: readonly number[],
  cooldownHours: number,
): number | null {
  return visits.reduce<number | null>(
    (last, at) => (isCoolingDown(last, at, cooldownHours) ? last : Math.max(last ?? at, at)),
    counted,
  );
}

/** Whether a visit at that time would not count, for another has just counted. */
export function isCoolingDown(counted: number | null, at: number, cooldownHours: number): boolean {
  return counted !== null && Math.abs(at - counted) < cooldownHours * HOUR_MS;
}

/** What a visit that counts gives, as far as a tablet can tell: a birthday may add to it. amount in minor units. */
export function expectedPoints(programme: Programme, amount: number | null): number {
  const { points_per_visit: forVisit, points_per_amount: rule } = programme;
  return forVisit + (rule && amount !== null ? Math.floor(amount / rule.per) * rule.points : 0);
}
