import Papa from 'papaparse';
import type { ImportTable } from '../../domain/import/plan';
import { decode, type Encoding } from './encoding';

/** A file's rows under its header; null when there is nothing below the header. The delimiter is found by Papa Parse. */
export function readCsv(bytes: Uint8Array, encoding: Encoding): ImportTable | null {
  const { data } = Papa.parse<string[]>(decode(bytes, encoding), { skipEmptyLines: false });
  const [header, ...rows] = data;
  // The newline that ends a file is not a row.
  if (rows.at(-1)?.every((cell) => cell === '')) rows.pop();
  if (!header || rows.length === 0 || header.every((cell) => cell.trim() === '')) return null;
  return { header: header.map((cell) => cell.trim()), rows };
}

/** Different cells of a column with their counts, in the order of numbers and letters; null when there are more than `most`. */
export function distinctCells(
  { rows }: ImportTable,
  column: number,
  most = 24,
): { cell: string; count: number }[] | null {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = (row[column] ?? '').trim();
    if (!counts.has(cell) && counts.size >= most) return null;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts]
    .map(([cell, count]) => ({ cell, count }))
    .sort((a, b) => a.cell.localeCompare(b.cell, 'en', { numeric: true }));
}
