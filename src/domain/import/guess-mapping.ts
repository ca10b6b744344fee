import { guessDateOrder, type DateOrderGuess } from './date-order';
import { guessScale, type ScaleGuess } from './guess-scale';
import { BLANK_MARKERS, canonicalCell } from './mapping';
import { readStamp } from './stamp';

/** A first proposal for the owner to correct; positions are columns, null means none was found. */
export type MappingGuess = {
  scores: (ScaleGuess & { column: number })[];
  occurredAt: number | null;
  dateOrder: DateOrderGuess;
  location: number | null;
  comment: number | null;
  reasons: number | null;
  externalId: number | null;
};

type Column = { index: number; name: string; values: string[] };

/** Words by which columns give themselves away in English, Russian and Bulgarian; matched in lower case. */
export const WORDS = {
  score:
    /score|rating|\brate|nps|netpro|csat|satisf|stars?\b|grade|recommend|likel|answer|[01]\s?[_–-]\s?(?:5|10)|оцен|балл|рейтинг|удовлетвор|рекоменд|препоръч|доволн|зв[её]зд/,
  stamp: /date|time|stamp|created|submitted|responded|\bwhen\b|дата|время|час|момент|създаден|попълнен/,
  location:
    /locat|store|shop|branch|\bsite\b|place|outlet|city|touchpoint|area|service|магазин|точка|филиал|адрес|обект|място|локаци|город|\bград|отделение/,
  comment:
    /comment|feedback|remark|review|verbatim|\btext\b|answer|why|отзыв|коммент|комент|мнение|забележ|пожелан|текст/,
  reasons: /reason|theme|topic|\btags?\b|причин|тема|теми|темы/,
  externalId: /(?:^|[^a-z])id(?:$|[^a-z])|respnum|respondent|uuid|number|№|номер|идентификатор/,
};

/**
 * Proposes which column is what from the header's words and a sample of rows (some hundred are plenty). Words alone never
 * decide: a column called "date" must hold dates and one called "score" numbers. Whether 1 or 5 is best cannot
 * be seen from numbers, so it is never guessed.
 */
export function guessMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): MappingGuess {
  const blanks = new Set(BLANK_MARKERS.map(canonicalCell));
  const columns = header.map((name, index): Column => {
    const values = sample.map((row) => row[index] ?? '').filter((cell) => !blanks.has(canonicalCell(cell)));
    return { index, name: name.toLowerCase(), values };
  });
  const taken = new Set<number>();
  const take = (column: Column | undefined): number | null => {
    if (column) taken.add(column.index);
    return column?.index ?? null;
  };
  const free = (words: RegExp, fits: (column: Column) => boolean) =>
    columns.filter(
      (column) =>
        !taken.has(column.index) && column.values.length > 0 && words.test(column.name) && fits(column),
    );

  const stamps = columns.filter((column) => !taken.has(column.index) && holdsDates(column));
  const stampColumn = stamps.find((column) => WORDS.stamp.test(column.name)) ?? stamps[0];
  const occurredAt = take(stampColumn);
  const scores = scoreColumns(free(WORDS.score, () => true));
  scores.forEach(({ column }) => taken.add(column));
  // A respondent's id beats a row's own: it is what brings several rows of one person together.
  const ids = free(WORDS.externalId, (column) => distinctShare(column) > 0.4);
  const externalId = take(ids.find((column) => column.name.includes('respon')) ?? ids[0]);
  const reasons = take(free(WORDS.reasons, () => true)[0]);
  const comment = take(longest(free(WORDS.comment, isText)));
  const location = take(free(WORDS.location, (column) => distinctShare(column) <= 0.5)[0]);
  return {
    scores,
    occurredAt,
    dateOrder: guessDateOrder(stampColumn?.values ?? []),
    location,
    comment,
    reasons,
    externalId,
  };
}

/** The first fitting column of each scale. */
function scoreColumns(columns: Column[]): MappingGuess['scores'] {
  const found: MappingGuess['scores'] = [];
  for (const { index, name, values } of columns) {
    const guess = guessScale(name, values);
    if (guess && !found.some(({ scale }) => scale === guess.scale)) found.push({ ...guess, column: index });
  }
  return found;
}

function holdsDates({ values }: Column): boolean {
  const readable = values.filter((value) => readStamp(value, 'dmy') ?? readStamp(value, 'mdy'));
  return values.length > 0 && readable.length >= 0.8 * values.length;
}

function distinctShare({ values }: Column): number {
  return new Set(values).size / values.length;
}

function isText({ values }: Column): boolean {
  return values.filter((value) => /\p{L}/u.test(value)).length >= 0.5 * values.length;
}

function longest(columns: Column[]): Column | undefined {
  const length = ({ values }: Column) => values.reduce((sum, value) => sum + value.length, 0) / values.length;
  return columns.toSorted((a, b) => length(b) - length(a))[0];
}
