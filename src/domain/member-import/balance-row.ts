import { readPoints } from './cells';
import { readWho, refuse, type Cells, type ReadRow, type RowOptions } from './read-cells';
import type { ImportedBalance } from './rows';

/** As the server takes them (private.store_balance). */
const MOST_POINTS = 1_000_000;

/** What a member brings along. Known again by the member alone: another figure later is a conflict and no second balance. */
export function readBalance(cells: Cells, options: RowOptions): ReadRow<ImportedBalance> {
  const who = readWho(cells, options);
  if ('reason' in who) return refuse(who.reason);
  if (who.phone === null && who.reference === null) return refuse('member_missing');
  const typed = cells.named('points');
  if (typed === '') return refuse('points_missing');
  const points = readPoints(typed);
  if (points === null) return refuse('points_unreadable');
  if (points === 0) return refuse('points_zero');
  if (Math.abs(points) > MOST_POINTS) return refuse('points_too_many');
  const identity = JSON.stringify(who.phone === null ? ['reference', who.reference] : ['phone', who.phone]);
  return { ok: true, warnings: [], row: { kind: 'balance', ...who, points, identity } };
}
