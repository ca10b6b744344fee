import { readNumber, type ImportScale } from './mapping';
import { SCALE_BOUNDS } from './score';

export type ScaleGuess = {
  scale: ImportScale;
  /** False when the sample fits the other scale as well or has values off the scale: the owner should look. */
  certain: boolean;
  /** Numbers seen that are not on the scale, e.g. ['11']: probably codes for "no answer". */
  offScale: string[];
};

const NPS_WORDS = /nps|netpro|recommend|likel|0\s?[_–-]\s?10|рекоменд|препоръч/;
const CSAT_WORDS = /csat|satisf|stars?\b|1\s?[_–-]\s?5|удовлетвор|доволн|зв[её]зд/;

/**
 * The scale of a column from its name and values, or null when fewer than 4 in 5 values are whole numbers or they do not
 * look like ratings at all (more than a quarter off the scale).
 */
export function guessScale(name: string, values: readonly string[]): ScaleGuess | null {
  const numbers = values.map((value) => readNumber(value) ?? NaN).filter(Number.isInteger);
  if (numbers.length === 0 || numbers.length < 0.8 * values.length) return null;
  // Only an 11-point scale has 0 and 8 to 10; a 5-point one may have stray codes such as 6, 7, 9 or 99.
  const wide = numbers.filter((number) => number === 0 || (number >= 8 && number <= 10)).length;
  const saysNps = NPS_WORDS.test(name);
  const saysCsat = CSAT_WORDS.test(name);
  const looksWide = wide >= 0.05 * numbers.length;
  const scale: ImportScale = saysNps || (looksWide && !saysCsat) ? 'nps10' : 'csat5';
  const { min, max } = SCALE_BOUNDS[scale];
  const off = numbers.filter((number) => number < min || number > max);
  if (off.length > 0.25 * numbers.length) return null;
  const namedAndFits = scale === 'nps10' ? saysNps || looksWide : saysCsat;
  const offScale = [...new Set(off)].sort((a, b) => a - b).map(String);
  return { scale, certain: namedAndFits && off.length === 0, offScale };
}
