import type { SideDay } from '../../backend/owner-calls/comparing';
import { difference } from '../../domain/statistics/difference';
import type { Estimated } from '../../domain/statistics/estimate';
import { addDays, dayNumber } from '../../domain/statistics/local-date';
import { compareSeveral, type Compared } from '../../domain/statistics/several';
import { addCells } from '../scores/cells';
import { estimateOf, type Measure } from '../scores/measure';
import type { Dates } from '../scores/period';

export type Pair<Value> = { a: Value; b: Value };

export type MeasureCompared = {
  measure: Measure;
  counts: Pair<number[]>;
  figures: Pair<Estimated>;
  /** Null where a side has too few answers. */
  compared: Compared<string> | null;
};

/** Every figure of both sides, all compared together. */
export function compareMeasures(
  days: Pair<readonly SideDay[]>,
  measures: readonly Measure[],
  withFlagged = false,
): { rows: MeasureCompared[]; looked: number } {
  const rows = measures.map((measure) => {
    const counts = (side: readonly SideDay[]) =>
      addCells(
        measure.type,
        side.filter(({ question }) => question === measure.question).map((day) => day.counts),
        withFlagged,
      );
    const both = { a: counts(days.a), b: counts(days.b) };
    const at = (z?: number) => ({
      a: estimateOf(measure.type, both.a, z),
      b: estimateOf(measure.type, both.b, z),
    });
    return { measure, counts: both, at };
  });
  const { compared } = compareSeveral(
    rows.map(({ measure, at }) => ({
      key: measure.question,
      at: (z) => difference(at(z).a, at(z).b),
    })),
  );
  return {
    rows: rows.map(({ measure, counts, at }) => ({
      measure,
      counts,
      figures: at(),
      compared: compared.find(({ key }) => key === measure.question) ?? null,
    })),
    looked: compared.length,
  };
}

export type Step = { from: string; to: string; counts: number[] };

/** How many days a point of the picture stands for: as few as leave it readable. */
export const stepOf = (days: number): 1 | 7 | 28 => (days <= 14 ? 1 : days <= 120 ? 7 : 28);

/** A side in steps of so many days from its first, so that the two sides can be laid over one another. */
export function stepsOf(
  days: readonly SideDay[],
  measure: Measure,
  { from, to }: Dates,
  step: number,
  withFlagged = false,
): Step[] {
  const first = dayNumber(from);
  const length = dayNumber(to) - first + 1;
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => {
    const start = addDays(from, index * step);
    const last = addDays(start, step - 1);
    const end = last > to ? to : last;
    const within = days.filter(
      ({ question, day }) => question === measure.question && day >= start && day <= end,
    );
    return {
      from: start,
      to: end,
      counts: addCells(
        measure.type,
        within.map(({ counts }) => counts),
        withFlagged,
      ),
    };
  });
}
