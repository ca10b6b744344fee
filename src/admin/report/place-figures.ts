import type { ReportChanges } from '../../backend/owner-calls/comparing';
import type { Estimated } from '../../domain/statistics/estimate';
import { addCells } from '../scores/cells';
import { estimateOf, type Measure } from '../scores/measure';
import type { Change, Changes } from '../today/changes';

export type PlaceFigure = {
  measure: Measure;
  figure: Estimated;
  /** Only where it is more than chance. */
  change: Change | null;
};
export type PlaceRow = { location: string | null; figures: PlaceFigure[] };

/** The first question of each kind: as many columns as a sheet of paper has room for. */
export const leadingMeasures = (measures: readonly Measure[]): Measure[] =>
  measures.filter((measure, index) => measures.findIndex(({ type }) => type === measure.type) === index);

/** The week's figures of the whole shop (null) and, where it has several, of each place. */
export function placeRows(
  report: ReportChanges,
  changes: Changes,
  measures: readonly Measure[],
  locations: readonly string[],
): PlaceRow[] {
  const places = locations.length > 1 ? [null, ...locations] : [null];
  return places.map((location) => ({
    location,
    figures: measures.map((measure) => {
      const cells = report.now.filter(
        (cell) => cell.question === measure.question && (location === null || cell.location === location),
      );
      const counts = addCells(
        measure.type,
        cells.map((cell) => cell.counts),
      );
      return {
        measure,
        figure: estimateOf(measure.type, counts),
        change:
          changes.named.find(
            ({ look }) => look.measure.question === measure.question && look.location === location,
          ) ?? null,
      };
    }),
  }));
}
