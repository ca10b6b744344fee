import { guessDateOrder } from './date-order';
import { columnsOf, USUAL_QUESTIONS, type ImportMapping } from './mapping';
import { rowReader, type AcceptedRow, type ImportedAnswer, type RowOptions } from './read-row';
import {
  countRefusal,
  countWarnings,
  emptyRowReport,
  type ImportReport,
  type ImportWarning,
  type RefusalReason,
} from './report';
import type { DateOrder } from './stamp';
import { readText } from './text';
import { isTimeZone } from './zoned-time';

export type ImportTable = { header: readonly string[]; rows: readonly (readonly string[])[] };

export type ImportOptions = Omit<RowOptions, 'dateOrder'> & {
  dateOrder: DateOrder | 'auto';
  /** 'join' (the default): rows of one external id, place and stamp are one session. 'separate': each row is its own. */
  sameId?: 'join' | 'separate';
};

export type ImportedSession = {
  location: string | null;
  /** Of the mapped dimension; null for none. */
  value: string | null;
  occurredAt: number;
  tzOffset: number;
  answers: ImportedAnswer[];
  /** The mapped cells by which this session is known again on a second import. */
  identity: string;
  /** 1 for the first row with this identity, 2 for an identical one further down: both are people, both count. */
  occurrence: number;
};

export type ImportPlan = { sessions: ImportedSession[]; report: ImportReport; dateOrder: DateOrder };

/** What a person must settle before any row can be read. */
export type ImportProblem =
  | { code: 'date_order_ambiguous'; candidates: DateOrder[] }
  | { code: 'time_zone_unknown' }
  | { code: 'score_column_missing' }
  /** A column of so many different values is not what tills or services are told apart by. */
  | { code: 'too_many_values'; limit: number };

/** As many as a dimension has at most. */
const MAX_VALUES = 40;

export type PlanResult = { ok: true; plan: ImportPlan } | { ok: false; problem: ImportProblem };

/**
 * Reads a whole file into sessions and a report, storing nothing: what the owner sees before agreeing.
 *
 * Some sources write one row per question, so one respondent has several. With an external id mapped, rows of the same
 * id, place, value and stamp become one session: its scores are counted once and its comments are put together. A row that names
 * another score for the same session is refused ('score_conflicts') rather than chosen between.
 *
 * @throws RangeError when the mapping names a column that the header does not have, or one question twice
 */
export function planImport(table: ImportTable, mapping: ImportMapping, options: ImportOptions): PlanResult {
  if (mapping.scores.length === 0) return { ok: false, problem: { code: 'score_column_missing' } };
  assertMapping(mapping, table.header.length);
  if (!isTimeZone(options.timeZone)) return { ok: false, problem: { code: 'time_zone_unknown' } };
  const order = settleDateOrder(table, mapping, options.dateOrder);
  if (typeof order !== 'string') return { ok: false, problem: order };

  const read = rowReader(mapping, { ...options, dateOrder: order });
  const report: ImportReport = {
    ...emptyRowReport<RefusalReason, ImportWarning>(),
    joined: 0,
    sessions: 0,
    values: new Map(),
  };
  const sessions: ImportedSession[] = [];
  const byId = new Map<string, ImportedSession>();
  const occurrences = new Map<string, number>();
  const valueNames = new Map<string, string>();

  table.rows.forEach((cells, index) => {
    if (cells.every((text) => text.trim() === '')) {
      report.blankLines += 1;
      return;
    }
    report.read += 1;
    const row = read(cells, index + 2);
    if (!row.ok) return countRefusal(report, row.line, row.reason);

    const idKey = row.externalId === null || options.sameId === 'separate' ? null : sessionKey(row);
    const earlier = idKey === null ? undefined : byId.get(idKey);
    const refusal = earlier && join(earlier, row, options);
    if (refusal) return countRefusal(report, row.line, refusal);
    report.accepted += 1;
    countWarnings(report, row.warnings);
    if (earlier) {
      report.joined += 1;
      return;
    }
    // Where rows may join, the words of whichever row comes first must not decide the session's id.
    const identity = idKey === null ? row.identity.row : row.identity.session;
    const occurrence = (occurrences.get(identity) ?? 0) + 1;
    occurrences.set(identity, occurrence);
    const { location, value, occurredAt, tzOffset, answers } = row;
    const session = { location, value, occurredAt, tzOffset, answers, identity, occurrence };
    sessions.push(session);
    if (idKey !== null) byId.set(idKey, session);
    countSession(report, session);
    if (mapping.dimension !== undefined) countValue(report, valueNames, session);
  });
  if ([...report.values.keys()].filter((name) => name !== '').length > MAX_VALUES) {
    return { ok: false, problem: { code: 'too_many_values', limit: MAX_VALUES } };
  }
  return { ok: true, plan: { sessions, report, dateOrder: order } };
}

function assertMapping(mapping: ImportMapping, headerLength: number): void {
  for (const column of columnsOf(mapping)) {
    if (!Number.isInteger(column) || column < 0 || column >= headerLength) {
      throw new RangeError(`the file has no column ${column}`);
    }
  }
  const questions = mapping.scores.map(({ scale, question }) => question ?? USUAL_QUESTIONS[scale].question);
  if (new Set(questions).size < questions.length) throw new RangeError('each question can be mapped once');
}

function settleDateOrder(
  table: ImportTable,
  mapping: ImportMapping,
  wanted: DateOrder | 'auto',
): DateOrder | Extract<ImportProblem, { code: 'date_order_ambiguous' }> {
  if (wanted !== 'auto') return wanted;
  const stamps = mapping.occurredAt;
  const cells = 'column' in stamps ? table.rows.map((row) => row[stamps.column] ?? '') : [stamps.forAll];
  const guess = guessDateOrder(cells);
  if (guess.kind === 'ambiguous') return { code: 'date_order_ambiguous', candidates: guess.candidates };
  // With nothing readable any order will do: every row is refused as unreadable and the report says so.
  return guess.kind === 'certain' ? guess.order : 'ymd';
}

function sessionKey(row: AcceptedRow): string {
  return JSON.stringify([row.externalId, row.location, row.value, row.occurredAt]);
}

/** Adds a later row to its session, or says why it cannot. */
function join(session: ImportedSession, row: AcceptedRow, options: ImportOptions): RefusalReason | null {
  const added: ImportedAnswer[] = [];
  const joinedAt = new Map<number, ImportedAnswer>();
  for (const answer of row.answers) {
    const index = session.answers.findIndex(({ question }) => question === answer.question);
    const existing = session.answers[index];
    if (!existing) added.push(answer);
    else if (answer.type === 'comment' && existing.type === 'comment') {
      if (existing.text.includes(answer.text)) continue;
      const text = readText(`${existing.text}\n${answer.text}`, options.longText ?? 'refuse');
      if ('tooLong' in text) return 'text_too_long';
      joinedAt.set(index, { ...existing, text: text.text });
    } else if (answer.type === 'reasons' && existing.type === 'reasons') {
      joinedAt.set(index, {
        ...existing,
        choices: [...new Set([...existing.choices, ...answer.choices])].slice(0, 20),
      });
    } else if ('score' in answer && 'score' in existing && answer.score !== existing.score) {
      return 'score_conflicts';
    }
  }
  for (const [index, answer] of joinedAt) session.answers[index] = answer;
  session.answers.push(...added);
  return null;
}

/** Names that differ in case alone are one value, named as it came first. */
function countValue({ values }: ImportReport, names: Map<string, string>, session: ImportedSession): void {
  const told = session.value ?? '';
  const name = names.get(told.toLowerCase()) ?? told;
  names.set(told.toLowerCase(), name);
  values.set(name, (values.get(name) ?? 0) + 1);
  session.value = name || null;
}

function countSession(report: ImportReport, session: ImportedSession): void {
  const name = session.location ?? '';
  report.sessions += 1;
  report.locations.set(name, (report.locations.get(name) ?? 0) + 1);
  report.firstAt = Math.min(report.firstAt ?? session.occurredAt, session.occurredAt);
  report.lastAt = Math.max(report.lastAt ?? session.occurredAt, session.occurredAt);
}
