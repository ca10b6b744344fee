import type { Factor } from '../../domain/factor';
import type { Estimated } from '../../domain/statistics/estimate';
import {
  admin_factor_satisfied,
  admin_interval,
  admin_question_ces,
  admin_question_csat,
  admin_question_expectation,
  admin_question_nps,
  admin_too_few,
} from '../../i18n/paraglide/messages';
import type { Cell } from '../../ui/csv';
import { countWords, pointWords, shareWords, signedWords } from '../format';
import { factorName } from './factor-words';
import type { MeasureType } from './measure';

const NAMES = {
  csat: admin_question_csat,
  nps: admin_question_nps,
  ces: admin_question_ces,
  expectation: admin_question_expectation,
};

/** The figure a question is known by, as a name; of one factor with what it is about. */
export const measureName = (type: MeasureType, factor?: Factor): string =>
  factor ? admin_factor_satisfied({ factor: factorName(factor) }) : NAMES[type]();

export const valueWords = (type: MeasureType, value: number, digits = 0): string =>
  type === 'nps' ? pointWords(value, digits) : shareWords(value, digits);

/** A difference in points: of the NPS, or of percent. */
export const changeWords = (type: MeasureType, change: number): string =>
  signedWords(type === 'nps' ? change : 100 * change);

export function intervalWords(type: MeasureType, { low, high }: { low: number; high: number }): string {
  return admin_interval({ low: valueWords(type, low, 1), high: valueWords(type, high, 1) });
}

/** "84.2 %, 95 %: 81.0 % to 87.1 %, n = 512", or that too little was said. */
export function estimateWords(type: MeasureType, estimate: Estimated): string {
  if (estimate.kind === 'too-few') return tooFewWords(estimate);
  return `${valueWords(type, estimate.value, 1)} · ${intervalWords(type, estimate)} · n = ${countWords(estimate.n)}`;
}

export const tooFewWords = ({ n, minimum }: { n: number; minimum: number }): string =>
  admin_too_few({ n: countWords(n), minimum: countWords(minimum) });

/** Value, low, high and n as table cells; empty where too little was said. */
export function estimateCells(type: MeasureType, estimate: Estimated): Cell[] {
  const n: Cell = { text: countWords(estimate.n), raw: estimate.n };
  if (estimate.kind === 'too-few') {
    const none: Cell = { text: '–', raw: null };
    return [none, none, none, n];
  }
  const factor = type === 'nps' ? 1 : 100;
  const cell = (value: number): Cell => ({
    text: valueWords(type, value, 1),
    raw: Number((value * factor).toFixed(3)),
  });
  return [cell(estimate.value), cell(estimate.low), cell(estimate.high), n];
}
