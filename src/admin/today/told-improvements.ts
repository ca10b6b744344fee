import type { Improvement } from '../../backend/owner-calls/improvements';
import { LONGEST_WEEKS, type Effect } from '../../domain/statistics/improvement';
import { addDays } from '../../domain/statistics/local-date';
import type { Dates } from '../scores/period';

/** As many as a first page should name. */
const NAMED = 3;

/** Changes whose verdict may have come since the period began, or may still come: what is older than that stands. */
export const unsettledSince = (list: readonly Improvement[], { from, to }: Dates): Improvement[] =>
  list.filter(({ happened_on }) => happened_on <= to && addDays(happened_on, 7 * LONGEST_WEEKS + 1) >= from);

/** The day on which a verdict came or is to come; null where none will. */
function verdictDay({ happened_on }: Pick<Improvement, 'happened_on'>, effect: Effect): string | null {
  if (effect.kind !== 'compared') return null;
  if (effect.plan.kind === 'settled') return addDays(happened_on, 7 * effect.weeks + 1);
  return effect.plan.kind === 'going' ? effect.plan.date : null;
}

/**
 * What is news of the changes: verdicts that came since the period began, the latest first, then those that are to come, the
 * next first.
 */
export function toldImprovements<Item extends { improvement: Improvement; effect: Effect }>(
  items: readonly Item[],
  { from }: Dates,
): Item[] {
  const dated = items.flatMap((item) => {
    const day = verdictDay(item.improvement, item.effect);
    return day === null
      ? []
      : [{ item, day, isSettled: item.effect.kind === 'compared' && item.effect.plan.kind === 'settled' }];
  });
  const told = dated
    .filter(({ day, isSettled }) => isSettled && day >= from)
    .sort((a, b) => b.day.localeCompare(a.day));
  const toCome = dated.filter(({ isSettled }) => !isSettled).sort((a, b) => a.day.localeCompare(b.day));
  return [...told, ...toCome].slice(0, NAMED).map(({ item }) => item);
}
