import { readWhole } from '../read-number';
import type { MeasureType } from '../scores/measure';

/** A target as people type it, in percent or points; null for none, undefined for what is no target. */
export function readTarget(text: string, type: MeasureType): number | null | undefined {
  const bare = text.trim().replace(/^−/, '-');
  if (bare === '') return null;
  const isBelow = type === 'nps' && bare.startsWith('-');
  const number = readWhole(isBelow ? bare.slice(1) : bare, type === 'nps' ? 0 : 1, 100);
  if (number === null) return undefined;
  // Not −0.
  return isBelow && number > 0 ? -number : number;
}
