import type { RowReport } from '../../domain/import/report';
import type { Encoding } from './encoding';

/** The types in which one kind of file differs from another. */
export type ImportTypes = {
  /** The owner's choices while a file is being prepared. */
  draft: { timeZone: string };
  /** What the worker tries the file with. */
  options: object;
  /** What the owner has to settle first. */
  problem: { code: string };
  /** What a file of this kind comes to, beside what every report says. */
  sums: object;
  reason: string;
  warning: string;
  /** What is sent once the owner agrees. */
  row: object;
};

export type ReportOf<K extends ImportTypes> = RowReport<K['reason'], K['warning']> & K['sums'];

/** What the page asks of the worker that holds the file. */
export type FileRequest<K extends ImportTypes> =
  | { kind: 'read'; bytes: Uint8Array; encoding: Encoding | null }
  | { kind: 'plan'; options: K['options'] }
  /** A slice of the planned rows: 100,000 at once would block the page while they are copied over. */
  | { kind: 'rows'; from: number; count: number };

export type FileSummary = {
  encoding: Encoding;
  header: readonly string[];
  rowCount: number;
  /** The first rows, enough to guess what the columns are. */
  sample: readonly (readonly string[])[];
  /** Per column its different cells, or null when there are many. */
  distinct: readonly ({ cell: string; count: number }[] | null)[];
};

export type FileReply<K extends ImportTypes> =
  | { kind: 'read'; file: FileSummary }
  | { kind: 'empty' }
  /** `rows`: how many there are to be fetched. */
  | { kind: 'plan'; report: ReportOf<K>; rows: number }
  | { kind: 'problem'; problem: K['problem'] }
  | { kind: 'rows'; rows: K['row'][] }
  /** A bug, told so that the page does not wait for ever. */
  | { kind: 'crashed'; message: string };
