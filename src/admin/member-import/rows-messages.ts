import type { FileOptions, FileProblem } from '../../domain/member-import/plan-file';
import type { FileReport } from '../../domain/member-import/report';
import type { ImportedRow } from '../../domain/member-import/rows';
import type { CsvFileSummary } from '../import/csv-messages';
import type { Encoding } from '../import/encoding';

/** `country`: whose numbers are written without a prefix (ISO 3166-1 alpha-2). */
export type PlanOptions = Omit<FileOptions, 'parsePhone'> & { country: string };

/** What the page asks of the worker that holds the file. */
export type RowsRequest =
  | { kind: 'read'; bytes: Uint8Array; encoding: Encoding | null }
  | { kind: 'plan'; options: PlanOptions }
  /** A slice of the planned rows: all at once would block the page while they are copied over. */
  | { kind: 'rows'; from: number; count: number };

export type RowsReply =
  | { kind: 'read'; file: CsvFileSummary }
  | { kind: 'empty' }
  | { kind: 'plan'; report: FileReport }
  | { kind: 'problem'; problem: FileProblem }
  | { kind: 'rows'; rows: ImportedRow[] }
  /** A bug, told so that the page does not wait for ever. */
  | { kind: 'crashed'; message: string };
