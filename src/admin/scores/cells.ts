import { scoresOf, type MeasureType } from './measure';

/** Counts of single scores as the server tells them: [score, n, how many of the n are flagged]. */
type Cells = readonly (readonly [score: number, n: number, flagged: number])[];

/** Counts per score, lowest first, over all of these. Flagged answers are left out unless asked for. */
export function addCells(type: MeasureType, all: readonly Cells[], withFlagged = false): number[] {
  const lowest = scoresOf(type)[0]!;
  const counts = scoresOf(type).map(() => 0);
  for (const cells of all) {
    for (const [score, n, flagged] of cells) counts[score - lowest]! += withFlagged ? n : n - flagged;
  }
  return counts;
}

/** How many of all these are flagged. */
export const flaggedInCells = (all: readonly Cells[]): number =>
  all.flat().reduce((sum, [, , flagged]) => sum + flagged, 0);
