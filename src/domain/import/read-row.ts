import type { Answer } from '../answer';
import { BLANK_MARKERS, canonicalCell, columnsOf, USUAL_QUESTIONS, type ImportMapping } from './mapping';
import type { ImportWarning, RefusalReason } from './report';
import { scoreReader } from './score';
import { readStamp, type DateOrder, type Stamp } from './stamp';
import { readText, splitReasons, type LongText } from './text';
import { offsetMinutesAt, zonedInstant, type ZonedInstant } from './zoned-time';

type Bare<A> = A extends Answer ? Omit<A, 'session' | 'survey' | 'locale'> : never;
/** An answer before it belongs to a stored session. */
export type ImportedAnswer = Bare<Exclude<Answer, { type: 'expectation' }>>;

/** As long as the name of a dimension's value may be. */
const MAX_VALUE_LENGTH = 60;

/** The mapped cells as written: what makes a row itself and not another. */
export type RowIdentity = {
  /** Scores, stamp, place and the source's id: enough to name a session that several rows make together. */
  session: string;
  /** The same and the comment and reasons: all there is to tell rows without an id apart. */
  row: string;
};

export type AcceptedRow = {
  ok: true;
  /** As a spreadsheet counts: the header is line 1. */
  line: number;
  /** Null when no location column is mapped. */
  location: string | null;
  /** Of the mapped dimension; null when none is mapped or the cell is blank. */
  value: string | null;
  externalId: string | null;
  /** Ms since 1970 UTC. */
  occurredAt: number;
  /** Minutes to add to UTC for local time in the file's time zone at that instant. */
  tzOffset: number;
  answers: ImportedAnswer[];
  identity: RowIdentity;
  warnings: ImportWarning[];
};

export type ReadRow = AcceptedRow | { ok: false; line: number; reason: RefusalReason };

export type RowOptions = {
  timeZone: string;
  dateOrder: DateOrder;
  /** The present, in ms: later stamps are refused. */
  now: number;
  blanks?: readonly string[];
  longText?: LongText;
  /** Choice keys by lower-case name; without it no reason is known. */
  reasonKeys?: ReadonlyMap<string, string>;
};

/** A reader of rows for one file. Rows are independent of each other here; `planImport` brings them together. */
export function rowReader(
  mapping: ImportMapping,
  options: RowOptions,
): (row: readonly string[], line: number) => ReadRow {
  const fileBlanks = options.blanks ?? BLANK_MARKERS;
  const blanks = new Set(fileBlanks.map(canonicalCell));
  const scoreColumns = mapping.scores.map((score) => ({ ...score, read: scoreReader(score, fileBlanks) }));
  const width = Math.max(...columnsOf(mapping)) + 1;

  return (row, line) => {
    const refuse = (reason: RefusalReason): ReadRow => ({ ok: false, line, reason });
    if (row.length < width) return refuse('row_too_short');
    const cell = (column: number | undefined) => (column === undefined ? '' : row[column]!.trim());
    const named = (column: number | undefined) =>
      blanks.has(canonicalCell(cell(column))) ? '' : cell(column);
    const answers: ImportedAnswer[] = [];
    const warnings: ImportWarning[] = [];

    for (const { column, scale, question, read } of scoreColumns) {
      const result = read(cell(column));
      if (result.kind === 'refused') return refuse(result.reason);
      if (result.kind === 'blank') continue;
      const usual = USUAL_QUESTIONS[scale];
      answers.push({ type: usual.type, question: question ?? usual.question, score: result.score });
    }
    if (answers.length === 0) return refuse('score_missing');

    const stampText =
      'column' in mapping.occurredAt ? named(mapping.occurredAt.column) : mapping.occurredAt.forAll;
    if (stampText === '') return refuse('date_missing');
    const stamp = readStamp(stampText, options.dateOrder);
    if (!stamp) return refuse('date_unreadable');
    const when = instantOf(stamp, options.timeZone);
    // A bare date stands for noon, so this morning's file would lie in the future until then.
    if ((stamp.hasTime ? when.instantMs : when.instantMs - 12 * 3_600_000) > options.now)
      return refuse('date_in_future');
    if (!stamp.hasTime) warnings.push('time_missing');
    if (when.adjusted) warnings.push('time_adjusted');

    const location = mapping.location === undefined ? null : named(mapping.location);
    if (location === '') return refuse('location_missing');
    const value = named(mapping.dimension).replace(/\s+/g, ' ') || null;
    if (value !== null && value.length > MAX_VALUE_LENGTH) return refuse('value_too_long');

    const { known, unknown } = reasonsIn(named(mapping.reasons), options.reasonKeys);
    if (known.length > 0) answers.push({ type: 'reasons', question: 'reasons', choices: known });
    if (unknown) warnings.push('reason_unknown');

    const comment = readText(cell(mapping.comment), options.longText ?? 'refuse');
    if ('tooLong' in comment) return refuse('text_too_long');
    if (comment.text !== '') answers.push({ type: 'comment', question: 'comment', text: comment.text });
    if (comment.damaged) warnings.push('text_damaged');
    if (comment.cut) warnings.push('text_cut');

    return {
      ok: true,
      line,
      location,
      value,
      externalId: named(mapping.externalId) || null,
      occurredAt: Math.min(when.instantMs, options.now),
      tzOffset: when.offsetMinutes,
      answers,
      identity: identityOf(mapping, cell, stampText),
      warnings,
    };
  };
}

/** When a stamp was, in the file's time zone unless it names its own offset. */
export function instantOf(stamp: Stamp, timeZone: string): ZonedInstant {
  if (stamp.offsetMinutes === null) return zonedInstant(stamp.localMs, timeZone);
  const instantMs = stamp.localMs - stamp.offsetMinutes * 60_000;
  return { instantMs, offsetMinutes: offsetMinutesAt(instantMs, timeZone), adjusted: null };
}

function reasonsIn(cell: string, keys: ReadonlyMap<string, string> | undefined) {
  const names = splitReasons(cell);
  const found = names.map((name) => keys?.get(name));
  // The body takes 20 choices; a survey never has that many, so only a broken key map could reach the limit.
  const known = [...new Set(found.filter((key) => key !== undefined))].slice(0, 20);
  return { known, unknown: found.includes(undefined) };
}

/** By role and not by position, so that moving a column in the spreadsheet does not make every row new. */
function identityOf(
  mapping: ImportMapping,
  cell: (column: number | undefined) => string,
  stampText: string,
): RowIdentity {
  const scores = mapping.scores
    .map(({ scale, question, column }) => [question ?? scale, cell(column)])
    .sort();
  const session = [scores, stampText, cell(mapping.location), cell(mapping.externalId)];
  // Only where it is mapped, or every file read before would have other ids.
  if (mapping.dimension !== undefined) session.push(cell(mapping.dimension));
  return {
    session: JSON.stringify(session),
    row: JSON.stringify([...session, cell(mapping.comment), cell(mapping.reasons)]),
  };
}
