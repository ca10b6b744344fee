import * as v from 'valibot';
import { enrolmentSchema, type Enrolment } from '../member';
import type { DateOrder } from '../import/stamp';

export type Birthday = NonNullable<Enrolment['birthday']>;

/** The first letters by which a month is known, in English, Russian and Bulgarian. */
const MONTHS = [
  /^(jan|янв|яну)/,
  /^(feb|фев)/,
  /^(mar|мар)/,
  /^(apr|апр)/,
  /^(may|май|мая)/,
  /^(jun|июн|юни)/,
  /^(jul|июл|юли)/,
  /^(aug|авг)/,
  /^(sep|сен|сеп)/,
  /^(oct|окт)/,
  /^(nov|ноя|ное)/,
  /^(dec|дек)/,
];

/**
 * A day and a month however they are written: 24.12.1980, 24.12., 12/24 (in the file's order), 1980-12-24, --12-24,
 * 24 December, Dec 24 1980, 24 декабря. The year is not kept. Null for what is no day of a year.
 */
export function readBirthday(cell: string, order: DateOrder): Birthday | null {
  const text = cell.trim().toLowerCase();
  const read = readNumbers(text, order) ?? readWords(text);
  return read && v.is(enrolmentSchema.entries.birthday, read) ? read : null;
}

function readNumbers(text: string, order: DateOrder): Birthday | null {
  const yearFirst = /^(?:\d{4}|-)([-/.])(\d{1,2})[-/.](\d{1,2})(?:[t\s].*)?$/.exec(text);
  if (yearFirst) return { month: Number(yearFirst[2]), day: Number(yearFirst[3]) };
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})(?:[-/.](?:\d{4}|\d{2})?)?(?:\s*г\.?)?(?:\s.*)?$/.exec(text);
  if (!yearLast) return null;
  const [first, second] = [Number(yearLast[1]), Number(yearLast[2])];
  return order === 'mdy' ? { month: first, day: second } : { month: second, day: first };
}

function readWords(text: string): Birthday | null {
  const words =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]*(\p{L}+)|(\p{L}+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?)(?:[\s.,-]+\d{4})?(?:\s*г\.?)?\.?$/u.exec(
      text,
    );
  if (!words) return null;
  const month = 1 + MONTHS.findIndex((name) => name.test(words[2] ?? words[3]!));
  return month === 0 ? null : { month, day: Number(words[1] ?? words[4]) };
}
