const DAY_MS = 86_400_000;

/** How long before points lapse their owner is told of it. */
const EXPIRY_NOTICE_DAYS = 30;

/** When points lapse that nobody comes for: so many calendar months after the last visit that counted. Both in ms since 1970 UTC. */
export function lapsesAt(lastVisit: number, months: number): number {
  const visit = new Date(lastVisit);
  const lapse = new Date(lastVisit);
  lapse.setUTCMonth(visit.getUTCMonth() + months);
  // A month without that day ends sooner, as it does in Postgres: 31 August and six months is the end of February.
  if (lapse.getUTCDate() !== visit.getUTCDate()) lapse.setUTCDate(0);
  return lapse.getTime();
}

/**
 * When points lapse, if it is so soon that whoever has them should be told; null while there is time, once it has
 * happened, and where nothing can lapse. Times in ms since 1970 UTC; `months` as the programme's expiry_months.
 */
export function lapsesSoon(
  { points, lastVisit }: { points: number; lastVisit: number | null },
  months: number | null,
  now: number,
): number | null {
  if (points <= 0 || lastVisit === null || months === null) return null;
  const at = lapsesAt(lastVisit, months);
  return now < at && at - now <= EXPIRY_NOTICE_DAYS * DAY_MS ? at : null;
}
