import { BLANK_MARKERS, canonicalCell } from '../import/mapping';
import { instantOf } from '../import/read-row';
import { readStamp, type DateOrder } from '../import/stamp';
import type { Locale } from '../locale';
import type { Columns, Field } from './fields';
import type { RowRefusal, RowWarning } from './report';

export type RowOptions = {
  columns: Columns;
  timeZone: string;
  dateOrder: DateOrder;
  /** The present, in ms: later stamps are refused. */
  now: number;
  /** When members joined of whom the file does not say it: YYYY-MM-DD. */
  joined: string;
  /** ISO 4217, for amounts beside which no currency stands. */
  currency: string;
  /** For members of whom the file does not say what they speak. */
  locale: Locale;
  /** The number in E.164, or null when there is no such number. */
  parsePhone: (typed: string) => string | null;
};

export type ReadRow<Row> = { ok: true; row: Row; warnings: RowWarning[] } | { ok: false; reason: RowRefusal };
export const refuse = (reason: RowRefusal) => ({ ok: false, reason }) as const;

const blanks = new Set(BLANK_MARKERS.map(canonicalCell));

/** One row's cells by what they are. */
export class Cells {
  constructor(
    private readonly columns: Columns,
    private readonly cells: readonly string[],
  ) {}

  /** As written; '' where no column is mapped. */
  raw(field: Field): string {
    const column = this.columns[field];
    return column === undefined ? '' : (this.cells[column] ?? '').trim();
  }

  /** '' also for what only says that there is nothing. */
  named(field: Field): string {
    const cell = this.raw(field);
    return blanks.has(canonicalCell(cell)) ? '' : cell;
  }

  has(field: Field): boolean {
    return this.columns[field] !== undefined;
  }
}

/** Earlier than any programme, and than what the server takes for a time (private.occurred_at). */
const EARLIEST = Date.UTC(2000, 0, 2);
const HALF_A_DAY_MS = 12 * 3_600_000;

export type When = { at: number; tzOffset: number; warnings: RowWarning[] };

export function readWhen(
  text: string,
  { timeZone, dateOrder, now }: Pick<RowOptions, 'timeZone' | 'dateOrder' | 'now'>,
): When | { reason: RowRefusal } {
  if (text === '') return { reason: 'date_missing' };
  const stamp = readStamp(text, dateOrder);
  if (!stamp) return { reason: 'date_unreadable' };
  const { instantMs, offsetMinutes, adjusted } = instantOf(stamp, timeZone);
  // A bare date stands for noon, so this morning's file would lie in the future until then.
  if ((stamp.hasTime ? instantMs : instantMs - HALF_A_DAY_MS) > now) return { reason: 'date_in_future' };
  if (instantMs < EARLIEST) return { reason: 'date_too_early' };
  const warnings: RowWarning[] = [];
  if (!stamp.hasTime) warnings.push('time_missing');
  if (adjusted) warnings.push('time_adjusted');
  return { at: Math.min(instantMs, now), tzOffset: offsetMinutes, warnings };
}

export type Who = { phone: string | null; reference: string | null };

/** By number where there is one, else by what the former system called them; both null for nobody. */
export function readWho(
  cells: Cells,
  { parsePhone }: Pick<RowOptions, 'parsePhone'>,
): Who | { reason: RowRefusal } {
  const typed = cells.named('phone');
  if (typed !== '') {
    const phone = parsePhone(typed);
    return phone === null ? { reason: 'phone_unreadable' } : { phone, reference: null };
  }
  return { phone: null, reference: cells.named('reference') || null };
}

/** Null where no column names places; '' where this row names none. */
export const readLocation = (cells: Cells): string | null =>
  cells.has('location') ? cells.named('location') : null;
