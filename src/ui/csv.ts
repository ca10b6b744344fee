/** What a table holds: words, or a figure with its words; files get the figure, screens the words. */
export type Cell = string | { text: string; raw: number | string | null };

export type Table = {
  columns: readonly { label: string; numeric?: boolean }[];
  rows: readonly (readonly Cell[])[];
};

export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

/**
 * A table as CSV (RFC 4180): commas, CRLF, and a byte order mark, without which Excel reads UTF-8 as its own code page.
 *
 * Words that a spreadsheet would run as a formula get an apostrophe in front: a customer's comment must stay a text
 * (https://owasp.org/www-community/attacks/CSV_Injection). Figures keep their minus and a decimal point.
 */
export function toCsv({ columns, rows }: Table): string {
  return `\uFEFF${csvLines([columns.map(({ label }) => label)])}${csvLines(rows)}`;
}

/** Rows without a heading: what goes below it, a part at a time. */
export function csvLines(rows: Table['rows']): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: Cell): string {
  const raw = typeof cell === 'string' ? cell : cell.raw;
  if (raw === null) return '';
  if (typeof raw === 'number') return String(raw);
  const safe = /^[\s\uFEFF]*[=+\-@＝＋－＠\t\r]/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a text, whole or in parts, to the browser as a file. */
export function downloadText(
  name: string,
  text: string | readonly string[],
  type = 'text/csv;charset=utf-8',
): void {
  const url = URL.createObjectURL(new Blob([text].flat(), { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference by then; a click is handled before the next task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
