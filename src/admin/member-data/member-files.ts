import type { Result } from '../../backend/failure';
import type { LedgerRow, VisitRow } from '../../backend/owner-calls/member-files';
import { majorUnits } from '../../domain/money';
import {
  admin_data_column_amount,
  admin_data_column_by,
  admin_data_column_counts,
  admin_data_column_currency,
  admin_data_column_local,
  admin_data_column_location,
  admin_data_column_member,
  admin_data_column_note,
  admin_data_column_reason,
  admin_data_column_record,
  admin_data_column_staff,
  admin_data_column_time,
  admin_members_column_name,
  admin_members_column_phone,
  admin_members_column_points,
} from '../../i18n/paraglide/messages';
import { csvLines, toCsv, type Cell, type Table } from '../../ui/csv';

/** A page of what a file holds, and what to ask the next page with. */
export type FilePage<Row> = { rows: readonly Row[]; next: string | null };

/** A file of many pages: its heading and what each row says. */
export type FileForm<Row> = { columns: () => Table['columns']; cells: (row: Row) => readonly Cell[] };

const number = (raw: number | null): Cell => ({ text: String(raw ?? ''), raw });
const words = (raw: string | null): Cell => raw ?? '';

/**
 * The parts of a CSV file, a page each: 100,000 rows never stand in memory as objects at once. `tell` hears how many
 * rows there are so far.
 */
export async function csvParts<Row>(
  form: FileForm<Row>,
  ask: (after?: string) => Promise<Result<FilePage<Row>>>,
  tell: (rows: number) => void,
): Promise<Result<string[]>> {
  const parts = [toCsv({ columns: form.columns(), rows: [] })];
  let after: string | undefined;
  let count = 0;
  for (;;) {
    const page = await ask(after);
    if (!page.ok) return page;
    parts.push(csvLines(page.value.rows.map(form.cells)));
    count += page.value.rows.length;
    tell(count);
    if (page.value.next === null) return { ok: true, value: parts };
    after = page.value.next;
  }
}

/** Instants in ISO 8601 and amounts in major units with a point, so that any program reads them. */
export const visitsFile = (locationName: (id: string) => string): FileForm<VisitRow> => ({
  columns: () => [
    { label: admin_data_column_time() },
    { label: admin_data_column_local() },
    { label: admin_data_column_location() },
    { label: admin_data_column_staff() },
    { label: admin_members_column_name() },
    { label: admin_members_column_phone() },
    { label: admin_data_column_amount(), numeric: true },
    { label: admin_data_column_currency() },
    { label: admin_data_column_counts() },
    { label: admin_members_column_points(), numeric: true },
    { label: admin_data_column_member() },
    { label: admin_data_column_record() },
  ],
  cells: (visit) => [
    visit.at,
    visit.local_at,
    locationName(visit.location),
    words(visit.staff),
    words(visit.first_name),
    words(visit.phone),
    number(
      visit.amount === null || visit.currency === null ? null : majorUnits(visit.amount, visit.currency),
    ),
    words(visit.currency),
    words(visit.refused),
    number(visit.points),
    words(visit.member),
    visit.visit,
  ],
});

export const ledgerFile: FileForm<LedgerRow> = {
  columns: () => [
    { label: admin_data_column_time() },
    { label: admin_members_column_name() },
    { label: admin_members_column_phone() },
    { label: admin_members_column_points(), numeric: true },
    { label: admin_data_column_reason() },
    { label: admin_data_column_note() },
    { label: admin_data_column_by() },
    { label: admin_data_column_member() },
    { label: admin_data_column_record() },
  ],
  cells: (entry) => [
    entry.at,
    words(entry.first_name),
    words(entry.phone),
    number(entry.points),
    entry.reason,
    words(entry.note),
    words(entry.by),
    words(entry.member),
    words(entry.visit ?? entry.entry),
  ],
};
