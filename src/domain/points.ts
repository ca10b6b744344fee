import type { Programme, Visit } from './member';

export type VisitPoints = { visit: number; amount: number };

/** What a visit that counts gives by itself; points for a birthday need to know the member. */
export function pointsOfVisit(programme: Programme, sale: Visit['sale']): VisitPoints {
  return { visit: programme.points_per_visit, amount: pointsOfSale(programme, sale) };
}

/** A sale in another currency gives none: nobody says at what rate. */
function pointsOfSale({ currency, points_per_amount }: Programme, sale: Visit['sale']): number {
  if (!points_per_amount || sale?.currency !== currency) return 0;
  return points_per_amount.points * Math.trunc(sale.amount / points_per_amount.per);
}
