import type { ImportMapping } from '../../domain/import/mapping';
import type { ImportOptions, PlanResult } from '../../domain/import/plan';
import type { Encoding } from './encoding';

/** What the page asks of the worker that holds the file. */
export type CsvRequest =
  | { kind: 'read'; bytes: Uint8Array; encoding: Encoding | null }
  | { kind: 'plan'; mapping: ImportMapping; options: ImportOptions };

export type CsvFileSummary = {
  encoding: Encoding;
  header: readonly string[];
  rowCount: number;
  /** The first rows, enough to guess what the columns are. */
  sample: readonly (readonly string[])[];
  /** Per column its different cells, or null when there are many. */
  distinct: readonly ({ cell: string; count: number }[] | null)[];
};

export type CsvReply =
  | { kind: 'read'; file: CsvFileSummary }
  | { kind: 'empty' }
  | { kind: 'plan'; result: PlanResult }
  /** A bug, told so that the page does not wait for ever. */
  | { kind: 'crashed'; message: string };
