/** Scales a column of ratings may be on: 1 … 5 with 5 best, 0 … 10, or 1 … 7 with 7 the most agreement. */
export type ImportScale = 'csat5' | 'nps10' | 'ces7';

/** The question that a column of a scale answers when no other is named. */
export const USUAL_QUESTIONS = {
  csat5: { type: 'csat', question: 'satisfaction' },
  nps10: { type: 'nps', question: 'recommend' },
  ces7: { type: 'ces', question: 'effort' },
} as const satisfies Record<ImportScale, { type: string; question: string }>;

export type ScoreColumn = {
  column: number;
  scale: ImportScale;
  /** Key of the question it answers, where that is not the usual one of its scale, such as a factor of the visit. */
  question?: string;
  /**
   * Cells that mean something else than they say: { '1': 5, '5': 1 } where 1 is "very good", { 'very good': 5 } for words,
   * also { '': 8 } if an empty cell truly means a score. Looked up before anything else is read. Numbers match by
   * value ('1.0' is '1'), words without regard to case.
   */
  recode?: Readonly<Record<string, number>>;
  /** Cells that mean "no answer" in this column, e.g. ['11'], ['6', '7']; they add to the file's blank markers. */
  blanks?: readonly string[];
};

/** Which column says what, by position (0 is the first): headers may repeat or be empty. */
export type ImportMapping = {
  /** One column for each question; a row counts when it has at least one score. */
  scores: readonly ScoreColumn[];
  /** A column of stamps, or one date for the whole file when it has none. */
  occurredAt: { column: number } | { forAll: string };
  location?: number;
  /** What one of the shop's own dimensions says: which till, which service. */
  dimension?: number;
  comment?: number;
  reasons?: number;
  /** The source's own id: rows with the same id, place and stamp are one customer's go (see `planImport`). */
  externalId?: number;
};

/** A cell as it is compared with recodings and blank markers: numbers by value, words without case. */
export function canonicalCell(cell: string): string {
  const trimmed = cell.trim().toLowerCase();
  const number = readNumber(trimmed);
  return number === null ? trimmed : String(number);
}

/** "9", "9.0", "9,0", " +9 " → 9; anything else, "1e1" and "" included, → null. */
export function readNumber(cell: string): number | null {
  const trimmed = cell.trim();
  return /^[+-]?\d{1,15}(?:[.,]\d{1,15})?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : null;
}

/** What people and programs write when there is no answer; compared after `canonicalCell`. */
export const BLANK_MARKERS: readonly string[] = [
  '',
  '-',
  '–',
  '—',
  '?',
  '.',
  'n/a',
  'na',
  '#n/a',
  'nan',
  'null',
  'none',
  'blank',
  'no answer',
  'нет',
  'нет ответа',
  'н/д',
  'няма',
  'няма отговор',
  'без отговор',
];

/** Every column the mapping reads. */
export function columnsOf(mapping: ImportMapping): number[] {
  const stamp = 'column' in mapping.occurredAt ? [mapping.occurredAt.column] : [];
  const optional = [
    mapping.location,
    mapping.dimension,
    mapping.comment,
    mapping.reasons,
    mapping.externalId,
  ];
  return [
    ...mapping.scores.map((score) => score.column),
    ...stamp,
    ...optional.filter((c) => c !== undefined),
  ];
}
