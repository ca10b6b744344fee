import { guessDateOrder } from '../import/date-order';
import type { ImportTable } from '../import/plan';
import { countRefusal, countWarnings } from '../import/report';
import type { DateOrder } from '../import/stamp';
import { isTimeZone } from '../import/zoned-time';
import { readBalance } from './balance-row';
import { NEEDED, type Columns, type Field, type FileKind } from './fields';
import { readMember } from './member-row';
import { Cells, type ReadRow, type RowOptions } from './read-cells';
import { add, emptyFileReport, type FileReport, type RowRefusal } from './report';
import type { ImportedRow } from './rows';
import { readVisit } from './visit-row';

export type FileOptions = Omit<RowOptions, 'dateOrder'> & { kind: FileKind; dateOrder: DateOrder | 'auto' };

/** What a person must settle before any row can be read. */
export type FileProblem =
  /** One of these columns must be chosen. */
  | { code: 'column_missing'; fields: readonly Field[] }
  | { code: 'date_order_ambiguous' }
  | { code: 'time_zone_unknown' };

export type FilePlan = { rows: ImportedRow[]; report: FileReport };
export type FilePlanResult = { ok: true; plan: FilePlan } | { ok: false; problem: FileProblem };

const READERS: Record<FileKind, (cells: Cells, options: RowOptions) => ReadRow<Unnumbered>> = {
  members: readMember,
  visits: readVisit,
  balances: readBalance,
};
type Unnumbered = ImportedRow extends infer Row
  ? Row extends ImportedRow
    ? Omit<Row, 'occurrence'>
    : never
  : never;

/** Reads a whole file into rows and a report, storing nothing: what the owner sees before agreeing. */
export function planFile(table: ImportTable, options: FileOptions): FilePlanResult {
  const { kind, columns } = options;
  const missing = NEEDED[kind].find((fields) => fields.every((field) => columns[field] === undefined));
  if (missing) return { ok: false, problem: { code: 'column_missing', fields: missing } };
  if (!isTimeZone(options.timeZone)) return { ok: false, problem: { code: 'time_zone_unknown' } };
  const dateOrder = orderOf(table, columns, options.dateOrder);
  if (dateOrder === null) return { ok: false, problem: { code: 'date_order_ambiguous' } };

  const read = READERS[kind];
  const width = Math.max(...Object.values(columns)) + 1;
  const report = emptyFileReport();
  const rows: ImportedRow[] = [];
  const seen = new Seen();
  table.rows.forEach((cells, index) => {
    const line = index + 2;
    if (cells.every((text) => text.trim() === '')) {
      report.blankLines += 1;
      return;
    }
    report.read += 1;
    if (cells.length < width) return countRefusal(report, line, 'row_too_short');
    const result = read(new Cells(columns, cells), { ...options, dateOrder });
    if (!result.ok) return countRefusal(report, line, result.reason);
    const numbered = seen.number(result.row);
    if (typeof numbered === 'string') return countRefusal(report, line, numbered);
    if (numbered.kind === 'member' && seen.again(numbered.phone)) result.warnings.push('phone_repeated');
    countWarnings(report, result.warnings);
    report.accepted += 1;
    rows.push(numbered);
    countRow(report, numbered);
  });
  return { ok: true, plan: { rows, report } };
}

/** Tells identical rows apart, and refuses what can be there only once. */
class Seen {
  readonly #identities = new Map<string, number>();
  readonly #phones = new Set<string>();

  number(row: Unnumbered): ImportedRow | RowRefusal {
    const occurrence = (this.#identities.get(row.identity) ?? 0) + 1;
    if (occurrence > 1) {
      if (row.kind === 'balance') return 'member_repeated';
      if (row.identity.startsWith('["reference"')) return 'reference_repeated';
      if (row.identity.startsWith('["receipt"')) return 'receipt_repeated';
    }
    this.#identities.set(row.identity, occurrence);
    return row.kind === 'balance' ? row : { ...row, occurrence };
  }

  again(phone: string): boolean {
    const isKnown = this.#phones.has(phone);
    this.#phones.add(phone);
    return isKnown;
  }
}

/** Null when only a person can say it. */
function orderOf({ rows }: ImportTable, columns: Columns, wanted: DateOrder | 'auto'): DateOrder | null {
  if (wanted !== 'auto') return wanted;
  const cells = (column: number | undefined) =>
    column === undefined ? [] : rows.map((row) => row[column] ?? '');
  const when = orderIn(cells(columns.at ?? columns.joined));
  const birthdays = orderIn(cells(columns.birthday));
  if (when === 'ambiguous') return null;
  if (when !== 'none' && (when !== 'ymd' || birthdays === 'none')) return when;
  if (birthdays === 'ambiguous') return null;
  // With nothing readable any order will do; days without a year are written before their month in these countries.
  return birthdays === 'none' || birthdays === 'ymd' ? 'dmy' : birthdays;
}

const DOTTED = /^\s*\d{1,2}\.\d{1,2}\./;

function orderIn(cells: readonly string[]): DateOrder | 'ambiguous' | 'none' {
  const guess = guessDateOrder(cells);
  if (guess.kind === 'certain') return guess.order;
  if (guess.kind === 'none') return 'none';
  // Nobody writes the month before a dot first.
  const isDotted = cells.every((cell) => DOTTED.test(cell) || !/\d/.test(cell));
  return isDotted ? 'dmy' : 'ambiguous';
}

function countRow(report: FileReport, row: ImportedRow): void {
  if (row.kind === 'balance') {
    report.points += row.points;
    return;
  }
  add(report.locations, row.location ?? '', 1);
  report.firstAt = Math.min(report.firstAt ?? row.at, row.at);
  report.lastAt = Math.max(report.lastAt ?? row.at, row.at);
  if (row.kind === 'member') {
    for (const [purpose, said] of Object.entries(row.consents)) if (said) add(report.agreed, purpose, 1);
    return;
  }
  if (row.phone === null && row.reference === null) report.ofNobody += 1;
  if (row.sale) add(report.sales, row.sale.currency, row.sale.amount);
  if (row.sale && row.sale.amount < 0) report.refunds += 1;
}
