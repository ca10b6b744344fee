/** How long before and after the day a member is wished well; the shop's points for it know the same days. */
const NEAR_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * In how many days a birthday (MM-DD) is, seen from a day (YYYY-MM-DD): 0 on the day itself, below 0 after it; null when it
 * is not within a week. 29 February is the 28th in a year without one.
 */
export function birthdayNear(birthday: string, today: string): number | null {
  const from = Date.parse(today);
  const year = Number(today.slice(0, 4));
  // In the first and last days of a year, a birthday of the year beside it is near.
  const days = [year - 1, year, year + 1].map((each) => (dayIn(each, birthday) - from) / DAY_MS);
  return days.find((count) => Math.abs(count) <= NEAR_DAYS) ?? null;
}

function dayIn(year: number, birthday: string): number {
  const [month, day] = birthday.split('-').map(Number) as [number, number];
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, Math.min(day, lastOfMonth));
}
