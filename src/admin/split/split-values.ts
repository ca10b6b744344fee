import type { PlaceCounts } from '../../backend/owner-calls/comparing';
import type { ReportOwnSplit, ReportSplit } from '../../backend/owner-calls/splits';
import type { PlaceCounted } from '../places/groups';
import { totalOf } from '../scores/counts';
import { addCells } from '../scores/cells';
import type { MeasureType } from '../scores/measure';

type Counts = PlaceCounts['counts'];
/** What was counted under one value of a dimension, as it came; '' is what any value counts. */
export type SplitCell = { value: string; counts: Counts };

/** Answers that are split, and what they counted together where values overlap. */
export type SplitCounted = { values: PlaceCounted[]; all: number[] | undefined };

type SplitValues = Extract<ReportSplit, { outcome: 'ok' }>['values'];

/** A question may have had another scale once: other scores are not added to these. */
export const cellsOfSplit = (values: SplitValues, type: MeasureType): SplitCell[] =>
  values.filter((value) => value.type === type);

/** Of the shop's own dimension, at these locations; tablets that stand for nothing have a value that no id is. */
export const NO_VALUE = 'none';
export const cellsOfOwn = (
  rows: ReportOwnSplit,
  type: MeasureType,
  locations: ReadonlySet<string>,
): SplitCell[] =>
  rows
    .filter((row) => row.type === type && locations.has(row.location))
    .map(({ value, counts }) => ({ value: value ?? NO_VALUE, counts }));

/** Adds up cells by value, those with an answer; '' becomes `all`. */
export function countSplit(
  cells: readonly SplitCell[],
  type: MeasureType,
  withFlagged: boolean,
  nameOf: (value: string) => string,
): SplitCounted {
  const values = [...new Set(cells.map(({ value }) => value))];
  const countsOf = (value: string) =>
    addCells(
      type,
      cells.filter((cell) => cell.value === value).map(({ counts }) => counts),
      withFlagged,
    );
  return {
    values: values
      .filter((value) => value !== '')
      .map((value) => ({ key: value, name: nameOf(value), counts: countsOf(value) }))
      .filter(({ counts }) => totalOf(counts) > 0),
    all: values.includes('') ? countsOf('') : undefined,
  };
}
