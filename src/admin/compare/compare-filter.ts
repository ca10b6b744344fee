import { addDays } from '../../domain/statistics/local-date';
import { datesBefore, isDate, type Dates } from '../scores/period';
import { readFilter } from '../scores/filter';
import { readPlace, writePlace, type Place } from './place';
import { periodsOf, PICKS, type Pick, type TwoPeriods } from './presets';

/** What is compared: two periods in one place, or two places in one period. */
export type CompareFilter = {
  by: 'period' | 'place';
  pick: Pick;
  /** The owner's own dates, or where they begin to choose. */
  own: TwoPeriods;
  place: Place;
  a: Place;
  b: Place;
  /** Of two places. */
  dates: Dates;
  /** Key of the question looked at closely; null is the first. */
  question: string | null;
  withFlagged: boolean;
};

/** What an address says, read for the day it is opened on. */
export function readCompare(query: URLSearchParams, today: string): CompareFilter {
  const dates = (from: string, to: string, otherwise: Dates): Dates => {
    const [start, end] = [query.get(from), query.get(to)];
    return isDate(start) && isDate(end) && start <= end ? { from: start, to: end } : otherwise;
  };
  const lastWeek = { from: addDays(today, -6), to: today };
  return {
    by: query.get('by') === 'place' ? 'place' : 'period',
    pick: PICKS.find((pick) => pick === query.get('pick')) ?? 'week',
    own: {
      a: dates('a_from', 'a_to', lastWeek),
      b: dates('b_from', 'b_to', datesBefore(lastWeek)),
    },
    place: readPlace(query.get('place')),
    a: readPlace(query.get('a')),
    b: readPlace(query.get('b')),
    dates: dates('from', 'to', { from: addDays(today, -27), to: today }),
    question: readFilter(query).question,
    withFlagged: readFilter(query).withFlagged,
  };
}

/** An address that reads back as the same, without what is not looked at. */
export function writeCompare(filter: CompareFilter): URLSearchParams {
  const query = new URLSearchParams();
  const set = (name: string, value: string) => value !== '' && query.set(name, value);
  if (filter.by === 'place') {
    set('by', 'place');
    set('a', writePlace(filter.a));
    set('b', writePlace(filter.b));
    set('from', filter.dates.from);
    set('to', filter.dates.to);
  } else {
    if (filter.pick !== 'week') set('pick', filter.pick);
    if (filter.pick === 'own') {
      set('a_from', filter.own.a.from);
      set('a_to', filter.own.a.to);
      set('b_from', filter.own.b.from);
      set('b_to', filter.own.b.to);
    }
    set('place', writePlace(filter.place));
  }
  set('question', filter.question ?? '');
  set('flagged', filter.withFlagged ? 'with' : '');
  return query;
}

export type Side = { dates: Dates; place: Place };

/** Both sides as the filter means them. */
export function sidesOf(filter: CompareFilter, today: string): { a: Side; b: Side } {
  if (filter.by === 'place')
    return { a: { dates: filter.dates, place: filter.a }, b: { dates: filter.dates, place: filter.b } };
  const { a, b } = filter.pick === 'own' ? filter.own : periodsOf(filter.pick, today);
  return { a: { dates: a, place: filter.place }, b: { dates: b, place: filter.place } };
}
