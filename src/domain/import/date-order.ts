import { readStamp, type DateOrder } from './stamp';

export type DateOrderGuess =
  | { kind: 'certain'; order: DateOrder }
  /** Every date reads both ways (03/04/2026), or some read only one way and some only the other: a person must say. */
  | { kind: 'ambiguous'; candidates: DateOrder[] }
  | { kind: 'none' };

/** Which order the dates of a column are written in; unreadable cells are left out of the evidence. */
export function guessDateOrder(cells: Iterable<string>): DateOrderGuess {
  let sameEitherWay = 0;
  let yearFirst = true;
  let onlyDayFirst = 0;
  let onlyMonthFirst = 0;
  let both = 0;
  for (const cell of cells) {
    const day = readStamp(cell, 'dmy');
    const month = readStamp(cell, 'mdy');
    // 2026-05-04 is read alike in every order and 05.05.2026 means one date: no evidence, and no doubt either.
    if (day && month && day.localMs === month.localMs) {
      sameEitherWay += 1;
      yearFirst &&= readStamp(cell, 'ymd') !== null;
    } else if (day && month) both += 1;
    else if (day) onlyDayFirst += 1;
    else if (month) onlyMonthFirst += 1;
  }
  if (onlyDayFirst > 0 && onlyMonthFirst === 0) return { kind: 'certain', order: 'dmy' };
  if (onlyMonthFirst > 0 && onlyDayFirst === 0) return { kind: 'certain', order: 'mdy' };
  if (onlyDayFirst + both > 0) return { kind: 'ambiguous', candidates: ['dmy', 'mdy'] };
  // 'dmy' also reads 05.05.2026, which 'ymd' would refuse.
  return sameEitherWay > 0 ? { kind: 'certain', order: yearFirst ? 'ymd' : 'dmy' } : { kind: 'none' };
}
