import type { ImportMapping } from '../../domain/import/mapping';
import type { ImportedSession, ImportOptions, ImportProblem } from '../../domain/import/plan';
import type { ImportReport } from '../../domain/import/report';
import type { Encoding } from './encoding';

/** What the page asks of the worker that holds the file. */
export type CsvRequest =
  | { kind: 'read'; bytes: Uint8Array; encoding: Encoding | null }
  | { kind: 'plan'; mapping: ImportMapping; options: ImportOptions }
  /** A slice of the planned sessions: 100,000 at once would block the page while they are copied over. */
  | { kind: 'sessions'; from: number; count: number };

export type CsvFileSummary = {
  encoding: Encoding;
  header: readonly string[];
  rowCount: number;
  /** The first rows, enough to guess what the columns are. */
  sample: readonly (readonly string[])[];
  /** Per column its different cells, or null when there are many. */
  distinct: readonly ({ cell: string; count: number }[] | null)[];
};

/** Counts per score, lowest first: what the file would say if it were imported like this. */
export type PlannedScores = { csat: number[]; nps: number[] };

export type CsvReply =
  | { kind: 'read'; file: CsvFileSummary }
  | { kind: 'empty' }
  | { kind: 'plan'; report: ImportReport; answers: number; scores: PlannedScores }
  | { kind: 'problem'; problem: ImportProblem }
  | { kind: 'sessions'; sessions: ImportedSession[] }
  /** A bug, told so that the page does not wait for ever. */
  | { kind: 'crashed'; message: string };
