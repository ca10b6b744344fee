import { BLANK_MARKERS, canonicalCell } from '../import/mapping';
import { WORDS } from '../import/guess-mapping';
import { readStamp } from '../import/stamp';
import { readBirthday } from './birthday';
import { readLocale, readMoney, readPoints, readYesNo } from './cells';
import { FIELDS, type Columns, type Field, type FileKind } from './fields';

type Sign = {
  /** Words of a header in English, Russian and Bulgarian; matched in lower case. */
  words: RegExp;
  /** Words that mean something else. */
  not?: RegExp;
  /** Whether a cell could be one: half of them must, for the header already says so. */
  fits: (cell: string) => boolean;
};

const yesOrNo = (cell: string) => readYesNo(cell) !== null;
const isDate = (cell: string) => (readStamp(cell, 'dmy') ?? readStamp(cell, 'mdy')) !== null;
const isNumber = (cell: string) => readPoints(cell) !== null || readMoney(cell, 'EUR') !== null;

const SIGNS: Record<Field, Sign> = {
  phone: {
    words: /phone|mobile|\btel|gsm|\bcell|телефон|мобил|гсм/,
    fits: (cell) => cell.replaceAll(/\D/g, '').length >= 6 && /^[\d\s()+./-]+$/.test(cell),
  },
  firstName: {
    words: /first.?name|given|forename|\bname\b|имя|име/,
    not: /last|family|surname|фамил|shop|store|product/,
    fits: (cell) => /\p{L}/u.test(cell) && !cell.includes('@'),
  },
  joined: {
    words: /join|regist|enrol|since|creat|signed|added|присъед|регистр|дата|вступ|създаден/,
    not: /birth|рожд/,
    fits: isDate,
  },
  birthday: {
    words: /birth|\bdob\b|bday|рожд|рожден|^др$/,
    fits: (cell) => readBirthday(cell, 'dmy') !== null || readBirthday(cell, 'mdy') !== null,
  },
  email: { words: /mail|почт|поща|имейл/, fits: (cell) => cell.includes('@') },
  locale: { words: /lang|locale|язык|език/, fits: (cell) => readLocale(cell) !== null },
  reference: {
    words: /(?:^|[^a-z])id(?:$|[^a-z])|customer|client|member|loyalty|card|номер|карт|клиент|код/,
    not: /name|имя|име/,
    fits: () => true,
  },
  location: { words: WORDS.location, fits: () => true },
  programme: { words: /program|loyal|програм|лоял/, fits: yesOrNo },
  messages: {
    words: /message|sms|newsletter|marketing|mailing|e?mail|рассыл|сообщ|съобщ|бюлетин|маркетинг/,
    fits: yesOrNo,
  },
  call: { words: /call|phone|звон|обажд|обад/, fits: yesOrNo },
  publish: { words: /publish|testimonial|quote|публик|цитат/, fits: yesOrNo },
  at: { words: WORDS.stamp, fits: isDate },
  amount: {
    words: /amount|total|\bsum\b|price|paid|revenue|value|spent|сумм|сума|стойност|итог|общо|оборот|цена/,
    fits: isNumber,
  },
  currency: { words: /curr|валют/, fits: (cell) => /^[A-Za-z]{3}$/.test(cell) },
  receipt: {
    words: /invoice|receipt|order|transaction|ticket|bill|чек|фактур|касов|бележк|заказ|поръч/,
    not: /date|дата|amount|total|сум/,
    fits: () => true,
  },
  points: {
    words: /point|balance|bonus|балл|точк|баланс|бонус|остат/,
    fits: (cell) => readPoints(cell) !== null,
  },
};

/** Before these a column must be taken that their words could mean as well. */
const ORDER: Partial<Record<FileKind, readonly Field[]>> = {
  members: [
    'email',
    'birthday',
    'programme',
    'messages',
    'call',
    'publish',
    'phone',
    'joined',
    'locale',
    'firstName',
    'location',
    'reference',
  ],
  visits: ['at', 'phone', 'receipt', 'amount', 'currency', 'location', 'reference'],
};

/**
 * Proposes which column is what from the header's words and a sample of rows. Words alone never decide: a column called
 * "phone" must hold numbers, and one called "phone consent" yes or no.
 */
export function guessColumns(
  kind: FileKind,
  header: readonly string[],
  sample: readonly (readonly string[])[],
): Columns {
  const blanks = new Set(BLANK_MARKERS.map(canonicalCell));
  const taken = new Set<number>();
  const columns: Columns = {};
  for (const field of ORDER[kind] ?? FIELDS[kind]) {
    const { words, not, fits } = SIGNS[field];
    const found = header.findIndex((name, index) => {
      const title = name.toLowerCase();
      if (taken.has(index) || !words.test(title) || not?.test(title)) return false;
      const cells = sample
        .map((row) => (row[index] ?? '').trim())
        .filter((cell) => !blanks.has(canonicalCell(cell)) || readYesNo(cell) !== null);
      return cells.length > 0 && cells.filter(fits).length >= 0.5 * cells.length;
    });
    if (found === -1) continue;
    columns[field] = found;
    taken.add(found);
  }
  return columns;
}
