export const REFUSAL_REASONS = [
  'row_too_short',
  'score_missing',
  'score_not_a_number',
  'score_off_scale',
  'score_conflicts',
  'date_missing',
  'date_unreadable',
  'date_in_future',
  'location_missing',
  'text_too_long',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What was kept but deserves a word: none of these costs a row. */
export type ImportWarning =
  /** A comment holds U+FFFD: the file was once read with the wrong encoding. */
  | 'text_damaged'
  | 'text_cut'
  /** A reason that the survey does not know; the rest of the row is kept. */
  | 'reason_unknown'
  /** A date without a time: it counts at noon and must not be read by hour. */
  | 'time_missing'
  /** A local time that did not exist, or existed twice, because clocks changed. */
  | 'time_adjusted';

export type Refusal = { line: number; reason: RefusalReason };

/** Enough for a person to see the pattern; counts are complete whatever the number. */
export const MAX_LISTED_REFUSALS = 1000;

export type ImportReport = {
  /** Rows that held anything at all; read = accepted + refused. */
  read: number;
  accepted: number;
  refused: number;
  /** Accepted rows that added to an earlier row's session instead of making one. */
  joined: number;
  sessions: number;
  blankLines: number;
  refusedBy: Partial<Record<RefusalReason, number>>;
  /** The first 1,000, in the order of the file. */
  refusals: Refusal[];
  warnings: Partial<Record<ImportWarning, number>>;
  /** Sessions per location name, in the order of first appearance; '' when no location column is mapped. */
  locations: Map<string, number>;
  /** Earliest and latest session, in ms since 1970 UTC; null when there is none. */
  firstAt: number | null;
  lastAt: number | null;
};

export function emptyReport(): ImportReport {
  return {
    read: 0,
    accepted: 0,
    refused: 0,
    joined: 0,
    sessions: 0,
    blankLines: 0,
    refusedBy: {},
    refusals: [],
    warnings: {},
    locations: new Map(),
    firstAt: null,
    lastAt: null,
  };
}

export function countRefusal(report: ImportReport, refusal: Refusal): void {
  report.refused += 1;
  report.refusedBy[refusal.reason] = (report.refusedBy[refusal.reason] ?? 0) + 1;
  if (report.refusals.length < MAX_LISTED_REFUSALS) report.refusals.push(refusal);
}

export function countWarnings(report: ImportReport, warnings: Iterable<ImportWarning>): void {
  for (const warning of warnings) report.warnings[warning] = (report.warnings[warning] ?? 0) + 1;
}
