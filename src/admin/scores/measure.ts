import type { Factor } from '../../domain/factor';
import type { ScoredType } from '../../domain/scored-type';
import { ces } from '../../domain/statistics/ces';
import { csat } from '../../domain/statistics/csat';
import { MIN_N, Z_95, type Estimated } from '../../domain/statistics/estimate';
import { expectation } from '../../domain/statistics/expectation';
import { nps } from '../../domain/statistics/nps';
import { scaleOf } from '../../domain/scale';
import type { LocalizedText, Survey } from '../../domain/survey';

export type MeasureType = ScoredType;

/** A question with a scale and the one figure it is known by: satisfied, NPS, found it easy, or better than expected. */
export type Measure = {
  question: string;
  type: MeasureType;
  text: LocalizedText;
  /** What it is about, where that is not the visit as a whole. */
  factor?: Factor;
};

/** Questions that take a score, in the order of the newest survey that asks them. */
export function measuresOf(surveys: readonly Survey[]): Measure[] {
  const found = new Map<string, Measure>();
  for (const { questions } of surveys) {
    for (const question of questions) {
      const { key, type, text } = question;
      if (type === 'reasons' || type === 'comment' || found.has(key)) continue;
      const factor = type === 'csat' && question.factor;
      found.set(key, { question: key, type, text, ...(factor && { factor }) });
    }
  }
  return [...found.values()];
}

/** Every score of the scale, lowest first. */
export function scoresOf(type: MeasureType): number[] {
  const { min, max } = scaleOf(type)!;
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

/** The figure with its interval, of 95 % unless another z is asked for. */
export function estimateOf(type: MeasureType, counts: readonly number[], z: number = Z_95): Estimated {
  switch (type) {
    case 'csat':
      return csat(counts, MIN_N, z);
    case 'nps':
      return nps(counts, MIN_N, z);
    case 'ces':
      return ces(counts, MIN_N, z);
    case 'expectation':
      return expectation(counts, MIN_N, z).better;
  }
}

/** Ends of the figure's own scale: shares 0 … 1, NPS −100 … 100. */
export const limitsOf = (type: MeasureType): readonly [number, number] =>
  type === 'nps' ? [-100, 100] : [0, 1];
