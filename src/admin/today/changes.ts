import type { ReportChanges } from '../../backend/owner-calls/comparing';
import { difference } from '../../domain/statistics/difference';
import { Z_95, type Estimate, type Estimated } from '../../domain/statistics/estimate';
import { compareSeveral, smallestNamed, type Compared } from '../../domain/statistics/several';
import { addCells } from '../scores/cells';
import { estimateOf, type Measure } from '../scores/measure';

/** One figure of one place; null stands for the whole shop. */
export type Look = { measure: Measure; location: string | null };

/** A figure that changed beyond noise. */
export type Change = {
  look: Look;
  change: Estimate;
  verdict: 'higher' | 'lower';
  now: Estimate;
  before: Estimate;
};

/** The whole shop's figure, whether or not it changed. */
export type ShopFigure = {
  measure: Measure;
  now: Estimated;
  before: Estimated;
  compared: Compared<Look> | null;
};

export type Changes = {
  /** The whole shop first, then the surest. */
  named: Change[];
  figures: ShopFigure[];
  /** How many figures had answers enough in both periods. */
  looked: number;
  /** Answers of the period that any figure counts. */
  answers: number;
  /** The whole shop's first figure that could be compared, and about how much it must change to be named. */
  smallest: { measure: Measure; change: number } | null;
};

type Counts = { now: number[]; before: number[] };

/**
 * Every figure, in the whole shop and at each location, against the time before, all looked at together. A shop with one
 * location is looked at once.
 */
export function changesOf(
  report: ReportChanges,
  measures: readonly Measure[],
  locations: readonly string[],
  withFlagged = false,
): Changes {
  const places = locations.length > 1 ? [null, ...locations] : [null];
  const looks = measures.flatMap((measure) =>
    places.map((location) => ({
      look: { measure, location },
      counts: countsOf(report, { measure, location }, withFlagged),
    })),
  );
  const countsByLook = new Map(looks.map(({ look, counts }) => [look as Look, counts]));
  const { compared } = compareSeveral<Look>(
    looks.map(({ look, counts }) => ({ key: look, at: (z) => changeOf(look.measure, counts, z) })),
  );
  const figures = looks
    .filter(({ look }) => look.location === null)
    .map(({ look, counts }) => ({
      measure: look.measure,
      now: estimateOf(look.measure.type, counts.now),
      before: estimateOf(look.measure.type, counts.before),
      compared: compared.find(({ key }) => key === look) ?? null,
    }));
  const first = figures.find((figure) => figure.compared !== null);
  return {
    named: compared
      .toSorted((a, b) => Number(a.key.location !== null) - Number(b.key.location !== null) || a.p - b.p)
      .flatMap(({ key, change, verdict }) => {
        if (verdict === 'unclear') return [];
        const { now, before } = countsByLook.get(key)!;
        return [
          {
            look: key,
            change,
            verdict,
            now: known(estimateOf(key.measure.type, now)),
            before: known(estimateOf(key.measure.type, before)),
          },
        ];
      }),
    figures,
    looked: compared.length,
    answers: figures.reduce((sum, { now }) => sum + now.n, 0),
    smallest: first ? { measure: first.measure, change: smallestNamed(first.compared!.change) } : null,
  };
}

function countsOf(report: ReportChanges, { measure, location }: Look, withFlagged: boolean): Counts {
  const side = (cells: ReportChanges['now']) =>
    addCells(
      measure.type,
      cells
        .filter(
          (cell) => cell.question === measure.question && (location === null || cell.location === location),
        )
        .map(({ counts }) => counts),
      withFlagged,
    );
  return { now: side(report.now), before: side(report.before) };
}

const changeOf = ({ type }: Measure, { now, before }: Counts, z: number = Z_95): Estimated =>
  difference(estimateOf(type, now, z), estimateOf(type, before, z));

/** What was compared had answers enough on both sides. */
function known(figure: Estimated): Estimate {
  if (figure.kind === 'too-few') throw new RangeError(`compared with too few answers: ${figure.n}`);
  return figure;
}
