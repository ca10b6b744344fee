import type { ImportTable } from '../../domain/import/plan';
import { guessEncoding, type Encoding } from './encoding';
import type { FileSummary } from './file-messages';
import { distinctCells, readCsv } from './read-csv';

const SAMPLE = 500;

/** A file's table and what the page shows of it; null when it has no rows. In the encoding it seems to be in, if none is named. */
export function readFile(
  bytes: Uint8Array,
  wanted: Encoding | null,
): { table: ImportTable; summary: FileSummary } | null {
  const encoding = wanted ?? guessEncoding(bytes);
  const table = readCsv(bytes, encoding);
  if (!table) return null;
  const { header, rows } = table;
  return {
    table,
    summary: {
      encoding,
      header,
      rowCount: rows.length,
      sample: rows.slice(0, SAMPLE),
      distinct: header.map((_, column) => distinctCells(table, column)),
    },
  };
}
