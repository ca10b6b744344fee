import { canonicalCell, readNumber, type ImportScale, type ScoreColumn } from './mapping';

export const SCALE_BOUNDS: Record<ImportScale, { min: number; max: number }> = {
  csat5: { min: 1, max: 5 },
  nps10: { min: 0, max: 10 },
  ces7: { min: 1, max: 7 },
};

export type ReadScore =
  | { kind: 'score'; score: number }
  | { kind: 'blank' }
  | { kind: 'refused'; reason: 'score_not_a_number' | 'score_off_scale' };

/**
 * A reader for one column's cells. Order: recoding, blank markers, number, scale. A fraction is off the scale: rounding 4.5
 * would be our opinion, not the customer's.
 *
 * @throws RangeError when a recoding leads off the scale
 */
export function scoreReader(column: ScoreColumn, fileBlanks: Iterable<string>): (cell: string) => ReadScore {
  const { min, max } = SCALE_BOUNDS[column.scale];
  const fits = (score: number) => Number.isInteger(score) && score >= min && score <= max;
  const recode = new Map(Object.entries(column.recode ?? {}).map(([cell, to]) => [canonicalCell(cell), to]));
  for (const [cell, to] of recode) {
    if (!fits(to))
      throw new RangeError(`recoding of "${cell}" leads to ${to}, which is not on ${column.scale}`);
  }
  const blanks = new Set([...fileBlanks, ...(column.blanks ?? [])].map(canonicalCell));

  return (cell) => {
    const canonical = canonicalCell(cell);
    const recoded = recode.get(canonical);
    if (recoded !== undefined) return { kind: 'score', score: recoded };
    if (blanks.has(canonical)) return { kind: 'blank' };
    const score = readNumber(cell);
    if (score === null) return { kind: 'refused', reason: 'score_not_a_number' };
    return fits(score) ? { kind: 'score', score } : { kind: 'refused', reason: 'score_off_scale' };
  };
}
