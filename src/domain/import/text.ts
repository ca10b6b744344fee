import { MAX_TEXT_LENGTH } from '../text-limit';

/** What to do with a comment longer than a customer could have typed here. */
export type LongText = 'refuse' | 'cut';

export type ReadText = { text: string; damaged: boolean; cut: boolean } | { tooLong: true };

/**
 * A comment ready for storage: trimmed, without NUL (Postgres has no room for it in text). U+FFFD, the mark that a
 * reader left where bytes made no sense, stays: the words around it are still the customer's. `damaged` tells of both.
 */
export function readText(raw: string, longText: LongText): ReadText {
  const text = raw.replaceAll('\u0000', '\uFFFD').trim();
  const damaged = text.includes('\uFFFD');
  if (text.length <= MAX_TEXT_LENGTH) return { text, damaged, cut: false };
  if (longText === 'refuse') return { tooLong: true };
  return { text: `${cutAt(text, MAX_TEXT_LENGTH - 1)}…`, damaged, cut: true };
}

/** At most `length` UTF-16 units, never half of a surrogate pair. */
function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length).trimEnd();
}

/** Reason cells hold one or more names: "Long wait | High prices", "long_wait; high_price", "quick, friendly_staff". */
export function splitReasons(cell: string): string[] {
  const separator = cell.includes('|') ? '|' : cell.includes(';') ? ';' : ',';
  return cell
    .split(separator)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}
