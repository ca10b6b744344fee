import { WEEKDAYS, type OpeningHours, type OpeningRange, type Weekday } from '../../domain/opening-hours';

export type DayKind = 'closed' | 'open' | 'break' | 'all-day';
/** What stands in the fields: a time once it is read, such as '09:00', or whatever was typed. */
export type TypedRange = { opens: string; closes: string };
/** No ranges while closed or open all day. */
export type Day = { kind: DayKind; ranges: TypedRange[] };
/** Monday first. */
export type Week = Day[];

export type DayProblem = 'unreadable' | 'order' | 'overlap';

const USUAL: TypedRange = { opens: '09:00', closes: '18:00' };
const LUNCH: TypedRange = { opens: '13:00', closes: '14:00' };

/** What is offered first where the hours are not known. */
export const usualWeek = (): Week =>
  WEEKDAYS.map((weekday) => (weekday === 7 ? { kind: 'closed', ranges: [] } : openDay(USUAL)));

const openDay = (range: TypedRange): Day => ({ kind: 'open', ranges: [{ ...range }] });

export function copyOf({ kind, ranges }: Day): Day {
  return { kind, ranges: ranges.map((range) => ({ ...range })) };
}

export function weekOf(hours: OpeningHours): Week {
  return WEEKDAYS.map((weekday) => {
    const ranges = hours[weekday] ?? [];
    const kind = kindOf(ranges);
    const isTyped = kind === 'open' || kind === 'break';
    return { kind, ranges: isTyped ? ranges.map(([opens, closes]) => ({ opens, closes })) : [] };
  });
}

function kindOf(ranges: readonly OpeningRange[]): DayKind {
  const [first, ...others] = ranges;
  if (!first) return 'closed';
  if (others.length > 0) return 'break';
  return first[0] === '00:00' && first[1] === '24:00' ? 'all-day' : 'open';
}

/** As the server keeps it; ask only for a week without problems. */
export function hoursOf(week: Week): OpeningHours {
  const open = week.flatMap((day, index): [Weekday, OpeningRange[]][] =>
    day.kind === 'closed' ? [] : [[WEEKDAYS[index]!, rangesOf(day)]],
  );
  return Object.fromEntries(open);
}

function rangesOf({ kind, ranges }: Day): OpeningRange[] {
  return kind === 'all-day' ? [['00:00', '24:00']] : ranges.map(({ opens, closes }) => [opens, closes]);
}

/** What somebody types for a time as 'HH:MM': 9, 930, 9:30 and 09.30 are times. Null for anything else. */
export function readTime(typed: string, end: keyof TypedRange): string | null {
  const match = /^(\d{1,2})[:. ]?(\d{2})?$/.exec(typed.trim());
  if (!match) return null;
  const time = `${match[1]!.padStart(2, '0')}:${match[2] ?? '00'}`;
  if (end === 'closes' && (time === '00:00' || time === '24:00')) return '24:00';
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : null;
}

/** The same day as another kind: what was typed is kept where it fits. */
export function dayOfKind({ ranges }: Day, kind: DayKind): Day {
  if (kind === 'closed' || kind === 'all-day') return { kind, ranges: [] };
  const opens = ranges[0]?.opens ?? USUAL.opens;
  const closes = ranges.at(-1)?.closes ?? USUAL.closes;
  if (kind === 'open') return openDay({ opens, closes });
  // Whoever opens after lunch has no lunch break; the first hours are the end of the night before.
  if (opens >= LUNCH.opens) {
    return {
      kind,
      ranges: [
        { opens: '00:00', closes: '02:00' },
        { opens, closes },
      ],
    };
  }
  return {
    kind,
    ranges: [
      { opens, closes: LUNCH.opens },
      { opens: LUNCH.closes, closes },
    ],
  };
}

/** What keeps a day from being saved, or null. */
export function problemOf({ ranges }: Day): DayProblem | null {
  const isRead = ({ opens, closes }: TypedRange) =>
    readTime(opens, 'opens') === opens && readTime(closes, 'closes') === closes;
  if (!ranges.every(isRead)) return 'unreadable';
  if (ranges.some(({ opens, closes }) => opens >= closes)) return 'order';
  return ranges.some(({ opens }, index) => index > 0 && opens < ranges[index - 1]!.closes) ? 'overlap' : null;
}
