import { difference, verdict } from './difference';
import type { Estimated } from './estimate';
import { addDays, dayNumber } from './local-date';
import { answersNeeded, smallestTold } from './sample-size';
import type { DayCounts } from './series';
import { sumOf, tallyOf, type Tally, type TallyType } from './tally';

/** A verdict rests on this many weeks at least, whatever the number of answers: one odd week must not decide it. */
const SHORTEST_WEEKS = 4;

/** And on no more than this: in half a year too much else changes. */
export const LONGEST_WEEKS = 26;

/** One side of the comparison. Local dates, both included. */
export type Side = { from: string; to: string; figure: Estimated };

export type Plan =
  /** Enough answers were in on these weeks: the verdict stands, and later weeks do not reopen it. */
  | { kind: 'settled' }
  /** `have` of `needed` answers a side; on `date` enough will be in at the present pace. */
  | { kind: 'going'; needed: number; have: number; date: string }
  /** Enough will never be in: there is too little before, or too little comes in. */
  | { kind: 'never'; needed: number | null; weeks: number; smallest: number | null }
  /** The scale ends before the rise hoped for does. */
  | { kind: 'out-of-reach' };

export type Effect =
  /** Not a whole week has passed yet; the first figures can be read on this date. */
  | { kind: 'waiting'; date: string }
  /** Not a whole week of answers is known from before, so there is nothing to compare with. */
  | { kind: 'nothing-before' }
  | {
      kind: 'compared';
      /** Weeks on each side. */
      weeks: number;
      before: Side;
      after: Side;
      /** After minus before. */
      change: Estimated;
      direction: 'higher' | 'lower' | 'unclear';
      plan: Plan;
    };

export type Change = {
  /** Local date of the change, and of its end if it has ended. Neither day is compared. */
  happenedOn: string;
  endedOn: string | null;
  /** Rise hoped for, in the figure's unit: it decides how many answers are enough. */
  hoped: number;
};

/**
 * What a dated change did to a figure: as many whole weeks after as before, so that every weekday weighs the same, the
 * day of the change left out.
 *
 * Who looks every week and stops when the interval leaves out zero finds something sooner or later. Therefore the length
 * is set by the number of answers and not by the result: the comparison grows week by week until enough are in for the
 * rise hoped for, four weeks at least, and then stands. Until then it is told as what is known so far.
 *
 * @param days every local day from the first with an answer to the last that is over, in order, as fillDays gives them
 * @param figureOf the figure of counts per score, with its interval
 */
export function effectOf(
  type: TallyType,
  days: readonly DayCounts[],
  change: Change,
  figureOf: (counts: readonly number[]) => Estimated,
): Effect {
  const first = days[0]?.day;
  if (first === undefined) return { kind: 'nothing-before' };
  const weeksBefore = wholeWeeks(first, change.happenedOn);
  const lastDay = days.at(-1)!.day;
  const over = addDays(lastDay, 1);
  const weeksPossible = Math.min(
    LONGEST_WEEKS,
    weeksBefore,
    change.endedOn === null ? LONGEST_WEEKS : wholeWeeks(addDays(change.happenedOn, 1), change.endedOn),
  );
  if (weeksPossible < 1) return { kind: 'nothing-before' };
  const weeksOver = wholeWeeks(addDays(change.happenedOn, 1), over);
  if (weeksOver < 1) return { kind: 'waiting', date: addDays(change.happenedOn, 8) };

  const start = dayNumber(first);
  const countsIn = (from: string, to: string) =>
    days.slice(dayNumber(from) - start, dayNumber(to) - start + 1);
  const datesOf = (weeks: number) => ({
    before: { from: addDays(change.happenedOn, -7 * weeks), to: addDays(change.happenedOn, -1) },
    after: { from: addDays(change.happenedOn, 1), to: addDays(change.happenedOn, 7 * weeks) },
  });
  const tallyIn = ({ from, to }: { from: string; to: string }) =>
    sumOf(countsIn(from, to).map(({ counts }) => tallyOf(type, counts)));

  const most = Math.min(weeksPossible, weeksOver);
  const settled = settledAfter(type, most, change.hoped, (weeks) => {
    const { before, after } = datesOf(weeks);
    return { before: tallyIn(before), after: tallyIn(after) };
  });
  const weeks = settled ?? most;
  const dates = datesOf(weeks);
  const side = (period: { from: string; to: string }): Side => ({
    ...period,
    figure: figureOf(addUp(countsIn(period.from, period.to), days[0]!.counts.length)),
  });
  const before = side(dates.before);
  const after = side(dates.after);
  const moved = difference(after.figure, before.figure);
  return {
    kind: 'compared',
    weeks,
    before,
    after,
    change: moved,
    direction: moved.kind === 'estimate' ? verdict(moved) : 'unclear',
    plan:
      settled !== null
        ? { kind: 'settled' }
        : planOf(
            type,
            change,
            weeksPossible,
            most,
            (count) => tallyIn(datesOf(count).before),
            tallyIn(dates.after),
          ),
  };
}

/** Whole weeks from a date up to, and without, another; none when it comes first. */
function wholeWeeks(from: string, before: string): number {
  return Math.max(0, Math.floor((dayNumber(before) - dayNumber(from)) / 7));
}

/** The first number of weeks, four or more, on which enough answers were in. */
function settledAfter(
  type: TallyType,
  most: number,
  hoped: number,
  sidesOf: (weeks: number) => { before: Tally; after: Tally },
): number | null {
  for (let weeks = SHORTEST_WEEKS; weeks <= most; weeks += 1) {
    const { before, after } = sidesOf(weeks);
    if (isEnough(type, before, after.n, hoped)) return weeks;
  }
  return null;
}

/**
 * The interval of a difference depends on 1/n₁ + 1/n₂, so unequal sides are worth the harmonic mean of the two on each.
 * Few answers before are not made good by any number after.
 */
const worth = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : 2 / (1 / a + 1 / b));

function isEnough(type: TallyType, before: Tally, after: number, hoped: number): boolean {
  if (before.n === 0) return false;
  const needed = answersNeeded(type, before, hoped);
  return needed !== null && worth(before.n, after) >= needed;
}

function planOf(
  type: TallyType,
  { happenedOn, hoped }: Change,
  weeksPossible: number,
  weeks: number,
  beforeOf: (weeks: number) => Tally,
  after: Tally,
): Plan {
  const now = beforeOf(weeks);
  const longest = beforeOf(weeksPossible);
  if (longest.n === 0) return { kind: 'never', needed: null, weeks: weeksPossible, smallest: null };
  const needed = answersNeeded(type, now.n > 0 ? now : longest, hoped);
  if (needed === null) return { kind: 'out-of-reach' };
  const pace = after.n / weeks;
  for (let later = Math.max(SHORTEST_WEEKS, weeks + 1); later <= weeksPossible; later += 1) {
    if (isEnough(type, beforeOf(later), pace * later, hoped)) {
      const have = Math.floor(worth(now.n, after.n));
      return { kind: 'going', needed, have, date: addDays(happenedOn, 7 * later + 1) };
    }
  }
  const atBest = worth(longest.n, pace * weeksPossible);
  return { kind: 'never', needed, weeks: weeksPossible, smallest: smallestTold(type, longest, atBest) };
}

function addUp(days: readonly DayCounts[], width: number): number[] {
  const sums = new Array<number>(width).fill(0);
  for (const { counts } of days) counts.forEach((count, index) => (sums[index]! += count));
  return sums;
}
