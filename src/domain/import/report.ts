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
  'value_too_long',
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

/** Enough for a person to see the pattern; counts are complete whatever the number. */
export const MAX_LISTED_REFUSALS = 1000;

/** What is said of a file's rows, whatever they hold. */
export type RowReport<Reason extends string, Warning extends string> = {
  /** Rows that held anything at all; read = accepted + refused. */
  read: number;
  accepted: number;
  refused: number;
  blankLines: number;
  refusedBy: Partial<Record<Reason, number>>;
  /** The first 1,000, in the order of the file; lines as a spreadsheet counts, the header is line 1. */
  refusals: { line: number; reason: Reason }[];
  warnings: Partial<Record<Warning, number>>;
  /** What was found per location name, in the order of first appearance; '' when no location column is mapped. */
  locations: Map<string, number>;
  /** Earliest and latest, in ms since 1970 UTC; null where nothing has a time. */
  firstAt: number | null;
  lastAt: number | null;
};

/** `locations` counts sessions. */
export type ImportReport = RowReport<RefusalReason, ImportWarning> & {
  /** Accepted rows that added to an earlier row's session instead of making one. */
  joined: number;
  sessions: number;
  /** Sessions per value of the mapped dimension, in the order of first appearance; '' for those of none. */
  values: Map<string, number>;
};

export function emptyRowReport<Reason extends string, Warning extends string>(): RowReport<Reason, Warning> {
  return {
    read: 0,
    accepted: 0,
    refused: 0,
    blankLines: 0,
    refusedBy: {},
    refusals: [],
    warnings: {},
    locations: new Map(),
    firstAt: null,
    lastAt: null,
  };
}

export function countRefusal<Reason extends string>(
  report: RowReport<Reason, string>,
  line: number,
  reason: Reason,
): void {
  report.refused += 1;
  report.refusedBy[reason] = (report.refusedBy[reason] ?? 0) + 1;
  if (report.refusals.length < MAX_LISTED_REFUSALS) report.refusals.push({ line, reason });
}

export function countWarnings<Warning extends string>(
  { warnings }: { warnings: Partial<Record<Warning, number>> },
  found: Iterable<Warning>,
): void {
  for (const warning of found) warnings[warning] = (warnings[warning] ?? 0) + 1;
}
