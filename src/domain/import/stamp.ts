/** Order of the parts in a date such as 03/04/2026. A date that begins with a four-digit year is always year, month, day. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export type Stamp = {
  /** The date and time as written, read as if it were UTC, in ms. */
  localMs: number;
  /** Minutes east of UTC when the stamp says so itself ('Z', '+03:00'); null for plain local time. */
  offsetMinutes: number | null;
  /** False when only a date was written: `localMs` is then noon, which keeps the date in every zone. */
  hasTime: boolean;
};

const TIME =
  /^(?:T|,?\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?(?:\s*ч\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
/** Bulgarian dates carry "г." (year) after the number. */
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(?:\s*г\.?)?/;

/**
 * Reads one stamp: 2026-03-29T14:05, 29.03.2026 14:05:10, 3/29/2026 2:05 PM, 29.03.26 г., with or without an offset.
 * Two-digit years mean 20xx. Null when it is not a date that exists in the given order.
 */
export function readStamp(text: string, order: DateOrder): Stamp | null {
  const trimmed = text.trim();
  const parts = readDate(trimmed, order);
  if (!parts) return null;
  const midnight = Date.UTC(parts.year, parts.month - 1, parts.day);
  const check = new Date(midnight);
  if (check.getUTCMonth() !== parts.month - 1 || check.getUTCDate() !== parts.day) return null;

  const rest = trimmed.slice(parts.length);
  if (rest.trim() === '') return { localMs: midnight + 12 * 3_600_000, offsetMinutes: null, hasTime: false };
  const timeMs = readTime(rest);
  return timeMs && { localMs: midnight + timeMs.ms, offsetMinutes: timeMs.offsetMinutes, hasTime: true };
}

function readDate(text: string, order: DateOrder) {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [whole, year, , month, day] = yearFirst;
    return { year: Number(year), month: Number(month), day: Number(day), length: whole.length };
  }
  const yearLast = order === 'ymd' ? null : YEAR_LAST.exec(text);
  if (!yearLast) return null;
  const [whole, first, , second, year] = yearLast;
  return {
    year: Number(year) + (year!.length === 2 ? 2000 : 0),
    month: Number(order === 'dmy' ? second : first),
    day: Number(order === 'dmy' ? first : second),
    length: whole.length,
  };
}

function readTime(text: string): { ms: number; offsetMinutes: number | null } | null {
  const match = TIME.exec(text.trimEnd());
  if (!match) return null;
  const [, hourText, minuteText, secondText = '0', fraction = '', half, zone] = match;
  const written = Number(hourText);
  if (half && (written < 1 || written > 12)) return null;
  const hour = half ? (written % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : written;
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  if (!zone) return { ms, offsetMinutes: null };
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!offset) return { ms, offsetMinutes: 0 };
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  if (minutes > 900 || Number(offset[3]) > 59) return null;
  return { ms, offsetMinutes: offset[1] === '-' ? -minutes : minutes };
}
