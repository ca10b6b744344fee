import { MIN_N } from './estimate';
import { addDays } from './local-date';
import { meanOf, skewnessOf, sumOf, unitOf, varianceOf, type Tally, type TallyType } from './tally';

/** One ISO week of a figure. */
export type ControlWeek = {
  /** Its Monday. */
  monday: string;
  tally: Tally;
  /** All of its days are over; a week that still runs is shown and never judged. */
  isFinished: boolean;
};

export type SignalKind =
  /** Outside three sigma. */
  | 'beyond'
  /** The eighth week in a row, or a later one, on the same side of the centre. */
  | 'run';

export type Signal = {
  kind: SignalKind;
  side: 'above' | 'below';
  /** Monday of the first week that the signal is made of: the same for as long as it lasts. */
  since: string;
};

export type ControlPoint = ControlWeek & {
  /** The figure; null without an answer. */
  value: number | null;
  /** Limits for this week's n, within the ends of the scale; null where n is too few to judge by. */
  limits: { low: number; high: number } | null;
  signal: Signal | null;
};

/** What the usual run of things is known from, in the figure's unit: shares 0 … 1, NPS in points. */
export type Baseline = {
  /** Mondays of its first and last week. */
  from: string;
  to: string;
  /** How many weeks with answers enough. */
  weeks: number;
  centre: number;
  /** Variance of one answer. */
  variance: number;
  /** Laney's σ_z, 1 or more: how much wider weeks scatter than chance in who answered alone would have it. */
  scale: number;
  /** Answers a week needs to be judged. */
  minimum: number;
};

export type ControlChart =
  | { kind: 'chart'; baseline: Baseline; points: ControlPoint[] }
  /** So many more finished weeks with answers enough are needed. */
  | { kind: 'too-early'; weeks: number; weeksMore: number; points: ControlPoint[] }
  /** Everybody answered alike, so there is no scatter to measure weeks by. */
  | { kind: 'alike'; points: ControlPoint[] };

/** As many weeks as limits are worth drawing from; a convention, like the minimum n. */
export const MIN_BASELINE_WEEKS = 8;

/**
 * Weeks in a row on one side of the centre. The Western Electric handbook (Statistical Quality Control Handbook, 1956,
 * p. 25) says 8; L. S. Nelson, Journal of Quality Technology 16 (1984) 237–239, says 9. With eight and the three-sigma rule
 * together a shop where nothing happens sees a signal once in about 150 weeks: C. W. Champ & W. H. Woodall,
 * Technometrics 29 (1987) 393–399.
 */
const RUN_LENGTH = 8;

const SIGMAS = 3;
/** Expected value of the range of two standard normal draws, 2 / √π, to the digits of the printed tables. */
const D2 = 1.128;

/**
 * A weekly control chart of a share or an NPS.
 *
 * Plain limits, centre ± 3 √(variance / n), hold only chance in who answered. Weeks differ by more than that, and with
 * hundreds of answers a plain chart calls every other week special. D. B. Laney, "Improved control charts for
 * attributes", Quality Engineering 14 (2002) 531–537, multiplies them by σ_z: the mean moving range of the weeks'
 * z-scores divided by 1.128. For a share that is his p′ chart; the same is done here for the NPS with its own variance.
 * One departure: σ_z is never taken below 1. From ten or twenty weeks a small σ_z is chance, and would sound alarms.
 *
 * @param weeks in order of time, one for each week
 * @param changes local dates on which something was changed that may have moved the figure
 */
export function controlChart(
  type: TallyType,
  weeks: readonly ControlWeek[],
  changes: readonly string[] = [],
): ControlChart {
  const unit = unitOf(type);
  const usable = weeks.filter(({ isFinished, tally }) => isFinished && tally.n >= MIN_N);
  const stretch = baselineStretch(usable, changes);
  const unjudged = () => weeks.map((week) => pointOf(week, unit, null));
  if (!stretch.isEnough) {
    const known = stretch.weeks.length;
    return { kind: 'too-early', weeks: known, weeksMore: MIN_BASELINE_WEEKS - known, points: unjudged() };
  }
  const baseline = baselineOf(stretch.weeks, unit);
  if (baseline.variance === 0) return { kind: 'alike', points: unjudged() };
  const ends: readonly [number, number] = [type === 'nps' ? -unit : 0, unit];
  return { kind: 'chart', baseline, points: judge(weeks, baseline, unit, ends) };
}

/**
 * The signal of the latest finished week; null where it has none, has too few answers, or there is no chart yet. What
 * later weeks say of an older one is history, not news.
 */
export function latestSignal(chart: ControlChart): Signal | null {
  return chart.points.findLast(({ isFinished }) => isFinished)?.signal ?? null;
}

/**
 * The latest stretch between changes that is long enough and ended before the latest of them. Where changes follow each
 * other too closely for one, all the time before the latest; and where that is too short as well, the time since, so that
 * a change in a shop's first weeks does not leave it without a chart for ever.
 */
function baselineStretch(
  usable: readonly ControlWeek[],
  changes: readonly string[],
): { weeks: readonly ControlWeek[]; isEnough: boolean } {
  const first = usable[0]?.monday ?? '';
  const last = usable.at(-1)?.monday ?? '';
  // A change before the first week or in a week still to come parts nothing.
  const cuts = changes.filter((day) => day > nextMonday(first) && day < nextMonday(last)).sort();
  const latest = cuts.at(-1);
  if (latest === undefined) return long(usable);
  /** Whole weeks after one day and before another; the week of a change belongs to neither side. */
  const within = (after: string, before: string) =>
    usable.filter(({ monday }) => monday > after && nextMonday(monday) <= before);
  const stretches = cuts.map((cut, index) => within(cuts[index - 1] ?? '', cut)).reverse();
  const since = usable.filter(({ monday }) => monday > latest);
  return [...stretches, within('', latest), since].map(long).find(({ isEnough }) => isEnough) ?? long(since);
}

const long = (weeks: readonly ControlWeek[]) => ({ weeks, isEnough: weeks.length >= MIN_BASELINE_WEEKS });

/** The Monday after; an empty text, which sorts before every date, stands for no week at all. */
const nextMonday = (monday: string): string => (monday === '' ? '' : addDays(monday, 7));

/**
 * Exported for the published examples, which give plain limits or σ_z alone.
 *
 * @param weeks at least two, none without answers
 */
export function baselineOf(weeks: readonly ControlWeek[], unit: number): Baseline {
  const all = sumOf(weeks.map(({ tally }) => tally));
  const mean = meanOf(all);
  const variance = varianceOf(all);
  const scores = weeks.map(({ tally }) => (meanOf(tally) - mean) / Math.sqrt(variance / tally.n));
  const ranges = scores.slice(1).map((score, index) => Math.abs(score - scores[index]!));
  const meanRange = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  return {
    from: weeks[0]!.monday,
    to: weeks.at(-1)!.monday,
    weeks: weeks.length,
    centre: unit * mean,
    variance: unit ** 2 * variance,
    scale: Math.max(1, meanRange / D2),
    minimum: minimumOf(skewnessOf(all)),
  };
}

/**
 * Three sigma are the normal distribution's, so a week must have enough answers for its mean to be near one: n ≥ 5 γ²
 * with γ the skewness of one answer, and the minimum n of every figure. For a share far from a half this is the usual "at
 * least five expected of the rarer kind".
 */
function minimumOf(skewness: number): number {
  return Math.max(MIN_N, Math.ceil(5 * skewness ** 2));
}

/** Three-sigma limits of a week of n answers, not cut at the ends of the scale. */
export function limitsAt({ centre, variance, scale }: Baseline, n: number): { low: number; high: number } {
  const half = SIGMAS * scale * Math.sqrt(variance / n);
  return { low: centre - half, high: centre + half };
}

function pointOf(week: ControlWeek, unit: number, limits: ControlPoint['limits']): ControlPoint {
  return { ...week, value: week.tally.n > 0 ? unit * meanOf(week.tally) : null, limits, signal: null };
}

/** Weeks in a row of which the same can be said; side 0 is neither. */
type Streak = { side: number; since: string; length: number };

function judge(
  weeks: readonly ControlWeek[],
  baseline: Baseline,
  unit: number,
  [floor, ceiling]: readonly [number, number],
): ControlPoint[] {
  const none: Streak = { side: 0, since: '', length: 0 };
  let run = none;
  let beyond = none;
  return weeks.map((week) => {
    // A week with too few answers is passed over: it neither ends a streak nor adds to it.
    if (week.tally.n < baseline.minimum) return pointOf(week, unit, null);
    const { low, high } = limitsAt(baseline, week.tally.n);
    const point = pointOf(week, unit, { low: Math.max(floor, low), high: Math.min(ceiling, high) });
    if (!week.isFinished) return point;
    const value = unit * meanOf(week.tally);
    run = goOn(run, Math.sign(value - baseline.centre), week.monday);
    beyond = goOn(beyond, value > high ? 1 : value < low ? -1 : 0, week.monday);
    return { ...point, signal: signalOf(run, beyond) };
  });
}

const goOn = (streak: Streak, side: number, monday: string): Streak =>
  side === streak.side ? { ...streak, length: streak.length + 1 } : { side, since: monday, length: 1 };

function signalOf(run: Streak, beyond: Streak): Signal | null {
  const told = (kind: SignalKind, { side, since }: Streak): Signal => ({
    kind,
    side: side > 0 ? 'above' : 'below',
    since,
  });
  if (beyond.side !== 0) return told('beyond', beyond);
  return run.side !== 0 && run.length >= RUN_LENGTH ? told('run', run) : null;
}
