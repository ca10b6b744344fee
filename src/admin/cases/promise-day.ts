/** The day (YYYY-MM-DD) that this device shows at an instant (ms). */
export function thisDay(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** The last second of a day on this device, as an instant in ISO 8601. A day is promised whole. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

/** Whether it is a day at all, and not before another. */
export const isFrom = (day: string, first: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && day >= first;
